// SPDX-License-Identifier: MIT
// A feed as its owner wrote it down, and what polling it has taught.
#pragma once

#include "base/error.hpp"
#include "base/time.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace wirewatch {

/// What tells two articles of one feed apart (docs/formats.md, "Identity").
enum class Identity { automatic, id, url, title };

/// A header of our own on every request of a feed.
struct Header {
    std::string name;
    std::string value;

    friend bool operator==(const Header&, const Header&) = default;
};

/// How a feed's requests show who asks. Read from a file by daemon/; never in a log or an alert.
struct Credentials {
    enum class Scheme { basic, bearer };
    Scheme scheme = Scheme::basic;
    std::string user;    ///< of basic
    std::string secret;  ///< the password, or the bearer's token

    friend bool operator==(const Credentials&, const Credentials&) = default;
};

/// One [[feed]] of the configuration.
struct Feed {
    std::string id;     ///< [a-z0-9._-]{1,64}, unique
    std::string url;    ///< http, https, or file where the configuration allows its directory
    std::string title;  ///< shown to people; empty: the feed's own title
    std::vector<std::string> tags;
    std::string language;                               ///< BCP 47; empty: what feed or article say
    std::optional<std::chrono::milliseconds> interval;  ///< none: the configured default
    bool adaptive = false;    ///< where there is no interval: the feed's own pace, not the default
    bool respect_ttl = true;  ///< never before the feed's ttl or the server's max-age have passed
    std::vector<Header> headers;
    std::optional<Credentials> credentials;
    std::string ca_file;  ///< PEM, beside the system's own authorities; empty: none
    std::vector<std::string> allow_private;  ///< addresses or networks ("10.1.0.0/16", "::1") that
                                             ///< it may be at although they are not public
    Identity identity = Identity::automatic;
    bool enabled = true;
};

/// What the database keeps of a feed between polls. Written by the desk alone.
struct FeedState {
    std::string feed_id;
    std::string url;            ///< as configured; all that was learned is dropped when it changes
    std::string moved_to;       ///< where it is polled since it has moved for good; empty: at `url`
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
    bool stopped = false;    ///< polled no more until its owner acts; last_error says why
    bool paused = false;     ///< polled no more until it is resumed
    std::string due_reason;  ///< why next_due was chosen, in words

    // What it says on when it wants to be asked; kept, since an unchanged feed is not read again.
    std::chrono::milliseconds ttl{0};   ///< the longer of ttl and update period; 0: not said
    std::uint32_t skip_hours = 0;       ///< bit 0 is the hour that begins at 00:00 UTC
    std::uint32_t skip_days = 0;        ///< bit 0 is Sunday, UTC
    std::chrono::milliseconds pace{0};  ///< the interval of an adaptive feed; 0: not yet known

    // A move that is not yet believed: the same target again and again.
    std::string moving_to;  ///< empty: none
    int moving_seen = 0;    ///< how often, in a row
    std::optional<Instant> moving_since;

    // Coverage: two reads that share no article may have lost some between.
    std::optional<Instant> continuous_since;  ///< none: no article was read yet
    std::optional<Instant> gap_from;          ///< of the last gap, which ended at
                                              ///< continuous_since; none: there was none

    int http_status = 0;         ///< of the last attempt; 0: no answer
    int failures = 0;            ///< in a row
    std::optional<Error> error;  ///< of the last attempt, none where it succeeded
    std::chrono::milliseconds latency{0};
    std::size_t body_bytes = 0;  ///< decoded, of the last body
};

}  // namespace wirewatch
