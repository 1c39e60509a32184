// SPDX-License-Identifier: MIT
#include "feeds/html_links.hpp"
#include "feeds/parser.hpp"

#include <string>

#include <catch2/catch.hpp>

using namespace wirewatch::feeds;

TEST_CASE("relative addresses in HTML are resolved") {
    const auto [html, resolved] = GENERATE(table<std::string, std::string>({
        {"<a href=\"b\">x</a>", "<a href=\"http://h/a/b\">x</a>"},
        {"<a href='/b'>x</a>", "<a href='http://h/b'>x</a>"},
        {"<a href=b>x</a>", "<a href=\"http://h/a/b\">x</a>"},
        {"<A title='t' HREF = \"b\" id=i>", "<A title='t' HREF = \"http://h/a/b\" id=i>"},
        {"<img src=\"//cdn/i.png\">", "<img src=\"http://cdn/i.png\">"},
        {"<a href=\"?a=1&amp;copy=2\">", "<a href=\"http://h/a/?a=1&amp;copy=2\">"},
        {"<a href=\"?a=1&copy=2\">", "<a href=\"http://h/a/?a=1&amp;copy=2\">"},
        {"<a href='b&quot;c'>", "<a href='http://h/a/b&quot;c'>"},
        {"<img srcset=\"a.png 1x, /b.png 2x\">",
         "<img srcset=\"http://h/a/a.png 1x, http://h/b.png 2x\">"},
        {"<img srcset='a.png, http://x/b.png 10w'>",
         "<img srcset='http://h/a/a.png, http://x/b.png 10w'>"},
        {"<video poster=p></video><object data=d></object><q cite=c>",
         "<video poster=\"http://h/a/p\"></video><object data=\"http://h/a/d\"></object>"
         "<q cite=\"http://h/a/c\">"},
        {"<img alt='x > y' src='b'>", "<img alt='x > y' src='http://h/a/b'>"},
    }));
    CAPTURE(html);
    CHECK(with_absolute_links(html, "http://h/a/") == resolved);
}

TEST_CASE("what is not a relative address in HTML stays as it is") {
    const std::string html = GENERATE(
        as<std::string>{}, "plain", "1 < 2 & 3", "<a href='http://x/?a&b'>", "<a href=\"#note\">",
        "<a href=''>", "<a href=mailto:a@b>", "<a href='javascript:x()'>",
        "<img src='data:image/png'>", "<p data='b'>", "<!-- <a href='b'> -->",
        "<script>var a = \"<a href='b'>\";</script>", "<a title=\"href='b'\">", "</a href='b'>",
        "<a href='b", "<a href=\"b>x</a>", "<a data-src='b'>", "<img srcset='http://x/a 1x'>");
    CAPTURE(html);
    CHECK(with_absolute_links(html, "http://h/a/") == html);
}

TEST_CASE("without a base that is a web address links stay relative") {
    CHECK(with_absolute_links("<a href='b'>", "") == "<a href='b'>");
    CHECK(with_absolute_links("<a href='b'>", "feed.xml") == "<a href='b'>");
}

TEST_CASE("hostile HTML has its links resolved in linear time") {
    const std::string piece = GENERATE(as<std::string>{}, "<a href=b>", "<a href='", "<a ",
                                       "<script>", "<!--", "<img srcset='a,b,,", "<a href=\"b'>");
    std::string html;
    for (int i = 0; i < 50'000; ++i) {
        html += piece;
    }
    CHECK_FALSE(with_absolute_links(html, "http://h/a/").empty());
}

TEST_CASE("articles have absolute links, from the base of the very element") {
    const auto feed = parse_feed(
        "<rss version='2.0'><channel xml:base='http://h/'><item xml:base='a/'>"
        "<description xml:base='b/'>&lt;img src='i.png'&gt;</description>"
        "<content:encoded xmlns:content='http://purl.org/rss/1.0/modules/content/'>"
        "&lt;a href='x'&gt;</content:encoded></item></channel></rss>",
        {});
    REQUIRE(feed);
    CHECK(feed->articles.at(0).summary_html == "<img src='http://h/a/b/i.png'>");
    CHECK(feed->articles.at(0).content_html == "<a href='http://h/a/x'>");

    const auto atom = parse_feed(
        "<feed xmlns='http://www.w3.org/2005/Atom'><entry xml:base='http://h/'><title>t</title>"
        "<content type='xhtml' xml:base='a/'><div xmlns='http://www.w3.org/1999/xhtml' "
        "xml:base='b/'><a href='x'>y</a></div></content></entry></feed>",
        {});
    REQUIRE(atom);
    CHECK(atom->articles.at(0).content_html == "<a href=\"http://h/a/b/x\">y</a>");

    const auto json = parse_feed(
        R"({"version": "https://jsonfeed.org/version/1.1", "title": "t", "items": [{"id": "1", "content_html": "<a href='x'>"}]})",
        {"", "http://h/a/feed.json"});
    REQUIRE(json);
    CHECK(json->articles.at(0).content_html == "<a href='http://h/a/x'>");
}
