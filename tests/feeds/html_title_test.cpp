// SPDX-License-Identifier: MIT
#include "feeds/html_title.hpp"

#include <string>

#include <catch2/catch.hpp>

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
                                       "&amp;amp;", "<!--", "<x", "<b><i>");
    std::string title;
    for (int i = 0; i < 200'000; ++i) {
        title += piece;
    }
    CHECK_NOTHROW(html_to_title(title));
}
