// SPDX-License-Identifier: MIT
// The bytes of the live stream, both ways. The contract: docs/alerts.md.
#pragma once

#include "base/alert.hpp"
#include "base/error.hpp"
#include "base/feed_event.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace wirewatch::publishers {

constexpr std::size_t kMaxMessageBytes = 64u << 10;  ///< all five frames together
constexpr std::size_t kMaxTopicBytes = 128;
constexpr std::size_t kMaxPropertyBytes = 1024;

constexpr std::string_view kAlerts = "alert/";    ///< every alert's topic begins so
constexpr std::string_view kFeeds = "sys/feed/";  ///< every feed event's topic begins so
constexpr std::string_view kHeartbeat = "HUGZ";
constexpr std::string_view kWelcome = "sys/welcome/";

/// Frames 0 to 4: topic, seq, uuid, properties, body.
using Frames = std::array<std::string, 5>;

/// An alert as subscribers see it; a summary that would break kMaxMessageBytes is shortened.
[[nodiscard]] Frames encode(const Alert& alert, std::string_view deployment,
                            std::string_view epoch);

/// A feed event as subscribers see it.
[[nodiscard]] Frames encode(const FeedEvent& event, std::string_view deployment,
                            std::string_view epoch);

/// The heartbeat: topic "HUGZ", seq = head of the stream.
[[nodiscard]] Frames heartbeat(std::uint64_t head, std::string_view epoch);

/// What a peer hears when it subscribes: a heartbeat that also tells the oldest seq kept.
[[nodiscard]] Frames welcome(std::uint64_t head, std::uint64_t oldest, std::string_view epoch);

/// What a subscriber reads out of five frames.
struct Message {
    std::string topic;
    std::uint64_t seq = 0;
    Uuid uuid{};
    std::string epoch;
    std::uint64_t tseq = 0;
    std::string body;  ///< CloudEvents 1.0 in JSON; empty in heartbeats and welcomes
};

/// Error: invalid, where the frames are not of that shape.
[[nodiscard]] Result<Message> decode(std::span<const std::string> frames);

/// "alert/<rule-id>/". It ends in "/", because a subscription is a byte prefix.
[[nodiscard]] std::string topic_of(std::string_view rule_id);

/// The rule id of such a topic; none where it is of another shape.
[[nodiscard]] std::optional<std::string_view> rule_of(std::string_view topic);

/// "sys/feed/<feed-id>/", and back.
[[nodiscard]] std::string feed_topic_of(std::string_view feed_id);
[[nodiscard]] std::optional<std::string_view> feed_of(std::string_view topic);

/// Whether a topic is that of an alert or a feed event: what has a seq of its own.
[[nodiscard]] bool is_numbered(std::string_view topic);

[[nodiscard]] bool is_epoch(std::string_view text);  ///< 16 hex digits

[[nodiscard]] std::string encode_u64(std::uint64_t number);  ///< 8 bytes, network order
[[nodiscard]] Result<std::uint64_t> decode_u64(std::string_view bytes);

}  // namespace wirewatch::publishers
