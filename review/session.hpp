// SPDX-License-Identifier: MIT
// What a command works with: where it prints, and the configuration, read when first asked for.
#pragma once

#include "base/error.hpp"
#include "base/feed.hpp"
#include "base/rule.hpp"
#include "history/reader.hpp"
#include "review/terminal.hpp"
#include "rules/problem.hpp"

#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace wirewatch::review {

/// As much of the configuration as commands need.
struct Setup {
    std::filesystem::path file;
    std::filesystem::path database;
    std::vector<Feed> feeds;
    std::vector<NamedSet> sets;
    std::vector<Rule> rules;
    std::vector<rules::Problem> problems;  ///< of the files, not of the rules' queries
    bool parsed = true;                    ///< false: not even the database is known
};

struct Session {
    Terminal terminal;
    const Clock& clock;
    /// Reads the configuration of --config (none: the default one). Given by daemon/, which alone
    /// knows its format.
    std::function<Result<Setup>(std::optional<std::filesystem::path>)> load;
    std::optional<std::filesystem::path> config_file;  ///< --config
};

/// Prints "wirewatch: …" and says how the program should end for that error.
int report(const Session& session, const Error& error);

/// The configuration. Its problems are printed; as long as the database is known, they keep nobody
/// from the history. Else an exit code.
[[nodiscard]] tl::expected<Setup, int> load(const Session& session);

/// The history of that configuration, or an exit code after the error was printed.
[[nodiscard]] tl::expected<history::Reader, int> open_history(const Session& session,
                                                              const Setup& setup);

struct Opened {
    Setup setup;
    history::Reader reader;
};

/// Both of the above.
[[nodiscard]] tl::expected<Opened, int> open(const Session& session);

}  // namespace wirewatch::review
