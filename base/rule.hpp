// SPDX-License-Identifier: MIT
// A rule as its analyst wrote it: text and labels. rules/ compiles it, history/ keeps it.
#pragma once

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace wirewatch {

enum class Severity { low, normal, high, critical };

[[nodiscard]] constexpr std::string_view to_text(Severity severity) {
    switch (severity) {
        case Severity::low:
            return "low";
        case Severity::normal:
            return "normal";
        case Severity::high:
            return "high";
        case Severity::critical:
            return "critical";
    }
    return "normal";
}

/// Where a text stands in a file; line and column from 1, column in code points. Line 0: nowhere.
struct Position {
    std::string file;
    int line = 0;
    int column = 0;
};

/// Where a text and the file that it stands in part ways: behind an escape, such as \" in TOML.
struct Bend {
    std::size_t offset = 0;  ///< bytes of the text; from there on …
    int line = 0;            ///< … it stands here in the file
    int column = 0;
};

struct Rule {
    std::string id;  ///< [a-z0-9._-]{1,64}, unique
    std::string title;
    Severity severity = Severity::normal;
    std::vector<std::string> tags;
    std::string query;
    std::vector<std::string> feeds;  ///< "tag:world", "voa-*", ids; empty: all feeds
    bool enabled = true;
    bool stemming = true;     ///< false: bare words are exact in form
    std::optional<std::chrono::milliseconds> backfill;  ///< so far back it looks, once, when it comes
    Position at;              ///< of the first character of the query's text
    std::vector<Bend> bends;  ///< of the query's text, in order; mostly none
};

/// A named piece of a query, used as @name.
struct NamedSet {
    std::string name;  ///< [a-z0-9_-]{1,64}, unique
    std::string query;
    Position at;
    std::vector<Bend> bends;
};

}  // namespace wirewatch
