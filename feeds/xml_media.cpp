// SPDX-License-Identifier: MIT
// Enclosures and images of RSS and Atom: declared in feeds/xml_fields.hpp.
#include "feeds/atom_links.hpp"
#include "feeds/byte_count.hpp"
#include "feeds/letters.hpp"
#include "feeds/short_list.hpp"
#include "feeds/url.hpp"
#include "feeds/xml_fields.hpp"

#include <algorithm>
#include <utility>

#include <pugixml.hpp>

namespace wirewatch::feeds {

namespace {

/// Whether a file that says nothing of its kind has the name of a film, a sound, a paper or a page.
bool is_named_as_no_image(std::string_view url) {
    constexpr auto kEndings = std::to_array<std::string_view>(
        {"mp4", "m4v", "webm", "mov", "avi", "mkv",  "mpg", "mpeg", "m3u8", "flv", "wmv",  "ogv",
         "mp3", "m4a", "aac",  "ogg", "oga", "opus", "wav", "flac", "pdf",  "zip", "html", "htm"});
    const std::string_view path = split_url(url).path;
    const std::size_t dot = path.rfind('.');
    return dot != std::string_view::npos &&
           std::any_of(kEndings.begin(), kEndings.end(), [&](std::string_view ending) {
               return equal_ignoring_case(path.substr(dot + 1), ending);
           });
}

class MediaReader {
  public:
    MediaReader(std::string_view base, Article& article) : base_{base}, article_{article} {}

    /// What the format itself calls an enclosure first, then what Media RSS adds.
    void read(const Children& item) {
        if (!item.has_any(kMedia)) {
            return;
        }
        if (item.has("feedburner:origenclosurelink"_field)) {
            original_ = text_in(item.first("feedburner:origenclosurelink"_field)).take();
        }
        for (const Field& field : item.fields()) {
            read_field(field);
        }
        original_.clear();
        if (item.has_any(kMediaRss)) {
            for (const Step step : {&MediaReader::media_content, &MediaReader::peer_link,
                                    &MediaReader::player, &MediaReader::thumbnail}) {
                read_media_rss(item, step);
            }
        }
        if (article_.image.empty()) {
            image_from_enclosures();
        }
    }

  private:
    // A picture of the article's own beats a small copy of it, and that the picture of a show.
    enum class Rank { none, show, thumbnail, content };

    static constexpr auto kMedia =
        names("atom:link", "enclosure", "googleplay:image", "image", "itunes:image",
              "media:content", "media:group", "media:peerlink", "media:player", "media:thumbnail");
    static constexpr auto kMediaRss =
        names("media:content", "media:group", "media:peerlink", "media:player", "media:thumbnail");

    using Step = void (MediaReader::*)(FieldName, pugi::xml_node);

    void read_field(const Field& field) {
        if (field.name == "enclosure"_field) {
            enclosure(field.element(), "url", "length");
        } else if (field.name == "atom:link"_field && has_rel(field.element(), "enclosure")) {
            enclosure(field.element(), "href", "length");
        } else if (field.name == "itunes:image"_field || field.name == "googleplay:image"_field ||
                   field.name == "image"_field) {
            image(image_address(field.element()), Rank::show);
        }
    }

    /// Media RSS may stand in the item, in a group, or within its content.
    void read_media_rss(const Children& item, Step step) {
        for (const Field& field : item.fields()) {
            const pugi::xml_node child = field.element();
            (this->*step)(field.name, child);
            if (field.name == "media:group"_field) {
                const Children group{child};
                for (const Field& part : group.fields()) {
                    (this->*step)(part.name, part.element());
                    within_content(part, step);
                }
            }
            within_content(field, step);
        }
    }

    void within_content(const Field& content, Step step) {
        if (content.name == "media:content"_field) {
            const Children parts{content.element()};
            for (const Field& part : parts.fields()) {
                (this->*step)(part.name, part.element());
            }
        }
    }

    void thumbnail(FieldName name, pugi::xml_node node) {
        if (name == "media:thumbnail"_field) {
            image(node.attribute("url").value(), Rank::thumbnail);
            enclosure(node, "url", "", "image/*");
        }
    }

    void media_content(FieldName name, pugi::xml_node node) {
        if (name != "media:content"_field) {
            return;
        }
        const std::string_view medium = node.attribute("medium").value();
        const std::string_view type = node.attribute("type").value();
        // Guardian, BBC: pictures without a word on what they are.
        const std::string_view url = trimmed(node.attribute("url").value());
        const bool is_unnamed = medium.empty() && type.empty() && !is_named_as_no_image(url);
        if (medium == "image" || type.starts_with("image/") || is_unnamed) {
            image(url, Rank::content);
        }
        const bool is_kind = medium == "image" || medium == "video" || medium == "audio";
        enclosure(node, "url", "filesize", is_kind ? std::string{medium} + "/*" : std::string{});
    }

    void peer_link(FieldName name, pugi::xml_node node) {
        if (name == "media:peerlink"_field) {
            enclosure(node, "href", "", "application/x-bittorrent");
        }
    }

    /// A page that plays the film, where there is no address of the film itself.
    void player(FieldName name, pugi::xml_node node) {
        if (name == "media:player"_field && !node.parent().attribute("url")) {
            enclosure(node, "url", "", "text/html");
        }
    }

    void enclosure(pugi::xml_node node, const char* address, const char* length,
                   std::string type = {}) {
        std::string url{trimmed(node.attribute(address).value())};
        if (!original_.empty()) {
            url = std::exchange(original_, {});  // FeedBurner keeps it for the first one
        }
        if (const std::string_view said = trimmed(node.attribute("type").value()); !said.empty()) {
            type = said;
        }
        Enclosure found{resolve_url(base_, url), std::move(type),
                        byte_count(node.attribute(length).value())};
        auto& list = article_.enclosures;
        const bool known = std::any_of(list.begin(), list.end(), [&](const Enclosure& other) {
            return other.url == found.url;
        });
        if (!url.empty() && !found.url.empty() && !known && list.size() < kMaxListed) {
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
    std::string original_;  ///< feedburner:origEnclosureLink
};

}  // namespace

void read_media(const Children& item, std::string_view base, Article& article) {
    MediaReader{base, article}.read(item);
}

std::string image_address(pugi::xml_node image) {
    for (const char* const attribute : {"href", "url", "rdf:resource"}) {
        if (const std::string_view url = trimmed(image.attribute(attribute).value());
            !url.empty()) {
            return std::string{url};
        }
    }
    const pugi::xml_node url = image.child("url");
    return text_in(url ? url : image).take();
}

Children media_texts(const Children& item) {
    constexpr auto kHolders = names("media:group", "media:content");
    constexpr auto kTexts =
        names("media:title", "media:description", "media:category", "media:keywords");
    for (const FieldName holder : kHolders.list) {
        for (auto at = item.find(holder); at != Children::kNone; at = item.find(holder, at + 1)) {
            Children parts{item[at].element()};
            if (parts.has_any(kTexts)) {
                return parts;
            }
            for (auto within = parts.find("media:content"_field); within != Children::kNone;
                 within = parts.find("media:content"_field, within + 1)) {
                Children content{parts[within].element()};
                if (content.has_any(kTexts)) {
                    return content;
                }
            }
        }
    }
    return Children{pugi::xml_node{}};
}

}  // namespace wirewatch::feeds
