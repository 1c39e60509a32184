// SPDX-License-Identifier: MIT
// The bytes of the live stream, both ways. The contract: docs/alerts.md.
#pragma once

#include "base/error.hpp"
#include "base/message.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace wirewatch::publishers {

constexpr std::string_view kHeartbeat = "HUGZ";
constexpr std::string_view kWelcome = "sys/welcome/";

/// Frames 0 to 4: topic, seq, uuid, properties, body.
using Frames = std::array<std::string, 5>;

/// A message as subscribers get it.
[[nodiscard]] Frames encode(const Message& message);

/// The heartbeat: topic "HUGZ", seq = head of the stream.
[[nodiscard]] Frames heartbeat(std::uint64_t head, std::string_view epoch);

/// What a peer hears when it subscribes: a heartbeat that also tells the oldest seq kept.
[[nodiscard]] Frames welcome(std::uint64_t head, std::uint64_t oldest, std::string_view epoch);

/// What a subscriber reads out of five frames. Heartbeats and welcomes are messages without tseq,
/// uuid and body. Error: invalid, where the frames are not of that shape.
[[nodiscard]] Result<Message> decode(std::span<const std::string> frames);

/// The rule id of an alert's topic, the feed id of a feed event's; none where it is of another
/// shape.
[[nodiscard]] std::optional<std::string_view> rule_of(std::string_view topic);
[[nodiscard]] std::optional<std::string_view> feed_of(std::string_view topic);

/// Whether a topic is that of an alert or a feed event: what has a seq of its own.
[[nodiscard]] bool is_numbered(std::string_view topic);

[[nodiscard]] bool is_epoch(std::string_view text);  ///< 16 hex digits

[[nodiscard]] std::string encode_u64(std::uint64_t number);  ///< 8 bytes, network order
[[nodiscard]] Result<std::uint64_t> decode_u64(std::string_view bytes);

}  // namespace wirewatch::publishers
