// SPDX-License-Identifier: MIT
// What people have noted of an article while they review: read, starred, dismissed, in their words.
#pragma once

#include "base/time.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace wirewatch {

inline constexpr std::size_t kMaxNoteBytes = 4096;       ///< our choice
inline constexpr std::size_t kMaxMarkedArticles = 1000;  ///< of one order; our choice
inline constexpr std::size_t kMaxNameBytes = 64;         ///< of who marks, and of a batch

/// The marks of one article, and who changed them last. An article without any has no Mark.
struct Mark {
    bool read = false;
    bool starred = false;
    bool dismissed = false;
    std::string note;  ///< valid UTF-8; any characters
    Instant at;
    std::string by;
};

/// What somebody wants to be changed; what is not set stays as it is.
struct MarkOrder {
    std::vector<std::string> articles;  ///< keys in full, at most kMaxMarkedArticles
    std::optional<bool> read;
    std::optional<bool> starred;
    std::optional<bool> dismissed;
    std::optional<std::string> note;  ///< empty: none any more
    std::string by;                   ///< 1 to kMaxNameBytes
    std::string batch;  ///< orders of the same batch are undone together; 1 to kMaxNameBytes
};

}  // namespace wirewatch
