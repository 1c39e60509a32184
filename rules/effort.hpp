// SPDX-License-Identifier: MIT
// Bounds the work that rules cause with one article, whatever they and it look like.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>

namespace wirewatch::rules {

/// What may still be done. One unit is a look at a word or a place, some 5 ns; counted and not
/// timed (but for long work of regular expressions), so that the same rule and article come to the
/// same end on every machine.
class Effort {
  public:
    static constexpr std::chrono::nanoseconds kUnit{5};

    explicit Effort(std::uint64_t units = 0) : left_{units} {}

    /// False: there is not so much left, now or before. Whoever is told so stops; what it answers
    /// then counts for nothing.
    bool spend(std::uint64_t units) {
        if (units > left_) {
            left_ = 0;
            used_up_ = true;
            return false;
        }
        left_ -= units;
        return true;
    }
    bool spend(std::chrono::nanoseconds time) {
        return spend(static_cast<std::uint64_t>(time / kUnit));
    }

    /// What comes next would take too long, and is not begun: as if it were used up, but nothing is
    /// spent.
    void give_up() { used_up_ = true; }

    [[nodiscard]] std::uint64_t left() const { return left_; }
    [[nodiscard]] bool used_up() const { return used_up_; }

  private:
    std::uint64_t left_;
    bool used_up_ = false;
};

/// Where an effort is bounded at all: the plain evaluator by itself is not.
[[nodiscard]] inline bool spend(Effort* effort, std::uint64_t units) {
    return effort == nullptr || effort->spend(units);
}

}  // namespace wirewatch::rules
