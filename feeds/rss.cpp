// SPDX-License-Identifier: MIT
#include "feeds/rss.hpp"

#include "feeds/atom_links.hpp"
#include "feeds/html_links.hpp"
#include "feeds/html_text.hpp"
#include "feeds/html_title.hpp"
#include "feeds/letters.hpp"
#include "feeds/short_list.hpp"
#include "feeds/url.hpp"
#include "feeds/xml_categories.hpp"
#include "feeds/xml_fields.hpp"
#include "feeds/xml_people.hpp"

#include <array>
#include <cstddef>
#include <utility>

#include <pugixml.hpp>

namespace wirewatch::feeds {

namespace {

// Which elements fill which field, the best first.
namespace item_field {
constexpr auto kId = names("guid", "atom:id", "dc:identifier", "id");
constexpr auto kUrl = names("feedburner:origlink", "pheedo:origlink", "link");
constexpr auto kTitle = names("title", "dc:title", "media:title", "itunes:title", "atom:title");
constexpr auto kSummary = names("description", "atom:summary", "dc:description", "itunes:summary",
                                "googleplay:description", "media:description", "itunes:subtitle",
                                "summary", "dcterms:abstract");
constexpr auto kContent =
    names("content:encoded", "body", "fulltext", "fullitem", "atom:content", "encoded", "content");
constexpr auto kPublished =
    names("pubdate", "dc:date", "atom:published", "dcterms:issued", "dcterms:created", "date",
          "atom:issued", "atom:created", "dcterms:date", "published", "issued", "created");
constexpr auto kUpdated =
    names("atom:updated", "dcterms:modified", "atom:modified", "updated", "modified");
constexpr auto kCategories = names("category", "itunes:keywords", "dc:subject", "atom:category",
                                   "media:category", "media:keywords", "itunes:category");
constexpr auto kLanguage = names("dc:language", "language");
constexpr auto kComments = names("comments");
// People: the first row that names anybody. What a show calls its author stands beside the
// article's own author in another spelling.
constexpr auto kWriters = names("dc:creator", "author", "atom:author", "dc:author");
constexpr auto kShow = names("itunes:author", "googleplay:author");
constexpr std::array<Names, 2> kAuthors{kWriters, kShow};
}  // namespace item_field

namespace channel_field {
constexpr auto kTitle = names("title", "dc:title", "itunes:title", "atom:title");
constexpr auto kUrl = names("link");
constexpr auto kDescription =
    names("description", "itunes:summary", "googleplay:description", "itunes:subtitle",
          "dc:description", "atom:subtitle", "atom:tagline");
constexpr auto kLanguage = names("language", "dc:language");
constexpr auto kWriters =
    names("dc:creator", "atom:author", "itunes:author", "googleplay:author", "dc:author", "author");
constexpr auto kEditor = names("managingeditor");
constexpr auto kWebMaster = names("webmaster");
constexpr auto kOwner = names("itunes:owner", "googleplay:owner", "googleplay:email");
constexpr std::array<Names, 4> kAuthors{kWriters, kEditor, kWebMaster, kOwner};
// Apple: what an episode does not say, its show says for it. An editor is no author.
constexpr std::array<Names, 1> kInherited{item_field::kShow};
// An element with an address as text, in an attribute, or in a <url> of its own.
constexpr auto kImage = names("image", "itunes:image", "googleplay:image", "atom:logo",
                              "media:thumbnail", "media:content", "atom:icon");
}  // namespace channel_field

/// The address in an atom:link with this `rel`.
std::string_view atom_link(const Children& parent, std::string_view rel) {
    for (auto at = parent.find("atom:link"_field); at != Children::kNone;
         at = parent.find("atom:link"_field, at + 1)) {
        if (has_rel(parent[at].element(), rel)) {
            return parent[at].attribute("href");
        }
    }
    return {};
}

/// The page of an atom:link to the replies; without a type it is a feed (RFC 4685 section 4).
std::string_view replies_page(const Children& item) {
    for (auto at = item.find("atom:link"_field); at != Children::kNone;
         at = item.find("atom:link"_field, at + 1)) {
        const Field& link = item[at];
        if (has_rel(link.element(), "replies") && !link.attribute("type").empty() &&
            is_page(link.element())) {
            return link.attribute("href");
        }
    }
    return {};
}

bool is_permalink(const Field& guid) {
    return !equal_ignoring_case(trimmed(guid.attribute("ispermalink")), "false") &&
           is_web_url(text_in(guid).view());
}

class RssReader {
  public:
    RssReader(pugi::xml_node root, const SettledNames& names, std::string_view base_url,
              const ParseLimits& limits, Markup markup)
        : root_{root}, names_{names}, base_url_{base_url}, limits_{limits}, markup_{markup} {}

    Result<ParsedFeed> run() {
        const pugi::xml_node channel = channel_of(root_);
        if (!channel && !root_.child("item") && !is_item()) {
            return fail(Errc::not_a_feed,
                        "this has the root of an RSS feed, but neither a channel nor items");
        }
        feed_.format = format();
        if (channel) {
            read_channel(Children{channel});
        }
        if (is_item()) {
            read_item(names_.fields_of(names_.articles.front()), base_of(names_, root_, base_url_),
                      feed_.articles.emplace_back());
            return std::move(feed_);
        }
        if (names_.articles.size() > limits_.max_articles) {
            return fail(Errc::too_large, "the feed has more than " +
                                             std::to_string(limits_.max_articles) + " articles");
        }
        read_items();
        return std::move(feed_);
    }

  private:
    static pugi::xml_node channel_of(pugi::xml_node root) {
        return std::string_view{root.name()} == "channel" ? root : root.child("channel");
    }

    /// Wherever they stand: in the channel, beside it (RSS 0.90 and 1.0), in a second channel or a
    /// list of their own.
    void read_items() {
        feed_.articles.reserve(names_.articles_with_fields());
        pugi::xml_node parent;
        std::string base;
        for (const ArticleElement& article : names_.articles) {
            const pugi::xml_node item{article.node};
            if (article.fields == 0 && says_nothing(item)) {
                continue;
            }
            // xml:base is rare: most items hang on what their channel hangs on.
            if (item.parent() != parent) {
                parent = item.parent();
                base = base_of(names_, parent, base_url_);
            }
            read_item(names_.fields_of(article),
                      item.first_attribute() ? base_of(names_, item, base_url_) : base,
                      feed_.articles.emplace_back());
        }
    }

    /// "<item/>", which some feeds leave within or behind their items.
    static bool says_nothing(pugi::xml_node item) {
        return !item.first_attribute() && text_in(item).empty() &&
               !item.find_child(
                   [](pugi::xml_node child) { return child.type() == pugi::node_element; });
    }

    /// An item alone is a document of its own only where it says something.
    [[nodiscard]] bool is_item() const {
        if (std::string_view{root_.name()} != "item") {
            return false;
        }
        const Children item = names_.fields_of(names_.articles.front());
        return !first_text(item, item_field::kTitle).empty() &&
               (item.has("link"_field) || item.has("atom:link"_field) || item.has("guid"_field) ||
                item.has("description"_field));
    }

    [[nodiscard]] std::string format() const {
        if (std::string_view{root_.name()} == "rdf:rdf") {
            for (const pugi::xml_attribute attribute : root_.attributes()) {
                const std::string_view value = attribute.value();
                if (value.find("netscape.com/rdf/simple/0.9") != std::string_view::npos) {
                    return "RSS 0.90";
                }
            }
            return "RSS 1.0";
        }
        const std::string version{trimmed(root_.attribute("version").value())};
        for (const std::string_view known : {"0.90", "0.91", "0.92", "0.93", "0.94", "2.0"}) {
            if (version == known) {
                return "RSS " + version;
            }
        }
        return "RSS";
    }

    void read_channel(const Children& channel) {
        feed_.title = html_to_title(first_html(channel, channel_field::kTitle).view());
        feed_.description = html_to_text(first_html(channel, channel_field::kDescription).view());
        feed_.language = language_of(names_, channel, channel_field::kLanguage);
        feed_.feed_url = resolve_url(base_url_, atom_link(channel, "self"));
        std::string link = first_text(channel, channel_field::kUrl).take();
        if (link.empty()) {
            link = atom_link(channel, "alternate");
        }
        // Without word on where the document came from, it may say so itself.
        for (const std::string& own : {feed_.feed_url, link}) {
            if (base_url_.empty() && is_web_url(own)) {
                base_url_ = own;
            }
        }
        feed_.url = resolve_url(base_of(names_, channel.parent(), base_url_), link);
        // A host that only carries feeds (FeedBurner) is not what the articles' links hang on.
        if (is_web_url(link) && split_url(link).authority != split_url(base_url_).authority) {
            base_url_ = link;
        }
        feed_.authors = people_in(channel, channel_field::kAuthors);
        inherited_authors_ = people_in(channel, channel_field::kInherited);
        feed_.image = image_of(channel);
        feed_.schedule = read_schedule(channel.parent());
        for (const pugi::xml_node hub : channel.parent().children("atom:link")) {
            if (has_rel(hub, "hub")) {
                add_once(feed_.hubs, resolve_url(base_url_, hub.attribute("href").value()));
            }
        }
        feed_.next_url = resolve_url(base_url_, atom_link(channel, "next"));
    }

    [[nodiscard]] std::string image_of(const Children& channel) const {
        const Children beside{root_};
        for (const FieldName name : channel_field::kImage.list) {
            // RSS 0.90 and 1.0 keep it beside the channel.
            for (const Children* parent : {&channel, &beside}) {
                const pugi::xml_node image = parent->first(name).element();
                const std::string url = may_be_image(image) ? image_address(image) : std::string{};
                if (!url.empty()) {
                    return resolve_url(base_of(names_, image, base_url_), url);
                }
            }
        }
        return {};
    }

    /// media:content is a film as often.
    static bool may_be_image(pugi::xml_node image) {
        const std::string_view type = image.attribute("type").value();
        return type.empty() || type.starts_with("image/");
    }

    /// The first of `names` that is not empty, as HTML whose links are absolute.
    [[nodiscard]] std::string linked_html(const Children& item, const Names& names) const {
        for (const FieldName name : names.list) {
            for (auto at = item.find(name); at != Children::kNone; at = item.find(name, at + 1)) {
                if (Piece html = html_in(item[at]); !html.empty()) {
                    return with_absolute_links(html.take(),
                                               base_of(names_, item[at].element(), base_url_));
                }
            }
        }
        return {};
    }

    void keep_markup(const Children& item, Article& article) const {
        article.title_html = first_html(item, item_field::kTitle).take();
        article.summary_html = linked_html(item, item_field::kSummary);
        article.content_html = linked_html(item, item_field::kContent);
    }

    void read_item(const Children& item, std::string_view base, Article& article) const {
        article.id = id_of(item);
        article.url = url_of(item, base);
        article.title = html_to_title(first_html(item, item_field::kTitle).view());
        article.summary = html_to_text(first_html(item, item_field::kSummary).view());
        article.content = html_to_text(first_html(item, item_field::kContent).view());
        if (markup_ == Markup::kept) {
            keep_markup(item, article);
        }
        article.published = first_date(item, item_field::kPublished, limits_.latest_guess);
        article.updated = first_date(item, item_field::kUpdated, limits_.latest_guess);
        article.language = language_of(names_, item, item_field::kLanguage);
        if (article.language.empty()) {
            article.language = feed_.language;
        }
        article.comments_url = comments_of(item, base);
        article.authors = people_in(item, item_field::kAuthors);
        if (article.authors.empty()) {
            article.authors = inherited_authors_;
        }
        article.categories = categories_in(item, item_field::kCategories);
        read_media_texts(media_texts(item), article);
        read_media(item, base, article);
        if (article.url.empty() && !article.enclosures.empty()) {
            article.url = article.enclosures.front().url;  // an episode without a page
        }
    }

    /// Where the item itself is silent; else they are about a picture.
    static void read_media_texts(const Children& media, Article& article) {
        if (article.summary.empty() && article.content.empty()) {
            if (article.title.empty()) {
                article.title = html_to_title(first_html(media, item_field::kTitle).view());
            }
            article.summary = html_to_text(first_html(media, item_field::kSummary).view());
        }
        for (std::string& word : categories_in(media, item_field::kCategories)) {
            add_once(article.categories, std::move(word));
        }
    }

    [[nodiscard]] static std::string id_of(const Children& item) {
        std::string id = first_text(item, item_field::kId).take();
        if (id.empty()) {
            id = trimmed(item.parent().attribute("rdf:about").value());
        }
        if (id.empty()) {
            id = html_to_line(first_html(item, item_field::kId).view());  // <guid><b>1</b></guid>
        }
        return id;
    }

    [[nodiscard]] static std::string url_of(const Children& item, std::string_view base) {
        const Piece link = first_text(item, item_field::kUrl);
        if (!link.empty()) {
            return resolve_url(base, link.view());
        }
        if (const std::string_view written = atom_link(item, "alternate"); !written.empty()) {
            return resolve_url(base, written);
        }
        if (const Field guid = item.first("guid"_field); is_permalink(guid)) {
            return resolve_url(base, text_in(guid).view());
        }
        const std::string_view about = item.parent().attribute("rdf:about").value();
        return is_web_url(about) ? resolve_url(base, about) : std::string{};
    }

    [[nodiscard]] static std::string comments_of(const Children& item, std::string_view base) {
        const Piece comments = first_text(item, item_field::kComments);
        const std::string_view written = comments.empty() ? replies_page(item) : comments.view();
        const bool is_prose = written.find(' ') != std::string_view::npos;
        return is_prose || written.empty() ? std::string{} : resolve_url(base, written);
    }

    pugi::xml_node root_;
    const SettledNames& names_;
    std::string base_url_;
    const ParseLimits& limits_;
    Markup markup_;
    ParsedFeed feed_;
    std::vector<std::string> inherited_authors_;
};

}  // namespace

Result<ParsedFeed> read_rss(pugi::xml_node root, const SettledNames& names,
                            std::string_view base_url, const ParseLimits& limits, Markup markup) {
    return RssReader{root, names, base_url, limits, markup}.run();
}

}  // namespace wirewatch::feeds
