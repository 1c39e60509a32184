// SPDX-License-Identifier: MIT
// How many hits there were, of each rule and feed, day by day. Pure but for the zone of whoever
// runs the command.
#pragma once

#include "base/time.hpp"
#include "history/reader.hpp"
#include "review/terminal.hpp"

#include <compare>
#include <cstddef>
#include <iosfwd>
#include <map>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

namespace wirewatch::review {

class HitStats {
  public:
    /// Of the local days from the one with `since` to the one with the moment before `until`.
    HitStats(Instant since, Instant until);

    void add(const history::CountedHit& hit);
    /// A rule that is listed although it may have no hits.
    void add_rule(const std::string& id) { rules_[id]; }

    using PerDay = std::map<std::string, std::size_t>;  // by day
    [[nodiscard]] std::size_t total() const { return total_; }
    [[nodiscard]] Instant since() const { return since_; }
    [[nodiscard]] Instant until() const { return until_; }
    [[nodiscard]] const std::vector<std::string>& days() const { return days_; }
    [[nodiscard]] const PerDay& per_day() const { return per_day_; }
    [[nodiscard]] const std::map<std::string, PerDay>& rules() const { return rules_; }
    [[nodiscard]] const std::map<std::string, PerDay>& feeds() const { return feeds_; }

    struct Cell {
        std::string day;
        std::string rule;
        std::string feed;
        auto operator<=>(const Cell&) const = default;
    };
    [[nodiscard]] const std::map<Cell, std::size_t>& cells() const { return cells_; }

  private:
    Instant since_;
    Instant until_;
    std::vector<std::string> days_;
    std::size_t total_ = 0;
    PerDay per_day_;
    std::map<std::string, PerDay> rules_;
    std::map<std::string, PerDay> feeds_;
    std::map<Cell, std::size_t> cells_;
};

/// " ▁▃█": a column for each day, or for several where there are more than `width`. The tallest
/// stands for the most hits, and only where there are none there is nothing.
[[nodiscard]] std::string sparkline(const HitStats::PerDay& counts,
                                    const std::vector<std::string>& days, std::size_t width);

void print_stats(const Terminal& terminal, const HitStats& stats);
void write_stats_json(std::ostream& out, const HitStats& stats);
/// day,rule,feed,hits
void write_stats_csv(std::ostream& out, const HitStats& stats);

}  // namespace wirewatch::review
