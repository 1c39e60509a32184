// SPDX-License-Identifier: MIT
#include "feeds/html_tree.hpp"

#include <string>
#include <string_view>

#include <catch2/catch.hpp>

using namespace wirewatch::feeds;

namespace {

/// The tree as HTML again; "-": there is none.
std::string tree_of(std::string_view html, HtmlKind kind, const HtmlLimits& limits = {}) {
    const auto tree = HtmlTree::parse(html, kind, limits);
    if (!tree) {
        return "-";
    }
    std::string out;
    HtmlWalk walk{*tree};
    while (walk.next()) {
        switch (walk.step()) {
            case HtmlWalk::Step::start:
                out += '<';
                out += walk.name();
                if (const auto href = walk.attribute("href")) {
                    out += " href=";
                    out += *href;
                }
                out += '>';
                if (walk.name() == "title") {
                    walk.skip_content();
                }
                break;
            case HtmlWalk::Step::end:
                out += "</";
                out += walk.name();
                out += '>';
                break;
            case HtmlWalk::Step::text:
                out += walk.text();
        }
    }
    return out;
}

std::string repeated(std::string_view text, std::size_t times) {
    std::string out;
    for (std::size_t i = 0; i < times; ++i) {
        out += text;
    }
    return out;
}

}  // namespace

TEST_CASE("HTML becomes the tree that a browser makes of it") {
    CHECK(tree_of("a<TABLE>x<tr><td>1<td>2", HtmlKind::fragment) ==
          "ax<table><tbody><tr><td>1</td><td>2</td></tr></tbody></table>");
    CHECK(tree_of("<b><p>x</b>y", HtmlKind::fragment) == "<b></b><p><b>x</b>y</p>");
    CHECK(tree_of("<a HREF='?a&amp;b&copy=1'>x<!-- c --><o:p>", HtmlKind::fragment) ==
          "<a href=?a&b&copy=1>x<o:p></o:p></a>");
    CHECK(tree_of("<title>T</title><p>x", HtmlKind::page) ==
          "<head><title></title></head><body><p>x</p></body>");
    CHECK(tree_of("", HtmlKind::fragment) == "");
}

TEST_CASE("HTML past a limit has no tree") {
    HtmlLimits limits;
    limits.max_bytes = 1000;
    limits.max_tags = 50;
    limits.max_depth = 10;
    limits.max_attributes = 10;
    const std::string html =
        GENERATE(std::string(1001, 'x'), repeated("<br>", 51), repeated("<i>", 11),
                 repeated("<p><b></p>", 8), "<p " + repeated("a ", 11) + ">",
                 repeated("<div><!--</div>-->", 11));
    CAPTURE(html);
    CHECK(tree_of(html, HtmlKind::fragment, limits) == "-");
    CHECK(tree_of(html, HtmlKind::fragment) != "-");
}

TEST_CASE("old HTML that leaves its items open is not deep") {
    const std::string html =
        GENERATE(as<std::string>{}, "<p>x", "<p>x<div>y</div>", "<li>x", "<p>x<ul><li>y</ul>",
                 "<table><tr><td>x<td>y</table>", "<dl><dt>a<dd>b<p>c</dl>", "<p>x<h2>y</h2>");
    CAPTURE(html);
    CHECK(tree_of(repeated(html, 1000), HtmlKind::fragment) != "-");
    CHECK(tree_of("<table>" + repeated("<tr><td>x<td><p>y", 1000), HtmlKind::fragment) != "-");
}

TEST_CASE("a tree that would take too much memory is given up") {
    HtmlLimits limits;
    limits.max_memory_bytes = 1u << 20;
    std::string html = "<p>";
    for (int i = 0; i < 200; ++i) {
        html += "<b a=" + std::to_string(i) + ">";
    }
    html += "</p>" + repeated("<p>x</p>", 1000);  // each <p> gets a copy of each <b>
    CHECK(tree_of(html, HtmlKind::fragment, limits) == "-");
    CHECK(tree_of("<p>x", HtmlKind::fragment, limits) == "<p>x</p>");
}

TEST_CASE("HTML at which an assertion of the HTML5 parser fails has no tree") {
    const std::string html = GENERATE(
        as<std::string>{}, "<table><svg><select><foreignObject><select><caption>",
        "<table><math><th><mi><select></table>", "<math><head><mi><template></template></body>");
    CAPTURE(html);
    CHECK(tree_of(html, HtmlKind::fragment) == "-");
    CHECK(tree_of("<p>x", HtmlKind::fragment) == "<p>x</p>");  // the next one is none the worse
}

TEST_CASE("a deep tree is walked and freed without recursion") {
    HtmlLimits limits;
    limits.max_depth = limits.max_tags = 200'000;
    limits.max_memory_bytes = 256u << 20;
    CHECK(tree_of(repeated("<x>", 3000), HtmlKind::fragment, limits).size() == 3000 * 7);
}
