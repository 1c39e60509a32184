// SPDX-License-Identifier: MIT
// What can befall a feed that its history keeps beside its articles.
#pragma once

#include "base/time.hpp"

#include <string>

namespace wirewatch {

/// It is polled at another address from now on, since the old one has long sent us there.
struct FeedMove {
    std::string from;
    std::string to;

    friend bool operator==(const FeedMove&, const FeedMove&) = default;
};

/// Two reads shared no article: between them some may have come and gone unseen.
struct FeedGap {
    Instant from;  ///< of the last successful read before it
    Instant to;    ///< of the first read after it

    friend bool operator==(const FeedGap&, const FeedGap&) = default;
};

}  // namespace wirewatch
