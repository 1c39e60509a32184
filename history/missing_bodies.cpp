// SPDX-License-Identifier: MIT
#include "history/missing_bodies.hpp"

#include "base/message.hpp"
#include "history/alert_body.hpp"
#include "history/alert_row.hpp"
#include "history/feed_body.hpp"
#include "history/feed_events.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace wirewatch::history {

namespace {

constexpr std::size_t kBodiesAtOnce = 500;  // our choice: some 25 ms

/// A row of the outbox without a body.
struct Bare {
    std::uint64_t seq = 0;
    std::uint64_t tseq = 0;
    Uuid uuid{};
    Instant committed;
    std::optional<std::int64_t> hit_id;  ///< none: a feed event
    int story_size = 1;
};

Result<std::vector<Bare>> next_bare(Statements& statements) {
    std::vector<Bare> found;
    Query row{statements,
              "SELECT seq, tseq, uuid, committed_at, hit_id, story_size FROM outbox"
              " WHERE body = '' ORDER BY seq LIMIT ?1",
              kBodiesAtOnce};
    while (row.next()) {
        Bare& bare = found.emplace_back();
        bare.seq = row.number<std::uint64_t>(0);
        bare.tseq = row.number<std::uint64_t>(1);
        bare.uuid = row.uuid(2);
        bare.committed = row.instant(3);
        if (!row.is_null(4)) {
            bare.hit_id = row.integer(4);
        }
        bare.story_size = row.number<int>(5);
    }
    if (auto done = row.finish(); !done) {
        return fail(std::move(done));
    }
    return found;
}

Result<std::string> body_of(Statements& statements, const Bare& bare, std::string_view deployment) {
    if (!bare.hit_id) {
        const auto event = feed_event(statements, bare.seq);
        return event.map([&](const FeedEvent& e) { return feed_body(e, deployment); });
    }
    return alert_about(statements, *bare.hit_id).map([&](Alert&& alert) {
        alert.seq = bare.seq;
        alert.tseq = bare.tseq;
        alert.uuid = bare.uuid;
        alert.committed = bare.committed;
        alert.story.size = bare.story_size;  // as it was then
        return alert_body(alert, deployment, kMaxBodyBytes);
    });
}

Result<> write_bodies(Statements& statements, const std::vector<Bare>& rows,
                      std::string_view deployment) {
    auto transaction = Transaction::write(statements);
    if (!transaction) {
        return fail(std::move(transaction));
    }
    for (const Bare& bare : rows) {
        auto written = body_of(statements, bare, deployment).and_then([&](const std::string& body) {
            return run(statements, "UPDATE outbox SET body = ?2 WHERE seq = ?1", bare.seq, body);
        });
        if (!written) {
            return written;
        }
    }
    return transaction->commit();
}

}  // namespace

Result<> write_missing_bodies(Statements& statements, std::string_view deployment, LongWork& work) {
    for (bool begun = false;; begun = true) {
        const auto rows = next_bare(statements);
        if (!rows || rows->empty()) {
            return rows.map([](const auto&) {});
        }
        if (!begun) {
            if (auto told = work.begin("writing the bodies of former alerts"); !told) {
                return told;
            }
        }
        if (auto written = write_bodies(statements, *rows, deployment); !written) {
            return written;
        }
    }
}

}  // namespace wirewatch::history
