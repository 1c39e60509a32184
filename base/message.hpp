// SPDX-License-Identifier: MIT
// A message of the stream: an alert or a feed event as the outbox holds it and subscribers get it.
// The contract: docs/alerts.md.
#pragma once

#include "base/digest.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace wirewatch {

constexpr std::size_t kMaxMessageBytes = 64u << 10;  ///< all five frames together
constexpr std::size_t kMaxTopicBytes = 128;
constexpr std::size_t kMaxPropertyBytes = 1024;
constexpr std::size_t kMaxBodyBytes =
    kMaxMessageBytes - kMaxTopicBytes - sizeof(std::uint64_t) - sizeof(Uuid) - kMaxPropertyBytes;

constexpr std::string_view kAlerts = "alert/";    ///< every alert's topic begins so
constexpr std::string_view kFeeds = "sys/feed/";  ///< every feed event's topic begins so

struct Message {
    std::string topic;       ///< "alert/<rule-id>/" or "sys/feed/<feed-id>/"
    std::uint64_t seq = 0;   ///< from 1, without gaps within an epoch
    std::uint64_t tseq = 0;  ///< from 1, without gaps within an epoch and topic
    Uuid uuid{};
    std::string epoch;  ///< of the database: 16 hex digits
    std::string body;   ///< CloudEvents 1.0 in JSON, written once, at the commit
};

/// "alert/<rule-id>/". It ends in "/", because a subscription is a byte prefix.
[[nodiscard]] inline std::string alert_topic(std::string_view rule_id) {
    return std::string{kAlerts}.append(rule_id).append("/");
}

/// "sys/feed/<feed-id>/".
[[nodiscard]] inline std::string feed_topic(std::string_view feed_id) {
    return std::string{kFeeds}.append(feed_id).append("/");
}

}  // namespace wirewatch
