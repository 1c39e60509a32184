// SPDX-License-Identifier: MIT
// Whether a program holds for the words that an article has.
#pragma once

#include "rules/effort.hpp"
#include "rules/near.hpp"
#include "rules/program.hpp"
#include "rules/seen_words.hpp"

#include <cstdint>
#include <span>
#include <vector>

namespace wirewatch::rules {

/// One thread. Both outlive it.
class ProgramRunner {
  public:
    ProgramRunner(const Programs& programs, const SeenWords& seen)
        : programs_{programs}, seen_{seen} {}

    /// What may be done from now on. Once it is used up, all answers are worth nothing.
    void allow(Effort effort) { effort_ = effort; }
    [[nodiscard]] const Effort& effort() const { return effort_; }

    [[nodiscard]] bool holds(const Step& step);

    /// The weights of what holds in a score.
    [[nodiscard]] double sum(const Step& score);

    /// The places of a word or phrase, as positions of SeenWords.
    [[nodiscard]] std::vector<Occurrence> places_of(const Step& leaf);

    /// The operands of a NEAR that holds, with the places that are near enough. `leaves` is what
    /// Operand::leaf counts.
    [[nodiscard]] std::vector<Operand> near_places(const Step& near,
                                                   std::vector<const Step*>& leaves);

  private:
    [[nodiscard]] bool has_all(const Step& phrase) const;
    [[nodiscard]] bool holds_phrase(const Step& phrase);
    [[nodiscard]] bool stands_at(WordId word, std::uint16_t fields, std::uint32_t position) const;
    /// Whether going through the places of the first word by those of all others is quick.
    [[nodiscard]] bool is_short(std::span<const WordId> words, WordId rarest) const;
    /// SeenWords::positions, appended; none where the effort does not allow it.
    void add_positions(WordId word, std::uint16_t fields, std::vector<std::uint32_t>& positions);
    [[nodiscard]] bool holds_near(const Step& near);
    [[nodiscard]] bool holds_pair(const Step& near);
    [[nodiscard]] std::uint32_t holding(const Step& group);
    [[nodiscard]] Operand operand_of(const Step& step, std::vector<const Step*>& leaves);
    /// Into first_: the positions of the phrase's first word where all of it stands.
    void find_phrase(const Step& phrase);
    void keep_those_before_second(std::uint32_t distance);
    [[nodiscard]] std::size_t rarest_of(std::span<const WordId> words) const;

    const Programs& programs_;
    const SeenWords& seen_;
    Effort effort_;
    std::vector<std::uint32_t> first_;  // positions, kept for their memory
    std::vector<std::uint32_t> second_;
};

}  // namespace wirewatch::rules
