// SPDX-License-Identifier: MIT
// An alert or feed event as it came over the wire, for a person to read.
#pragma once

#include "base/error.hpp"
#include "review/terminal.hpp"

#include <string>
#include <string_view>

namespace wirewatch::daemon {

/// Several lines: rule, feed, title and summary with the matched words highlighted, link. Error:
/// invalid, where `body` is no alert.
[[nodiscard]] Result<std::string> alert_in_words(const review::Terminal& terminal,
                                                 std::string_view body);

/// One line: seq, feed, and what befell it. Error: invalid, where `body` is no feed event.
[[nodiscard]] Result<std::string> feed_event_in_words(const review::Terminal& terminal,
                                                      std::string_view body);

}  // namespace wirewatch::daemon
