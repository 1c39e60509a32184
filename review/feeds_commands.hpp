// SPDX-License-Identifier: MIT
// What stands below `wirewatch feeds`, and what these commands share.
#pragma once

#include "feeds/discovery.hpp"
#include "review/commands.hpp"
#include "review/session.hpp"

#include <functional>
#include <string>
#include <vector>

namespace wirewatch::review {

void add_feeds_show(CLI::App& feeds, Session& session, Run& run);
void add_feeds_orders(CLI::App& feeds, Session& session, Run& run);  ///< refresh, pause, resume
void add_feeds_parse(CLI::App& feeds, Session& session, Run& run);
void add_feeds_discover(CLI::App& feeds, Session& session, Run& run);
void add_feeds_add(CLI::App& feeds, Session& session, Run& run);
void add_feeds_import(CLI::App& feeds, Session& session, Run& run);
void add_feeds_export(CLI::App& feeds, Session& session, Run& run);

/// Prints the configured feeds as an OPML list. Gives the exit code.
[[nodiscard]] int export_feeds(const Session& session);

/// --allow-private: what Feed::allow_private is to a feed. A wrong one is a usage error.
void add_allow_private(CLI::App& command, std::vector<std::string>& networks);

/// A table of what was found, and below it why the rest could not be verified.
void print_found(const Terminal& terminal, const std::vector<feeds::FoundFeed>& found);

/// Tells a person on a terminal which address is being looked at; nothing elsewhere.
[[nodiscard]] std::function<void(const std::string&)> progress_on(const Terminal& terminal);

/// Removes that line again.
void end_progress(const Terminal& terminal);

/// Appends the feeds to the configuration and says where they are and what to do next, or what is
/// wrong. Gives the exit code.
[[nodiscard]] int write_feeds(const Session& session, const std::vector<Feed>& feeds,
                              const std::string& file);

}  // namespace wirewatch::review
