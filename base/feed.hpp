// SPDX-License-Identifier: MIT
// A feed as its owner wrote it down, and what polling it has taught.
#pragma once

#include "base/error.hpp"
#include "base/time.hpp"

#include <chrono>
#include <optional>
#include <string>
#include <vector>

namespace wirewatch {

/// What tells two articles of one feed apart (docs/formats.md, "Identity").
enum class Identity { automatic, id, url, title };

/// One [[feed]] of the configuration.
struct Feed {
    std::string id;     ///< [a-z0-9._-]{1,64}, unique
    std::string url;    ///< http or https
    std::string title;  ///< shown to people; empty: the feed's own title
    std::vector<std::string> tags;
    std::string language;                          ///< BCP 47; empty: what feed or article say
    std::optional<std::chrono::milliseconds> interval;  ///< none: the configured default
    Identity identity = Identity::automatic;
    bool enabled = true;
};

/// What the database keeps of a feed between polls. Written by the desk alone.
struct FeedState {
    std::string feed_id;
    std::string url;            ///< as configured; validators are dropped when it changes
    std::string title;          ///< shown to people: configured, else the feed's own
    std::string etag;           ///< byte for byte as received; empty: none
    std::string last_modified;  ///< byte for byte as received; empty: none
    std::string body_hash;      ///< SHA-256 in hex of the last body that was parsed; empty: none
    Identity identity =
        Identity::automatic;  ///< what was seen to be unique; automatic: not yet known

    std::optional<Instant> last_attempt;
    std::optional<Instant> last_success;  ///< last time a feed was read or said to be unchanged
    std::optional<Instant> next_due;
    std::optional<Instant> gone_since;  ///< first 410 of an unbroken row of them
    bool stopped = false;  ///< polled no more until its owner acts; last_error says why

    int http_status = 0;         ///< of the last attempt; 0: no answer
    int failures = 0;            ///< in a row
    std::optional<Error> error;  ///< of the last attempt, none where it succeeded
    std::chrono::milliseconds latency{0};
    std::size_t body_bytes = 0;  ///< decoded, of the last body
};

}  // namespace wirewatch
