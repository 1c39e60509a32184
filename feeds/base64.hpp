// SPDX-License-Identifier: MIT
// Base64, as Atom 0.3 (mode="base64") and Atom 1.0 (content that is no text) carry bytes.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace wirewatch::feeds {

/// The text in `base64`, white space in it passed over. None where it is no base64, or where the
/// bytes are no text: ill-formed UTF-8, control characters. Source: RFC 4648 section 4.
[[nodiscard]] std::optional<std::string> base64_text(std::string_view base64);

}  // namespace wirewatch::feeds
