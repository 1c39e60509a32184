// SPDX-License-Identifier: MIT
// What a command works with: where it prints, and the configuration, read when first asked for.
#pragma once

#include "base/error.hpp"
#include "base/feed.hpp"
#include "base/rule.hpp"
#include "feeds/fetch_options.hpp"
#include "feeds/parser.hpp"
#include "history/reader.hpp"
#include "review/terminal.hpp"
#include "rules/problem.hpp"

#include <cstddef>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace wirewatch::review {

/// As much of the configuration as commands need.
struct Setup {
    std::filesystem::path file;
    std::string deployment = "local";  ///< as in alerts
    std::filesystem::path database;
    std::filesystem::path control_socket;
    std::filesystem::path backups;  ///< the directory of those that the daemon makes
    std::size_t max_bytes = 0;      ///< of the database; 0: no limit
    std::vector<Feed> feeds;
    std::vector<NamedSet> sets;
    std::vector<Rule> rules;
    std::vector<rules::Problem> problems;  ///< of the files, not of the rules' queries
    bool parsed = true;                    ///< false: not even the database is known
    feeds::FetchOptions fetch;
    feeds::ParseLimits parse;
};

/// What came of writing feeds into the configuration.
struct FeedsWritten {
    std::filesystem::path file;            ///< that holds them now
    std::vector<rules::Problem> problems;  ///< of what it would be; not empty: nothing was written
};

/// How feeds get into the configuration. Given by daemon/, which alone knows its format.
struct FeedWriting {
    /// The text that stands for these feeds.
    std::function<std::string(const std::vector<Feed>&)> blocks;
    /// Adds it to a file of the configuration of --config: the one named, or the one with the
    /// feeds.
    std::function<Result<FeedsWritten>(const std::optional<std::filesystem::path>& config,
                                       const std::vector<Feed>&,
                                       const std::optional<std::filesystem::path>& file)>
        append;
};

struct Session {
    Terminal terminal;
    const Clock& clock;
    /// Reads the configuration of --config (none: the default one). Given by daemon/, which alone
    /// knows its format.
    std::function<Result<Setup>(std::optional<std::filesystem::path>)> load;
    std::optional<std::filesystem::path> config_file;  ///< --config
    FeedWriting writing;
};

/// How to call this program again, for commands that are there to be copied: "wirewatch", with the
/// --config that it was given.
[[nodiscard]] std::string this_program(const Session& session);

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
