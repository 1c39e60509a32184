// SPDX-License-Identifier: MIT
// The regular expressions of all rules, each compiled once. RE2 is never slower than linear, but a
// large expression may take microseconds a byte: what it may take is bounded here.
#pragma once

#include "base/error.hpp"
#include "rules/effort.hpp"

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace wirewatch::rules {

/// Memory for one compiled expression; our choice. RE2 refuses what does not fit.
inline constexpr int kMaxRegexBytes = 1 << 20;
/// Steps of its program, as RE2 counts them; our choice. `.{1,1000}` has 8,000.
inline constexpr int kMaxRegexSteps = 4'000;

/// Immutable once the rules are compiled; then any number of threads may search at once.
class Regexes {
  public:
    Regexes();
    ~Regexes();
    Regexes(Regexes&&) noexcept;
    Regexes& operator=(Regexes&&) noexcept;

    /// The number of the expression. Flags: i (any case), s (. is also a line end), m (^ and $ at
    /// each line). Error: invalid, in words; also where it matches the empty text, and so
    /// everything.
    [[nodiscard]] Result<std::size_t> add(std::string_view pattern, std::string_view flags);

    /// Runs of letters (rules/required_text.hpp) one of which stands in any text that the
    /// expression matches, whatever their case; empty: nothing is known.
    [[nodiscard]] const std::vector<std::string>& required(std::size_t number) const;

    struct Range {
        std::size_t begin = 0;  ///< bytes
        std::size_t end = 0;
    };

    /// The first match, empty or not, at or after byte `from`. A long text is looked at in
    /// stretches that overlap by half: a match of more than half a stretch may be missed or cut
    /// short. A stretch is 750 KiB by the expression's size, at least 1.5 KiB
    /// (docs/rules.md, "Limits"). None where the effort (null: unbounded) is used up.
    [[nodiscard]] std::optional<Range> find(std::size_t number, std::string_view text,
                                            std::size_t from, Effort* effort) const;

  private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace wirewatch::rules
