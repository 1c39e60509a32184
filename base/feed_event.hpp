// SPDX-License-Identifier: MIT
// What the stream says of a feed: that it has turned bad or good, or that articles may be missing.
#pragma once

#include "base/digest.hpp"
#include "base/error.hpp"
#include "base/feed_change.hpp"
#include "base/time.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace wirewatch {

/// Numbered in one row with the alerts.
struct FeedEvent {
    enum class Kind {
        bad,   ///< reading it fails, or it is stopped for good: `error` says why
        good,  ///< it can be read again
        gap,   ///< between two reads some articles may have come and gone unseen: `gap`
    };

    std::uint64_t seq = 0;   ///< from 1, without gaps within an epoch, alerts counted too
    std::uint64_t tseq = 0;  ///< from 1, without gaps within an epoch and feed
    Uuid uuid{};
    Instant committed;
    Kind kind = Kind::bad;
    std::string feed_id;
    std::string feed_title;  ///< as they were at the commit
    std::string feed_url;
    bool stopped = false;        ///< polled no more until its owner acts
    int failures = 0;            ///< in a row: bad: so far, good: before this success
    int http_status = 0;         ///< of the attempt that told; 0: no answer
    std::optional<Error> error;  ///< of bad
    std::optional<FeedGap> gap;  ///< of gap
};

[[nodiscard]] constexpr std::string_view to_text(FeedEvent::Kind kind) {
    switch (kind) {
        case FeedEvent::Kind::bad:
            return "bad";
        case FeedEvent::Kind::good:
            return "good";
        case FeedEvent::Kind::gap:
            break;
    }
    return "gap";
}

/// The same for the same deployment, feed, kind and moment.
[[nodiscard]] inline Uuid feed_event_uuid(std::string_view deployment, std::string_view feed_id,
                                          FeedEvent::Kind kind, Instant at) {
    const std::string moment = std::to_string(at.time_since_epoch().count());
    return head16(sha256({deployment, "sys/feed", feed_id, to_text(kind), moment}));
}

}  // namespace wirewatch
