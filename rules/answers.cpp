// SPDX-License-Identifier: MIT
#include "rules/answers.hpp"

#include "rules/fingerprint.hpp"

#include <string>

namespace wirewatch::rules {

namespace {

void visit(const Node& node, const auto& take) {
    if (is_leaf(node) || node.kind == Kind::near) {
        take(node);
    }
    for (const Node& child : node.children) {
        visit(child, take);
    }
}

}  // namespace

Answers::Answers(const std::vector<Node>& trees) {
    std::unordered_map<std::string, std::size_t> numbers;
    for (const Node& tree : trees) {
        visit(tree, [&](const Node& node) {
            const std::size_t number =
                numbers.try_emplace(fingerprint(node), numbers.size()).first->second;
            numbers_.emplace(&node, number);
        });
    }
    known_.resize(numbers.size());
}

}  // namespace wirewatch::rules
