// SPDX-License-Identifier: MIT
// What goes out over the stream is put into the outbox, numbered and as it will be sent.
#pragma once

#include "base/digest.hpp"
#include "base/error.hpp"
#include "base/feed_event.hpp"
#include "base/time.hpp"
#include "history/statement.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace wirewatch::history {

/// Inside the writer's transaction, which it outlives in no case: begin(), add() as often as there
/// is something, finish(). Errors: the database's.
class Outbox {
  public:
    Outbox(Statements& statements, std::string_view deployment, Instant now)
        : statements_{statements}, deployment_{deployment}, now_{now} {}

    Result<> begin();

    /// The seq of what was added last; next() is what the next one will have.
    [[nodiscard]] std::uint64_t head() const { return head_; }
    [[nodiscard]] std::uint64_t next() const { return head_ + 1; }

    /// The alert of a hit that is stored, with next() as its seq. `story_size` is that of the
    /// article's story, with it.
    Result<> add_alert(std::int64_t hit_id, int story_size);

    /// Gives the event its seq, tseq, uuid and time, and stores it.
    Result<> add(FeedEvent event);

    /// The head moves once for all that was added.
    Result<> finish();

  private:
    struct Place {
        std::int64_t topic_id = 0;
        std::uint64_t tseq = 0;
    };
    Result<Place> place_in(std::string_view topic);
    Result<> enqueue(const Place& place, const Uuid& uuid, std::optional<std::int64_t> hit_id,
                     int story_size, std::string_view body);

    Statements& statements_;
    std::string_view deployment_;
    Instant now_;
    std::uint64_t head_ = 0;
    std::uint64_t former_head_ = 0;
};

}  // namespace wirewatch::history
