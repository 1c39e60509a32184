// SPDX-License-Identifier: MIT
#include "publishers/curve.hpp"

#include <algorithm>
#include <array>
#include <cstdint>

#include <zmq.h>

namespace wirewatch::publishers {

namespace {

constexpr std::size_t kKeyBytes = 32;
constexpr std::size_t kKeyText = 40;
constexpr std::string_view kZ85 =
    "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ.-:+=^!/*?&<>()[]{}@%$#";

using KeyBuffer = std::array<char, kKeyText + 1>;

}  // namespace

Result<CurveKeys> new_curve_keys() {
    KeyBuffer open{};
    KeyBuffer secret{};
    if (zmq_curve_keypair(open.data(), secret.data()) != 0) {
        return fail(Errc::io, std::string{"cannot make CURVE keys: "} + zmq_strerror(zmq_errno()));
    }
    return CurveKeys{open.data(), secret.data()};
}

Result<CurveKeys> curve_keys_of(std::string_view secret_key) {
    KeyBuffer open{};
    const std::string secret{secret_key};
    if (!is_curve_key(secret_key) || zmq_curve_public(open.data(), secret.c_str()) != 0) {
        return fail(Errc::invalid,
                    "it holds no CURVE key, which has 40 characters of Z85; 'wirewatch keys new' "
                    "makes one");
    }
    return CurveKeys{open.data(), secret};
}

bool is_curve_key(std::string_view text) {
    // Five characters are four bytes: a number that may be past 32 bits, which libzmq refuses.
    std::array<std::uint8_t, kKeyBytes> bytes{};
    const bool of_z85 =
        text.size() == kKeyText && text.find_first_not_of(kZ85) == std::string_view::npos;
    return of_z85 && zmq_z85_decode(bytes.data(), std::string{text}.c_str()) != nullptr;
}

std::string curve_key_of_bytes(std::string_view bytes) {
    if (bytes.size() != kKeyBytes) {
        return {};
    }
    std::array<std::uint8_t, kKeyBytes> key{};
    std::copy(bytes.begin(), bytes.end(), key.begin());
    KeyBuffer text{};
    return zmq_z85_encode(text.data(), key.data(), key.size());
}

}  // namespace wirewatch::publishers
