// SPDX-License-Identifier: MIT
#include "feeds/parser.hpp"

#include <string>
#include <vector>

#include <catch2/catch.hpp>

using namespace wirewatch::feeds;

TEST_CASE("categories come in many shapes, and once each") {
    using Words = std::vector<std::string>;
    const auto [item, words] = GENERATE(table<const char*, Words>({
        {"<category domain='x'>A &amp;amp; "
         "B</category><category>C</category><category>C</category>",
         {"A & B", "C"}},
        {"<category><b>A</b></category>", {"A"}},
        {"<category> </category>", {}},
        {"<itunes:keywords>one, two,,one;three </itunes:keywords>", {"one", "two", "three"}},
        {"<dc:subject><rdf:Bag><rdf:li>A</rdf:li><rdf:li>B</rdf:li></rdf:Bag></dc:subject>",
         {"A", "B"}},
        {"<a:category term='t' label='Label'/><a:category term='t2'/>", {"Label", "t2"}},
        {"<itunes:category text='Society'><itunes:category text='Film'/></itunes:category>",
         {"Society", "Film"}},
        {"<media:category>Art</media:category>", {"Art"}},
        {"<media:category scheme='urn:x' label='Art'>1/2</media:category>", {"Art"}},
        {"<media:category scheme='urn:x'>1/2</media:category>", {}},
    }));
    CAPTURE(item);
    const auto feed = parse_feed(R"(<rss version="2.0" xmlns:a="http://www.w3.org/2005/Atom"
        xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:media="http://search.yahoo.com/mrss/"
        xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
        xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd"><channel><item>)" +
                                     std::string{item} + "</item></channel></rss>",
                                 {});
    REQUIRE(feed);
    CHECK(feed->articles.at(0).categories == words);
}
