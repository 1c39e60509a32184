// SPDX-License-Identifier: MIT
#include "feeds/atom.hpp"

#include "feeds/atom_links.hpp"
#include "feeds/base64.hpp"
#include "feeds/html_links.hpp"
#include "feeds/html_text.hpp"
#include "feeds/html_title.hpp"
#include "feeds/letters.hpp"
#include "feeds/short_list.hpp"
#include "feeds/url.hpp"
#include "feeds/xml_categories.hpp"
#include "feeds/xml_fields.hpp"
#include "feeds/xml_people.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include <pugixml.hpp>

namespace wirewatch::feeds {

namespace {

// Which elements fill which field, the best first. Media RSS is what video sites have instead of a
// summary.
namespace entry_field {
constexpr auto kId = names("atom:id", "dc:identifier", "atom:guid");
constexpr auto kTitle = names("atom:title", "dc:title", "media:title");
constexpr auto kSummary = names("atom:summary", "dc:description", "atom:description",
                                "media:description", "itunes:summary", "itunes:subtitle");
constexpr auto kContent = names("atom:content", "content:encoded");
constexpr auto kPublished = names("atom:published", "atom:issued", "dcterms:issued", "dc:date",
                                  "atom:created", "dcterms:created", "atom:pubdate");
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
constexpr auto kTitle = names("atom:title", "dc:title");
constexpr auto kDescription = names("atom:subtitle", "atom:tagline", "dc:description");
constexpr auto kLanguage = names("dc:language");
constexpr auto kImage = names("atom:logo", "atom:icon");
}  // namespace feed_field

/// A text construct: as it was written, and as it is seen.
struct Text {
    Piece html;  ///< empty: it is no HTML
    std::string visible;
};

/// Where it stands.
struct Found {
    Text text;
    pugi::xml_node element;
};

enum class Shape { lines, line };

Text html_text(Piece html, Shape shape) {
    std::string visible =
        shape == Shape::line ? html_to_line(html.view()) : html_to_text(html.view());
    return {std::move(html), std::move(visible)};
}

Text plain_text(std::string_view text, Shape shape) {
    return {{}, shape == Shape::line ? plain_to_line(text) : plain_to_text(text)};
}

/// Inline XHTML stands in one <div> that is not part of it (RFC 4287 section 3.1.1.3).
pugi::xml_node without_div(pugi::xml_node element) {
    const pugi::xml_node div = element.child("div");
    const bool alone = div && text_in(element).empty() && !div.next_sibling("div");
    return alone ? div : element;
}

/// A type whose content is base64 (RFC 4287 section 4.1.3.3).
bool is_no_text(std::string_view type) {
    return type.find('/') != std::string_view::npos && !type.starts_with("text/") &&
           type.find("xml") == std::string_view::npos &&
           type.find("html") == std::string_view::npos;
}

Text read_bytes(std::string_view written, std::string_view type, Shape shape) {
    if (type.starts_with("image/") || type.starts_with("audio/") || type.starts_with("video/")) {
        return {};  // nothing to read
    }
    if (auto text = base64_text(written)) {
        return type == "text/plain" ? plain_text(*text, shape)
                                    : html_text(Piece{std::move(*text)}, shape);
    }
    // What is left is bytes, or a text with a type that it should not have: <title type="x/y">.
    const bool is_words = shape == Shape::line || written.find_first_of(" {<") != written.npos;
    return is_words ? plain_text(written, shape) : Text{};
}

Text read_text(const Field& field, Shape shape) {
    const auto words = only_text(field);
    if (words && !field.may_have_attributes) {
        return plain_text(*words, shape);
    }
    const pugi::xml_node element = field.element();
    const std::string type = lower(trimmed(element.attribute("type").value()));
    const std::string mode = lower(trimmed(element.attribute("mode").value()));
    const bool is_xhtml = type.find("xhtml") != std::string::npos && mode != "escaped";
    const bool is_html = type.find("html") != std::string::npos || mode == "escaped";
    if (!words && has_elements(element)) {
        const pugi::xml_node inner = without_div(element);
        return html_text(is_html && !is_xhtml ? html_in(inner) : markup_in(inner), shape);
    }
    Piece text = text_in(field);
    if (mode == "base64" || is_no_text(type)) {
        return read_bytes(text.view(), type, shape);
    }
    if (is_xhtml) {
        // No element stands in it: by the letter this is text, but some mean HTML.
        return html_text(Piece{with_true_tags(text.view())}, shape);
    }
    if (is_html) {
        return html_text(std::move(text), shape);
    }
    return plain_text(text.view(), shape);
}

/// What comes from RSS is HTML, and says no type.
bool is_html(FieldName name) {
    return name == "content:encoded"_field || name == "atom:description"_field;
}

/// The first that shows a text, else one that at least holds HTML: a picture, say.
Found first_text_of(const Children& parent, const Names& names, Shape shape) {
    Found unseen;
    if (!parent.has_any(names)) {
        return unseen;
    }
    for (const FieldName name : names.list) {
        for (auto at = parent.find(name); at != Children::kNone; at = parent.find(name, at + 1)) {
            Found found{is_html(name) ? html_text(html_in(parent[at]), shape)
                                      : read_text(parent[at], shape),
                        parent[at].element()};
            if (!found.text.visible.empty()) {
                return found;
            }
            if (unseen.text.html.empty()) {
                unseen = std::move(found);
            }
        }
    }
    return unseen;
}

std::string linked_html(const SettledNames& document, Found found, std::string_view base) {
    if (found.text.html.empty()) {
        return {};
    }
    const pugi::xml_node div = found.element.child("div");
    return with_absolute_links(found.text.html.take(),
                               base_of(document, div ? div : found.element, base));
}

class AtomReader {
  public:
    AtomReader(pugi::xml_node root, const SettledNames& names, std::string_view base_url,
               const ParseLimits& limits, Markup markup)
        : root_{root}, names_{names}, base_url_{base_url}, limits_{limits}, markup_{markup} {}

    Result<ParsedFeed> run() {
        feed_.format = format();
        if (std::string_view{root_.name()} == "atom:entry") {
            return read_alone();
        }
        read_head(Children{root_});
        const std::string base = base_of(names_, root_, base_url_);
        feed_.articles.reserve(std::min(names_.articles.size(), limits_.max_articles));
        for (const ArticleElement& article : names_.articles) {
            const pugi::xml_node entry{article.node};
            if (feed_.articles.size() == limits_.max_articles) {
                return fail(
                    Errc::too_large,
                    "the feed has more than " + std::to_string(limits_.max_articles) + " articles");
            }
            // xml:base is rare: most entries hang on what their feed hangs on.
            const bool hangs_on_feed = entry.parent() == root_ && !entry.first_attribute();
            read_entry(names_.fields_of(article),
                       hangs_on_feed ? base : base_of(names_, entry, base_url_),
                       feed_.articles.emplace_back());
        }
        return std::move(feed_);
    }

  private:
    /// An entry as a document of its own. Dictionaries have those too, so Atom's namespace counts.
    Result<ParsedFeed> read_alone() {
        Article article;
        read_entry(names_.fields_of(names_.articles.front()), base_of(names_, root_, base_url_),
                   article);
        const std::string_view own = root_.attribute("xmlns").value();
        if (own.find("Atom") == std::string_view::npos && own.find("atom") == own.npos &&
            (article.id.empty() || article.title.empty())) {
            return fail(Errc::not_a_feed, "this has the root of an entry, but not of Atom's");
        }
        feed_.articles.push_back(std::move(article));
        return std::move(feed_);
    }

    [[nodiscard]] std::string format() const {
        constexpr std::array<std::string_view, 3> kOldNamespaces{
            "http://purl.org/atom/ns#", "http://purl.org/echo/", "http://purl.org/pie/"};
        const std::string_view version = root_.attribute("version").value();
        bool old_namespace = false;
        bool new_namespace = false;
        for (const pugi::xml_attribute attribute : root_.attributes()) {
            const std::string_view value = attribute.value();
            old_namespace |= std::find(kOldNamespaces.begin(), kOldNamespaces.end(), value) !=
                             kOldNamespaces.end();
            new_namespace |= value == "http://www.w3.org/2005/Atom";
        }
        const bool is_old = old_namespace && !new_namespace;  // both: a prefix for old elements
        return version == "0.3" || is_old ? "Atom 0.3" : "Atom 1.0";
    }

    void read_head(const Children& head) {
        feed_.feed_url = link_of(names_, head, "self", base_url_);
        if (base_url_.empty() && is_web_url(feed_.feed_url)) {
            base_url_ = feed_.feed_url;  // it says itself where it comes from
        }
        feed_.url = link_of(names_, head, "alternate", base_url_);
        feed_.title = first_text_of(head, feed_field::kTitle, Shape::line).text.visible;
        feed_.description =
            first_text_of(head, feed_field::kDescription, Shape::lines).text.visible;
        feed_.language = language_of(names_, head, feed_field::kLanguage);
        feed_.image = resolve_url(base_of(names_, root_, base_url_),
                                  first_text(head, feed_field::kImage).view());
        feed_.authors = people_in(head, entry_field::kAuthors);
        feed_.schedule = read_schedule(root_);
        for (const pugi::xml_node link : root_.children("atom:link")) {
            if (has_rel(link, "hub")) {
                add_once(feed_.hubs, address_of(names_, link, base_url_));
            }
        }
        feed_.next_url = link_of(names_, head, "next", base_url_);
    }

    /// `media` speaks where the entry itself is silent; else it is about a picture.
    void read_texts(const Children& entry, const Children& media, Article& article) const {
        Found title = first_text_of(entry, entry_field::kTitle, Shape::line);
        Found summary = first_text_of(entry, entry_field::kSummary, Shape::lines);
        Found content = first_text_of(entry, entry_field::kContent, Shape::lines);
        if (summary.text.visible.empty() && content.text.visible.empty()) {
            if (title.text.visible.empty()) {
                title = first_text_of(media, entry_field::kTitle, Shape::line);
            }
            summary = first_text_of(media, entry_field::kSummary, Shape::lines);
        }
        article.title = std::move(title.text.visible);
        article.summary = std::move(summary.text.visible);
        article.content = std::move(content.text.visible);
        if (markup_ == Markup::kept) {
            article.title_html = linked_html(names_, std::move(title), base_url_);
            article.summary_html = linked_html(names_, std::move(summary), base_url_);
            article.content_html = linked_html(names_, std::move(content), base_url_);
        }
    }

    void read_entry(const Children& entry, std::string_view base, Article& article) const {
        const Children media = media_texts(entry);
        article.id = first_text(entry, entry_field::kId).take();
        article.url = url_of(entry, base);
        read_texts(entry, media, article);
        article.published = first_date(entry, entry_field::kPublished, limits_.latest_guess);
        article.updated = first_date(entry, entry_field::kUpdated, limits_.latest_guess);
        article.language = language_of(names_, entry, entry_field::kLanguage);
        if (article.language.empty()) {
            article.language = feed_.language;
        }
        article.comments_url = replies_of(names_, entry, base_url_);
        article.authors = authors_of(entry);
        article.categories = categories_in(entry, entry_field::kCategories);
        for (std::string& word : categories_in(media, entry_field::kCategories)) {
            add_once(article.categories, std::move(word));
        }
        read_media(entry, base, article);
    }

    [[nodiscard]] std::string url_of(const Children& entry, std::string_view base) const {
        if (const Piece original = first_text(entry, entry_field::kOriginal); !original.empty()) {
            return resolve_url(base, original.view());
        }
        std::string url = link_of(names_, entry, "alternate", base_url_);
        if (url.empty()) {
            url = resolve_url(base, entry.first("atom:content"_field).attribute("src"));
        }
        if (url.empty()) {
            url = resolve_url(base, written_link(entry).view());
        }
        if (url.empty()) {
            Piece id = first_text(entry, entry_field::kId);
            url = is_web_url(id.view()) ? id.take() : std::string{};
        }
        return url;
    }

    /// An entry without authors has those of its source, else those of the feed (RFC 4287 section
    /// 4.2.1).
    [[nodiscard]] std::vector<std::string> authors_of(const Children& entry) const {
        auto people = people_in(entry, entry_field::kAuthors);
        if (people.empty() && entry.has("atom:source"_field)) {
            const Children source{entry.first("atom:source"_field).element()};
            people = people_in(source, entry_field::kAuthors);
        }
        return people.empty() ? feed_.authors : people;
    }

    pugi::xml_node root_;
    const SettledNames& names_;
    std::string base_url_;
    const ParseLimits& limits_;
    Markup markup_;
    ParsedFeed feed_;
};

}  // namespace

Result<ParsedFeed> read_atom(pugi::xml_node root, const SettledNames& names,
                             std::string_view base_url, const ParseLimits& limits, Markup markup) {
    return AtomReader{root, names, base_url, limits, markup}.run();
}

}  // namespace wirewatch::feeds
