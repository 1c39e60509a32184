// SPDX-License-Identifier: MIT
// The body of a feed event: a CloudEvents 1.0 event in JSON. Its schema:
// docs/feed-event.schema.json.
#pragma once

#include "base/feed_event.hpp"

#include <string>
#include <string_view>

namespace wirewatch::history {

/// At most some 30 KB: texts are cut at 1 KiB.
[[nodiscard]] std::string feed_body(const FeedEvent& event, std::string_view deployment);

}  // namespace wirewatch::history
