// SPDX-License-Identifier: MIT
// What a message of the stream says, read back out of its body. What the body does not say stays as
// it is by default; a body of another shape ends the test by an exception.
#pragma once

#include "base/alert.hpp"
#include "base/feed_event.hpp"
#include "base/message.hpp"

#include <vector>

namespace wirewatch::support {

[[nodiscard]] Alert read_alert(const Message& message);
[[nodiscard]] FeedEvent read_feed_event(const Message& message);

/// Those that are alerts.
[[nodiscard]] std::vector<Alert> read_alerts(const std::vector<Message>& messages);

}  // namespace wirewatch::support
