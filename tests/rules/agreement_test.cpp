// SPDX-License-Identifier: MIT
// The evaluator against a second one that is too small to be wrong, on many seeded queries.
#include "tests/rules/query_cases.hpp"

#include <array>
#include <random>
#include <set>

#include <catch2/catch.hpp>

using namespace wirewatch;
using namespace wirewatch::rules;

namespace {

constexpr std::array<const char*, 6> kWords{"alfa", "bravo", "kilo", "lima", "quebec", "zulu"};

/// A random query, and the words of an article that it holds for, worked out while it is written.
class Writer {
  public:
    Writer(std::mt19937& random, const std::set<std::string>& article)
        : random_{random}, article_{article} {}

    struct Written {
        std::string query;
        bool holds = false;
    };

    Written any(int depth) {
        Written made = all(depth);
        for (int more = below(3); more > 0; --more) {
            const Written next = all(depth);
            made.query += (below(2) == 0 ? " OR " : " | ") + next.query;
            made.holds = made.holds || next.holds;
        }
        return made;
    }

  private:
    int below(int limit) { return static_cast<int>(random_() % static_cast<unsigned>(limit)); }

    Written all(int depth) {
        Written made = operand(depth);
        for (int more = below(3); more > 0; --more) {
            const Written next = operand(depth);
            switch (below(4)) {
                case 0:
                    made = {made.query + " " + next.query, made.holds && next.holds};
                    break;
                case 1:
                    made = {made.query + " AND " + next.query, made.holds && next.holds};
                    break;
                case 2:
                    made = {made.query + " NOT " + next.query, made.holds && !next.holds};
                    break;
                default:
                    made = {made.query + " AND -" + next.query, made.holds && !next.holds};
            }
        }
        return made;
    }

    Written operand(int depth) {
        if (depth > 0 && below(3) == 0) {
            const Written inner = any(depth - 1);
            return {"(" + inner.query + ")", inner.holds};
        }
        const std::string word = kWords[static_cast<std::size_t>(below(kWords.size()))];
        return {word, article_.contains(word)};
    }

    std::mt19937& random_;
    const std::set<std::string>& article_;
};

}  // namespace

TEST_CASE("random queries of AND, OR, NOT and words mean what they say") {
    std::mt19937 random{20261123};
    int held = 0;
    for (int round = 0; round < 1'000; ++round) {
        std::set<std::string> article;
        std::string title;
        for (const char* word : kWords) {
            if (random() % 2 == 0) {
                article.insert(word);
                title += std::string{word} + " ";
            }
        }
        const Writer::Written written = Writer{random, article}.any(3);
        CAPTURE(written.query, title);
        REQUIRE(matches(written.query, titled(title)) == written.holds);
        held += written.holds ? 1 : 0;
    }
    CHECK((held > 200 && held < 800));  // both answers were tried
}
