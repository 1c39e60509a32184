// SPDX-License-Identifier: MIT
#include "rules/program_runner.hpp"

#include <algorithm>

namespace wirewatch::rules {

bool ProgramRunner::holds(const Step& step) {
    switch (step.op) {
        case Op::word:
            return seen_.has(step.first, step.fields);
        case Op::phrase:
            find_phrase(step);
            return !first_.empty();
        case Op::all:
            for (const Step& part : programs_.steps_of(step)) {
                if (!holds(part)) {
                    return false;
                }
            }
            return true;
        case Op::any:
            for (const Step& part : programs_.steps_of(step)) {
                if (holds(part)) {
                    return true;
                }
            }
            return false;
        case Op::negation:
            return !holds(programs_.steps_of(step).front());
        case Op::near:
            return holds_near(step);
        case Op::at_least:
            return static_cast<double>(holding(step)) >= programs_.number_of(step);
        case Op::score:
            return sum(step) >= programs_.number_of(step);
        case Op::maybe:
            return true;
    }
    return true;
}

std::uint32_t ProgramRunner::holding(const Step& group) {
    std::uint32_t count = 0;
    for (const Step& part : programs_.steps_of(group)) {
        count += holds(part) ? 1 : 0;
    }
    return count;
}

double ProgramRunner::sum(const Step& score) {
    const std::span<const double> weights = programs_.weights_of(score);
    double sum = 0;
    std::size_t i = 0;
    for (const Step& part : programs_.steps_of(score)) {
        sum += holds(part) ? weights[i] : 0;
        ++i;
    }
    return sum;
}

void ProgramRunner::find_phrase(const Step& phrase) {
    first_.clear();
    const std::span<const WordId> words = programs_.words_of(phrase);
    const bool all_there = std::all_of(words.begin(), words.end(),
                                       [&](WordId word) { return seen_.has(word, phrase.fields); });
    if (!all_there) {
        return;
    }
    seen_.positions(words.front(), phrase.fields, first_);
    for (std::uint32_t i = 1; i < words.size() && !first_.empty(); ++i) {
        second_.clear();
        seen_.positions(words[i], phrase.fields, second_);
        auto next = second_.begin();
        std::erase_if(first_, [&](std::uint32_t position) {
            while (next != second_.end() && *next < position + i) {
                ++next;
            }
            return next == second_.end() || *next != position + i;
        });
    }
}

bool ProgramRunner::holds_near(const Step& near) {
    const std::span<const Step> parts = programs_.steps_of(near);
    if (parts.size() == 2 && parts[0].op == Op::word && parts[1].op == Op::word) {
        return holds_pair(near);
    }
    // Most fail here, before any place is looked at.
    const bool all_there =
        std::all_of(parts.begin(), parts.end(), [&](const Step& part) { return holds(part); });
    if (!all_there) {
        return false;
    }
    std::vector<const Step*> leaves;
    return !near_places(near, leaves).empty();
}

std::vector<Operand> ProgramRunner::near_places(const Step& near,
                                                std::vector<const Step*>& leaves) {
    std::vector<Operand> chain;
    for (const Step& part : programs_.steps_of(near)) {
        chain.push_back(operand_of(part, leaves));
    }
    if (!narrow_to_near(chain, programs_.links_of(near), {})) {
        chain.clear();
    }
    return chain;
}

/// Two words: no place has to be kept.
bool ProgramRunner::holds_pair(const Step& near) {
    const std::span<const Step> parts = programs_.steps_of(near);
    if (!holds(parts[0]) || !holds(parts[1])) {
        return false;
    }
    const Link& link = programs_.links_of(near).front();
    const auto reach = static_cast<std::uint32_t>(link.distance) + 1;
    first_.clear();
    second_.clear();
    seen_.positions(parts[0].first, parts[0].fields, first_);
    seen_.positions(parts[1].first, parts[1].fields, second_);
    auto behind = second_.begin();  // the first one behind the place looked at
    for (const std::uint32_t position : first_) {
        while (behind != second_.end() && *behind <= position) {
            ++behind;
        }
        if (behind != second_.end() && *behind - position <= reach) {
            return true;
        }
        if (link.kind == Link::Kind::near && behind != second_.begin()) {
            auto before = behind - 1;
            if (*before == position && before != second_.begin()) {
                --before;
            }
            if (*before < position && position - *before <= reach) {
                return true;
            }
        }
    }
    return false;
}

std::vector<Occurrence> ProgramRunner::places_of(const Step& leaf) {
    std::uint32_t length = 1;
    if (leaf.op == Op::phrase) {
        find_phrase(leaf);
        length = leaf.count;
    } else {
        first_.clear();
        seen_.positions(leaf.first, leaf.fields, first_);
    }
    std::vector<Occurrence> places;
    places.reserve(first_.size());
    for (const std::uint32_t position : first_) {
        places.push_back({.first_word = position, .last_word = position + length - 1});
    }
    return places;
}

Operand ProgramRunner::operand_of(const Step& step, std::vector<const Step*>& leaves) {
    Operand operand;
    if (step.op == Op::word || step.op == Op::phrase) {
        operand.leaf = leaves.size();
        leaves.push_back(&step);
        operand.places = places_of(step);
        return operand;
    }
    operand.kind = step.op == Op::any ? Kind::any : Kind::all;
    for (const Step& part : programs_.steps_of(step)) {
        operand.parts.push_back(operand_of(part, leaves));
    }
    return operand;
}

}  // namespace wirewatch::rules
