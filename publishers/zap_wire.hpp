// SPDX-License-Identifier: MIT
// The bytes in which libzmq asks whether a peer may come in, and our answer. Source: ZeroMQ RFC 27.
#pragma once

#include "base/error.hpp"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace wirewatch::publishers {

constexpr std::string_view kZapAddress = "inproc://zeromq.zap.01";
constexpr std::string_view kZapDomain = "wirewatch";

struct ZapRequest {
    std::string id;       ///< returned with the answer
    std::string address;  ///< of the peer
    std::string key;      ///< its public CURVE key, in Z85
};

/// Error: invalid: not version 1.0, not our domain, not CURVE, or of another shape.
[[nodiscard]] Result<ZapRequest> decode_zap_request(std::span<const std::string> frames);

/// The answer to `frames`: 200 and the key as the user id, or 400 and why not. libzmq takes it only
/// with the request's own id.
[[nodiscard]] std::vector<std::string> zap_welcome(const ZapRequest& request);
[[nodiscard]] std::vector<std::string> zap_refusal(std::span<const std::string> frames,
                                                   std::string_view why);

}  // namespace wirewatch::publishers
