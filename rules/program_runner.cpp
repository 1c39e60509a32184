// SPDX-License-Identifier: MIT
#include "rules/program_runner.hpp"

#include <algorithm>

namespace wirewatch::rules {

bool ProgramRunner::holds(const Step& step) {
    switch (step.op) {
        case Op::word:
            return seen_.has(step.first, step.fields);
        case Op::phrase:
            return holds_phrase(step);
        case Op::all:
            for (const Step& part : programs_.steps_of(step)) {
                if (!effort_.spend(1) || !holds(part)) {
                    return false;
                }
            }
            return true;
        case Op::any:
            for (const Step& part : programs_.steps_of(step)) {
                if (!effort_.spend(1)) {
                    return false;
                }
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
        if (!effort_.spend(1)) {
            break;
        }
        count += holds(part) ? 1 : 0;
    }
    return count;
}

double ProgramRunner::sum(const Step& score) {
    const std::span<const double> weights = programs_.weights_of(score);
    double sum = 0;
    std::size_t i = 0;
    for (const Step& part : programs_.steps_of(score)) {
        if (!effort_.spend(1)) {
            break;
        }
        sum += holds(part) ? weights[i] : 0;
        ++i;
    }
    return sum;
}

bool ProgramRunner::has_all(const Step& phrase) const {
    const std::span<const WordId> words = programs_.words_of(phrase);
    return std::all_of(words.begin(), words.end(),
                       [&](WordId word) { return seen_.has(word, phrase.fields); });
}

/// Each of its places is compared with all of the others.
bool ProgramRunner::is_short(std::span<const WordId> words, WordId rarest) const {
    constexpr std::size_t kFew = 16;
    constexpr std::size_t kShort = 2'048;
    const std::size_t few = seen_.count(rarest);
    std::size_t all = 0;
    for (const WordId word : words) {
        all += seen_.count(word);
    }
    return few <= kFew && few * all <= kShort;
}

/// From the word with the fewest places.
bool ProgramRunner::holds_phrase(const Step& phrase) {
    if (!has_all(phrase)) {
        return false;
    }
    const std::span<const WordId> words = programs_.words_of(phrase);
    const auto rarest = static_cast<std::uint32_t>(rarest_of(words));
    if (!effort_.spend(words.size())) {
        return false;
    }
    if (!is_short(words, words[rarest])) {
        find_phrase(phrase);
        return !first_.empty();
    }
    for (SeenWords::Backwards at{seen_, words[rarest], phrase.fields}; !at.done(); at.next()) {
        std::uint32_t i = 0;
        while (i < words.size() &&
               (i == rarest || stands_at(words[i], phrase.fields, at.position() + i - rarest))) {
            ++i;
        }
        if (i == words.size()) {
            return true;
        }
    }
    return false;
}

bool ProgramRunner::stands_at(WordId word, std::uint16_t fields, std::uint32_t position) const {
    SeenWords::Backwards at{seen_, word, fields};
    while (!at.done() && at.position() > position) {
        at.next();
    }
    return !at.done() && at.position() == position;
}

void ProgramRunner::find_phrase(const Step& phrase) {
    first_.clear();
    const std::span<const WordId> words = programs_.words_of(phrase);
    const std::size_t rarest = rarest_of(words);
    add_positions(words[rarest], phrase.fields, first_);
    for (std::uint32_t& position : first_) {
        position -=
            static_cast<std::uint32_t>(rarest);  // parts begin farther in than a phrase is long
    }
    for (std::size_t i = 0; i < words.size() && !first_.empty(); ++i) {
        const auto same = words.begin() + static_cast<std::ptrdiff_t>(i);
        if (std::find(words.begin(), same, words[i]) != same) {
            continue;  // its places have been looked at
        }
        second_.clear();
        add_positions(words[i], phrase.fields, second_);
        for (std::size_t j = i; j < words.size(); ++j) {
            if (words[j] == words[i] && j != rarest) {
                keep_those_before_second(static_cast<std::uint32_t>(j));
            }
        }
    }
}

/// Of first_, the positions that have one of second_ so many words behind them.
void ProgramRunner::keep_those_before_second(std::uint32_t distance) {
    constexpr std::size_t kHalvingUnits = 4;
    const bool halving = first_.size() * kHalvingUnits < second_.size();
    if (!effort_.spend(halving ? first_.size() * kHalvingUnits : second_.size())) {
        first_.clear();
        return;
    }
    auto next = second_.begin();
    std::erase_if(first_, [&](std::uint32_t position) {
        const std::uint32_t wanted = position + distance;
        if (halving) {
            next = std::lower_bound(next, second_.end(), wanted);
        }
        while (next != second_.end() && *next < wanted) {
            ++next;
        }
        return next == second_.end() || *next != wanted;
    });
}

std::size_t ProgramRunner::rarest_of(std::span<const WordId> words) const {
    const auto rarest = std::min_element(words.begin(), words.end(), [&](WordId a, WordId b) {
        return seen_.count(a) < seen_.count(b);
    });
    return static_cast<std::size_t>(rarest - words.begin());
}

void ProgramRunner::add_positions(WordId word, std::uint16_t fields,
                                  std::vector<std::uint32_t>& positions) {
    constexpr std::uint64_t kPlaceUnits = 8;  // they lie all over the memory
    if (effort_.spend(1 + kPlaceUnits * seen_.count(word))) {
        seen_.positions(word, fields, positions);
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
    if (!narrow_to_near(chain, programs_.links_of(near), {}, &effort_)) {
        chain.clear();
    }
    return chain;
}

/// Two words, from the last places to the first: of two neighbours among the places of both, the
/// one that stands later is done.
bool ProgramRunner::holds_pair(const Step& near) {
    const std::span<const Step> parts = programs_.steps_of(near);
    const Link& link = programs_.links_of(near).front();
    const auto reach = static_cast<std::uint32_t>(link.distance) + 1;
    constexpr std::uint64_t kPlaceUnits = 4;
    if (!effort_.spend(1 + kPlaceUnits * (std::uint64_t{seen_.count(parts[0].first)} +
                                          seen_.count(parts[1].first)))) {
        return false;
    }
    SeenWords::Backwards left{seen_, parts[0].first, parts[0].fields};
    SeenWords::Backwards right{seen_, parts[1].first, parts[1].fields};
    const auto near_enough = [&](const SeenWords::Backwards& before,
                                 const SeenWords::Backwards& behind) {
        return !before.done() && behind.position() - before.position() <= reach;
    };
    const bool ordered = link.kind == Link::Kind::ordered;
    while (!left.done() && !right.done()) {
        if (left.position() < right.position()) {
            if (near_enough(left, right)) {
                return true;
            }
            right.next();
        } else if (right.position() < left.position()) {
            if (!ordered && near_enough(right, left)) {
                return true;
            }
            left.next();
        } else {  // one place of both words: each is looked at with the other's next
            SeenWords::Backwards left_before = left;
            left_before.next();
            SeenWords::Backwards right_before = right;
            right_before.next();
            if (near_enough(left_before, right) || (!ordered && near_enough(right_before, left))) {
                return true;
            }
            left.next();
            right.next();
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
        add_positions(leaf.first, leaf.fields, first_);
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
