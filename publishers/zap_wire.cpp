// SPDX-License-Identifier: MIT
//
//   request  "1.0" | request id | domain | address | routing id | "CURVE" | key, 32 bytes
//   answer   "1.0" | request id | status | status text | user id | metadata
#include "publishers/zap_wire.hpp"

#include "base/utf8.hpp"
#include "publishers/curve.hpp"

namespace wirewatch::publishers {

namespace {

constexpr std::string_view kVersion = "1.0";
constexpr std::size_t kMaxWords = 255;  // RFC 27: a status text is a short string

}  // namespace

Result<ZapRequest> decode_zap_request(std::span<const std::string> frames) {
    if (frames.size() < 6 || frames[0] != kVersion) {
        return fail(Errc::invalid, "the request is not of ZAP 1.0");
    }
    if (frames[2] != kZapDomain) {
        return fail(Errc::invalid, "the request is of another domain");
    }
    if (frames[5] != "CURVE" || frames.size() != 7) {
        return fail(Errc::invalid, "the peer does not speak CURVE");
    }
    ZapRequest request{.id = frames[1], .address = frames[3], .key = curve_key_of_bytes(frames[6])};
    if (request.key.empty()) {
        return fail(Errc::invalid, "the peer's key has not 32 bytes");
    }
    return request;
}

std::vector<std::string> zap_welcome(const ZapRequest& request) {
    return {std::string{kVersion}, request.id, "200", "OK", request.key, ""};
}

std::vector<std::string> zap_refusal(std::span<const std::string> frames, std::string_view why) {
    return {std::string{kVersion},
            frames.size() > 1 ? frames[1] : std::string{},
            "400",
            std::string{utf8::cut(why, kMaxWords)},
            "",
            ""};
}

}  // namespace wirewatch::publishers
