// SPDX-License-Identifier: MIT
#include "rules/near.hpp"

#include <algorithm>
#include <cstdint>
#include <iterator>
#include <optional>
#include <utility>

namespace wirewatch::rules {

namespace {

enum class Direction { either, right, left };

/// How one side of a link sees the other.
struct View {
    Link link;
    Direction direction = Direction::either;
};

/// `leaves`: all leaves gathered so far, in order.
Operand gather(const Node& node, const Reading& reading, std::vector<const Node*>& leaves) {
    Operand operand{node.kind, leaves.size(), {}, {}};
    if (is_leaf(node)) {
        leaves.push_back(&node);
        operand.places = occurrences(node, reading);
    }
    for (const Node& child : node.children) {
        operand.parts.push_back(gather(child, reading, leaves));
    }
    return operand;
}

bool holds(const Operand& operand, const auto& leaf_holds) {
    const auto part_holds = [&](const Operand& part) { return holds(part, leaf_holds); };
    switch (operand.kind) {
        case Kind::any:
            return std::any_of(operand.parts.begin(), operand.parts.end(), part_holds);
        case Kind::all:
        case Kind::field:
        case Kind::set:
            return std::all_of(operand.parts.begin(), operand.parts.end(), part_holds);
        default:
            return leaf_holds(operand.places);
    }
}

/// Both lists of words rise, so that the nearest place on each side is found by halving.
bool near_on_right(const Occurrence& from, const std::vector<Occurrence>& places, int distance) {
    const auto next = std::partition_point(places.begin(), places.end(), [&](const Occurrence& to) {
        return to.first_word <= from.last_word;
    });
    return next != places.end() && next->part == from.part &&
           next->first_word - from.last_word - 1 <= static_cast<std::size_t>(distance);
}

bool near_on_left(const Occurrence& from, const std::vector<Occurrence>& places, int distance) {
    const auto next = std::partition_point(places.begin(), places.end(), [&](const Occurrence& to) {
        return to.last_word < from.first_word;
    });
    if (next == places.begin()) {
        return false;
    }
    const Occurrence& last = *std::prev(next);
    return last.part == from.part &&
           from.first_word - last.last_word - 1 <= static_cast<std::size_t>(distance);
}

/// In the sentence or paragraph of the first word, and not the same words again.
bool in_same_unit(const Occurrence& from, const std::vector<Occurrence>& places, Link::Kind kind,
                  const std::vector<Word>& words) {
    const auto unit = [&](const Occurrence& place) {
        const Word& word = words[place.first_word];
        return kind == Link::Kind::sentence ? word.sentence : word.paragraph;
    };
    auto next = std::partition_point(places.begin(), places.end(),
                                     [&](const Occurrence& to) { return unit(to) < unit(from); });
    for (; next != places.end() && unit(*next) == unit(from); ++next) {
        if (next->first_word > from.last_word || next->last_word < from.first_word) {
            return true;
        }
    }
    return false;
}

bool reaches(const Occurrence& from, const std::vector<Occurrence>& places, const View& view,
             const std::vector<Word>& words) {
    if (view.link.kind == Link::Kind::sentence || view.link.kind == Link::Kind::paragraph) {
        return in_same_unit(from, places, view.link.kind, words);
    }
    const int distance = view.link.distance;
    return (view.direction != Direction::left && near_on_right(from, places, distance)) ||
           (view.direction != Direction::right && near_on_left(from, places, distance));
}

/// The places of a group of alternatives, all together: from a thousand of them the nearest is
/// found as fast as from one.
struct Together {
    struct Place {
        std::size_t word = 0;
        std::size_t part = 0;
    };
    std::vector<Place> firsts;  // where one begins, rising
    std::vector<Place> lasts;   // where one ends, rising
};

/// False: not all of its leaves are alternatives.
bool add_alternatives(const Operand& operand, Together& together) {
    const bool group = operand.kind == Kind::all || operand.kind == Kind::any ||
                       operand.kind == Kind::field || operand.kind == Kind::set;
    if (!group) {
        for (const Occurrence& place : operand.places) {
            together.firsts.push_back({place.first_word, place.part});
            together.lasts.push_back({place.last_word, place.part});
        }
        return true;
    }
    return (operand.kind == Kind::any || operand.parts.size() == 1) &&
           std::all_of(operand.parts.begin(), operand.parts.end(),
                       [&](const Operand& part) { return add_alternatives(part, together); });
}

constexpr std::uint64_t kSortUnits = 24;      // a place
constexpr std::uint64_t kReachUnits = 16;     // halving a list of places, twice
constexpr std::uint64_t kReachAllUnits = 40;  // the same in a longer one

/// None where the parts have to be looked at one by one.
std::optional<Together> together_of(const Operand& operand, const Link& link, Effort* effort) {
    const bool by_words = link.kind == Link::Kind::near || link.kind == Link::Kind::ordered;
    Together together;
    if (!by_words || operand.parts.size() < 2 || !add_alternatives(operand, together) ||
        !spend(effort, kSortUnits * together.firsts.size())) {
        return std::nullopt;
    }
    const auto rising = [](const Together::Place& a, const Together::Place& b) {
        return a.word < b.word;
    };
    std::sort(together.firsts.begin(), together.firsts.end(), rising);
    std::sort(together.lasts.begin(), together.lasts.end(), rising);
    return together;
}

bool reaches(const Occurrence& from, const Together& together, const View& view) {
    const auto distance = static_cast<std::size_t>(view.link.distance);
    if (view.direction != Direction::left) {
        const auto next = std::partition_point(
            together.firsts.begin(), together.firsts.end(),
            [&](const Together::Place& to) { return to.word <= from.last_word; });
        if (next != together.firsts.end() && next->part == from.part &&
            next->word - from.last_word - 1 <= distance) {
            return true;
        }
    }
    if (view.direction == Direction::right) {
        return false;
    }
    const auto next =
        std::partition_point(together.lasts.begin(), together.lasts.end(),
                             [&](const Together::Place& to) { return to.word < from.first_word; });
    return next != together.lasts.begin() && std::prev(next)->part == from.part &&
           from.first_word - std::prev(next)->word - 1 <= distance;
}

/// What a side is narrowed by.
struct Neighbour {
    const Operand& operand;
    const View& view;
    const std::vector<Word>& words;
    std::optional<Together> together;
    Effort* effort;

    [[nodiscard]] bool reached_from(const Occurrence& place) const {
        if (together) {
            return spend(effort, kReachAllUnits) && reaches(place, *together, view);
        }
        return holds(operand, [&](const std::vector<Occurrence>& places) {
            return spend(effort, kReachUnits) && reaches(place, places, view, words);
        });
    }
};

/// Rules out the places of `side` from which `other` is not in reach.
void narrow(Operand& side, const Neighbour& other) {
    if (other.effort != nullptr && other.effort->used_up()) {
        return;  // the rule is given up
    }
    std::erase_if(side.places, [&](const Occurrence& from) { return !other.reached_from(from); });
    for (Operand& part : side.parts) {
        narrow(part, other);
    }
}

void narrow(Operand& side, const Operand& other, const View& view, const std::vector<Word>& words,
            Effort* effort) {
    narrow(side, {other, view, words, together_of(other, view.link, effort), effort});
}

void narrow_chain(std::vector<Operand>& chain, std::span<const Link> links,
                  const std::vector<Word>& words, Effort* effort) {
    for (std::size_t i = 0; i < links.size(); ++i) {
        const bool ordered = links[i].kind == Link::Kind::ordered;
        narrow(chain[i + 1], chain[i], {links[i], ordered ? Direction::left : Direction::either},
               words, effort);
    }
    for (std::size_t i = links.size(); i-- > 0;) {
        const bool ordered = links[i].kind == Link::Kind::ordered;
        narrow(chain[i], chain[i + 1], {links[i], ordered ? Direction::right : Direction::either},
               words, effort);
    }
}

void collect(const Operand& operand, const std::vector<const Node*>& leaves,
             std::vector<Located>& found) {
    for (const Occurrence& place : operand.places) {
        found.push_back({leaves[operand.leaf], place});
    }
    for (const Operand& part : operand.parts) {
        collect(part, leaves, found);
    }
}

}  // namespace

bool narrow_to_near(std::vector<Operand>& chain, std::span<const Link> links,
                    const std::vector<Word>& words, Effort* effort) {
    // Once there and back settles a chain of words. A second time settles groups: in
    // `pipeline NEAR (north south)` it drops the norths beside a pipeline without a south.
    narrow_chain(chain, links, words, effort);
    const auto is_group = [](const Operand& operand) { return !operand.parts.empty(); };
    if (std::any_of(chain.begin(), chain.end(), is_group)) {
        narrow_chain(chain, links, words, effort);
    }
    const auto stands = [](const std::vector<Occurrence>& places) { return !places.empty(); };
    return std::all_of(chain.begin(), chain.end(),
                       [&](const Operand& operand) { return holds(operand, stands); });
}

std::vector<Located> near_places(const Node& near, const Reading& reading) {
    std::vector<const Node*> leaves;
    std::vector<Operand> chain;
    for (const Node& child : near.children) {
        chain.push_back(gather(child, reading, leaves));
    }
    std::vector<Located> found;
    if (narrow_to_near(chain, near.links, reading.document.words(), reading.effort)) {
        for (const Operand& operand : chain) {
            collect(operand, leaves, found);
        }
    }
    return found;
}

}  // namespace wirewatch::rules
