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
        // What only a tree tells.
        {"<table>a<tr><td>b</table>", "a\n\nb"},  // text in a table stands before it
        {"<table><tr><th>a<th>b<tr><td>c<td>d</table>e", "a b\nc d\n\ne"},
        {"<ul><li>a<li>b<ul><li>c</ul>d</ul>e", "a\nb\n\nc\n\nd\n\ne"},
        {"<select><div>a<option>b</select>c", "a\nb\nc"},
        {"<html><head><title>no</title></head><body>seen</body></html>", "seen"},
        {"a<textarea>no</textarea>b<title>no</title>c", "abc"},
        {"a<video src='x'>no</video><object>no</object>b", "ab"},
        {"a<iframe src='x'>no</iframe>b<template>no</template>c", "abc"},
        {"a<noscript><b>seen</b></noscript>", "aseen"},
        {"<svg><title>no</title><text>seen</text></svg>", "seen"},
        {"a<script><!--<script>no</script>-->no</script>b", "ab"},
        {"a<table><tr><td>b\x01"
         "c</table>",
         "a\n\nbc"},
        {"a<table><tr><td>b <x y='</table>d>e", "a\n\nb d>e"},  // the quote never ends
        // Plain text that looks like a tag.
        {"if x<y then 5", "if x<y then 5"},
        {"a <!doctype x> b <?php ?> c", "a b c"},
        {"it<p title=it's>a</p>b", "it\n\na\n\nb"},  // no quote begins within a value
        {"&copy 2020 &nGt;", "© 2020 ≫⃒"},
        // CDATA in CDATA.
        {"<![CDATA[<p>a</p>]]>b", "a\n\nb"},
        {"<table><td><![CDATA[a]]>", "a"},
        {"a[b[0]]>c", "a[b[0]]>c"},
        {"a]]>", "a"},
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

TEST_CASE("what stands as a control character of Unicode is the letter that windows-1252 has") {
    const std::string miscoded = "2019\xC2\x96 O\xC2\x92Neil\xC2\x85\xC2\x81";
    const std::string meant = "2019– O’Neil…";
    CHECK(plain_to_text(miscoded) == meant);
    CHECK(html_to_text(miscoded) == meant);
    CHECK(html_to_text("<table><tr><td>" + miscoded + "</b></table>") == meant);
    CHECK(html_to_text("2019&#150; O&#x92;Neil&#133;&#129;") == meant);
}

TEST_CASE("hostile HTML is read in linear time and gives valid text") {
    const std::string piece = GENERATE(
        as<std::string>{}, "<a ", "<a \">\"", "<a '", "<!--", "<script>", "&#", "&", "<", "</",
        "<p>", "]]", "<![CDATA[", "<a b='\"' ", "<a \">\" '", "<x ", "<x>", "<table>",
        "<table><tr><td>", "<b><p>", "<p><b></p>", "<li><ul>", "<template>", "<svg>", "<select>");
    CAPTURE(piece);
    const std::string text = html_to_text(repeated(piece, 200'000));
    CHECK(utf8::valid(text));
}

TEST_CASE("a number far beyond Unicode leaves the text valid, also where a tree is needed") {
    const std::string number = "&#x" + std::string(60, 'd') + ";";
    for (const std::string& html :
         {"a " + number + " b", "a " + number + "<table><tr><td>b</table>",
          "a<title>" + number + "</title>b " + number + "</i>"}) {
        CAPTURE(html);
        CHECK(utf8::valid(html_to_text(html)));
    }
}
