// SPDX-License-Identifier: MIT
// The named sets, and putting them into queries.
#pragma once

#include "base/rule.hpp"
#include "rules/problem.hpp"
#include "rules/query.hpp"
#include "rules/regexes.hpp"
#include "rules/resolver.hpp"
#include "rules/source.hpp"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace wirewatch::rules {

/// Of a resolved tree, from root to leaf; bounds the recursion of all that walks it. Room for what
/// kMaxDepth groups can hold: each may add an OR, an AND, a NOT, a NEAR and a field.
inline constexpr std::size_t kMaxTreeDepth = 5 * static_cast<std::size_t>(kMaxDepth) + 5;

class Sets {
  public:
    /// Parses and checks all sets: names used twice, unknown names, cycles, sizes. `sets` must
    /// outlive this.
    Sets(const std::vector<NamedSet>& sets, Regexes& regexes);

    /// What is wrong with the sets themselves.
    [[nodiscard]] const std::vector<Problem>& problems() const { return problems_; }

    /// About each of these references that names no usable set.
    [[nodiscard]] std::vector<Complaint> complaints_about(const std::vector<Node>& sets) const;

    /// The query with its sets put in, every leaf knowing its fields and every word its form.
    [[nodiscard]] Resolved resolve(const Node& query, Stemming stemming) const;

  private:
    struct Size {
        std::size_t nodes = 0;  ///< counts up to one past kMaxNodes
        std::size_t depth = 0;
    };
    enum class State { unseen, open, good, bad };
    struct Entry {
        Source source;
        std::optional<Node> query;
        std::vector<Node> sets;  ///< of a set that cannot be read
        State state = State::unseen;
        Size size;
    };

    void parse_all(const std::vector<NamedSet>& sets, Regexes& regexes);
    bool check(const std::string& name, std::vector<std::string>& path);
    bool check_reference(const Entry& entry, const Node& reference, std::vector<std::string>& path);
    [[nodiscard]] Size measure(const Node& node) const;
    [[nodiscard]] std::vector<Complaint> complaints_about(const Node& query) const;
    [[nodiscard]] std::optional<Complaint> complaint_about(const Node& reference) const;
    [[nodiscard]] std::string unknown(const std::string& name) const;

    std::map<std::string, Entry> entries_;
    std::vector<Problem> problems_;
};

}  // namespace wirewatch::rules
