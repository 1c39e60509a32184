// SPDX-License-Identifier: MIT
#include "feeds/rss.hpp"

#include "feeds/html_links.hpp"
#include "feeds/html_text.hpp"
#include "feeds/html_title.hpp"
#include "feeds/letters.hpp"
#include "feeds/url.hpp"
#include "feeds/xml_fields.hpp"

#include <utility>

#include <pugixml.hpp>

namespace wirewatch::feeds {

namespace {

// Which elements fill which field, the best first.
namespace item_field {
constexpr auto kId = names("guid", "atom:id", "dc:identifier");
constexpr auto kUrl = names("feedburner:origlink", "link");
constexpr auto kTitle = names("title", "dc:title", "media:title", "itunes:title");
constexpr auto kSummary = names("description", "atom:summary", "dc:description", "itunes:summary",
                                "media:description", "itunes:subtitle");
constexpr auto kContent = names("content:encoded", "body", "fulltext", "atom:content");
constexpr auto kPublished =
    names("pubdate", "dc:date", "atom:published", "dcterms:issued", "dcterms:created", "date");
constexpr auto kUpdated = names("atom:updated", "dcterms:modified");
constexpr auto kAuthors = names("dc:creator", "author", "itunes:author");
constexpr auto kCategories = names("category", "dc:subject");
constexpr auto kLanguage = names("dc:language", "language");
constexpr auto kComments = names("comments");
}  // namespace item_field

namespace channel_field {
constexpr auto kTitle = names("title", "dc:title");
constexpr auto kUrl = names("link");
constexpr auto kDescription =
    names("description", "itunes:summary", "itunes:subtitle", "dc:description");
constexpr auto kLanguage = names("language", "dc:language");
constexpr auto kAuthors = names("dc:creator", "managingeditor", "itunes:author", "webmaster");
}  // namespace channel_field

/// The address in an atom:link with this `rel`.
std::string_view atom_link(pugi::xml_node parent, std::string_view rel) {
    for (const pugi::xml_node link : parent.children("atom:link")) {
        const std::string_view found = link.attribute("rel").value();
        if (found == rel || (found.empty() && rel == "alternate")) {
            return link.attribute("href").value();
        }
    }
    return {};
}

bool is_permalink(pugi::xml_node guid) {
    return !equal_ignoring_case(trimmed(guid.attribute("ispermalink").value()), "false") &&
           is_web_url(text_in(guid));
}

class RssReader {
  public:
    RssReader(pugi::xml_node root, std::string_view base_url, const ParseLimits& limits)
        : root_{root}, base_url_{base_url}, limits_{limits} {}

    Result<ParsedFeed> run() {
        const pugi::xml_node channel = channel_of(root_);
        if (!channel && !root_.child("item")) {
            return fail(Errc::not_a_feed,
                        "this has the root of an RSS feed, but neither a channel nor items");
        }
        feed_.format = format();
        if (channel) {
            read_channel(channel);
        }
        // RSS 0.90 and 1.0 have their items beside the channel, all others within.
        for (const pugi::xml_node parent : {channel, root_}) {
            for (const pugi::xml_node item : parent.children("item")) {
                if (feed_.articles.size() == limits_.max_articles) {
                    return fail(Errc::too_large, "the feed has more than " +
                                                     std::to_string(limits_.max_articles) +
                                                     " articles");
                }
                feed_.articles.push_back(read_item(item));
            }
            if (channel == root_) {
                break;
            }
        }
        return std::move(feed_);
    }

  private:
    static pugi::xml_node channel_of(pugi::xml_node root) {
        return std::string_view{root.name()} == "channel" ? root : root.child("channel");
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

    void read_channel(pugi::xml_node channel) {
        feed_.title = html_to_title(first_html(channel, channel_field::kTitle));
        feed_.description = html_to_text(first_html(channel, channel_field::kDescription));
        feed_.language = language_of(channel, channel_field::kLanguage);
        feed_.feed_url = resolve_url(base_url_, atom_link(channel, "self"));
        std::string link = first_text(channel, channel_field::kUrl);
        if (link.empty()) {
            link = atom_link(channel, "alternate");
        }
        // Without word on where the document came from, it may say so itself.
        for (const std::string& own : {feed_.feed_url, link}) {
            if (base_url_.empty() && is_web_url(own)) {
                base_url_ = own;
            }
        }
        feed_.url = resolve_url(base_of(channel, base_url_), link);
        for (const std::string_view name : channel_field::kAuthors) {
            for (const pugi::xml_node author : channel.children(name.data())) {
                add_once(feed_.authors, person_name(html_in(author)));
            }
        }
        feed_.image = image_of(channel);
    }

    [[nodiscard]] std::string image_of(pugi::xml_node channel) const {
        // RSS 0.90 and 1.0 keep it beside the channel.
        for (const pugi::xml_node parent : {channel, root_}) {
            if (const std::string url = text_in(parent.child("image").child("url")); !url.empty()) {
                return resolve_url(base_url_, url);
            }
        }
        return resolve_url(base_url_, channel.child("itunes:image").attribute("href").value());
    }

    /// The first of `names` that is not empty, as HTML whose links are absolute.
    [[nodiscard]] std::string linked_html(pugi::xml_node parent, Names names) const {
        for (const std::string_view name : names) {
            for (const pugi::xml_node child : parent.children(name.data())) {
                if (std::string html = html_in(child); !html.empty()) {
                    return with_absolute_links(std::move(html), base_of(child, base_url_));
                }
            }
        }
        return {};
    }

    [[nodiscard]] Article read_item(pugi::xml_node item) const {
        const std::string base = base_of(item, base_url_);
        Article article;
        article.id = first_text(item, item_field::kId);
        if (article.id.empty()) {
            article.id = trimmed(item.attribute("rdf:about").value());
        }
        article.url = url_of(item, base);
        article.title_html = first_html(item, item_field::kTitle);
        article.title = html_to_title(article.title_html);
        article.summary_html = linked_html(item, item_field::kSummary);
        article.summary = html_to_text(article.summary_html);
        article.content_html = linked_html(item, item_field::kContent);
        article.content = html_to_text(article.content_html);
        article.published = first_date(item, item_field::kPublished);
        article.updated = first_date(item, item_field::kUpdated);
        article.language = language_of(item, item_field::kLanguage);
        if (article.language.empty()) {
            article.language = feed_.language;
        }
        article.comments_url = comments_of(item, base);
        read_people(item, article);
        for (const std::string_view name : item_field::kCategories) {
            for (const pugi::xml_node category : item.children(name.data())) {
                add_once(article.categories, html_to_line(text_in(category)));
            }
        }
        read_media(item, base, article);
        return article;
    }

    [[nodiscard]] static std::string url_of(pugi::xml_node item, std::string_view base) {
        std::string written = first_text(item, item_field::kUrl);
        if (written.empty()) {
            written = atom_link(item, "alternate");
        }
        if (written.empty()) {
            written = trimmed(item.child("link").attribute("href").value());
        }
        if (written.empty() && is_permalink(item.child("guid"))) {
            written = text_in(item.child("guid"));
        }
        if (written.empty() && is_web_url(item.attribute("rdf:about").value())) {
            written = item.attribute("rdf:about").value();
        }
        return resolve_url(base, written);
    }

    [[nodiscard]] static std::string comments_of(pugi::xml_node item, std::string_view base) {
        const std::string written = first_text(item, item_field::kComments);
        const bool is_prose = written.find(' ') != std::string::npos;
        return is_prose ? std::string{} : resolve_url(base, written);
    }

    static void read_people(pugi::xml_node item, Article& article) {
        for (const std::string_view name : item_field::kAuthors) {
            for (const pugi::xml_node author : item.children(name.data())) {
                add_once(article.authors, person_name(html_in(author)));
            }
        }
        for (const pugi::xml_node author : item.children("atom:author")) {
            add_once(article.authors, person_in(author));
        }
    }

    pugi::xml_node root_;
    std::string base_url_;
    const ParseLimits& limits_;
    ParsedFeed feed_;
};

}  // namespace

Result<ParsedFeed> read_rss(pugi::xml_node root, std::string_view base_url,
                            const ParseLimits& limits) {
    return RssReader{root, base_url, limits}.run();
}

}  // namespace wirewatch::feeds
