// SPDX-License-Identifier: MIT
// The file with the authorities that one feed trusts.
#pragma once

#include "base/error.hpp"

#include <string>

namespace wirewatch::feeds {

/// Its text (PEM), read anew for every request, so that a new certificate needs no reload. What is
/// no regular file by now is not waited for: libcurl would be held up by a pipe, and all feeds with
/// it. Errors, in words that name the file: not_found, io, invalid (no file), too_large.
[[nodiscard]] Result<std::string> read_authorities(const std::string& file);

}  // namespace wirewatch::feeds
