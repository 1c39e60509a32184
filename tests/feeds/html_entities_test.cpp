// SPDX-License-Identifier: MIT
#include "feeds/html_entities.hpp"

#include <string>
#include <tuple>

#include <catch2/catch.hpp>

using namespace wirewatch::feeds;

TEST_CASE("character references mean what HTML says, depending on where they stand") {
    // In XML, in the text of HTML, in its attributes.
    const auto [written, xml, text, attribute] =
        GENERATE(table<std::string, std::string, std::string, std::string>({
            {"&amp;", "&", "&", "&"},
            {"&AMP;", "&", "&", "&"},
            {"&CounterClockwiseContourIntegral;", "∳", "∳", "∳"},
            {"&nGt;", "≫⃒", "≫⃒", "≫⃒"},  // two code points
            {"&apos;", "'", "'", "'"},
            {"&rang;", "⟩", "⟩", "⟩"},  // HTML 4 had U+232A
            {"&copy 2020", "&copy 2020", "© 2020", "© 2020"},
            {"?a=1&copy=2", "?a=1&copy=2", "?a=1©=2", "?a=1&copy=2"},
            {"&copyright", "&copyright", "©right", "&copyright"},
            {"&notin;", "∉", "∉", "∉"},
            {"&notit;", "&notit;", "¬it;", "&notit;"},
            {"&hellip", "&hellip", "&hellip", "&hellip"},  // not one of the 106
            {"&unknown;", "&unknown;", "&unknown;", "&unknown;"},
            {"&#233", "é", "é", "é"},
            {"&#xe9;x", "éx", "éx", "éx"},
            {"&#146;", "’", "’", "’"},
            {"&#xD800;", "\uFFFD", "\uFFFD", "\uFFFD"},
            {"&#99999999999;", "\uFFFD", "\uFFFD", "\uFFFD"},
            {"&#;&#x;&;& &", "&#;&#x;&;& &", "&#;&#x;&;& &", "&#;&#x;&;& &"},
            {"&amp;amp;", "&amp;", "&amp;", "&amp;"},  // once
        }));
    CAPTURE(written);
    CHECK(without_entities(written, EntityPlace::xml) == xml);
    CHECK(without_entities(written, EntityPlace::text) == text);
    CHECK(without_entities(written, EntityPlace::attribute) == attribute);
}

TEST_CASE("a character that is none is seen in HTML and left to the reader of XML") {
    CHECK(read_entity("&#0;", EntityPlace::text)->code_point == 0xFFFD);
    CHECK(read_entity("&#0;", EntityPlace::xml)->code_point == 0);
}
