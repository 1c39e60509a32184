// SPDX-License-Identifier: MIT
#include "history/alert_log.hpp"

#include "history/database.hpp"
#include "history/statement.hpp"

#include <algorithm>
#include <utility>

namespace wirewatch::history {

namespace {

// A page ends early here, so that 500 messages of the largest size do not fill the memory. Our
// choice: 500 usual ones take about 1 MB.
constexpr std::size_t kMaxPageBytes = 8u << 20;

constexpr std::size_t kUsualPage = 500;  // what relays and subscribers ask for

// In order of seq, from ?1 on; CROSS JOIN keeps SQLite to that order of tables.
constexpr std::string_view kOfAll =
    "SELECT o.seq, o.tseq, o.uuid, t.name, o.body FROM outbox o"
    " CROSS JOIN topics t ON t.id = o.topic_id"
    " WHERE o.seq > ?1 AND o.seq <= ?2 ORDER BY o.seq";
constexpr std::string_view kOfAlerts =
    "SELECT o.seq, o.tseq, o.uuid, t.name, o.body FROM outbox o"
    " CROSS JOIN topics t ON t.id = o.topic_id"
    " WHERE o.seq > ?1 AND o.seq <= ?2 AND o.hit_id IS NOT NULL ORDER BY o.seq";
constexpr std::string_view kOfTopic =
    "SELECT o.seq, o.tseq, o.uuid, t.name, o.body FROM topics t"
    " CROSS JOIN outbox o ON o.topic_id = t.id"
    " WHERE t.name = ?2 AND o.seq > ?1 ORDER BY o.seq";
constexpr std::string_view kOfFeeds =
    "SELECT o.seq, o.tseq, o.uuid, t.name, o.body FROM feed_events e"
    " CROSS JOIN outbox o ON o.seq = e.seq CROSS JOIN topics t ON t.id = o.topic_id"
    " WHERE e.seq > ?1 ORDER BY e.seq";

struct Reach {
    std::uint64_t oldest = 1;
    std::uint64_t head = 0;
};

Result<Reach> reach_of(Statements& statements) {
    Reach reach;
    Query row{statements,
              "SELECT head, coalesce((SELECT min(seq) FROM outbox), head + 1) FROM meta"};
    if (row.next()) {
        reach = {.oldest = row.number<std::uint64_t>(1), .head = row.number<std::uint64_t>(0)};
    }
    if (auto done = row.finish(); !done) {
        return fail(std::move(done), "reading the outbox");
    }
    return reach;
}

Result<std::string> epoch_of(Statements& statements) {
    std::string epoch;
    Query row{statements, "SELECT epoch FROM meta"};
    if (row.next()) {
        epoch = row.text(0);
    }
    if (auto done = row.finish(); !done) {
        return fail(std::move(done), "reading the epoch");
    }
    return epoch;
}

/// Reads messages until `max` or kMaxPageBytes. Where there are no more, the cursor goes to `last`,
/// the end of what the query looks at.
Result<MessagePage> page_of(Query& row, const std::string& epoch, std::size_t max,
                            std::uint64_t last) {
    MessagePage page;
    std::size_t bytes = 0;
    page.cursor = last;
    page.messages.reserve(std::min(max, kUsualPage));
    while (row.next()) {
        Message& message = page.messages.emplace_back();
        message.seq = row.number<std::uint64_t>(0);
        message.tseq = row.number<std::uint64_t>(1);
        message.uuid = row.uuid(2);
        message.topic = row.view(3);
        message.epoch = epoch;
        message.body = row.view(4);
        bytes += sizeof(Message) + message.body.size();
        if (page.messages.size() == max || bytes >= kMaxPageBytes) {
            page.cursor = message.seq;
            break;
        }
    }
    if (auto done = row.finish(); !done) {
        return fail(std::move(done), "reading the outbox");
    }
    return page;
}

}  // namespace

struct AlertLog::Impl {
    explicit Impl(Database opened) : database{std::move(opened)}, statements{database.handle()} {}

    Database database;
    Statements statements;
    std::string epoch{};

    Result<MessagePage> window(std::string_view sql, std::uint64_t cursor, std::uint64_t head,
                               std::size_t max);
    Result<MessagePage> topic(const std::string& name, std::uint64_t cursor, std::uint64_t head,
                              std::size_t max);
};

Result<AlertLog> AlertLog::open(const std::filesystem::path& file) {
    auto database = Database::open(file, Access::read);
    if (!database) {
        return fail(std::move(database));
    }
    auto impl = std::make_unique<Impl>(std::move(*database));
    auto epoch = epoch_of(impl->statements);
    if (!epoch) {
        return fail(std::move(epoch));
    }
    impl->epoch = std::move(*epoch);
    return AlertLog{std::move(impl)};
}

AlertLog::AlertLog(std::unique_ptr<Impl> impl) : impl_{std::move(impl)} {}
AlertLog::~AlertLog() = default;
AlertLog::AlertLog(AlertLog&&) noexcept = default;
AlertLog& AlertLog::operator=(AlertLog&&) noexcept = default;

const std::string& AlertLog::epoch() const {
    return impl_->epoch;
}

Result<std::uint64_t> AlertLog::head() const {
    return reach_of(impl_->statements).map([](const Reach& reach) { return reach.head; });
}

Result<std::uint64_t> AlertLog::oldest() const {
    return reach_of(impl_->statements).map([](const Reach& reach) { return reach.oldest; });
}

/// What there is among the next `max` seqs. Those are without gaps.
Result<MessagePage> AlertLog::Impl::window(std::string_view sql, std::uint64_t cursor,
                                           std::uint64_t head, std::size_t max) {
    const std::uint64_t last = head - cursor > max ? cursor + max : head;
    Query row{statements, sql, cursor, last};
    return page_of(row, epoch, max, last);
}

Result<MessagePage> AlertLog::Impl::topic(const std::string& name, std::uint64_t cursor,
                                          std::uint64_t head, std::size_t max) {
    Query row{statements, kOfTopic, cursor, name};
    return page_of(row, epoch, max, head);
}

Result<MessagePage> AlertLog::after(std::uint64_t cursor, std::size_t max,
                                    const Subtree& subtree) const {
    auto view = Transaction::read(impl_->statements);
    if (!view) {
        return fail(std::move(view));
    }
    auto reach = reach_of(impl_->statements);
    if (!reach) {
        return fail(std::move(reach));
    }
    const std::uint64_t head = reach->head;
    if (cursor >= head || max == 0) {
        return MessagePage{.messages = {}, .cursor = std::min(cursor, head)};
    }
    if (cursor + 1 < reach->oldest) {
        return fail(Errc::gone, "alert " + std::to_string(cursor + 1) +
                                    " is no longer kept; the oldest is " +
                                    std::to_string(reach->oldest));
    }
    switch (subtree.of) {
        case Subtree::Of::alerts:
            return impl_->window(kOfAlerts, cursor, head, max);
        case Subtree::Of::rule:
            return impl_->topic(alert_topic(subtree.id), cursor, head, max);
        case Subtree::Of::feed:
            return impl_->topic(feed_topic(subtree.id), cursor, head, max);
        case Subtree::Of::feeds: {
            Query row{impl_->statements, kOfFeeds, cursor};
            return page_of(row, impl_->epoch, max, head);
        }
        case Subtree::Of::all:
            break;
    }
    return impl_->window(kOfAll, cursor, head, max);
}

}  // namespace wirewatch::history
