// SPDX-License-Identifier: MIT
// The bytes of the alert stream, both ways. The contract: docs/alerts.md.
#pragma once

#include "base/alert.hpp"
#include "base/error.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace wirewatch::publishers {

constexpr std::size_t kMaxMessageBytes = 64u << 10;  ///< all five frames together
constexpr std::size_t kMaxTopicBytes = 128;
constexpr std::size_t kMaxPropertyBytes = 1024;

/// Frames 0 to 4: topic, seq, uuid, properties, body.
using Frames = std::array<std::string, 5>;

/// An alert as subscribers see it; a summary that would break kMaxMessageBytes is shortened.
[[nodiscard]] Frames encode(const Alert& alert, std::string_view deployment,
                            std::string_view epoch);

/// The heartbeat: topic "HUGZ", seq = head of the stream.
[[nodiscard]] Frames heartbeat(std::uint64_t head, std::string_view epoch);

/// What a subscriber reads out of five frames.
struct Message {
    std::string topic;
    std::uint64_t seq = 0;
    Uuid uuid{};
    std::string epoch;
    std::uint64_t tseq = 0;
    std::string body;  ///< CloudEvents 1.0 in JSON; empty in heartbeats
};

/// Error: invalid, where the frames are not of that shape.
[[nodiscard]] Result<Message> decode(const Frames& frames);

[[nodiscard]] std::string encode_u64(std::uint64_t number);  ///< 8 bytes, network order
[[nodiscard]] Result<std::uint64_t> decode_u64(std::string_view bytes);

}  // namespace wirewatch::publishers
