// SPDX-License-Identifier: MIT
// A message in frames out of a fuzzer's bytes: each frame is its length in one byte, and its bytes.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace wirewatch::fuzz {

inline std::vector<std::string> frames_of(const std::uint8_t* data, std::size_t size) {
    std::vector<std::string> frames;
    while (size > 0) {
        const std::size_t length = std::min<std::size_t>(data[0], size - 1);
        frames.emplace_back(reinterpret_cast<const char*>(data + 1), length);
        data += 1 + length;
        size -= 1 + length;
    }
    return frames;
}

}  // namespace wirewatch::fuzz
