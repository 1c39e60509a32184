// SPDX-License-Identifier: MIT
// What a document may hold so that reading it takes at most 20 times its size in memory (measured:
// tests/system/memory.py).
#pragma once

#include <algorithm>
#include <cstddef>

namespace wirewatch::feeds {

/// A tag with text within and behind it is three nodes of 64 bytes, and its text may be kept three
/// times. Real feeds have 46 bytes and more for each of their tags.
inline constexpr std::size_t kBytesPerTag = 16;

/// A value of JSON is up to 100 bytes, with its text and what its list has in reserve.
inline constexpr std::size_t kBytesPerJsonValue = 8;

/// How many things of `bytes_each` a document may hold, at most `max`: a small one as many as one
/// of 1 MiB.
[[nodiscard]] constexpr std::size_t affordable(std::size_t max, std::size_t document_bytes,
                                               std::size_t bytes_each) {
    constexpr std::size_t kSmall = 1u << 20;
    return std::min(max, std::max(document_bytes, kSmall) / bytes_each);
}

}  // namespace wirewatch::feeds
