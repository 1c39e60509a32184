// SPDX-License-Identifier: MIT
// The reference subscriber: every alert once and in order, through restarts of either side.
// The way it goes (subscribe, replay, live, replay on a gap) is written down in docs/alerts.md.
#pragma once

#include "base/error.hpp"
#include "base/time.hpp"
#include "publishers/cursor.hpp"
#include "publishers/curve.hpp"
#include "publishers/subscription.hpp"
#include "publishers/wire.hpp"

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace wirewatch::publishers {

struct SubscriberOptions {
    std::string live = "tcp://127.0.0.1:5580";
    std::string replay = "tcp://127.0.0.1:5581";
    std::vector<std::string> rules;  ///< rule ids; empty: all alerts
    FeedEvents feed_events = FeedEvents::leave;
    std::optional<CurveKeys> keys;  ///< its own, where the daemon has CURVE, and …
    std::string server_key;         ///< … the daemon's public key
    std::optional<Cursor> from;     ///< none: from the head as it is at the first connection;
                                    ///< without an epoch it may not be past that
    std::chrono::milliseconds replay_timeout{2000};  ///< then the request is sent again; doubled
                                                     ///< by each that stays unanswered, up to 8 ×
    std::chrono::milliseconds heartbeat{1000};       ///< how often the daemon says HUGZ
};

/// What the subscriber tells besides alerts.
struct Notice {
    enum class Kind { connected, lost, gone, new_epoch } kind;
    std::string text;  ///< in words
};

/// One thread.
class Subscriber {
  public:
    [[nodiscard]] static Result<Subscriber> open(SubscriberOptions options, const Clock& clock);
    ~Subscriber();
    Subscriber(Subscriber&&) noexcept;
    Subscriber& operator=(Subscriber&&) noexcept;

    struct Received {
        std::optional<Message> message;  ///< an alert, or a feed event where those are wanted
        std::optional<Notice> notice;
    };

    /// The next message or notice; nothing at `until`, or when `wake_fd` (-1: none) is readable.
    /// Errors: invalid (`from` is past the head), refused, io.
    [[nodiscard]] Result<std::optional<Received>> next(Ticks until, int wake_fd = -1);

    /// What to save, once it has an epoch: everything up to here (of `rules`, where there are some)
    /// has been handed out.
    [[nodiscard]] Cursor cursor() const;

    /// Whether everything up to the stream's head, as last heard, has been handed out.
    [[nodiscard]] bool caught_up() const;

  private:
    struct Impl;
    explicit Subscriber(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

}  // namespace wirewatch::publishers
