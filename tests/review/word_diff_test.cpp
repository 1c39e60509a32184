// SPDX-License-Identifier: MIT
#include "review/word_diff.hpp"

#include <catch2/catch.hpp>

#include <random>

namespace wirewatch::review {

namespace {

using Kind = DiffPart::Kind;

std::string without(const std::vector<DiffPart>& parts, Kind kind) {
    std::string text;
    for (const DiffPart& part : parts) {
        text += part.kind == kind ? "" : part.text;
    }
    return text;
}

}  // namespace

TEST_CASE("words that were changed, put in and taken out are told") {
    CHECK(word_diff("At least nine people died on Monday.", "At least eleven people died.") ==
          std::vector<DiffPart>{{Kind::same, "At least "},
                                {Kind::removed, "nine "},
                                {Kind::added, "eleven "},
                                {Kind::same, "people "},
                                {Kind::removed, "died on Monday."},
                                {Kind::added, "died."}});
    CHECK(word_diff("same text", "same text") == std::vector<DiffPart>{{Kind::same, "same text"}});
    CHECK(word_diff("", "new") == std::vector<DiffPart>{{Kind::added, "new"}});
    CHECK(word_diff("old", "") == std::vector<DiffPart>{{Kind::removed, "old"}});
    CHECK(word_diff("", "").empty());
}

TEST_CASE("both texts can be put together again from any difference") {
    std::mt19937 random{11};
    const auto some_text = [&] {
        std::string text;
        for (auto words = random() % 60; words > 0; --words) {
            text += std::string(1, static_cast<char>('a' + random() % 5)) +
                    (random() % 7 == 0 ? "\n\n" : " ");
        }
        return text;
    };
    for (int i = 0; i < 300; ++i) {
        const std::string before = some_text();
        const std::string after = some_text();
        const auto parts = word_diff(before, after);
        CHECK(without(parts, Kind::added) == before);
        CHECK(without(parts, Kind::removed) == after);
    }
}

TEST_CASE("very long texts that differ throughout are told as replaced") {
    std::string before;
    std::string after;
    for (int i = 0; i < 30'000; ++i) {
        before += "a" + std::to_string(i) + " ";
        after += "b" + std::to_string(i) + " ";
    }
    const auto parts = word_diff("Begin " + before + "end", "Begin " + after + "end");
    REQUIRE(parts.size() == 4);
    CHECK(parts[1].kind == Kind::removed);
    CHECK(parts[2].kind == Kind::added);
}

}  // namespace wirewatch::review
