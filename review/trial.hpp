// SPDX-License-Identifier: MIT
// What a rule would have matched, tallied while articles pass by. Knows neither where they come
// from nor how it is shown.
#pragma once

#include "base/article.hpp"
#include "base/feed.hpp"
#include "base/hit.hpp"
#include "base/time.hpp"
#include "rules/matcher.hpp"
#include "rules/rule_set.hpp"

#include <cstddef>
#include <deque>
#include <map>
#include <optional>
#include <string>

namespace wirewatch::review {

/// An article on its way through a trial.
struct TrialArticle {
    Article article;
    Feed feed;                  ///< as configured; else its id alone
    std::optional<Instant> at;  ///< when it was first seen, of a file when it was published
};

/// Enough of an article to show why it matched.
struct TrialHit {
    Article article;
    std::optional<Instant> at;
    Hit hit;  ///< of a drop: that of the rule as loaded
};

/// Articles, and how many of them matched.
struct Tally {
    std::size_t articles = 0;
    std::size_t matched = 0;
};

/// What is kept of the hits: the first that came, or the last.
enum class Kept { first, last };

class Trial {
  public:
    /// Both sets hold one rule; `loaded` is what to compare with, or null. They outlive the trial.
    /// At most `limit` hits are kept of each kind.
    Trial(const rules::RuleSet& tested, const rules::RuleSet* loaded, Kept kept, std::size_t limit);

    void look_at(TrialArticle one);

    [[nodiscard]] Tally total() const { return total_; }
    /// By the local date; "" where an article has none.
    [[nodiscard]] const std::map<std::string, Tally>& days() const { return days_; }
    [[nodiscard]] const std::map<std::string, Tally>& feeds() const { return feeds_; }
    [[nodiscard]] const std::deque<TrialHit>& hits() const { return hits_; }

    /// Articles for which the rule was given up: it would have taken too long to tell.
    [[nodiscard]] std::size_t given_up() const;
    /// Articles that are longer than what rules look at.
    [[nodiscard]] std::size_t cut() const { return tested_.cut_articles(); }

    [[nodiscard]] std::size_t add_count() const { return add_count_; }  ///< not loaded, but tested
    [[nodiscard]] std::size_t drop_count() const {
        return drop_count_;
    }  ///< loaded, but not tested
    [[nodiscard]] const std::deque<TrialHit>& adds() const { return adds_; }
    [[nodiscard]] const std::deque<TrialHit>& drops() const { return drops_; }

  private:
    void keep(std::deque<TrialHit>& hits, TrialHit hit) const;

    rules::Matcher tested_;
    std::optional<rules::Matcher> loaded_;
    Kept kept_;
    std::size_t limit_;
    Tally total_;
    std::map<std::string, Tally> days_;
    std::map<std::string, Tally> feeds_;
    std::deque<TrialHit> hits_;
    std::size_t add_count_ = 0;
    std::size_t drop_count_ = 0;
    std::deque<TrialHit> adds_;
    std::deque<TrialHit> drops_;
};

}  // namespace wirewatch::review
