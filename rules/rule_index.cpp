// SPDX-License-Identifier: MIT
#include "rules/rule_index.hpp"

namespace wirewatch::rules {

void RuleIndex::add(const Node& query, const Regexes& regexes) {
    rules_.push_back(programs_.add(query, regexes, vocabulary_));
}

void RuleIndex::seal() {
    vocabulary_.seal();
    programs_.shrink();
    rules_.shrink_to_fit();
    for (const Programs::Added& rule : rules_) {
        note_fields(programs_.step(rule.root));
    }
}

void RuleIndex::note_fields(const Step& step) {
    switch (step.op) {
        case Op::word:
        case Op::phrase:
            fields_ |= step.fields;
            return;
        case Op::maybe:
            return;
        default:
            for (const Step& part : programs_.steps_of(step)) {
                note_fields(part);
            }
    }
}

std::size_t RuleIndex::bytes() const {
    return vocabulary_.bytes() + programs_.bytes() + rules_.capacity() * sizeof(Programs::Added);
}

}  // namespace wirewatch::rules
