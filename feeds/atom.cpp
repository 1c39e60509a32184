// SPDX-License-Identifier: MIT
#include "feeds/atom.hpp"

#include "feeds/html_links.hpp"
#include "feeds/html_text.hpp"
#include "feeds/letters.hpp"
#include "feeds/url.hpp"
#include "feeds/xml_fields.hpp"

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

Text read_text(pugi::xml_node element, Shape shape) {
    const std::string type = lower(trimmed(element.attribute("type").value()));
    const std::string mode = lower(trimmed(element.attribute("mode").value()));
    const bool has_markup =
        element.find_child([](pugi::xml_node child) { return child.type() == pugi::node_element; });
    if (mode == "base64" ||
        (type.find('/') != std::string::npos && !type.starts_with("text/") &&
         type.find("xml") == std::string::npos && type.find("html") == std::string::npos)) {
        return {};  // a picture, a film: nothing to read
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

Text first_text_of(pugi::xml_node parent, Names names, Shape shape, std::string_view base) {
    for (const std::string_view name : names) {
        for (const pugi::xml_node child : parent.children(name.data())) {
            if (Text text = read_text(child, shape); !text.visible.empty()) {
                const pugi::xml_node div = child.child("div");
                text.html =
                    with_absolute_links(std::move(text.html), base_of(div ? div : child, base));
                return text;
            }
        }
    }
    return {};
}

std::string_view rel_of(pugi::xml_node link) {
    const std::string_view rel = trimmed(link.attribute("rel").value());
    return rel.empty() ? "alternate" : rel;
}

bool is_page(pugi::xml_node link) {
    const std::string_view type = link.attribute("type").value();
    return type.empty() || type.find("html") != std::string_view::npos;
}

std::string address_of(pugi::xml_node link, std::string_view base) {
    return link ? resolve_url(base_of(link, base), link.attribute("href").value()) : std::string{};
}

/// The link of this `rel` that leads to a page. Replies also come as a feed of their own.
std::string page_of(pugi::xml_node parent, std::string_view rel, std::string_view base) {
    const pugi::xml_node page = parent.find_child([&](pugi::xml_node child) {
        return std::string_view{child.name()} == "atom:link" && rel_of(child) == rel &&
               is_page(child);
    });
    return address_of(page, base);
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
        feed_.authors = people_of(root_);
    }

    static std::vector<std::string> people_of(pugi::xml_node parent) {
        std::vector<std::string> people;
        for (const pugi::xml_node author : parent.children("atom:author")) {
            add_once(people, person_in(author));
        }
        for (const pugi::xml_node creator : parent.children("dc:creator")) {
            add_once(people, person_name(text_in(creator)));
        }
        return people;
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
        article.comments_url = page_of(entry, "replies", base_url_);
        article.authors = people_of(entry);
        if (article.authors.empty()) {
            article.authors = people_of(entry.child("atom:source"));
        }
        read_categories(entry, article);
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
        const std::string original = text_in(entry.child("feedburner:origlink"));
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

    static void read_categories(pugi::xml_node entry, Article& article) {
        for (const pugi::xml_node category : entry.children("atom:category")) {
            const std::string_view label = category.attribute("label").value();
            const std::string_view term = category.attribute("term").value();
            std::string text = plain_to_line(trimmed(label).empty() ? term : label);
            add_once(article.categories, text.empty() ? text_in(category) : std::move(text));
        }
        for (const pugi::xml_node subject : entry.children("dc:subject")) {
            add_once(article.categories, plain_to_line(text_in(subject)));
        }
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
