// SPDX-License-Identifier: MIT
// Enclosures and images of RSS and Atom: declared in feeds/xml_fields.hpp.
#include "feeds/letters.hpp"
#include "feeds/url.hpp"
#include "feeds/xml_fields.hpp"

#include <algorithm>
#include <charconv>
#include <utility>

#include <pugixml.hpp>

namespace wirewatch::feeds {

namespace {

std::uint64_t number(std::string_view text) {
    text = trimmed(text);
    std::uint64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    return error == std::errc{} ? value : 0;
}

class MediaReader {
  public:
    MediaReader(std::string_view base, Article& article) : base_{base}, article_{article} {}

    void read(pugi::xml_node item) {
        for (const pugi::xml_node child : item.children()) {
            const std::string_view name = child.name();
            if (name == "enclosure") {
                enclosure(child, "url", "length");
            } else if (name == "atom:link" &&
                       std::string_view{child.attribute("rel").value()} == "enclosure") {
                enclosure(child, "href", "length");
            } else if (name == "media:content") {
                media_content(child);
            } else if (name == "media:group") {
                group(child);
            } else if (name == "media:thumbnail") {
                image(child.attribute("url").value(), Rank::thumbnail);
            } else if (name == "itunes:image") {
                image(child.attribute("href").value(), Rank::show);
            } else if (name == "image") {
                image(text_in(child.child("url") ? child.child("url") : child), Rank::show);
            }
        }
        if (article_.image.empty()) {
            image_from_enclosures();
        }
    }

  private:
    // A picture of the article's own beats a small copy of it, and that the picture of a show.
    enum class Rank { none, show, thumbnail, content };

    void group(pugi::xml_node node) {
        for (const pugi::xml_node child : node.children("media:content")) {
            media_content(child);
        }
        for (const pugi::xml_node child : node.children("media:thumbnail")) {
            image(child.attribute("url").value(), Rank::thumbnail);
        }
    }

    void media_content(pugi::xml_node node) {
        const std::string_view medium = node.attribute("medium").value();
        const std::string_view type = node.attribute("type").value();
        if (medium == "image" || type.starts_with("image/")) {
            image(node.attribute("url").value(), Rank::content);
        } else if (medium.empty() && type.empty()) {
            // Guardian, BBC: pictures without a word on what they are.
            image(node.attribute("url").value(), Rank::content);
        } else {
            enclosure(node, "url", "filesize");
        }
        for (const pugi::xml_node child : node.children("media:thumbnail")) {
            image(child.attribute("url").value(), Rank::thumbnail);
        }
    }

    void enclosure(pugi::xml_node node, const char* address, const char* length) {
        Enclosure found{resolve_url(base_, node.attribute(address).value()),
                        std::string{trimmed(node.attribute("type").value())},
                        number(node.attribute(length).value())};
        auto& list = article_.enclosures;
        const bool known = std::any_of(list.begin(), list.end(), [&](const Enclosure& other) {
            return other.url == found.url;
        });
        if (!found.url.empty() && !known && list.size() < kMaxListed) {
            list.push_back(std::move(found));
        }
    }

    void image(std::string_view address, Rank rank) {
        if (rank > rank_ && !trimmed(address).empty()) {
            article_.image = resolve_url(base_, address);
            rank_ = rank;
        }
    }

    void image_from_enclosures() {
        for (const Enclosure& enclosure : article_.enclosures) {
            if (enclosure.type.starts_with("image/")) {
                article_.image = enclosure.url;
                return;
            }
        }
    }

    std::string_view base_;
    Article& article_;
    Rank rank_ = Rank::none;
};

}  // namespace

void read_media(pugi::xml_node item, std::string_view base, Article& article) {
    MediaReader{base, article}.read(item);
}

}  // namespace wirewatch::feeds
