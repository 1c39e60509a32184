// SPDX-License-Identifier: MIT
#include "rules/containment.hpp"

#include "rules/term.hpp"

#include <algorithm>
#include <string_view>

namespace wirewatch::rules {

namespace {

bool are_within(const FieldSet& narrow, const FieldSet& wide) {
    return (narrow & ~wide).none();
}

/// news.example.com lies within example.com.
bool host_covers(std::string_view wide, std::string_view narrow) {
    if (wide == narrow) {
        return true;
    }
    const bool one_label = wide.find('.') == std::string_view::npos;
    const std::string_view tail = wide.starts_with('.') ? wide.substr(1) : wide;
    return !one_label && narrow.size() > tail.size() && narrow.ends_with(tail) &&
           narrow[narrow.size() - tail.size() - 1] == '.';
}

bool leaf_covers(const Node& wide, const Node& narrow) {
    if (wide.kind != narrow.kind || !are_within(narrow.fields, wide.fields)) {
        return false;
    }
    switch (wide.kind) {
        case Kind::term:
            return term_covers(wide.term, narrow.term);
        case Kind::regex:
            return wide.regex == narrow.regex;
        case Kind::host:
            return host_covers(wide.written, narrow.written);
        default:
            return false;
    }
}

/// Whether every place of `narrow` is one of `wide` too, word for word: what NEAR measures from.
bool place_covers(const Node& wide, const Node& narrow) {
    return is_leaf(wide) && leaf_covers(wide, narrow) &&
           wide.term.words.size() == narrow.term.words.size() && wide.term.slop == narrow.term.slop;
}

/// Whether places as close as `narrow` wants them are as close as `wide` wants them.
bool link_covers(const Link& wide, const Link& narrow) {
    const bool both_units = wide.kind == narrow.kind && (wide.kind == Link::Kind::sentence ||
                                                         wide.kind == Link::Kind::paragraph);
    const bool sentence_in_paragraph =
        wide.kind == Link::Kind::paragraph && narrow.kind == Link::Kind::sentence;
    const bool words = (narrow.kind == Link::Kind::near || narrow.kind == Link::Kind::ordered) &&
                       (wide.kind == Link::Kind::near || wide.kind == narrow.kind);
    return both_units || sentence_in_paragraph || (words && narrow.distance <= wide.distance);
}

/// Sets and fields are settled in the leaves: what they hold is what counts.
const Node& inner(const Node& node) {
    const Node* at = &node;
    while (at->kind == Kind::set || at->kind == Kind::field) {
        at = &at->children.front();
    }
    return *at;
}

}  // namespace

bool Containment::contains(const Node& wide_node, const Node& narrow_node) {
    if (steps_ == 0) {
        return false;
    }
    --steps_;
    const Node& wide = inner(wide_node);
    const Node& narrow = inner(narrow_node);
    if (narrow.kind == Kind::any) {
        return std::all_of(narrow.children.begin(), narrow.children.end(),
                           [&](const Node& part) { return contains(wide, part); });
    }
    if (wide.kind == Kind::all) {
        return std::all_of(wide.children.begin(), wide.children.end(),
                           [&](const Node& part) { return contains(part, narrow); });
    }
    if (wide.kind == Kind::any &&
        std::any_of(wide.children.begin(), wide.children.end(),
                    [&](const Node& part) { return contains(part, narrow); })) {
        return true;
    }
    if (wide.kind == Kind::at_least && static_cast<double>(held(wide, narrow)) >= wide.threshold) {
        return true;
    }
    return contains_same_kind(wide, narrow) || contains_in_alternative(wide, narrow);
}

/// What `narrow` needs besides other things may be enough.
bool Containment::contains_in_alternative(const Node& wide, const Node& narrow) {
    switch (narrow.kind) {
        case Kind::all:
        case Kind::near:  // holds only where each of its operands does
            return std::any_of(narrow.children.begin(), narrow.children.end(),
                               [&](const Node& part) { return contains(wide, part); });
        case Kind::at_least: {
            // Any n of the k hold: enough where at most n - 1 of them are not contained.
            const auto outside =
                std::count_if(narrow.children.begin(), narrow.children.end(),
                              [&](const Node& part) { return !contains(wide, part); });
            return static_cast<double>(outside) < narrow.threshold;
        }
        default:
            return false;
    }
}

bool Containment::contains_same_kind(const Node& wide, const Node& narrow) {
    if (is_leaf(wide) || wide.kind != narrow.kind) {
        return is_leaf(wide) && leaf_covers(wide, narrow);
    }
    const auto pairwise = [&](const auto& covers) {
        return std::equal(wide.children.begin(), wide.children.end(), narrow.children.begin(),
                          narrow.children.end(), covers);
    };
    const auto part_contains = [&](const Node& a, const Node& b) { return contains(a, b); };
    switch (wide.kind) {
        case Kind::negation:
            return contains(narrow.children.front(), wide.children.front());
        case Kind::near:
            return std::equal(wide.links.begin(), wide.links.end(), narrow.links.begin(),
                              narrow.links.end(), link_covers) &&
                   pairwise(place_covers);
        case Kind::at_least:
            return narrow.threshold >= wide.threshold && pairwise(part_contains);
        case Kind::score:
            return narrow.threshold >= wide.threshold && wide.weights == narrow.weights &&
                   pairwise([&](const Node& a, const Node& b) {
                       return contains(a, b) && contains(b, a);
                   });
        default:
            return false;
    }
}

/// How many parts of an ATLEAST hold wherever `narrow` does.
std::size_t Containment::held(const Node& list, const Node& narrow) {
    return static_cast<std::size_t>(
        std::count_if(list.children.begin(), list.children.end(),
                      [&](const Node& part) { return contains(part, narrow); }));
}

bool Containment::contains(const Node& wide_node, const std::vector<const Node*>& narrow) {
    const Node& wide = inner(wide_node);
    if (wide.kind == Kind::all) {
        return std::all_of(wide.children.begin(), wide.children.end(),
                           [&](const Node& part) { return contains(part, narrow); });
    }
    if (wide.kind == Kind::any &&
        std::any_of(wide.children.begin(), wide.children.end(),
                    [&](const Node& part) { return contains(part, narrow); })) {
        return true;
    }
    return std::any_of(narrow.begin(), narrow.end(),
                       [&](const Node* part) { return contains(wide, *part); });
}

}  // namespace wirewatch::rules
