// SPDX-License-Identifier: MIT
// From an article to its hits, as fast as it can be done: the words of the article call the rules
// that hang on them, all other rules cost nothing. docs/architecture.md, "Matching".
#pragma once

#include "base/article.hpp"
#include "base/feed.hpp"
#include "rules/rule_set.hpp"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

namespace wirewatch::rules {

/// What a rule has cost and brought since its matcher was made.
struct RuleCounters {
    std::uint32_t evaluations = 0;  ///< articles for which it took more than two looks to tell
    std::uint32_t matches = 0;
};

/// In how many of so many articles a word of the rules was seen; by the word as rules compare it.
struct WordFrequencies {
    std::uint64_t articles = 0;
    std::unordered_map<std::string, std::uint32_t> articles_with;
};

/// For one thread. Remembers the forms of words that it has seen, so that most words of an article
/// cost one look; and learns how rare words are, to hang the rules on the rarest: anew after 500
/// articles, then after ten times as many, which takes some milliseconds for 10,000 rules. `rules`
/// must outlive it.
class Matcher {
  public:
    explicit Matcher(const RuleSet& rules);
    /// With what another matcher has learnt, of these rules or others.
    Matcher(const RuleSet& rules, const WordFrequencies& learnt);
    ~Matcher();
    Matcher(Matcher&&) noexcept;
    Matcher& operator=(Matcher&&) noexcept;

    /// The rules that `article`, from `feed`, satisfies, in the order in which they were given.
    [[nodiscard]] std::vector<Match> match(const Article& article, const Feed& feed);

    /// The same without the hits: spans cost more than finding out that a rule matches.
    [[nodiscard]] std::vector<const Rule*> matching(const Article& article, const Feed& feed);

    /// Of the rules in RuleSet::rules(), in that order.
    [[nodiscard]] const std::vector<RuleCounters>& counters() const;

    /// What it has learnt itself.
    [[nodiscard]] WordFrequencies frequencies() const;

    /// Of memory that it holds.
    [[nodiscard]] std::size_t bytes() const;

  private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace wirewatch::rules
