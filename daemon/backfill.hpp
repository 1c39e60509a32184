// SPDX-License-Identifier: MIT
// Rules with `backfill` look at stored articles, once for each text of theirs: a little at a time,
// when nothing else is to be done. The database knows how far they have come.
#pragma once

#include "base/error.hpp"
#include "base/time.hpp"
#include "daemon/plan.hpp"
#include "daemon/rule_troubles.hpp"
#include "history/writer.hpp"
#include "rules/matcher.hpp"

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <unordered_set>
#include <vector>

namespace wirewatch::daemon {

/// Thread: the desk.
class Backfill {
  public:
    /// Both outlive it.
    Backfill(history::Writer& writer, const Clock& clock) : writer_{writer}, clock_{clock} {}

    /// From now on it is the rules of this plan that look. To be told before an article is matched
    /// with them: from there on they see what comes by themselves.
    void adopt(std::shared_ptr<const Plan> plan);

    /// When step() has something to do; none: nothing is left.
    [[nodiscard]] std::optional<Ticks> due() const;

    /// Looks at stored articles for some 20 ms, at most until 100 hits, and commits what was found.
    /// Gives how many alerts came of it. What the database refuses is tried again later; an error
    /// is bad_database: it should be touched no more.
    [[nodiscard]] Result<std::size_t> step();

    /// What is left, of all walks.
    [[nodiscard]] std::size_t articles_left() const;
    [[nodiscard]] std::size_t rules_left() const;

  private:
    [[nodiscard]] Result<> plan_walks();
    [[nodiscard]] Result<std::size_t> walk_on();
    [[nodiscard]] std::vector<history::RuleHit> look_at(const Article& article);
    void begin_walk();
    void end_walk();
    [[nodiscard]] Result<std::size_t> put_off(const Error& error);

    history::Writer& writer_;
    const Clock& clock_;
    std::shared_ptr<const Plan> plan_;
    bool planned_ = true;                       // walks_ are those of plan_
    std::vector<history::BackfillWalk> walks_;  // in order of their beginning
    std::optional<rules::Matcher> matcher_;     // of plan_->backfill_rules, during a walk
    std::unordered_set<std::string> looking_;   // ids of the rules of the first walk
    std::size_t hits_ = 0;  // that the first walk has found since it was taken up
    RuleTroubles troubles_;
    int failures_ = 0;  // in a row
    Ticks retry_at_{};
};

}  // namespace wirewatch::daemon
