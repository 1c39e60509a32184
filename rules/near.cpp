// SPDX-License-Identifier: MIT
#include "rules/near.hpp"

#include <algorithm>
#include <iterator>
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

/// Rules out the places of `side` from which `other` is not in reach.
void narrow(Operand& side, const Operand& other, const View& view, const std::vector<Word>& words) {
    std::erase_if(side.places, [&](const Occurrence& from) {
        return !holds(other, [&](const std::vector<Occurrence>& places) {
            return reaches(from, places, view, words);
        });
    });
    for (Operand& part : side.parts) {
        narrow(part, other, view, words);
    }
}

void narrow_chain(std::vector<Operand>& chain, const std::vector<Link>& links,
                  const std::vector<Word>& words) {
    for (std::size_t i = 0; i < links.size(); ++i) {
        const bool ordered = links[i].kind == Link::Kind::ordered;
        narrow(chain[i + 1], chain[i], {links[i], ordered ? Direction::left : Direction::either},
               words);
    }
    for (std::size_t i = links.size(); i-- > 0;) {
        const bool ordered = links[i].kind == Link::Kind::ordered;
        narrow(chain[i], chain[i + 1], {links[i], ordered ? Direction::right : Direction::either},
               words);
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

bool narrow_to_near(std::vector<Operand>& chain, const std::vector<Link>& links,
                    const std::vector<Word>& words) {
    // Once there and back settles a chain of words. A second time settles groups: in
    // `pipeline NEAR (north south)` it drops the norths beside a pipeline without a south.
    narrow_chain(chain, links, words);
    narrow_chain(chain, links, words);
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
    if (narrow_to_near(chain, near.links, reading.document.words())) {
        for (const Operand& operand : chain) {
            collect(operand, leaves, found);
        }
    }
    return found;
}

}  // namespace wirewatch::rules
