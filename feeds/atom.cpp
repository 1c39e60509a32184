// SPDX-License-Identifier: MIT
#include "feeds/atom.hpp"

#include "feeds/base64.hpp"
#include "feeds/html_links.hpp"
#include "feeds/html_text.hpp"
#include "feeds/letters.hpp"
#include "feeds/url.hpp"
#include "feeds/xml_categories.hpp"
#include "feeds/xml_fields.hpp"
#include "feeds/xml_people.hpp"

#include <array>
#include <utility>

#include <pugixml.hpp>

namespace wirewatch::feeds {

namespace {

// Which elements fill which field, the best first. Media RSS is what video sites have instead of a
// summary.
namespace entry_field {
constexpr auto kId = names("atom:id");
constexpr auto kTitle = names("atom:title", "dc:title", "media:title");
constexpr auto kSummary = names("atom:summary", "dc:description", "media:description");
constexpr auto kContent = names("atom:content", "content:encoded");
constexpr auto kPublished =
    names("atom:published", "atom:issued", "dcterms:issued", "dc:date", "atom:created");
constexpr auto kUpdated = names("atom:updated", "atom:modified", "dcterms:modified");
constexpr auto kLanguage = names("dc:language");
constexpr auto kOriginal = names("feedburner:origlink", "pheedo:origlink");
constexpr auto kCategories = names("atom:category", "dc:subject", "category", "media:category",
                                   "media:keywords", "itunes:keywords");
constexpr auto kWriters = names("atom:author", "dc:creator", "author");
constexpr auto kShow = names("itunes:author", "googleplay:author");
constexpr std::array<Names, 2> kAuthors{kWriters, kShow};
}  // namespace entry_field

namespace feed_field {
constexpr auto kTitle = names("atom:title");
constexpr auto kDescription = names("atom:subtitle", "atom:tagline", "dc:description");
constexpr auto kLanguage = names("dc:language");
constexpr auto kImage = names("atom:logo", "atom:icon");
}  // namespace feed_field

/// A text construct: as it was written, and as it is seen.
struct Text {
    std::string html;  ///< empty: it is no HTML
    std::string visible;
};

enum class Shape { lines, line };

std::string visible_html(std::string_view html, Shape shape) {
    return shape == Shape::line ? html_to_line(html) : html_to_text(html);
}

/// Inline XHTML stands in one <div> that is not part of it (RFC 4287 section 3.1.1.3).
std::string xhtml_in(pugi::xml_node element) {
    const pugi::xml_node div = element.child("div");
    const bool alone = div && text_in(element).empty() && !div.next_sibling("div");
    return html_in(alone ? div : element);
}

/// A type whose content is base64 (RFC 4287 section 4.1.3.3).
bool is_no_text(std::string_view type) {
    return type.find('/') != std::string_view::npos && !type.starts_with("text/") &&
           type.find("xml") == std::string_view::npos &&
           type.find("html") == std::string_view::npos;
}

Text read_bytes(const std::string& written, std::string_view type, Shape shape) {
    const auto plain = [shape](std::string_view text) {
        return Text{{}, shape == Shape::line ? plain_to_line(text) : plain_to_text(text)};
    };
    if (type.starts_with("image/") || type.starts_with("audio/") || type.starts_with("video/")) {
        return {};  // nothing to read
    }
    if (const auto text = base64_text(written)) {
        return type == "text/plain" ? plain(*text) : Text{*text, visible_html(*text, shape)};
    }
    // What is left is bytes, or a text with a type that it should not have: <title type="x/y">.
    const bool is_words = shape == Shape::line || written.find_first_of(" {<") != std::string::npos;
    return is_words ? plain(written) : Text{};
}

Text read_text(pugi::xml_node element, Shape shape) {
    const std::string type = lower(trimmed(element.attribute("type").value()));
    const std::string mode = lower(trimmed(element.attribute("mode").value()));
    const bool has_markup =
        element.find_child([](pugi::xml_node child) { return child.type() == pugi::node_element; });
    if (!has_markup && (mode == "base64" || is_no_text(type))) {
        return read_bytes(text_in(element), type, shape);
    }
    if (has_markup) {
        const std::string html = xhtml_in(element);
        return {html, visible_html(html, shape)};
    }
    const std::string text = text_in(element);
    if (type.find("html") != std::string::npos || mode == "escaped") {
        return {text, visible_html(text, shape)};
    }
    return {{}, shape == Shape::line ? plain_to_line(text) : plain_to_text(text)};
}

/// The first that shows a text, else one that at least holds HTML: a picture, say.
Text first_text_of(pugi::xml_node parent, Names names, Shape shape, std::string_view base) {
    Text unseen;
    for (const std::string_view name : names) {
        for (const pugi::xml_node child : parent.children(name.data())) {
            if (Text text = read_text(child, shape); !text.visible.empty()) {
                const pugi::xml_node div = child.child("div");
                text.html =
                    with_absolute_links(std::move(text.html), base_of(div ? div : child, base));
                return text;
            } else if (unseen.html.empty()) {
                unseen = std::move(text);
            }
        }
    }
    return unseen;
}

std::string_view rel_of(pugi::xml_node link) {
    constexpr std::string_view kIana = "http://www.iana.org/assignments/relation/";
    std::string_view rel = trimmed(link.attribute("rel").value());
    if (rel.starts_with(kIana)) {
        rel.remove_prefix(kIana.size());  // the long form (RFC 4287 section 4.2.7.2)
    }
    return rel.empty() ? "alternate" : rel;
}

bool is_page(pugi::xml_node link) {
    const std::string_view type = link.attribute("type").value();
    return type.empty() || type.find("html") != std::string_view::npos;
}

std::string address_of(pugi::xml_node link, std::string_view base) {
    return link ? resolve_url(base_of(link, base), link.attribute("href").value()) : std::string{};
}

/// The page with the replies. They also come as a feed of their own, which is what a link without
/// a type means (RFC 4685 section 4).
std::string replies_of(pugi::xml_node entry, std::string_view base) {
    const pugi::xml_node page = entry.find_child([&](pugi::xml_node child) {
        return std::string_view{child.name()} == "atom:link" && rel_of(child) == "replies" &&
               child.attribute("type") && is_page(child);
    });
    const std::string address = address_of(page, base);
    return address.find(' ') == std::string::npos ? address : std::string{};
}

/// The link of this `rel`: a page before anything else.
std::string link_of(pugi::xml_node parent, std::string_view rel, std::string_view base) {
    pugi::xml_node best;
    for (const pugi::xml_node link : parent.children("atom:link")) {
        if (rel_of(link) == rel && link.attribute("href") &&
            (!best || (!is_page(best) && is_page(link)))) {
            best = link;
        }
    }
    return address_of(best, base);
}

class AtomReader {
  public:
    AtomReader(pugi::xml_node root, std::string_view base_url, const ParseLimits& limits)
        : root_{root}, base_url_{base_url}, limits_{limits} {}

    Result<ParsedFeed> run() {
        feed_.format = format();
        if (std::string_view{root_.name()} == "atom:entry") {
            return read_alone();
        }
        read_head();
        for (const pugi::xml_node entry : root_.children("atom:entry")) {
            if (feed_.articles.size() == limits_.max_articles) {
                return fail(
                    Errc::too_large,
                    "the feed has more than " + std::to_string(limits_.max_articles) + " articles");
            }
            feed_.articles.push_back(read_entry(entry));
        }
        return std::move(feed_);
    }

  private:
    /// An entry as a document of its own. Dictionaries have those too, so Atom's namespace counts.
    Result<ParsedFeed> read_alone() {
        Article article = read_entry(root_);
        const std::string_view own = root_.attribute("xmlns").value();
        if (own.find("Atom") == std::string_view::npos && own.find("atom") == own.npos &&
            (article.id.empty() || article.title.empty())) {
            return fail(Errc::not_a_feed, "this has the root of an entry, but not of Atom's");
        }
        feed_.articles.push_back(std::move(article));
        return std::move(feed_);
    }

    [[nodiscard]] std::string format() const {
        const std::string_view version = root_.attribute("version").value();
        bool old_namespace = false;
        for (const pugi::xml_attribute attribute : root_.attributes()) {
            old_namespace |= std::string_view{attribute.value()} == "http://purl.org/atom/ns#";
        }
        return version == "0.3" || old_namespace ? "Atom 0.3" : "Atom 1.0";
    }

    void read_head() {
        feed_.feed_url = link_of(root_, "self", base_url_);
        if (base_url_.empty() && is_web_url(feed_.feed_url)) {
            base_url_ = feed_.feed_url;  // it says itself where it comes from
        }
        feed_.url = link_of(root_, "alternate", base_url_);
        feed_.title = first_text_of(root_, feed_field::kTitle, Shape::line, base_url_).visible;
        feed_.description =
            first_text_of(root_, feed_field::kDescription, Shape::lines, base_url_).visible;
        feed_.language = language_of(root_, feed_field::kLanguage);
        feed_.image = resolve_url(base_of(root_, base_url_), first_text(root_, feed_field::kImage));
        feed_.authors = people_in(root_, entry_field::kAuthors);
        feed_.schedule = read_schedule(root_);
        for (const pugi::xml_node link : root_.children("atom:link")) {
            if (rel_of(link) == "hub") {
                add_once(feed_.hubs, address_of(link, base_url_));
            }
        }
        feed_.next_url = link_of(root_, "next", base_url_);
    }

    [[nodiscard]] Article read_entry(pugi::xml_node entry) const {
        const std::string base = base_of(entry, base_url_);
        Article article;
        article.id = first_text(entry, entry_field::kId);
        article.url = url_of(entry, base);
        Text title = first_text_of(entry, entry_field::kTitle, Shape::line, base_url_);
        article.title = std::move(title.visible);
        article.title_html = std::move(title.html);
        Text summary = summary_of(entry);
        article.summary = std::move(summary.visible);
        article.summary_html = std::move(summary.html);
        Text content = first_text_of(entry, entry_field::kContent, Shape::lines, base_url_);
        article.content = std::move(content.visible);
        article.content_html = std::move(content.html);
        article.published = first_date(entry, entry_field::kPublished);
        article.updated = first_date(entry, entry_field::kUpdated);
        article.language = language_of(entry, entry_field::kLanguage);
        if (article.language.empty()) {
            article.language = feed_.language;
        }
        article.comments_url = replies_of(entry, base_url_);
        article.authors = authors_of(entry);
        article.categories = categories_in(entry, entry_field::kCategories);
        for (std::string& word :
             categories_in(entry.child("media:group"), entry_field::kCategories)) {
            add_once(article.categories, std::move(word));
        }
        read_media(entry, base, article);
        return article;
    }

    [[nodiscard]] Text summary_of(pugi::xml_node entry) const {
        Text summary = first_text_of(entry, entry_field::kSummary, Shape::lines, base_url_);
        if (summary.visible.empty()) {
            summary = first_text_of(entry.child("media:group"), entry_field::kSummary, Shape::lines,
                                    base_url_);
        }
        return summary;
    }

    [[nodiscard]] std::string url_of(pugi::xml_node entry, std::string_view base) const {
        const std::string original = first_text(entry, entry_field::kOriginal);
        if (!original.empty()) {
            return resolve_url(base, original);
        }
        std::string url = link_of(entry, "alternate", base_url_);
        if (url.empty()) {
            url = resolve_url(base, entry.child("atom:content").attribute("src").value());
        }
        if (const std::string id = first_text(entry, entry_field::kId);
            url.empty() && is_web_url(id)) {
            url = id;
        }
        return url;
    }

    /// An entry without authors has those of its source, else those of the feed (RFC 4287 section
    /// 4.2.1).
    [[nodiscard]] std::vector<std::string> authors_of(pugi::xml_node entry) const {
        for (const pugi::xml_node from : {entry, entry.child("atom:source")}) {
            if (auto people = people_in(from, entry_field::kAuthors); !people.empty()) {
                return people;
            }
        }
        return feed_.authors;
    }

    pugi::xml_node root_;
    std::string base_url_;
    const ParseLimits& limits_;
    ParsedFeed feed_;
};

}  // namespace

Result<ParsedFeed> read_atom(pugi::xml_node root, std::string_view base_url,
                             const ParseLimits& limits) {
    return AtomReader{root, base_url, limits}.run();
}

}  // namespace wirewatch::feeds
