// SPDX-License-Identifier: MIT
#include "feeds/identity.hpp"

#include <set>
#include <string>
#include <vector>

#include <catch2/catch.hpp>

using namespace wirewatch;
using namespace wirewatch::feeds;

namespace {

Article article(const char* id, const char* url, const char* title) {
    Article made;
    made.id = id;
    made.url = url;
    made.title = title;
    return made;
}

const std::vector<Article> kGood{article("1", "http://a/1", "One"),
                                 article("2", "http://a/2", "Two")};
const std::vector<Article> kSameIds{article("x", "http://a/1", "One"),
                                    article("x", "http://a/2", "Two")};
const std::vector<Article> kSameUrls{article("", "http://a/live", "One"),
                                     article("", "http://a/live#2", "Two")};
const std::vector<Article> kListedTwice{article("1", "http://a/1?utm_source=rss", "One"),
                                        article("1", "http://a/1", "One, updated")};

}  // namespace

TEST_CASE("the identity is the first of id, URL and title that is distinct") {
    CHECK(choose_identity(kGood, Identity::automatic, Identity::automatic) == Identity::id);
    CHECK(choose_identity(kSameIds, Identity::automatic, Identity::automatic) == Identity::url);
    CHECK(choose_identity(kSameUrls, Identity::automatic, Identity::automatic) == Identity::title);
}

TEST_CASE("an article that a feed lists twice is no contradiction") {
    CHECK(choose_identity(kListedTwice, Identity::automatic, Identity::automatic) == Identity::id);
}

TEST_CASE("the identity only ever moves down the list") {
    CHECK(choose_identity(kGood, Identity::automatic, Identity::url) == Identity::url);
    CHECK(choose_identity(kGood, Identity::automatic, Identity::title) == Identity::title);
    CHECK(choose_identity(kSameIds, Identity::automatic, Identity::id) == Identity::url);
    CHECK(choose_identity({}, Identity::automatic, Identity::url) == Identity::url);
    CHECK(choose_identity({}, Identity::automatic, Identity::automatic) == Identity::automatic);
}

TEST_CASE("a configured identity is taken, whatever the feed shows") {
    CHECK(choose_identity(kSameIds, Identity::id, Identity::title) == Identity::id);
}

TEST_CASE("an article that breaks off keeps its key if it has what the key is made of") {
    const Article with_id = article("1", "", "One");
    const Article with_url = article("", "http://a/1", "One");
    CHECK(keeps_its_key(with_id, Identity::id));
    CHECK(keeps_its_key(with_id, Identity::automatic));
    CHECK_FALSE(keeps_its_key(with_id, Identity::url));
    CHECK(keeps_its_key(with_url, Identity::url));
    CHECK_FALSE(keeps_its_key(with_url, Identity::automatic));
    CHECK_FALSE(keeps_its_key(with_url, Identity::id));
    CHECK_FALSE(keeps_its_key(with_id, Identity::title));
}

TEST_CASE("a key is 32 hex digits, and the same at the next poll") {
    auto first = kGood;
    auto second = kGood;
    second[0].title = "One, updated";
    assign_keys(first, "voa", Identity::id);
    assign_keys(second, "voa", Identity::id);
    CHECK(first[0].key.size() == 32);
    CHECK(first[0].key.find_first_not_of("0123456789abcdef") == std::string::npos);
    CHECK(first[0].key == second[0].key);
    CHECK(first[0].key != first[1].key);
    CHECK(first[0].feed_id == "voa");
}

TEST_CASE("the same article in two feeds has two keys") {
    auto one = kGood;
    auto other = kGood;
    assign_keys(one, "voa", Identity::id);
    assign_keys(other, "bbc", Identity::id);
    CHECK(one[0].key != other[0].key);
}

TEST_CASE("tracking parameters do not make another article") {
    std::vector<Article> articles{article("", "http://a.example/1?utm_source=rss&id=7", "One")};
    std::vector<Article> later{article("", "HTTP://A.example:80/1?id=7#top", "One")};
    assign_keys(articles, "voa", Identity::url);
    assign_keys(later, "voa", Identity::url);
    CHECK(articles[0].key == later[0].key);
    CHECK(articles[0].url == "http://a.example/1?utm_source=rss&id=7");
}

TEST_CASE("repeats of a key are dropped, the first stays") {
    auto articles = kListedTwice;
    assign_keys(articles, "voa", Identity::id);
    REQUIRE(articles.size() == 1);
    CHECK(articles[0].title == "One");
}

TEST_CASE("an article without the chosen part falls to the next") {
    std::vector<Article> articles{article("http://a/1", "", ""), article("", "http://a/1", ""),
                                  article("", "", "http://a/1"), article("", "", "Other title"),
                                  article("", "", "")};
    articles[4].summary = "Only a summary";
    assign_keys(articles, "voa", Identity::id);
    std::set<std::string> keys;
    for (const Article& each : articles) {
        keys.insert(each.key);
    }
    CHECK(keys.size() == 5);
}

TEST_CASE("two articles of one title are told apart by their dates") {
    std::vector<Article> articles{article("", "", "Morning news"), article("", "", "Morning news")};
    articles[0].published = std::chrono::sys_days{std::chrono::April / 7 / 2021};
    articles[1].published = std::chrono::sys_days{std::chrono::April / 8 / 2021};
    assign_keys(articles, "voa", Identity::title);
    CHECK(articles.size() == 2);
}

TEST_CASE("a URL has one canonical spelling") {
    const auto [url, expected] = GENERATE(table<const char*, const char*>({
        {"HTTP://Example.ORG", "http://example.org/"},
        {"http://example.org:80/a", "http://example.org/a"},
        {"https://example.org:443/a", "https://example.org/a"},
        {"https://example.org:8443/a", "https://example.org:8443/a"},
        {"https://User@Example.org/A", "https://User@example.org/A"},
        {"https://example.org/a?b=1&c=2#d", "https://example.org/a?b=1&c=2"},
        {"https://example.org/a?utm_source=x&UTM_medium=y", "https://example.org/a"},
        {"https://example.org/a?id=7&fbclid=x&p=2", "https://example.org/a?id=7&p=2"},
        {"https://www.bbc.co.uk/news/uk-1?at_medium=RSS&at_campaign=K",
         "https://www.bbc.co.uk/news/uk-1"},
        {"https://example.org/a?", "https://example.org/a"},
        {" https://example.org/a ", "https://example.org/a"},
        {"/relative?utm_source=x", "/relative?utm_source=x"},
        {"tag:example.org,2021:1", "tag:example.org,2021:1"},
        {"", ""},
    }));
    CAPTURE(url);
    CHECK(canonical_url(url) == expected);
    CHECK(canonical_url(canonical_url(url)) == expected);
}
