// SPDX-License-Identifier: MIT
#include "feeds/xml_people.hpp"
#include "feeds/parser.hpp"

#include <string>
#include <vector>

#include <catch2/catch.hpp>

using namespace wirewatch::feeds;

namespace {

using People = std::vector<std::string>;

ParsedFeed rss(const std::string& channel, const std::string& item) {
    const auto feed = parse_feed(R"(<rss version="2.0" xmlns:a="http://www.w3.org/2005/Atom"
        xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:gp="http://www.google.com/schemas/play-podcasts/1.0"
        xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
        xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd"><channel>)" +
                                     channel + "<item>" + item + "</item></channel></rss>",
                                 {});
    REQUIRE(feed);
    REQUIRE(feed->articles.size() == 1);
    return *feed;
}

}  // namespace

TEST_CASE("a person is called by name, whatever stands beside it") {
    const auto [written, name] = GENERATE(table<const char*, const char*>({
        {"Jane Roe", "Jane Roe"},
        {"jane@example.com (Jane Roe)", "Jane Roe"},
        {"Jane Roe (jane@example.com)", "Jane Roe"},
        {"Jane Roe (mailto:jane@example.com)", "Jane Roe"},
        {"Jane Roe <jane@example.com>", "Jane Roe"},
        {"Jane Roe &lt;jane@example.com&gt;", "Jane Roe"},
        {"<jane@example.com>", "jane@example.com"},
        {"jane@example.com", "jane@example.com"},
        {"MAILTO:jane@example.com", "jane@example.com"},
        {"<jane@example.com> (Jane Roe)", "Jane Roe"},
        {"<b>jane@example.com</b>", "jane@example.com"},
        {"jane@example.com ()", "jane@example.com ()"},
        {"<b>Jane</b> Roe", "Jane Roe"},
        {"Jane Roe (Karachi)", "Jane Roe (Karachi)"},
        {") Jane (", ") Jane ("},
        {"", ""},
    }));
    CAPTURE(written);
    CHECK(person_name(written) == name);
}

TEST_CASE("an item names all its writers, and the show only where it names none") {
    const auto [item, people] = GENERATE(table<const char*, People>({
        {"<dc:creator>A</dc:creator><dc:creator>B</dc:creator><author>C</author>", {"A", "B", "C"}},
        {"<author>c@example.com</author><dc:creator>A</dc:creator>", {"A"}},
        {"<author>c@example.com</author>", {"c@example.com"}},
        {"<dc:creator>A</dc:creator><itunes:author>Show</itunes:author>", {"A"}},
        {"<itunes:author>Show</itunes:author>", {"Show"}},
        {"<gp:author>Show</gp:author>", {"Show"}},
        {"<a:author><a:name>A</a:name></a:author>", {"A"}},
        {"<dc:author>A (a@example.com)</dc:author>", {"A"}},
        {"<author>a@example.com (A), b@example.com (B)</author>", {"A", "B"}},
        {"<author>A &lt;a@example.com&gt;; b@example.com</author>", {"A"}},
        {"<author>Roe, Jane &lt;jane@example.com&gt;</author>", {"Roe, Jane"}},
        {"<author>Roe, Jane</author>", {"Roe, Jane"}},
        {"<author>j@example.com (Jane Roe, Editor @ The Times)</author>",
         {"Jane Roe, Editor @ The Times"}},
        {"<author>&lt;a href='mailto:j@x.com,k@x.com'&gt;Jane&lt;/a&gt;</author>", {"Jane"}},
        {"<author>\"j@x, Jane\" &lt;j@x.com&gt;</author>", {"\"j@x, Jane\""}},
        {"<author>&lt;j@x.com&gt; (J&amp;ouml;rg)</author>", {"Jörg"}},
        {"<author><b>Ja</b><i>ne</i></author>", {"Jane"}},
        {"<dc:creator>A</dc:creator><author>https://example.com/</author>", {"A"}},
        {"<author>https://example.com/</author>", {"https://example.com/"}},
        {"<author><firstname>A</firstname><lastname>B</lastname><mail>a@example.com</mail>"
         "</author>",
         {"A B"}},
        {"<author><mail>a@example.com</mail></author>", {"a@example.com"}},
        {"<author>By <b>A</b></author>", {"By A"}},
        {"<dc:creator><rdf:Bag><rdf:li>A</rdf:li><rdf:li>B</rdf:li></rdf:Bag></dc:creator>",
         {"A", "B"}},
    }));
    CAPTURE(item);
    CHECK(rss("", item).articles[0].authors == people);
}

TEST_CASE("an episode has its show's author, but no article its feed's editor") {
    CHECK(rss("<itunes:author>Show</itunes:author>", "<title>t</title>").articles[0].authors ==
          People{"Show"});
    const auto feed =
        rss("<managingEditor>Desk</managingEditor><webMaster>Bob</webMaster>", "<title>t</title>");
    CHECK(feed.authors == People{"Desk"});
    CHECK(feed.articles[0].authors.empty());
    CHECK(rss("<itunes:owner><itunes:name>O</itunes:name></itunes:owner>", "<title>t</title>")
              .authors == People{"O"});
}

TEST_CASE("the owner of a show is called by name") {
    const auto [owner, name] = GENERATE(table<const char*, const char*>({
        {"<itunes:name>Jane Roe</itunes:name><itunes:email>j@example.com</itunes:email>",
         "Jane Roe"},
        {"\n<itunes:email>j@example.com</itunes:email>\n<itunes:name>Jane Roe</itunes:name>",
         "Jane Roe"},
        {"<itunes:email>j@example.com</itunes:email>", "j@example.com"},
    }));
    CAPTURE(owner);
    CHECK(rss("<itunes:owner>" + std::string{owner} + "</itunes:owner>", "<title>t</title>")
              .authors == People{name});
}
