// SPDX-License-Identifier: MIT
// How well copies are told from other pieces, on the labelled set of tests/data/stories.
#include "history/text_print.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

namespace wirewatch::history {

namespace {

const std::filesystem::path kSet = std::filesystem::path{WIREWATCH_TEST_DATA} / "stories";

struct Labelled {
    TextPrint print;
    int group = 0;
};

struct Pair {
    std::size_t one = 0;
    std::size_t other = 0;
    bool same = false;
};

std::vector<Labelled> read_set() {
    std::vector<Labelled> set;
    std::ifstream file{kSet / "articles.jsonl"};
    for (std::string line; std::getline(file, line);) {
        const auto json = nlohmann::json::parse(line);
        set.push_back(
            {print_of(json.at("title").get<std::string>(), json.at("text").get<std::string>(), ""),
             json.at("group").get<int>()});
    }
    return set;
}

std::vector<Pair> read_pairs() {
    std::vector<Pair> pairs;
    std::ifstream file{kSet / "pairs.tsv"};
    std::string line;
    for (std::getline(file, line); std::getline(file, line);) {
        Pair pair;
        std::istringstream{line} >> pair.one >> pair.other >> pair.same;
        pairs.push_back(pair);
    }
    return pairs;
}

/// As the writer does it: a candidate shares a key, and its text is compared.
bool joined(const TextPrint& one, const TextPrint& other) {
    const bool candidate = std::find_first_of(one.keys.begin(), one.keys.end(), other.keys.begin(),
                                              other.keys.end()) != one.keys.end();
    return candidate && same_text(one, other);
}

}  // namespace

TEST_CASE("copies are told from other pieces on the held-out half of the labelled set") {
    const auto set = read_set();
    const auto pairs = read_pairs();
    REQUIRE(pairs.size() >= 300);
    int found = 0;
    int wrong = 0;
    int missed = 0;
    for (const Pair& pair : pairs) {
        const Labelled& one = set.at(pair.one);
        const Labelled& other = set.at(pair.other);
        if (one.group % 2 == 0) {
            continue;  // the thresholds were chosen on these
        }
        const bool told = joined(one.print, other.print);
        found += told && pair.same ? 1 : 0;
        wrong += told && !pair.same ? 1 : 0;
        missed += !told && pair.same ? 1 : 0;
    }
    CAPTURE(found, wrong, missed);
    REQUIRE(found + missed >= 100);
    CHECK(static_cast<double>(found) / (found + wrong) >= 0.98);
    CHECK(static_cast<double>(found) / (found + missed) >= 0.9);
}

}  // namespace wirewatch::history
