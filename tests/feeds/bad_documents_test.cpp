// SPDX-License-Identifier: MIT
// What is refused, in which words, and what is mended.
#include "base/utf8.hpp"
#include "feeds/parser.hpp"

#include <random>
#include <string>
#include <string_view>
#include <vector>

#include <catch2/catch.hpp>

using namespace wirewatch;
using namespace wirewatch::feeds;

namespace {

std::string repeated(const std::string& text, std::size_t times) {
    std::string out;
    out.reserve(text.size() * times);
    for (std::size_t i = 0; i < times; ++i) {
        out += text;
    }
    return out;
}

std::string rss(const std::string& items) {
    return "<rss version='2.0'><channel><title>Feed</title>" + items + "</channel></rss>";
}

std::string words(const ParsedFeed& feed) {
    std::string all;
    for (const std::string& repair : feed.repaired) {
        all += (all.empty() ? "" : "; ") + repair;
    }
    return all;
}

}  // namespace

TEST_CASE("a document that is no feed is told what it is") {
    const auto [document, text] = GENERATE(table<const char*, const char*>({
        {"", "the document is empty"},
        {" \n\t ", "the document is empty"},
        {"\xEF\xBB\xBF", "the document is empty"},
        {"<!DOCTYPE html>\n<html lang=en><title>Error 404 &amp; more</title><p>Not found",
         "this is an HTML page titled 'Error 404 & more'"},
        {"<html><head><link rel=stylesheet href=a.css><link REL='alternate' "
         "type='application/rss+xml' href='/feed?a=1&amp;b=2'><link rel=alternate "
         "type=application/atom+xml href=/atom></head></html>",
         "this is an HTML page; it links to the feeds https://example.org/feed?a=1&b=2 and "
         "https://example.org/atom"},
        {"<?xml version='1.0'?><opml version='2.0'/>",
         "this is XML with the root <opml>, which is no feed"},
        {"<svg><metadata><rdf:RDF><a/></rdf:RDF></metadata></svg>",
         "this is XML with the root <svg>, which is no feed"},
        {"<rss version='2.0'/>",
         "this has the root of an RSS feed, but neither a channel nor items"},
        {"{\"title\": \"t\"}", "this is JSON, but no JSON Feed"},
        {"[1, 2]", "this is JSON, but no JSON Feed"},
        {"{\"version\": \"https://jsonfeed.org/version/1\", ",
         "this begins as JSON, but is broken: no JSON parser can read it"},
        {"Not Found\x1B[31m", "this is text that begins 'Not Found[31m', and no feed"},
        {"<!-- nothing", "this is text that begins '<!-- nothing', and no feed"},
    }));
    CAPTURE(document);
    const auto feed = parse_feed(document, {"text/html", "https://example.org/news/"});
    REQUIRE_FALSE(feed);
    CHECK(feed.error().code == Errc::not_a_feed);
    CHECK(feed.error().text == text);
}

TEST_CASE("what a person could still read is mended, and said") {
    const auto [items, title, repair] = GENERATE(table<const char*, const char*, const char*>({
        {"<item><title>Caf&eacute;&nbsp;1</title></item>", "Café 1",
         "HTML entities that XML does not know"},
        {"<item><title>AT&T</title></item>", "AT&T", "'&' that stands for itself"},
        {"<item><title>&undefined; 1</title></item>", "&undefined; 1",
         "'&' that stands for itself"},
        {"<item><title>1 < 2</title></item>", "1 < 2", "'<' that stands for itself"},
        {"<item><title>be\x07ll &#8;1</title></item>", "bell 1", "control characters"},
        {"<item><title>t</title><enclosure url=a.mp3 hidden/></item>", "t",
         "attributes without quotes or value"},
        {"<item><title>t</titel><link>a</link></item>", "t", "closing tags that close nothing"},
        {"<item><title>t</b> u</title><link>a</link></item>", "t u",
         "closing tags that close nothing"},
        {"<item><title>t</title><description>a<br>b<p>c</description></item>", "t",
         "elements without their closing tag"},
        {"<item><title>t</title><item><title>u</title></item>", "t",
         "elements without their closing tag"},
    }));
    CAPTURE(items);
    const auto feed = parse_feed(rss(items), {});
    REQUIRE(feed);
    REQUIRE_FALSE(feed->articles.empty());
    CHECK(feed->articles[0].title == title);
    CHECK(words(*feed) == repair);
}

TEST_CASE("a well-formed feed is not called repaired") {
    const auto feed = parse_feed(
        "\n<?xml version='1.0'?><!-- <rss> --><!DOCTYPE rss [<!ENTITY a \"<b>\">]>" +
            rss("<item><title a='1 > 0' b=\"'\">&lt;&#233;&amp;&quot;</title><!-- & < -->"
                "<description><![CDATA[<br>&nbsp;&]]></description><a><br></br></a></item>") +
            "<!-- end -->\n",
        {});
    REQUIRE(feed);
    CHECK(feed->repaired.empty());
    CHECK(feed->articles.at(0).title == "<é&\"");
}

TEST_CASE("an element that lacks its end does not swallow what follows") {
    const auto [item, repair] = GENERATE(table<const char*, const char*>({
        {"<title>t</title><link>http://a.example/1<description>d</description>"
         "<pubDate>Wed, 07 Apr 2021 09:30:00 GMT</pubDate>",
         "elements without their closing tag"},
        {"<title>t<link>http://a.example/1</link><description>d</description>"
         "<pubDate>Wed, 07 Apr 2021 09:30:00 GMT</pubDate>",
         "elements without their closing tag"},
        {"<title>t</title><link>http://a.example/1</link><description>d"
         "<pubDate>Wed, 07 Apr 2021 09:30:00 GMT</pubDate>",
         "elements without their closing tag"},
        {"<Title>t</title><link>http://a.example/1</LINK><description><b>d</description>"
         "<pubDate>Wed, 07 Apr 2021 09:30:00 GMT</pubDate>",
         "closing tags that close nothing; elements without their closing tag"},
        {"<title>t</title><description><b><i>d</b></i></description><link>http://a.example/1</link>"
         "<pubDate>Wed, 07 Apr 2021 09:30:00 GMT</pubDate>",
         "closing tags that close nothing; elements without their closing tag"},
        {"<title>t</title><description><![CDATA[d</description><link>http://a.example/1</link>"
         "<pubDate>Wed, 07 Apr 2021 09:30:00 GMT</pubDate>",
         "comments or CDATA sections without their end"},
        {"<title>t</title><!-- never closed -><description>d</description>"
         "<link>http://a.example/1</link><pubDate>Wed, 07 Apr 2021 09:30:00 GMT</pubDate>",
         "comments or CDATA sections without their end"},
        {"<title>t</title><link>http://a.example/1</link><?php never closed>"
         "<description>d</description><pubDate>Wed, 07 Apr 2021 09:30:00 GMT</pubDate>",
         "comments or CDATA sections without their end"},
        {"<title>t</title><enclosure url=\"a.mp3/><link>http://a.example/1</link>"
         "<description>d</description><pubDate>Wed, 07 Apr 2021 09:30:00 GMT</pubDate>"
         "<guid isPermaLink=\"false\">1</guid>",
         "attributes without quotes or value"},
        {"<title a='b' a='c'>t</title><link>http://a.example/1</link><description>d</description>"
         "<pubDate>Wed, 07 Apr 2021 09:30:00 GMT</pubDate>",
         "attributes that stand twice in one tag"},
        {"<title a='b'c='d'>t</title><link>http://a.example/1</link><description>d</description>"
         "<pubDate>Wed, 07 Apr 2021 09:30:00 GMT</pubDate>",
         "markup that XML does not allow"},
    }));
    CAPTURE(item);
    const auto feed =
        parse_feed(rss("<item>" + std::string{item} + "</item><item><title>u</title></item>"), {});
    REQUIRE(feed);
    REQUIRE(feed->articles.size() == 2);
    CHECK(feed->articles[0].title == "t");
    CHECK(feed->articles[0].url == "http://a.example/1");
    CHECK(feed->articles[0].summary == "d");
    CHECK(feed->articles[0].published.has_value());
    CHECK(feed->articles[1].title == "u");
    CHECK(words(*feed) == repair);
}

TEST_CASE("of an attribute that stands twice the first counts") {
    const auto feed = parse_feed(
        "<feed xmlns='http://www.w3.org/2005/Atom'><entry><link href='http://a.example/1' "
        "href='http://a.example/2'/></entry></feed>",
        {});
    REQUIRE(feed);
    CHECK(feed->articles.at(0).url == "http://a.example/1");
}

TEST_CASE("'<' before words is text") {
    const auto feed = parse_feed(rss("<item><title>if a <b or so</title></item>"), {});
    REQUIRE(feed);
    CHECK(feed->articles.at(0).title_html == "if a <b or so");
}

TEST_CASE("a feed within a page is found") {
    const auto feed =
        parse_feed("<html><body>" + rss("<item><title>t</title></item>") + "</body></html>", {});
    REQUIRE(feed);
    CHECK(feed->articles.at(0).title == "t");
    CHECK(words(*feed) == "text before the document; text after the end of the document");
}

TEST_CASE("mending changes nothing in what is well-formed") {
    const std::string whole =
        "<?xml version='1.0'?><?a b?>" +
        rss("<!-- <item> & --><item><title type=\"a'b\">&lt;b&gt; &amp;amp; &#233;&#xE9;</title>"
            "<description>a<![CDATA[<p>b &nbsp; ]] > c</p>]]>d</description>\n<g:x "
            "xmlns:g='http://purl.org/dc/elements/1.1/'/><g:creator>n</g:creator>"
            "<link>http://a.example/?a=1&amp;b=2</link></item>") +
        "<!-- made by a cache -->";
    const auto quick = parse_feed(whole, {});
    std::string flawed = whole;
    flawed.insert(flawed.find("</channel>"), 1, '\x01');
    const auto mended = parse_feed(flawed, {});
    REQUIRE(quick);
    REQUIRE(mended);
    CHECK(words(*quick).empty());
    CHECK(words(*mended) == "control characters");
    REQUIRE(quick->articles.size() == 1);
    REQUIRE(mended->articles.size() == 1);
    CHECK(quick->articles[0].title == mended->articles[0].title);
    CHECK(quick->articles[0].title_html == mended->articles[0].title_html);
    CHECK(quick->articles[0].summary_html == mended->articles[0].summary_html);
    CHECK(quick->articles[0].url == mended->articles[0].url);
    CHECK(quick->articles[0].authors == mended->articles[0].authors);
}

TEST_CASE("text before and after a feed is passed over") {
    const auto feed = parse_feed("<br />\n<b>Warning</b>: mysql in <b>/a.php</b>\n" +
                                     rss("<item><title>t</title></item>") + "<!-- -->tail",
                                 {});
    REQUIRE(feed);
    CHECK(feed->articles.size() == 1);
    CHECK(words(*feed) == "text before the document");
}

TEST_CASE("a feed that breaks off anywhere gives its whole items, and whole fields of the last") {
    std::string items;
    for (int i = 0; i < 3; ++i) {
        items += "<item><title a=\"b\">Title &amp; " + std::to_string(i) +
                 "</title><description><![CDATA[<p>x</p>]]></description></item>";
    }
    const std::string whole = rss(items);
    const std::size_t first_item = whole.find("<item>");
    for (std::size_t length = first_item; length < whole.size(); ++length) {
        CAPTURE(length);
        const std::string part = whole.substr(0, length);
        const auto feed = parse_feed(part, {});
        REQUIRE(feed);
        std::size_t complete = 0;
        for (std::size_t at = part.find("</item>"); at != std::string::npos;
             at = part.find("</item>", at + 1)) {
            ++complete;
        }
        // Without its ">", or with it missing, the last closing tag is known for what it is.
        CHECK(feed->articles.size() >= complete);
        CHECK(feed->articles.size() <= complete + 1);
        CHECK_FALSE(feed->repaired.empty());
        for (std::size_t i = 0; i < feed->articles.size(); ++i) {
            CHECK(feed->articles[i].title == "Title & " + std::to_string(i));
            const bool is_whole =
                !feed->last_is_unfinished || i + 1 < feed->articles.size() || i < complete;
            CHECK((feed->articles[i].summary == "x" || !is_whole));
        }
    }
}

TEST_CASE("an article that breaks off keeps the fields that are whole") {
    const std::string head = "<rss><channel><item><guid>1</guid></item>";
    const auto [part, id, title, is_unfinished] =
        GENERATE(table<const char*, const char*, const char*, bool>({
            {"<item><guid>2</guid><title>Two</title><description>Half a", "2", "Two", true},
            {"<item><guid>2</guid><title>Two</title><descr", "2", "Two", true},
            {"<item><guid>2</guid><title>Two</title>", "2", "Two", true},
            {"<item><title>Twoï¿½<title><link>ï¿½", "", "Twoï¿½", true},
            {"<item><guid>2</guid><title>Tw", "2", "", true},
            {"<item><guid>2", "1", "", false},
            {"<item>", "1", "", false},
            {"<item", "1", "", false},
            {"", "1", "", false},
        }));
    CAPTURE(part);
    const auto feed = parse_feed(head + part, {});
    REQUIRE(feed);
    CHECK(feed->cut_off);
    CHECK(feed->last_is_unfinished == is_unfinished);
    CHECK(feed->articles.size() == (is_unfinished ? 2 : 1));
    CHECK(feed->articles.back().id == id);
    CHECK(feed->articles.back().title == title);
    CHECK(feed->articles.back().summary.empty());
    CHECK(words(*feed).find("breaks off") != std::string::npos);
}

TEST_CASE("an entry alone that breaks off is read as far as it goes") {
    const auto feed = parse_feed(
        "<entry xmlns='http://www.w3.org/2005/Atom'><id>1</id><title>One</title><summary>Ha", {});
    REQUIRE(feed);
    CHECK(feed->last_is_unfinished);
    CHECK(feed->articles.at(0).title == "One");
    CHECK(feed->articles[0].summary.empty());
}

TEST_CASE("what could exhaust memory or stack is refused as too large") {
    const auto [document, text] = GENERATE(table<std::string, const char*>({
        {repeated("<rss>", 1'000'000),
         "the document has more than 256 levels of elements in each "
         "other"},
        {"<rss>" + repeated("<a>", 300) + repeated("</a>", 300) + "</rss>",
         "the document has more than 256 levels of elements in each other"},
        {"<rss><channel>" + repeated("<a/>", 400'000) + repeated(" ", 5'000'000) +
             "</channel></rss>",
         "the document has more than 400000 tags"},
        // More than its size affords, in memory.
        {"<rss><channel>" + repeated("<a/>", 90'000) + "</channel></rss>",
         "the document has more than 65536 tags"},
        {"<rss " + repeated("a='' ", 257) + "/>",
         "the document has more than 256 attributes in one tag"},
        {"<rss>" + repeated("<a " + repeated("b='' ", 250) + "/>", 1'601) + "</rss>",
         "the document has more than 400000 attributes"},
        {"<rss><channel>" + repeated("<item/>", 10'001) + "</channel></rss>",
         "the feed has more than 10000 articles"},
        {"<feed>" + repeated("<entry/>", 10'001) + "</feed>",
         "the feed has more than 10000 articles"},
        {repeated("[", 1'000'000), "the document has more than 256 levels of values in each other"},
        {"[\"" + repeated("x", 3'000'000) + "\"," + repeated("1,", 400'001),
         "the document has more than 400000 values"},
        {"[" + repeated("1,", 140'000), "the document has more than 131072 values"},
        {"[" + repeated("1", 1'001), "the document has a number of more than 1000 digits"},
        {"{\"title\":\"\",\"items\":[" + repeated("{},", 10'001) + "{}]}",
         "the feed has more than 10000 articles"},
        {std::string((16u << 20) + 1, ' '), "the document is over 16 MiB"},
    }));
    CAPTURE(text);
    const auto feed = parse_feed(document, {});
    REQUIRE_FALSE(feed);
    CHECK(feed.error().code == Errc::too_large);
    CHECK(feed.error().text == text);
}

TEST_CASE("a feed with bytes changed at random gives valid text or an error in words") {
    const std::string whole =
        "<?xml version='1.0' encoding='utf-8'?>" +
        rss("<item><title>Caf\u00E9 &amp; 1</title><link>http://a.example/1?a=1</link>"
            "<description><![CDATA[<p class=\"a\">x&nbsp;y</p>]]></description>"
            "<pubDate>Wed, 07 Apr 2021 09:30:00 +0200</pubDate></item>");
    std::mt19937 random{20210407};
    const std::string_view alphabet = "<>&\"'/=;#![]-?x1: \x01\x80\xC3\xFF";
    for (int round = 0; round < 3'000; ++round) {
        std::string document = whole;
        for (int change = 0; change < 1 + round % 8; ++change) {
            document[random() % document.size()] = alphabet[random() % alphabet.size()];
        }
        CAPTURE(document);
        const auto feed = parse_feed(document, {});
        if (!feed) {
            CHECK_FALSE(feed.error().text.empty());
            continue;
        }
        for (const Article& article : feed->articles) {
            CHECK(utf8::valid(article.title + article.summary + article.url + article.id));
        }
    }
}

TEST_CASE("limits are the caller's") {
    const std::string document = rss("<item><title>t</title></item><item><title>u</title></item>");
    ParseLimits limits;
    limits.max_articles = 2;
    CHECK(parse_feed(document, {}, limits).has_value());
    limits.max_articles = 1;
    CHECK_FALSE(parse_feed(document, {}, limits).has_value());
}

TEST_CASE("entities of a document are not expanded, and nothing is fetched for it") {
    const std::string document =
        "<!DOCTYPE rss [<!ENTITY a \"lol\"><!ENTITY b \"&a;&a;&a;&a;\">"
        "<!ENTITY file SYSTEM \"file:///etc/passwd\">]>" +
        rss("<item><title>&b;&b;</title><description>&file;</description></item>");
    const auto feed = parse_feed(document, {});
    REQUIRE(feed);
    CHECK(feed->articles.at(0).title == "&b;&b;");
    CHECK(feed->articles.at(0).summary == "&file;");
}

TEST_CASE("lists within an article are bounded") {
    const auto feed = parse_feed(rss("<item>" +
                                     [] {
                                         std::string many;
                                         for (int i = 0; i < 1'000; ++i) {
                                             many +=
                                                 "<category>" + std::to_string(i) + "</category>";
                                         }
                                         return many;
                                     }() +
                                     "</item>"),
                                 {});
    REQUIRE(feed);
    CHECK(feed->articles.at(0).categories.size() == 200);
}

TEST_CASE("hostile markup is read in linear time") {
    const std::string piece =
        GENERATE(as<std::string>{}, "<item>", "</a>", "<", "&", "<!--", "<![CDATA[", "<?", "<a b='",
                 "<a b=", "<a '", "<title>", "<br>", "&#", "<a:b:c xmlns:a='' xmlns='b'>",
                 "<item><title></item>");
    CAPTURE(piece);
    const auto feed = parse_feed("<rss><channel>" + repeated(piece, 100'000), {});
    // Either way, as long as it comes to an end; an error says which limit was passed.
    if (!feed) {
        CAPTURE(feed.error().text);
        CHECK(feed.error().code == Errc::too_large);
    } else {
        CHECK_FALSE(feed->repaired.empty());
    }
}
