// SPDX-License-Identifier: MIT
// CURVE keys: pairs of 32 bytes, written as 40 characters of Z85. Source: ZeroMQ RFCs 26 and 32.
#pragma once

#include "base/error.hpp"

#include <string>
#include <string_view>

namespace wirewatch::publishers {

struct CurveKeys {
    std::string public_key;
    std::string secret_key;  ///< never in a log, an error or a command line

    friend bool operator==(const CurveKeys&, const CurveKeys&) = default;
};

/// A new pair, from the system's random numbers. Error: io.
[[nodiscard]] Result<CurveKeys> new_curve_keys();

/// The pair that `secret_key` is half of. Error: invalid, in words that do not quote it.
[[nodiscard]] Result<CurveKeys> curve_keys_of(std::string_view secret_key);

/// Whether `text` has the form of a key, public or secret.
[[nodiscard]] bool is_curve_key(std::string_view text);

/// 32 bytes as a key is written; what is of another length has no such form and is "".
[[nodiscard]] std::string curve_key_of_bytes(std::string_view bytes);

}  // namespace wirewatch::publishers
