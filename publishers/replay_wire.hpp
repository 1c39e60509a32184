// SPDX-License-Identifier: MIT
// The bytes of the replay dialogue, both ways. The contract: docs/alerts.md.
#pragma once

#include "base/error.hpp"
#include "history/alert_log.hpp"
#include "publishers/wire.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace wirewatch::publishers {

constexpr std::size_t kPageLimit = 500;        ///< alerts in one answer; also the default
constexpr std::size_t kPlainPageLimit = 1000;  ///< to a plain RFC 12 request

/// "" (everything), "alert/", "alert/<rule-id>/", "sys/feed/" or "sys/feed/<feed-id>/"; none where
/// it is of another shape.
[[nodiscard]] std::optional<history::Subtree> parse_subtree(std::string_view text);

struct ReplayRequest {
    std::string subtree{kAlerts};          ///< as parse_subtree() reads it
    std::optional<std::uint64_t> since{};  ///< none: the plain RFC 12 request, for the last 1,000
    std::size_t max = kPageLimit;
};

[[nodiscard]] std::vector<std::string> encode(const ReplayRequest& request);

/// Error: invalid, with the reason for WTF.
[[nodiscard]] Result<ReplayRequest> decode_request(std::span<const std::string> frames);

/// KTHXBAI: the page is complete; ask on from `cursor`.
struct PageEnd {
    std::uint64_t cursor = 0;
    std::string epoch;
    std::uint64_t oldest = 0;
    std::string subtree;
};

/// GONE: history no longer reaches back to what was asked for.
struct Gone {
    std::uint64_t oldest = 0;
    std::string epoch;
};

/// WTF: the request was not understood.
struct Refusal {
    std::string reason;
};

[[nodiscard]] std::vector<std::string> encode(const PageEnd& end);
[[nodiscard]] std::vector<std::string> encode(const Gone& gone);
[[nodiscard]] std::vector<std::string> encode(const Refusal& refusal);

/// A KVSYNC is an alert or feed event in the frames of the live stream.
using ReplayAnswer = std::variant<Message, PageEnd, Gone, Refusal>;

/// Error: invalid, where it is none of the four.
[[nodiscard]] Result<ReplayAnswer> decode_answer(std::span<const std::string> frames);

}  // namespace wirewatch::publishers
