// SPDX-License-Identifier: MIT
// The lists that any configuration file may hold: [[feed]], [sets] and [[rule]].
#pragma once

#include "base/feed.hpp"
#include "base/rule.hpp"
#include "daemon/feed_access.hpp"
#include "daemon/toml_table.hpp"

#include <chrono>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

namespace wirewatch::daemon {

/// The shortest interval of a feed. Meant for sources of one's own; no publisher likes it. Our
/// choice.
inline constexpr std::chrono::milliseconds kShortestInterval{100};

struct Lists {
    std::vector<Feed> feeds;
    std::vector<NamedSet> sets;
    std::vector<Rule> rules;
    std::unordered_set<std::string> feed_ids;  ///< taken so far
    std::vector<std::string> file_roots;       ///< where file:// feeds may be
    AccessFiles access;                        ///< of feeds
};

/// Each adds to `lists` what is good and complains of the rest in the table's problems. Names taken
/// twice are refused over all files; for rules, compiling them tells.
void read_feeds(TomlTable& root, Lists& lists);
void read_sets(TomlTable& root, Lists& lists);
void read_rules(TomlTable& root, Lists& lists);

}  // namespace wirewatch::daemon
