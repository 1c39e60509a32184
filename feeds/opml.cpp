// SPDX-License-Identifier: MIT
#include "feeds/opml.hpp"

#include "base/printable.hpp"
#include "base/utf8.hpp"
#include "feeds/encoding.hpp"
#include "feeds/feed_scheme.hpp"
#include "feeds/html_text.hpp"
#include "feeds/letters.hpp"
#include "feeds/opml_feed.hpp"
#include "feeds/parser.hpp"
#include "feeds/short_list.hpp"
#include "feeds/stranger.hpp"
#include "feeds/url.hpp"
#include "feeds/xml_mend.hpp"
#include "feeds/xml_root.hpp"

#include <algorithm>
#include <iterator>
#include <optional>
#include <utility>

#include <pugixml.hpp>

namespace wirewatch::feeds {

namespace {

constexpr std::size_t kNowhere = std::string_view::npos;
constexpr std::size_t kMaxTagBytes = 64;      // our choice, as long as an id
constexpr std::size_t kMaxTitleBytes = 1000;  // our choice
constexpr std::size_t kMaxJunk = 64u << 10;   // before the root; as for feeds
constexpr std::size_t kTagsPerOutline = 2;    // opening and closing

/// An attribute whatever its case: "xmlUrl" is also written "xmlurl" and "xmlURL".
std::string_view attribute(pugi::xml_node element, std::string_view name) {
    for (const pugi::xml_attribute found : element.attributes()) {
        if (equal_ignoring_case(found.name(), name)) {
            return found.value();
        }
    }
    return {};
}

/// Titles were HTML before they were put into an attribute: "Q&amp;amp;A".
std::string line_in(pugi::xml_node outline, std::string_view name) {
    return html_to_line(utf8::cut(attribute(outline, name), kMaxTitleBytes));
}

std::string title_of(pugi::xml_node outline) {
    std::string title = line_in(outline, "title");
    return title.empty() ? line_in(outline, "text") : title;
}

/// The address of the feed, as written. Old lists have it in "url" and say so by the type.
std::string address_in(pugi::xml_node outline) {
    const std::string_view type = attribute(outline, "type");
    const bool feed = equal_ignoring_case(type, "rss") || equal_ignoring_case(type, "atom") ||
                      equal_ignoring_case(type, "feed");
    std::string_view url = trimmed(attribute(outline, "xmlUrl"));
    url = url.empty() && feed ? trimmed(attribute(outline, "url")) : url;
    return without_feed_scheme(url);
}

class OpmlReader {
  public:
    OpmlReader(OpmlList& list, const OpmlLimits& limits) : list_{list}, limits_{limits} {}

    /// Without recursion, since folders come from outside.
    Result<> read(pugi::xml_node body) {
        pugi::xml_node at = body.first_child();
        while (at) {
            const bool outline = equal_ignoring_case(at.name(), "outline");
            if (outline && ++count_ > limits_.max_outlines) {
                return fail(
                    Errc::too_large,
                    "the list has more than " + std::to_string(limits_.max_outlines) + " outlines");
            }
            const bool folder = outline && take(at);
            if (folder && at.first_child()) {
                at = at.first_child();
                continue;
            }
            while (at != body && !at.next_sibling()) {
                at = at.parent();
                if (at != body) {
                    folders_.pop_back();
                }
            }
            at = at == body ? pugi::xml_node{} : at.next_sibling();
        }
        return {};
    }

  private:
    /// Takes an outline; whether it can hold others, whose folder it then is.
    bool take(pugi::xml_node outline) {
        const std::string url = address_in(outline);
        const bool has_children = static_cast<bool>(outline.first_child());
        if (!url.empty()) {
            take_feed(outline, url);
        } else if (!has_children) {
            list_.skipped.push_back(named(outline) + " has no address of a feed (xmlUrl)");
        }
        if (has_children) {
            folders_.push_back(url.empty() ? tag_of_folder(title_of(outline)) : std::string{});
        }
        return has_children;
    }

    void take_feed(pugi::xml_node outline, const std::string& url) {
        Feed feed;
        feed.url = resolve_url({}, url);
        if (!is_web_url(feed.url)) {
            list_.skipped.push_back(named(outline) + " has the address '" + printable(url, 200) +
                                    "', which is neither http nor https");
            return;
        }
        if (!read_own_attributes(outline, feed)) {
            feed.title = title_of(outline);
        }
        if (feed.tags.empty()) {
            for (const std::string& folder : folders_) {
                add_once(feed.tags, folder);
            }
            add_categories(attribute(outline, "category"), feed.tags);
        }
        list_.feeds.push_back(std::move(feed));
    }

    /// "/News/World,sport": paths and words, separated by commas.
    static void add_categories(std::string_view categories, std::vector<std::string>& tags) {
        while (!categories.empty()) {
            const std::size_t end = std::min(categories.find_first_of(",/"), categories.size());
            add_once(tags, tag_of_folder(categories.substr(0, end)));
            categories.remove_prefix(std::min(end + 1, categories.size()));
        }
    }

    static std::string named(pugi::xml_node outline) {
        const std::string title = title_of(outline);
        return title.empty() ? "an outline without a title" : "'" + printable(title, 100) + "'";
    }

    OpmlList& list_;
    const OpmlLimits& limits_;
    std::vector<std::string> folders_;
    std::size_t count_ = 0;
};

/// Where <opml> begins, whatever stands before it.
std::optional<std::size_t> find_opml(std::string_view text) {
    if (const auto root = find_root(text); root && equal_ignoring_case(root->name, "opml")) {
        return root->start;
    }
    const std::size_t found = find_ignoring_case(text.substr(0, kMaxJunk), "<opml");
    return found == kNowhere ? std::nullopt : std::optional{found};
}

pugi::xml_node child(pugi::xml_node parent, std::string_view name) {
    const auto found = std::find_if(parent.begin(), parent.end(), [&](pugi::xml_node node) {
        return equal_ignoring_case(node.name(), name);
    });
    return found == parent.end() ? pugi::xml_node{} : *found;
}

/// What a document is that holds no list of feeds.
std::string no_opml(std::string_view text, std::string_view document) {
    if (const auto feed = parse_feed(document, {})) {
        return "this is a feed (" + feed->format +
               "), no list of feeds; 'wirewatch feeds add' "
               "takes its address";
    }
    return describe_stranger(text, {}) + ": no list of feeds (OPML)";
}

}  // namespace

Result<OpmlList> read_opml(std::string_view document, const OpmlLimits& limits) {
    if (document.size() > limits.max_bytes) {
        return fail(Errc::too_large,
                    "the document is over " + std::to_string(limits.max_bytes >> 20) + " MiB");
    }
    auto decoded = decode_text(document, {});
    if (!decoded) {
        return fail(std::move(decoded));
    }
    const auto start = find_opml(decoded->text());
    if (!start) {
        return fail(Errc::not_a_feed, no_opml(decoded->text(), document));
    }
    ParseLimits tags;
    tags.max_depth = limits.max_depth;
    tags.max_tags = std::max(tags.max_tags, kTagsPerOutline * limits.max_outlines);
    tags.max_attributes = std::max(tags.max_attributes, tags.max_tags);
    auto mended = mend_xml(decoded->text().substr(*start), tags);
    if (!mended) {
        return fail(std::move(mended));
    }
    pugi::xml_document xml;
    const auto parsed = xml.load_buffer_inplace(mended->text.data(), mended->text.size(),
                                                pugi::parse_default, pugi::encoding_utf8);
    if (!parsed) {
        return fail(Errc::not_a_feed,
                    std::string{"this is OPML that cannot be read ("} + parsed.description() + ")");
    }
    OpmlList list;
    list.repaired = std::move(decoded->repaired);
    std::move(mended->repaired.begin(), mended->repaired.end(), std::back_inserter(list.repaired));
    list.cut_off = mended->cut_off;
    const pugi::xml_node root = xml.document_element();
    list.title = html_to_line(child(child(root, "head"), "title").child_value());
    // Some lists lack the body: their outlines hang on the root.
    const pugi::xml_node body = child(root, "body");
    if (auto read = OpmlReader{list, limits}.read(body ? body : root); !read) {
        return fail(std::move(read));
    }
    return list;
}

std::string tag_of_folder(std::string_view name) {
    std::string tag;
    for (const char c : name) {
        const bool kept = is_letter(c) || is_digit(c) || static_cast<unsigned char>(c) >= 0x80 ||
                          c == '.' || c == '_';
        if (kept) {
            tag += lower(c);
        } else if (!tag.empty() && tag.back() != '-') {
            tag += '-';
        }
    }
    tag = utf8::cut(tag, kMaxTagBytes);
    while (tag.ends_with('-')) {
        tag.pop_back();
    }
    return tag;
}

}  // namespace wirewatch::feeds
