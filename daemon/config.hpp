// SPDX-License-Identifier: MIT
// The configuration: TOML files on one side, every folder's Options on the other. All keys, their
// defaults and meaning: docs/configuration.md.
#pragma once

#include "base/error.hpp"
#include "base/feed.hpp"
#include "base/rule.hpp"
#include "daemon/config_stream.hpp"
#include "daemon/feed_access.hpp"
#include "daemon/log.hpp"
#include "daemon/metrics.hpp"
#include "daemon/toml_table.hpp"
#include "feeds/curl_fetcher.hpp"
#include "feeds/http_policy.hpp"
#include "feeds/parser.hpp"
#include "feeds/scheduler.hpp"
#include "publishers/zmq_publisher.hpp"

#include <chrono>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace wirewatch::daemon {

struct Config {
    std::filesystem::path file;
    std::string deployment = "local";  ///< names this installation in alerts; part of every uuid
    std::filesystem::path database;
    std::filesystem::path control_socket;

    feeds::FetchOptions fetch;
    feeds::SchedulerOptions scheduler;
    feeds::PollOptions poll;
    feeds::ParseLimits parse;
    std::chrono::milliseconds first_poll_window = std::chrono::hours{24};
    publishers::ZmqOptions zmq;
    publishers::AllowList::Clients clients;  ///< who may subscribe, with CURVE
    TailOptions tail;
    LogOptions log;
    MetricsOptions metrics;

    std::vector<Feed> feeds;
    std::vector<NamedSet> sets;
    std::vector<Rule> rules;
};

/// What was read, as far as it was good, and everything that was not.
struct ConfigReading {
    Config config;
    Problems problems;
    bool parsed = false;  ///< the main file is TOML: what is good of it was read
    std::vector<std::filesystem::path> files;  ///< all that were read, without symbolic links
    std::filesystem::path feeds_file;          ///< the one with the last feed; empty: no feeds

    [[nodiscard]] bool good() const { return problems.empty(); }
};

/// A text that a file is meant to have: it need not be there yet.
struct FileDraft {
    std::filesystem::path file;  ///< absolute, without symbolic links
    std::string text;
};

struct ConfigAsk {
    const FileDraft* draft = nullptr;  ///< read in the place of its file
    SecretUse secrets = SecretUse::read;
    ConfigListing* listing = nullptr;  ///< is told every key and its value in force
};

/// Reads `file` and what it includes. Errors: not_found, io, too_large (of `file` itself); all else
/// is in the problems. Whether the queries of rules are good, only compiling them tells.
[[nodiscard]] Result<ConfigReading> read_config(const std::filesystem::path& file,
                                                const ConfigAsk& ask = {});

/// The first that exists of /etc/wirewatch/wirewatch.toml and
/// $XDG_CONFIG_HOME/wirewatch/wirewatch.toml (~/.config where that is not set). Error: not_found,
/// with the places looked at and what to do.
[[nodiscard]] Result<std::filesystem::path> find_config();

/// Where the database is kept where the configuration does not say: $STATE_DIRECTORY (set by
/// systemd), else /var/lib/wirewatch for root, else $XDG_STATE_HOME/wirewatch.
[[nodiscard]] std::filesystem::path default_database();

/// Where the daemon listens for commands where the configuration does not say: beside its database,
/// which every command knows the place of, unlike the environment of a service.
[[nodiscard]] std::filesystem::path default_control_socket(const std::filesystem::path& database);

}  // namespace wirewatch::daemon
