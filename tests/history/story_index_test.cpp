// SPDX-License-Identifier: MIT
#include "history/story_index.hpp"

#include <catch2/catch.hpp>

#include <random>

namespace wirewatch::history {

namespace {

Instant day(int days) {
    return Instant{} + std::chrono::hours{24 * days};
}

using Ids = std::vector<std::int64_t>;

}  // namespace

TEST_CASE("articles that share keys are candidates, those that share most first") {
    StoryIndex index{100};
    index.add(1, day(1), {1, 2, 3, 4, 5, 6});
    index.add(2, day(1), {1, 2, 13, 14, 15, 16});
    index.add(3, day(1), {21, 22, 23, 24, 25, 26});
    index.add(4, day(1), {1, 2, 33, 34, 35, 36});
    CHECK(index.candidates({1, 2, 3, 44, 45, 46}, day(0), 10) == Ids{1, 4, 2});
    CHECK(index.candidates({1, 2, 3, 44, 45, 46}, day(0), 2) == Ids{1, 4});
    CHECK(index.candidates({51, 52, 53, 54, 55, 56}, day(0), 10).empty());
    CHECK(index.candidates({}, day(0), 10).empty());
}

TEST_CASE("articles from before the time asked for are none") {
    StoryIndex index{100};
    index.add(1, day(1), {1, 2, 3, 4, 5, 6});
    index.add(2, day(5), {1, 2, 3, 4, 5, 6});
    CHECK(index.candidates({1, 2, 3, 4, 5, 6}, day(3), 10) == Ids{2});
}

TEST_CASE("additions are taken back") {
    StoryIndex index{100};
    index.add(1, day(1), {1, 2, 3, 4, 5, 6});
    index.add(2, day(1), {1, 2, 3, 4, 5, 6});
    index.add(3, day(1), {7, 8, 9, 10, 11, 12});
    index.take_back(2);
    CHECK(index.size() == 1);
    CHECK(index.candidates({1, 2, 3, 4, 5, 7}, day(0), 10) == Ids{1});
}

TEST_CASE("beyond its size the oldest are forgotten") {
    StoryIndex index{80};
    for (std::int64_t id = 1; id <= 100; ++id) {
        const auto own = static_cast<std::uint32_t>(id * 10);
        index.add(id, day(1), {own, own + 1, own + 2, own + 3, own + 4, 7});
    }
    CHECK(index.size() <= 80);
    CHECK(index.candidates({10, 11, 12, 13, 14, 0}, day(0), 10).empty());
    CHECK(index.candidates({1000, 1001, 1002, 1003, 1004, 0}, day(0), 10) == Ids{100});
    CHECK(index.candidates({7, 0, 0, 0, 0, 0}, day(0), 5) == Ids{100, 99, 98, 97, 96});
}

TEST_CASE("it finds what a scan of all finds, as it grows") {
    std::mt19937 random{7};
    const auto some = [&] {
        PrintKeys keys;
        for (std::uint32_t& key : keys) {
            key = static_cast<std::uint32_t>(1 + random() % 20'000);
        }
        return keys;
    };
    StoryIndex index{100'000};
    std::vector<PrintKeys> all;
    for (int i = 0; i < 5'000; ++i) {
        all.push_back(some());
        index.add(i, day(1), all.back());
    }
    for (int i = 0; i < 200; ++i) {
        const PrintKeys wanted = some();
        std::size_t sharers = 0;
        for (const PrintKeys& keys : all) {
            sharers += std::find_first_of(keys.begin(), keys.end(), wanted.begin(), wanted.end()) !=
                               keys.end()
                           ? 1U
                           : 0U;
        }
        CHECK(index.candidates(wanted, day(0), 1'000).size() == sharers);
    }
}

}  // namespace wirewatch::history
