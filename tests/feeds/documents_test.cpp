// SPDX-License-Identifier: MIT
#include "feeds/documents.hpp"

#include <catch2/catch.hpp>

#include <string>
#include <utility>
#include <vector>

using namespace wirewatch;
using namespace wirewatch::feeds;

namespace {

std::string rss(const std::string& title, const std::vector<std::string>& guids) {
    std::string document = "<rss version=\"2.0\"><channel><title>" + title + "</title>";
    for (const std::string& guid : guids) {
        document += "<item><guid isPermaLink=\"false\">" + guid + "</guid><title>T " + guid +
                    "</title><link>/" + guid + "</link></item>";
    }
    return document + "</channel></rss>";
}

Response parts(const std::vector<std::pair<std::string, std::string>>& documents) {
    Response response{.status = 200, .final_url = "file:///srv/d"};
    response.parts.emplace();
    for (const auto& [name, text] : documents) {
        response.body += text;
        response.parts->push_back({.name = name, .bytes = text.size()});
    }
    return response;
}

}  // namespace

TEST_CASE("the articles of all documents are those of the feed, in order") {
    const auto read = read_documents(
        parts({{"a.xml", rss("One", {"1", "2"})}, {"b.xml", rss("Two", {"3"})}}), {});
    REQUIRE(read);
    CHECK_FALSE(read->trouble);
    CHECK(read->feed.title == "One");
    REQUIRE(read->feed.articles.size() == 3);
    CHECK(read->feed.articles[0].title == "T 1");
    CHECK(read->feed.articles[2].title == "T 3");
}

TEST_CASE("a document that is no feed is named, and hides no other") {
    Response response =
        parts({{"a.xml", "hello"}, {"b.xml", rss("Two", {"3"})}, {"c.xml", "unread"}});
    response.parts->at(2).problem = "wirewatchd may not read /srv/d/c.xml";
    const auto read = read_documents(response, {});
    REQUIRE(read);
    CHECK(read->feed.title == "Two");
    CHECK(read->feed.articles.size() == 1);
    REQUIRE(read->trouble);
    CHECK_THAT(read->trouble->text, Catch::StartsWith("2 of 3 documents cannot be read: a.xml: "));
    CHECK_THAT(read->trouble->text, Catch::Contains("may not read"));
}

TEST_CASE("where no document is a feed, the whole is none; where there is none, it is empty") {
    CHECK(read_documents(parts({{"a.xml", "hello"}}), {}).error().code == Errc::not_a_feed);
    const auto empty = read_documents(parts({}), {});
    REQUIRE(empty);
    CHECK(empty->feed.articles.empty());
    CHECK_FALSE(empty->trouble);
}

TEST_CASE("the limit on articles is that of all documents together") {
    const Response response =
        parts({{"a.xml", rss("One", {"1", "2"})}, {"b.xml", rss("Two", {"3", "4"})}});
    CHECK(read_documents(response, {.max_articles = 4}));
    CHECK(read_documents(response, {.max_articles = 3}).error().code == Errc::too_large);
}

TEST_CASE("no path of this machine gets into an article") {
    for (Response response :
         {parts({{"a.xml", rss("One", {"1"})}}),
          Response{
              .status = 200, .final_url = "file:///srv/secret/a.xml", .body = rss("One", {"1"})}}) {
        const auto read = read_documents(response, {});
        REQUIRE(read);
        CHECK(read->feed.articles[0].url == "/1");
    }
}

TEST_CASE("what the web answers is read with its own address") {
    const auto read = read_documents(
        {.status = 200, .final_url = "https://a.example/feed", .body = rss("One", {"1"})}, {});
    REQUIRE(read);
    CHECK(read->feed.articles[0].url == "https://a.example/1");
}
