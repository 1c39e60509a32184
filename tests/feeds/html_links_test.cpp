// SPDX-License-Identifier: MIT
#include "feeds/html_links.hpp"

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
