// SPDX-License-Identifier: MIT
// What the leaves and NEARs of many queries say of one article, each different one asked once.
#pragma once

#include "rules/query.hpp"

#include <cstdint>
#include <unordered_map>
#include <vector>

namespace wirewatch::rules {

/// Of nodes with the same fingerprint. One thread; the trees must outlive it and stay where they
/// are.
class Answers {
  public:
    explicit Answers(const std::vector<Node>& trees);

    /// Forgets the article before.
    void begin_article() { known_.assign(known_.size(), Known::no_idea); }

    /// What `ask` says, or has said of such a node. `node` is a leaf or NEAR of one of the trees.
    bool of(const Node& node, const auto& ask) {
        Known& known = known_[numbers_.at(&node)];
        if (known == Known::no_idea) {
            known = ask() ? Known::holds : Known::fails;
        }
        return known == Known::holds;
    }

  private:
    enum class Known : std::uint8_t { no_idea, holds, fails };

    std::unordered_map<const Node*, std::size_t> numbers_;
    std::vector<Known> known_;
};

}  // namespace wirewatch::rules
