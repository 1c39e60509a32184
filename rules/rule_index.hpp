// SPDX-License-Identifier: MIT
// The programs of all rules, and the words in them.
#pragma once

#include "rules/program.hpp"
#include "rules/rule_vocabulary.hpp"

#include <cstddef>
#include <cstdint>
#include <vector>

namespace wirewatch::rules {

/// Rules are added, then it is sealed; from then on any number of threads may read. Rules are
/// numbered from 0 in the order in which they come.
class RuleIndex {
  public:
    void add(const Node& query, const Regexes& regexes);
    void seal();

    [[nodiscard]] std::size_t size() const { return rules_.size(); }
    [[nodiscard]] const RuleVocabulary& vocabulary() const { return vocabulary_; }
    [[nodiscard]] const Programs& programs() const { return programs_; }
    /// The place of its program in programs().
    [[nodiscard]] std::uint32_t root_of(std::uint32_t rule) const { return rules_[rule].root; }
    [[nodiscard]] const Step& program_of(std::uint32_t rule) const {
        return programs_.step(rules_[rule].root);
    }
    /// Whether the program says all that the query says.
    [[nodiscard]] bool is_whole(std::uint32_t rule) const { return rules_[rule].whole; }

    /// The fields that some rule looks into: bit n is the field with value n.
    [[nodiscard]] std::uint16_t fields() const { return fields_; }

    [[nodiscard]] std::size_t bytes() const;

  private:
    void note_fields(const Step& step);

    RuleVocabulary vocabulary_;
    Programs programs_;
    std::vector<Programs::Added> rules_;
    std::uint16_t fields_ = 0;
};

}  // namespace wirewatch::rules
