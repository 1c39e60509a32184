// SPDX-License-Identifier: MIT
// Whether a program holds for the words that an article has.
#pragma once

#include "rules/near.hpp"
#include "rules/program.hpp"
#include "rules/seen_words.hpp"

#include <cstdint>
#include <vector>

namespace wirewatch::rules {

/// One thread. Both outlive it.
class ProgramRunner {
  public:
    ProgramRunner(const Programs& programs, const SeenWords& seen)
        : programs_{programs}, seen_{seen} {}

    [[nodiscard]] bool holds(const Step& step);

  private:
    [[nodiscard]] bool holds_near(const Step& near);
    [[nodiscard]] bool holds_pair(const Step& near);
    [[nodiscard]] std::uint32_t holding(const Step& group);
    [[nodiscard]] double sum(const Step& score);
    [[nodiscard]] Operand operand_of(const Step& step);
    /// First positions of the phrase, or positions of the word, into first_.
    void find_phrase(const Step& phrase);

    const Programs& programs_;
    const SeenWords& seen_;
    std::vector<std::uint32_t> first_;  // positions, kept for their memory
    std::vector<std::uint32_t> second_;
};

}  // namespace wirewatch::rules
