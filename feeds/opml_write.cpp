// SPDX-License-Identifier: MIT
#include "feeds/opml.hpp"
#include "feeds/opml_feed.hpp"

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdio>
#include <sstream>
#include <unordered_map>

#include <pugixml.hpp>

namespace wirewatch::feeds {

namespace {

/// "Mon, 23 Nov 2026 23:42:00 GMT". Source: OPML 2.0, "dateCreated"; RFC 822 section 5.
std::string rfc822(Instant now) {
    using namespace std::chrono;
    constexpr std::array<const char*, 7> kDays{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
    constexpr std::array<const char*, 12> kMonths{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                  "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    const auto day = floor<days>(now);
    const year_month_day date{day};
    const hh_mm_ss time{floor<seconds>(now - day)};
    std::array<char, 64> text{};
    std::snprintf(text.data(), text.size(), "%s, %02u %s %04d %02d:%02d:%02d GMT",
                  kDays.at(weekday{day}.c_encoding()), static_cast<unsigned>(date.day()),
                  kMonths.at(static_cast<unsigned>(date.month()) - 1),
                  static_cast<int>(date.year()), static_cast<int>(time.hours().count()),
                  static_cast<int>(time.minutes().count()),
                  static_cast<int>(time.seconds().count()));
    return text.data();
}

/// The folders of the list, each made when its first feed comes.
class Folders {
  public:
    explicit Folders(pugi::xml_node body) : body_{body} {}

    pugi::xml_node of(const Feed& feed) {
        if (feed.tags.empty() || feed.tags.front().empty()) {
            return body_;
        }
        const std::string& tag = feed.tags.front();
        pugi::xml_node& folder = by_tag_[tag];
        if (!folder) {
            folder = body_.append_child("outline");
            folder.append_attribute("text").set_value(tag.c_str());
        }
        return folder;
    }

  private:
    pugi::xml_node body_;
    std::unordered_map<std::string, pugi::xml_node> by_tag_;
};

}  // namespace

std::string write_opml(const std::vector<Feed>& feeds, std::string_view title, Instant now) {
    pugi::xml_document document;
    pugi::xml_node declaration = document.append_child(pugi::node_declaration);
    declaration.append_attribute("version").set_value("1.0");
    declaration.append_attribute("encoding").set_value("UTF-8");
    pugi::xml_node opml = document.append_child("opml");
    opml.append_attribute("version").set_value("2.0");
    opml.append_attribute("xmlns:wirewatch").set_value(kOpmlNamespace);
    pugi::xml_node head = opml.append_child("head");
    head.append_child("title").text().set(std::string{title}.c_str());
    head.append_child("dateCreated").text().set(rfc822(now).c_str());
    Folders folders{opml.append_child("body")};
    for (const Feed& feed : feeds) {
        write_outline(folders.of(feed), feed);
    }
    std::ostringstream out;
    document.save(out, "  ", pugi::format_default, pugi::encoding_utf8);
    return out.str();
}

}  // namespace wirewatch::feeds
