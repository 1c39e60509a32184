// SPDX-License-Identifier: MIT
#include "feeds/html_text.hpp"
#include "base/utf8.hpp"

#include <string>
#include <string_view>

#include <catch2/catch.hpp>

using namespace wirewatch;
using namespace wirewatch::feeds;
using namespace std::string_view_literals;

namespace {

std::string repeated(const std::string& text, std::size_t times) {
    std::string out;
    out.reserve(text.size() * times);
    for (std::size_t i = 0; i < times; ++i) {
        out += text;
    }
    return out;
}

}  // namespace

TEST_CASE("HTML becomes the text that a reader sees") {
    const auto [html, text] = GENERATE(table<const char*, const char*>({
        {"plain text", "plain text"},
        {"  white \n\t space&nbsp; ", "white space"},
        {"<b>bold</b> and <i>slanted</i>", "bold and slanted"},
        {"a<b>b</b>c", "abc"},
        {"<p>One</p><p>Two</p>", "One\n\nTwo"},
        {"One<br>Two<br/>Three", "One\nTwo\nThree"},
        {"<div>One</div><div>Two</div>", "One\nTwo"},
        {"<ul><li>One</li><li>Two</li></ul>End", "One\nTwo\n\nEnd"},
        {"<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>", "a b\nc"},
        {"<h1>Head</h1>Body", "Head\n\nBody"},
        {"a<script>var b = '<p>';</script>c", "ac"},
        {"a<STYLE>p { }</Style>c", "ac"},
        {"a<!-- <p>no</p> -->b", "ab"},
        {"<![CDATA[wrapped]]> text]]>", "wrapped text"},
        {"<img src='a.png' alt='no'>seen", "seen"},
        {"<a title=\"1 > 0\">link</a>", "link"},
        {"&eacute;&#233;&#xE9;&#x1F600;", "ééé😀"},
        {"&#147;quoted&#148; &#146;", "“quoted” ’"},  // windows-1252 by number
        {"&amp;eacute; once", "&eacute; once"},
        {"AT&T &unknown; R&D", "AT&T &unknown; R&D"},
        {"1 < 2 and 3 > 2", "1 < 2 and 3 > 2"},
        {"soft&shy;ware", "software"},
        {"cut off <a href=\"http", "cut off"},
        {"before <a href=\"x>y</a> after", "before y after"},  // the quote never ends
        {"a</>b", "ab"},
        {"", ""},
        {"<p></p><br>", ""},
        {"وزیر&nbsp;دفاع", "وزیر دفاع"},
    }));
    CAPTURE(html);
    CHECK(html_to_text(html) == text);
}

TEST_CASE("a title stays on one line") {
    CHECK(html_to_line("<p>One</p><p>Two<br>Three</p>") == "One Two Three");
    CHECK(plain_to_line(" One\n\n Two <b> ") == "One Two <b>");
}

TEST_CASE("plain text keeps its lines and empties, at most one in a row") {
    CHECK(plain_to_text("One\nTwo\n\n\n\nThree <b>  four</b>\r\n") ==
          "One\nTwo\n\nThree <b> four</b>");
    CHECK(plain_to_text("One\r\n \r\nTwo") == "One\n\nTwo");
}

TEST_CASE("control characters do not pass") {
    CHECK(html_to_text("a\0b\x1B[31mc&#7;d"sv) == "ab[31mcd");
}

TEST_CASE("hostile HTML is read in linear time and gives valid text") {
    const std::string piece =
        GENERATE(as<std::string>{}, "<a ", "<a \">\"", "<a '", "<!--", "<script>", "&#", "&", "<",
                 "</", "<p>", "]]", "<![CDATA[", "<a b='\"' ", "<a \">\" '");
    CAPTURE(piece);
    const std::string text = html_to_text(repeated(piece, 200'000));
    CHECK(utf8::valid(text));
}
