// SPDX-License-Identifier: MIT
#include "rules/required_words.hpp"

#include "rules/compiled_rules.hpp"
#include "rules/spellings.hpp"

#include <algorithm>
#include <utility>
#include <vector>

namespace wirewatch::rules {

namespace {

using Kind = Requirement::Kind;

std::size_t spellings_in(const Requirement& requirement) {
    std::size_t count = requirement.spellings.size();
    for (const Requirement& part : requirement.parts) {
        count += spellings_in(part);
    }
    return count;
}

/// All parts that require something, the shortest first, as long as there is room.
Requirement all_of(std::vector<Requirement> parts) {
    std::erase_if(parts, [](const Requirement& part) { return part.kind == Kind::nothing; });
    std::stable_sort(parts.begin(), parts.end(), [](const Requirement& a, const Requirement& b) {
        return spellings_in(a) < spellings_in(b);
    });
    std::size_t room = kMaxSpellings;
    std::size_t kept = 0;
    while (kept < parts.size() && spellings_in(parts[kept]) <= room) {
        room -= spellings_in(parts[kept++]);
    }
    parts.resize(kept);
    if (parts.size() == 1) {
        return std::move(parts.front());
    }
    return parts.empty() ? Requirement{}
                         : Requirement{.kind = Kind::all, .parts = std::move(parts)};
}

/// One part holds, and nobody knows which: where one requires nothing, nor does the whole.
Requirement any_of(std::vector<Requirement> parts) {
    std::size_t spellings = 0;
    for (const Requirement& part : parts) {
        if (part.kind == Kind::nothing) {
            return {};
        }
        spellings += spellings_in(part);
    }
    if (parts.empty() || spellings > kMaxSpellings) {
        return {};
    }
    return parts.size() == 1 ? std::move(parts.front())
                             : Requirement{.kind = Kind::any, .parts = std::move(parts)};
}

std::vector<Requirement> of_children(const Node& node) {
    std::vector<Requirement> parts;
    for (const Node& child : node.children) {
        parts.push_back(required_words(child));
    }
    return parts;
}

/// All words of a term, in the fields where it is looked for.
Requirement of_term(const Node& leaf) {
    std::vector<Field> fields;
    for (const Field field : {Field::title, Field::summary, Field::content}) {
        if (leaf.fields.test(index_of(field))) {
            fields.push_back(field);
        }
    }
    if (fields.empty() || fields.size() < leaf.fields.count()) {
        return {};
    }
    std::vector<Requirement> words;
    for (const TermWord& word : leaf.term.words) {
        words.push_back(required_word(word));
        words.back().fields = fields;
    }
    // A possessive 's is a word to an index, and "U.S.A." three.
    constexpr std::size_t kIndexedFor = 3;
    Requirement all = all_of(std::move(words));
    const std::size_t count = leaf.term.words.size();
    if (!leaf.term.slop && all.kind == Kind::all && all.parts.size() == count) {
        all.within = count * kIndexedFor;
    }
    return all;
}

/// Without what weighs something no sum above zero is reached.
Requirement of_score(const Node& score) {
    std::vector<Requirement> parts;
    for (std::size_t i = 0; i < score.children.size(); ++i) {
        if (score.weights[i] > 0) {
            parts.push_back(required_words(score.children[i]));
        }
    }
    return score.threshold > 0 ? any_of(std::move(parts)) : Requirement{};
}

}  // namespace

Requirement required_words(const Node& node) {
    switch (node.kind) {
        case rules::Kind::term:
            return of_term(node);
        case rules::Kind::all:
        case rules::Kind::near:
        case rules::Kind::field:
        case rules::Kind::set:
            return all_of(of_children(node));
        case rules::Kind::any:
            return any_of(of_children(node));
        case rules::Kind::at_least:
            return node.threshold < 1 ? Requirement{} : any_of(of_children(node));
        case rules::Kind::score:
            return of_score(node);
        case rules::Kind::regex:
        case rules::Kind::host:
        case rules::Kind::negation:
            return {};
    }
    return {};
}

Requirement required_words(const RuleSet& rules, std::string_view rule_id) {
    const auto rule = rules.compiled().find(rule_id);
    return rule ? required_words(rules.compiled().tree_of(*rule)) : Requirement{};
}

}  // namespace wirewatch::rules
