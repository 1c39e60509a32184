// SPDX-License-Identifier: MIT
#include "review/feed_output.hpp"

#include "base/utf8.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdio>
#include <ostream>
#include <set>
#include <utility>

namespace wirewatch::review {

namespace {

std::string element(std::string_view name, std::string_view text) {
    const std::string tag{name};
    return text.empty() ? std::string{} : "<" + tag + ">" + xml_text(text) + "</" + tag + ">\n";
}

/// Paragraphs of visible text as HTML: blank lines part them, other line breaks stay.
std::string as_html(std::string_view text) {
    std::string html;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find("\n\n"), text.size());
        std::string paragraph = xml_text(text.substr(0, end));
        for (std::size_t at = paragraph.find('\n'); at != std::string::npos;
             at = paragraph.find('\n', at + 1)) {
            paragraph.replace(at, 1, "<br>");
        }
        html += "<p>" + paragraph + "</p>";
        text.remove_prefix(end);
        text.remove_prefix(std::min(text.find_first_not_of('\n'), text.size()));
    }
    return html;
}

/// When a list of hits has it last: newest first, so that the first one dates the whole.
Instant changed_at(const Found& found) {
    Instant latest = found.row.first_seen;
    for (const auto& hit : found.row.hits) {
        latest = std::max(latest, hit.at);
    }
    return latest;
}

/// Those of the article, and the rules that matched it.
std::set<std::string> categories_of(const Found& found) {
    std::set<std::string> all{found.row.article.categories.begin(),
                              found.row.article.categories.end()};
    all.erase("");
    return all;
}

}  // namespace

std::string xml_text(std::string_view text) {
    std::string out;
    for (std::size_t at = 0; at < text.size();) {
        const char32_t c = utf8::next(text, at);
        switch (c) {
            case U'&':
                out += "&amp;";
                break;
            case U'<':
                out += "&lt;";
                break;
            case U'>':
                out += "&gt;";
                break;
            case U'"':
                out += "&quot;";
                break;
            case U'\r':
                out += "&#13;";
                break;
            default:
                // Source: XML 1.0, production 2.
                utf8::append(out,
                             (c < 0x20 && c != U'\t' && c != U'\n') || c == 0xFFFE || c == 0xFFFF
                                 ? char32_t{0xFFFD}
                                 : c);
        }
    }
    return out;
}

std::string to_rfc5322(Instant instant) {
    using namespace std::chrono;
    constexpr std::array kDays{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
    constexpr std::array kMonths{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                 "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    const auto midnight = floor<days>(instant);
    const year_month_day date{midnight};
    const hh_mm_ss time{floor<seconds>(instant - midnight)};
    std::array<char, 64> text{};
    std::snprintf(text.data(), text.size(), "%s, %02u %s %04d %02ld:%02ld:%02ld +0000",
                  kDays[weekday{midnight}.c_encoding()], static_cast<unsigned>(date.day()),
                  kMonths[static_cast<unsigned>(date.month()) - 1], static_cast<int>(date.year()),
                  static_cast<long>(time.hours().count()),
                  static_cast<long>(time.minutes().count()),
                  static_cast<long>(time.seconds().count()));
    return text.data();
}

bool is_web_address(std::string_view url) {
    return url.starts_with("http://") || url.starts_with("https://");
}

FeedWriter::FeedWriter(std::ostream& out, FeedFormat format, Channel channel)
    : out_{out}, format_{format}, channel_{std::move(channel)} {}

void FeedWriter::begin(Instant updated) {
    begun_ = true;
    out_ << "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
    if (format_ == FeedFormat::rss) {
        out_ << "<rss version=\"2.0\" xmlns:content=\"http://purl.org/rss/1.0/modules/content/\""
                " xmlns:dc=\"http://purl.org/dc/elements/1.1/\">\n<channel>\n"
             << element("title", channel_.title)
             // RSS wants one, of any registered scheme: without a page the list's own name.
             << element("link", channel_.link.empty() ? channel_.id : channel_.link)
             << "<description>" << xml_text(channel_.description) << "</description>\n"
             << element("lastBuildDate", to_rfc5322(updated))
             << "<generator>wirewatch</generator>\n";
    } else {
        out_ << "<feed xmlns=\"http://www.w3.org/2005/Atom\">\n"
             << element("title", channel_.title) << element("subtitle", channel_.description)
             << (channel_.link.empty()
                     ? std::string{}
                     : "<link rel=\"alternate\" href=\"" + xml_text(channel_.link) + "\"/>\n")
             << element("id", channel_.id) << element("updated", to_rfc3339(updated))
             << "<generator>wirewatch</generator>\n";
    }
}

void FeedWriter::add(const Found& found) {
    if (!begun_) {
        begin(changed_at(found));
    }
    if (format_ == FeedFormat::rss) {
        add_rss(found);
    } else {
        add_atom(found);
    }
}

void FeedWriter::add_rss(const Found& found) {
    const Article& article = found.row.article;
    out_ << "<item>\n" << element("title", article.title);
    if (is_web_address(article.url)) {
        out_ << element("link", article.url);
    }
    // A title or a description there has to be.
    if (!article.summary.empty() || article.title.empty()) {
        out_ << "<description>" << xml_text(as_html(article.summary)) << "</description>\n";
    }
    if (!article.content.empty()) {
        out_ << element("content:encoded", as_html(article.content));
    }
    for (const std::string& author : article.authors) {
        out_ << element("dc:creator", author);
    }
    for (const std::string& category : categories_of(found)) {
        out_ << element("category", category);
    }
    out_ << "<guid isPermaLink=\"false\">" << xml_text(article.key) << "</guid>\n"
         << element("pubDate", to_rfc5322(article.published.value_or(found.row.first_seen)))
         << element("dc:language", article.language) << "</item>\n";
}

void FeedWriter::add_atom(const Found& found) {
    const Article& article = found.row.article;
    out_ << "<entry";
    if (!article.language.empty()) {
        out_ << " xml:lang=\"" << xml_text(article.language) << '"';
    }
    out_ << ">\n<title>" << xml_text(article.title) << "</title>\n"
         << "<id>urn:x-wirewatch:" << xml_text(article.key) << "</id>\n";
    if (is_web_address(article.url)) {
        out_ << "<link rel=\"alternate\" href=\"" << xml_text(article.url) << "\"/>\n";
    }
    for (const std::string& author : article.authors) {
        out_ << "<author><name>" << xml_text(author) << "</name></author>\n";
    }
    if (article.authors.empty()) {
        out_ << "<author><name/></author>\n";  // RFC 4287 wants one, and nobody is named
    }
    for (const std::string& category : categories_of(found)) {
        out_ << "<category term=\"" << xml_text(category) << "\"/>\n";
    }
    if (article.published) {
        out_ << element("published", to_rfc3339(*article.published));
    }
    out_ << element("updated", to_rfc3339(article.updated.value_or(changed_at(found))));
    if (!article.summary.empty()) {
        out_ << "<summary type=\"html\">" << xml_text(as_html(article.summary)) << "</summary>\n";
    }
    // RFC 4287 wants content where there is no link.
    if (!article.content.empty() || !is_web_address(article.url)) {
        out_ << "<content type=\"html\">" << xml_text(as_html(article.content)) << "</content>\n";
    }
    out_ << "</entry>\n";
}

void FeedWriter::finish() {
    if (!begun_) {
        begin(channel_.now);
    }
    out_ << (format_ == FeedFormat::rss ? "</channel>\n</rss>\n" : "</feed>\n");
}

}  // namespace wirewatch::review
