// SPDX-License-Identifier: MIT
// What `wirewatch tail` was asked to do, and what a subscriber needs for it.
#pragma once

#include "daemon/exec_queue.hpp"
#include "publishers/subscriber.hpp"
#include "review/session.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace wirewatch::daemon {

struct TailArguments {
    std::vector<std::string> rules;
    bool feeds = false;
    std::optional<std::uint64_t> since;
    std::string cursor_file;
    std::string live;
    std::string replay;
    std::string key_file;
    std::string server_key;
    std::uint64_t limit = 0;  ///< 0: none
    bool no_follow = false;
    bool json = false;
    ExecOptions exec;  ///< no command: print
};

/// What was asked for. Error: invalid, where a rule's id is none.
[[nodiscard]] Result<publishers::Subscription> subscription(const TailArguments& arguments);

/// Endpoints and keys from the command line, else from the configuration; the place from the cursor
/// file. An exit code, after the error was printed.
[[nodiscard]] tl::expected<publishers::SubscriberOptions, int> subscriber_options(
    const review::Session& session, const TailArguments& arguments);

}  // namespace wirewatch::daemon
