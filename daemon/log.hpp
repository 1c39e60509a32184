// SPDX-License-Identifier: MIT
// Where log lines go: text on a terminal, JSON lines, or journald with fields.
#pragma once

#include "base/error.hpp"

#include <string>
#include <string_view>

namespace wirewatch::daemon {

enum class LogFormat { automatic, text, json, journal };
enum class LogLevel { error, warning, info, debug };

struct LogOptions {
    LogLevel level = LogLevel::info;
    /// journal: text where there is no journald; automatic: journal where systemd reads our stderr
    /// ($JOURNAL_STREAM), else text
    LogFormat format = LogFormat::automatic;
};

/// Sets spdlog's default logger, once, before the first thread starts. Control characters never
/// reach an output raw, whatever is logged.
void set_up_log(const LogOptions& options);

/// Any thread, any time: a reload calls it. The format needs a restart.
void set_log_level(LogLevel level);

/// "feed voa-world: words". The journal takes the name out of such a beginning and sets it as the
/// field WIREWATCH_FEED (or WIREWATCH_RULE); text and JSON show the line as it is.
[[nodiscard]] std::string about_feed(std::string_view feed_id, std::string_view words);
[[nodiscard]] std::string about_rule(std::string_view rule_id, std::string_view words);

}  // namespace wirewatch::daemon
