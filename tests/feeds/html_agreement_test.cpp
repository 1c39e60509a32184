// SPDX-License-Identifier: MIT
// Two ways from HTML to text: the quick one, and the tree of an HTML5 parser. Where the quick one
// is sure of itself, they must agree.
#include "corpus.hpp"
#include "feeds/html_elements.hpp"
#include "feeds/html_scanner.hpp"
#include "feeds/html_text.hpp"
#include "feeds/parser.hpp"

#include <array>
#include <optional>
#include <random>
#include <string>
#include <string_view>

#include <catch2/catch.hpp>

using namespace wirewatch::feeds;

namespace {

std::optional<std::string> quick_text(std::string_view html) {
    HtmlScanner scanner{html, Lines::many, Doubt::stop};
    if (scanner.run() != HtmlScanner::Outcome::sure) {
        return std::nullopt;
    }
    return scanner.take();
}

/// <base> sends it to the tree, and has no text of its own.
std::string tree_text(std::string_view html) {
    return html_to_text("<base>" + std::string{html});
}

constexpr auto kTags = std::to_array<std::string_view>(
    {"p",       "p",       "p",     "div", "div",        "span",    "b",       "a",
     "i",       "em",      "nobr",  "li",  "li",         "ul",      "ol",      "dl",
     "dd",      "dt",      "h1",    "h2",  "blockquote", "figure",  "br",      "hr",
     "img",     "wbr",     "pre",   "nav", "section",    "details", "summary", "center",
     "address", "article", "menu",  "dir", "fieldset",   "header",  "hgroup",  "figcaption",
     "code",    "font",    "o:p",   "x1",  "label",      "iframe",  "style",   "script",
     "strong",  "u",       "table", "svg", "legend",     "P",       "DIV",     "nav"});
constexpr auto kPieces = std::to_array<std::string_view>({"word",
                                                          "two words",
                                                          " ",
                                                          "\n",
                                                          "\t ",
                                                          "&amp;",
                                                          "&nbsp;",
                                                          "&eacute",
                                                          "&notit;",
                                                          "&#151;",
                                                          "&#0;",
                                                          "&#x110000;",
                                                          "&bogus;",
                                                          "&nGt;",
                                                          "&",
                                                          "&#",
                                                          "é",
                                                          "漢字",
                                                          "\u00AD",
                                                          "\u2028",
                                                          "\uFEFF",
                                                          "’",
                                                          "\u00A0",
                                                          "1 < 2",
                                                          "< ",
                                                          "</",
                                                          "</>",
                                                          "</ x>",
                                                          "<!-- c -->",
                                                          "<!-->",
                                                          "<!--->",
                                                          "<!-- a--!>",
                                                          "<!x>",
                                                          "<?pi?>",
                                                          "<!--",
                                                          "-->",
                                                          "]",
                                                          "]]>",
                                                          ">",
                                                          "/>",
                                                          "<a href=\"x>y\">",
                                                          "<p title='<b>'>",
                                                          "<p a=b'c>",
                                                          "<p a='b'c\">",
                                                          "<p =a>",
                                                          "<p/>",
                                                          "<b / = \"x\">",
                                                          "<p a=>",
                                                          "<p\n>",
                                                          "</p x='>'>",
                                                          "word\x01",
                                                          "word\x7F"});

template <class List>
std::string_view one_of(const List& list, std::mt19937& random) {
    return list[random() % list.size()];
}

std::string random_html(std::mt19937& random) {
    std::string html;
    const std::size_t pieces = 1 + random() % 24;
    for (std::size_t i = 0; i < pieces; ++i) {
        switch (random() % 8) {
            case 0:
            case 1:
            case 2:
                html += '<';
                html += one_of(kTags, random);
                html += random() % 8 == 0 ? " a='1'>" : ">";
                break;
            case 3:
            case 4:
                html += "</";
                html += one_of(kTags, random);
                html += '>';
                break;
            case 5:
                html += one_of(kPieces, random);
                break;
            default:
                html += "word ";
        }
    }
    return html + " end";  // a "]]>" at the end would be dropped
}

}  // namespace

TEST_CASE("the tree says the same where the quick way to text is sure") {
    std::mt19937 random{20261124};
    int sure = 0;
    for (int i = 0; i < 20'000; ++i) {
        const std::string html = random_html(random);
        if (const auto quick = quick_text(html)) {
            ++sure;
            CAPTURE(html);
            REQUIRE(*quick == tree_text(html));
        }
    }
    CHECK(sure > 5'000);
}

TEST_CASE("both ways to text agree on the HTML of real feeds") {
    if (!std::filesystem::exists(corpus())) {
        WARN("skipped: no suites in " << corpus());
        return;
    }
    for (const auto& entry : std::filesystem::recursive_directory_iterator{corpus()}) {
        const auto extension = entry.path().extension();
        if (!entry.is_regular_file() || extension == ".tsv" || extension == ".md") {
            continue;
        }
        const auto feed = parse_feed(read_file(entry.path()), {});
        if (!feed) {
            continue;
        }
        CAPTURE(entry.path());
        for (const auto& article : feed->articles) {
            for (const std::string* html : {&article.summary_html, &article.content_html}) {
                if (const auto quick = quick_text(*html)) {
                    CAPTURE(*html);
                    REQUIRE(*quick == tree_text(*html));
                }
            }
        }
    }
}
