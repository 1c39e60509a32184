// SPDX-License-Identifier: MIT
#include "feeds/moves.hpp"

#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include <catch2/catch.hpp>

using namespace wirewatch;
using namespace wirewatch::feeds;
using namespace std::chrono;

namespace {

constexpr Instant kNow = sys_days{2021y / April / 7} + 12h;
const std::string kNew = "https://new.example/feed";

/// A feed, and what is known of it.
struct Watched {
    Feed feed{.id = "news", .url = "https://old.example/feed"};
    FeedState state{.feed_id = "news", .url = feed.url};

    std::optional<FeedMove> found(std::vector<Redirect> hops, hours after) {
        return note_redirects(feed, state, {.status = 200, .redirects = std::move(hops)},
                              kNow + after);
    }

    /// Found at the end of these hops for three days, every twelve hours.
    std::optional<FeedMove> found_for_long(const std::vector<Redirect>& hops) {
        for (hours after{0}; after <= 72h; after += 12h) {
            if (auto move = found(hops, after)) {
                return move;
            }
        }
        return std::nullopt;
    }
};

}  // namespace

TEST_CASE("a feed has moved when it was found there three times, a day apart") {
    Watched news;
    CHECK_FALSE(news.found({{301, kNew}}, 0h));
    CHECK_FALSE(news.found({{308, kNew}}, 12h));
    CHECK_FALSE(news.found({{301, kNew}}, 23h));
    CHECK(poll_url(news.feed, news.state) == news.feed.url);
    CHECK(news.found({{301, kNew}}, 24h) == FeedMove{news.feed.url, kNew});
    CHECK(poll_url(news.feed, news.state) == kNew);
}

TEST_CASE("twice, however far apart, is not enough") {
    Watched news;
    CHECK_FALSE(news.found({{301, kNew}}, 0h));
    CHECK_FALSE(news.found({{301, kNew}}, 100h));
    CHECK(news.found({{301, kNew}}, 101h));
}

TEST_CASE("another target, or none, begins anew") {
    const std::vector<Redirect> between =
        GENERATE(values<std::vector<Redirect>>({{}, {{301, "https://third.example/"}}}));
    Watched news;
    CHECK_FALSE(news.found({{301, kNew}}, 0h));
    CHECK_FALSE(news.found({{301, kNew}}, 12h));
    CHECK_FALSE(news.found(between, 18h));
    CHECK_FALSE(news.found({{301, kNew}}, 24h));
    CHECK_FALSE(news.found({{301, kNew}}, 36h));
    CHECK(news.found({{301, kNew}}, 48h));
}

TEST_CASE("only where every hop is permanent") {
    const auto [hops, moves] = GENERATE(table<std::vector<Redirect>, bool>({
        {{{301, "https://a.example/"}, {308, kNew}}, true},
        {{{302, kNew}}, false},
        {{{303, kNew}}, false},
        {{{307, kNew}}, false},
        {{{301, "https://a.example/"}, {302, kNew}}, false},
        {{{302, "https://a.example/"}, {301, kNew}}, false},
        {{{301, "https://old.example/feed"}}, false},
        {{{301, "https://new.example/" + std::string(2048, 'x')}}, false},
        {{{301, ""}}, false},
        {{{301, "ftp://new.example/feed"}}, false},
        {std::vector<Redirect>{}, false},
    }));
    Watched news;
    CHECK(news.found_for_long(hops).has_value() == moves);
}

TEST_CASE("a feed at https moves to no http, and by no way through it") {
    Watched news;
    CHECK_FALSE(news.found_for_long({{301, "http://new.example/feed"}}));
    CHECK_FALSE(news.found_for_long({{301, "http://new.example/feed"}, {301, kNew}}));
    Watched plain;
    plain.feed.url = plain.state.url = "http://old.example/feed";
    CHECK(plain.found_for_long({{301, "http://new.example/feed"}}));
}

TEST_CASE("a feed with credentials or headers of its own moves to no other server") {
    const auto [to, moves] = GENERATE(table<std::string, bool>({
        {"https://old.example/rss", true},
        {"https://new.example/rss", false},
        {"https://old.example:8443/rss", false},
        {"http://old.example/rss", true},
    }));
    CAPTURE(to);
    Watched news;
    news.feed.url = news.state.url = "http://old.example/feed";
    SECTION("credentials") {
        news.feed.credentials = Credentials{.user = "me", .secret = "x"};
    }
    SECTION("headers") {
        news.feed.headers = {{"X-Key", "x"}};
    }
    CHECK(news.found_for_long({{301, to}}).has_value() == moves);
}

TEST_CASE("a feed may move on, and back") {
    Watched news;
    REQUIRE(news.found_for_long({{301, kNew}}));
    const std::string newer = "https://newer.example/feed";
    CHECK(news.found_for_long({{301, newer}}) == FeedMove{kNew, newer});
    CHECK(poll_url(news.feed, news.state) == newer);
    CHECK(news.found_for_long({{301, news.feed.url}}) == FeedMove{newer, news.feed.url});
    CHECK(poll_url(news.feed, news.state) == news.feed.url);
    CHECK(news.state.moved_to.empty());
}

TEST_CASE("a new address in the configuration overrules a move") {
    Watched news;
    REQUIRE(news.found_for_long({{301, kNew}}));
    news.feed.url = "https://owner.example/feed";
    CHECK(poll_url(news.feed, news.state) == news.feed.url);
}
