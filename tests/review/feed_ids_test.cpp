// SPDX-License-Identifier: MIT
#include "review/feed_ids.hpp"

#include "base/id.hpp"

#include <string>

#include <catch2/catch.hpp>

using namespace wirewatch;
using namespace wirewatch::review;

TEST_CASE("an id is made of the title, else of the host") {
    const auto [title, url, id] = GENERATE(table<const char*, const char*, const char*>({
        {"Gulf News", "https://gulfnews.com/rss", "gulf-news"},
        {"BBC News: World — Latest!", "https://x.example/", "bbc-news-world-latest"},
        {"People's Daily", "https://x.example/", "peoples-daily"},
        {"Süddeutsche Zeitung", "https://x.example/", "suddeutsche-zeitung"},
        {"Новости", "https://x.example/", "novosti"},
        {"", "https://www.dawn.com/feeds/home", "dawn-com"},
        {"!!!", "https://feeds.bbci.co.uk:8443/x", "bbci-co-uk"},
        {"", "no address", "feed"},
    }));
    FeedIds ids{{}};
    CHECK(ids.make(title, url) == id);
}

TEST_CASE("an id is made once") {
    Feed taken;
    taken.id = "news";
    FeedIds ids{{taken}};
    CHECK(ids.make("News", "") == "news-2");
    CHECK_FALSE(ids.take("news-2"));
    CHECK(ids.take("news-3"));
    CHECK(ids.make("News", "") == "news-4");
    CHECK_FALSE(ids.take("No Id"));
    CHECK_FALSE(ids.take(""));
}

TEST_CASE("whatever the title, what is made of it is an id") {
    const std::string title = GENERATE(
        as<std::string>{}, std::string(500, 'x'), "a b c\n\x1B[2J", "\xE2\x80\xAE\xE2\x80\xAE",
        std::string("\0\0", 2), "新聞 العربية हिन्दी", "a-very-long-title " + std::string(60, 'y'));
    FeedIds ids{{}};
    CHECK(is_id(ids.make(title, "https://example.org/")));
    CHECK(is_id(ids.make(title, "https://example.org/")));
}
