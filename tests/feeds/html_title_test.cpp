// SPDX-License-Identifier: MIT
#include "feeds/html_title.hpp"

#include "base/utf8.hpp"

#include <ctime>
#include <string>

#include <catch2/catch.hpp>

using namespace wirewatch;
using namespace wirewatch::feeds;

TEST_CASE("a title reads as its author meant it, whatever it was escaped as") {
    const auto [title, meant] = GENERATE(table<std::string, std::string>({
        // Plain text.
        {"AT&T", "AT&T"},
        {"a < b", "a < b"},
        {"if x<y then", "if x<y then"},
        {"1<2 and 3>2", "1<2 and 3>2"},
        {"How to use <b> in HTML5", "How to use <b> in HTML5"},
        {"The </b> tag", "The </b> tag"},
        {"Vector<int> and map<string, int>", "Vector<int> and map<string, int>"},
        {"if a <b and c> d", "if a <b and c> d"},
        {"</example>", "</example>"},
        {"<title>", "<title>"},
        {"Less than <", "Less than <"},
        {"Tom & Jerry &c.", "Tom & Jerry &c."},
        {"Q&A;", "Q&A;"},
        {"Two\n  lines\t", "Two lines"},
        // HTML.
        {"<b>Bold</b>", "Bold"},
        {"<B>Bold</b> and <i>slanted</i>", "Bold and slanted"},
        {"<a href=\"x\">Cut off", "Cut off"},
        {"One<br>Two<br/>Three", "One Two Three"},
        {"Trailing</p>", "Trailing"},
        {"<p>One</p><p>Two</p>", "One Two"},
        {"<img src='a.png'>Seen", "Seen"},
        {"<script>alert(1)</script>Seen", "Seen"},
        {"a<!-- no -->b", "ab"},
        {"<![CDATA[Wrapped]]>", "Wrapped"},
        {"<b>5 < 6</b>", "5 < 6"},
        // References, once.
        {"AT&amp;T", "AT&T"},
        {"It&#8217;s &eacute;", "It’s é"},
        {"5 &lt; 6", "5 < 6"},
        {"Use &lt;b&gt;Bold&lt;/b&gt;", "Use <b>Bold</b>"},
        {"&copy 2020", "© 2020"},
        // References that were escaped twice.
        {"AT&amp;amp;T", "AT&T"},
        {"It&amp;#8217;s", "It’s"},
        {"One&amp;nbsp;two", "One two"},
        // But not these.
        {"&amp;amp; is how to write &amp;", "&amp; is how to write &"},
        {"How to write &amp;lt; in HTML", "How to write &lt; in HTML"},
        {"", ""},
    }));
    CAPTURE(title);
    CHECK(html_to_title(title) == meant);
}

TEST_CASE("hostile titles are read in linear time") {
    const std::string piece = GENERATE(as<std::string>{}, "<b>", "</b>", "<b", "<b '>", "<i a='",
                                       "&amp;amp;", "<!--", "<x", "<b><i>", "<a ", "</b ", "<a \"");
    const bool ends = GENERATE(true, false);
    const auto title_of = [&](std::size_t bytes) {
        std::string title;
        while (title.size() + piece.size() < bytes) {
            title += piece;
        }
        return title += ends ? ">" : "";
    };
    CAPTURE(piece, ends);
    // Beyond 64 KiB nothing is judged. 40 of those that are: quadratic, it took a minute.
    CHECK(utf8::valid(html_to_title(title_of(800'000))));
    const std::string judged = title_of((64u << 10) - 1);
    const auto start = std::clock();
    for (int i = 0; i < 40; ++i) {
        CHECK(utf8::valid(html_to_title(judged)));
    }
    CHECK((std::clock() - start) / CLOCKS_PER_SEC < 20);
}
