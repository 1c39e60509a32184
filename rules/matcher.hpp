// SPDX-License-Identifier: MIT
// From an article to its hits, as fast as it can be done: the words of the article call the rules
// that hang on them, all other rules cost nothing. docs/architecture.md, "Matching".
#pragma once

#include "base/article.hpp"
#include "base/feed.hpp"
#include "rules/rule_counters.hpp"
#include "rules/rule_set.hpp"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

namespace wirewatch::rules {

/// What somebody should know about the article matched last.
struct MatchTrouble {
    enum class Kind {
        given_up,  ///< the rule was given up: whether it matches is not known, it counts as not
        slow,      ///< the rule took over a millisecond, the first time in this matcher
        cut  ///< the article has more text, or more words of rules, than is looked at; of no rule
    };
    Kind kind = Kind::cut;
    const Rule* rule = nullptr;
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
///
/// An article takes some 50 ms at most: of long ones only a part is looked at (rules/article_parts.hpp),
/// and a rule that would take too long is given up, for this article. Both are told.
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

    /// What came up since it was last asked, at most 100.
    [[nodiscard]] std::vector<MatchTrouble> take_troubles();

    /// How many it has matched, and how many of these were longer than what rules look at.
    [[nodiscard]] std::uint64_t articles() const;
    [[nodiscard]] std::uint64_t cut_articles() const;

    /// Of the rules in RuleSet::rules(), in that order.
    [[nodiscard]] std::vector<RuleCounters> counters() const;

    /// What it has learnt itself.
    [[nodiscard]] WordFrequencies frequencies() const;

    /// Of memory that it holds.
    [[nodiscard]] std::size_t bytes() const;

  private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace wirewatch::rules
