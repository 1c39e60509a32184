// SPDX-License-Identifier: MIT
// A query as a tree: what the parser makes, what sets are put into, what is evaluated.
#pragma once

#include "rules/fields.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace wirewatch::rules {

inline constexpr std::size_t kMaxQueryBytes = 64u << 10;  ///< text of one query; our choice
inline constexpr int kMaxDepth = 200;              ///< parentheses inside each other; our choice
inline constexpr std::size_t kMaxNodes = 20'000;   ///< of a tree, its sets put in; our choice
inline constexpr std::size_t kMaxTermWords = 100;  ///< of a phrase; our choice
inline constexpr int kMaxDistance = 1'000;         ///< of NEAR/n and "..."~n; our choice

/// How a word of a term is compared with a word of the text.
enum class Form {
    bare,       ///< as the rule's `stemming` says: inflected or folded. Not in a resolved tree
    inflected,  ///< the same stem in the article's language, or the same folded form
    folded,     ///< the same, whatever case and diacritics
    exact,      ///< the same to the letter
    wildcard    ///< a shape that the folded form must have
};

struct TermWord {
    Form form = Form::bare;
    std::string folded;  ///< wildcard: the shape
    std::string exact;   ///< as written: what stems are made from
};

/// Words that stand one after the other; with `slop`, in any order with so many others between.
struct Term {
    std::vector<TermWord> words;
    std::optional<int> slop;
};

/// How two neighbours in a NEAR chain must stand to each other.
struct Link {
    enum class Kind { near, ordered, sentence, paragraph };
    Kind kind = Kind::near;
    int distance = 10;  ///< other words between, for near and ordered
};

enum class Kind {
    term,
    regex,
    host,  ///< a domain and its subdomains
    all,
    any,
    negation,
    near,
    at_least,
    score,
    field,  ///< its child looks into that field only
    set     ///< its child is the set's query; none before sets are put in
};

/// Bytes of the query text.
struct Place {
    std::size_t begin = 0;
    std::size_t end = 0;
};

struct Node {
    Kind kind = Kind::term;
    Place place;          ///< in the text of the rule or set that wrote it
    std::string written;  ///< leaves, near: as in the rule; field, set: the name; host: lower case
    FieldSet fields;      ///< of leaves in a resolved tree; of a field node
    Term term;
    std::size_t regex = 0;  ///< number in Regexes
    std::vector<Node> children;
    std::vector<Link> links;      ///< near: between child n and n + 1
    double threshold = 0;         ///< at_least: how many; score: the sum
    std::vector<double> weights;  ///< score: of each child
    bool grouped = false;         ///< stood in parentheses
};

[[nodiscard]] inline bool is_leaf(const Node& node) {
    return node.kind == Kind::term || node.kind == Kind::regex || node.kind == Kind::host;
}

}  // namespace wirewatch::rules
