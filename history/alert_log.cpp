// SPDX-License-Identifier: MIT
#include "history/alert_log.hpp"

#include "history/database.hpp"
#include "history/feed_events.hpp"
#include "history/rows.hpp"
#include "history/statement.hpp"

#include <algorithm>
#include <utility>

namespace wirewatch::history {

namespace {

// A page ends early here, so that 500 articles of the largest size do not fill the memory. Our
// choice: 500 usual articles take about 1 MB.
constexpr std::size_t kMaxPageBytes = 8u << 20;

constexpr std::size_t kUsualPage = 500;  // what relays and subscribers ask for

/// CROSS JOIN keeps SQLite to this order of tables: along the outbox, never along the articles.
std::string select_alerts(std::string_view condition) {
    std::string sql =
        "SELECT o.seq, o.tseq, o.uuid, o.committed_at, f.title, f.url, a.first_seen, ";
    sql.append(kShownArticleColumns)
        .append(", ")
        .append(kRuleColumns)
        .append(", ")
        .append(kHitColumns);
    sql.append(
        " FROM outbox o CROSS JOIN hits h ON h.id = o.hit_id"
        " CROSS JOIN rule_versions v ON v.id = h.rule_version"
        " CROSS JOIN articles a ON a.id = h.article_id"
        " CROSS JOIN revisions r ON r.article_id = h.article_id AND r.revision = h.revision"
        " CROSS JOIN feeds f ON f.feed_id = a.feed_id WHERE ");
    return sql.append(condition).append(" ORDER BY o.seq");
}

Alert alert_at(Query& row) {
    constexpr int kArticleAt = 7;
    constexpr int kRuleAt = kArticleAt + kArticleColumnCount;
    constexpr int kHitAt = kRuleAt + kRuleColumnCount;
    Alert alert;
    alert.seq = row.number<std::uint64_t>(0);
    alert.tseq = row.number<std::uint64_t>(1);
    alert.uuid = row.uuid(2);
    alert.committed = row.instant(3);
    alert.feed_title = row.text(4);
    alert.feed_url = row.text(5);
    alert.article = article_at(row, kArticleAt);
    alert.rule = rule_at(row, kRuleAt);
    alert.hit = hit_at(row, kHitAt);
    alert.story = Story{.id = alert.article.key, .size = 1, .first_seen = row.instant(6)};
    return alert;
}

std::size_t bytes_of(const Alert& alert) {
    return sizeof(Alert) + alert.article.title.size() + alert.article.summary.size();
}

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

/// Reads alerts until `max` or kMaxPageBytes. Where there are no more, the cursor goes to `last`,
/// the end of what the query looks at.
Result<AlertPage> page_of(Query& row, std::size_t max, std::uint64_t last) {
    AlertPage page;
    std::size_t bytes = 0;
    page.cursor = last;
    page.alerts.reserve(std::min(max, kUsualPage));
    while (row.next()) {
        bytes += bytes_of(page.alerts.emplace_back(alert_at(row)));
        if (page.alerts.size() == max || bytes >= kMaxPageBytes) {
            page.cursor = page.alerts.back().seq;
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
    const std::string select_window = select_alerts("o.seq > ?1 AND o.seq <= ?2");
    const std::string select_topic =
        select_alerts("o.topic_id = (SELECT id FROM topics WHERE name = ?2) AND o.seq > ?1");

    Result<AlertPage> window(std::uint64_t cursor, std::uint64_t last, std::size_t max);
    Result<AlertPage> alerts_of(const std::string& rule_id, std::uint64_t cursor,
                                std::uint64_t head, std::size_t max);
    Result<AlertPage> events_of(const std::string& feed_id, std::uint64_t cursor,
                                std::uint64_t head, std::size_t max);
    Result<> add_feed_events(AlertPage& page, std::uint64_t cursor);
};

Result<AlertLog> AlertLog::open(const std::filesystem::path& file) {
    auto database = Database::open(file, Access::read);
    if (!database) {
        return fail(std::move(database));
    }
    return AlertLog{std::make_unique<Impl>(std::move(*database))};
}

AlertLog::AlertLog(std::unique_ptr<Impl> impl) : impl_{std::move(impl)} {}
AlertLog::~AlertLog() = default;
AlertLog::AlertLog(AlertLog&&) noexcept = default;
AlertLog& AlertLog::operator=(AlertLog&&) noexcept = default;

Result<std::string> AlertLog::epoch() const {
    std::string epoch;
    Query row{impl_->statements, "SELECT epoch FROM meta"};
    if (row.next()) {
        epoch = row.text(0);
    }
    if (auto done = row.finish(); !done) {
        return fail(std::move(done), "reading the epoch");
    }
    return epoch;
}

Result<std::uint64_t> AlertLog::head() const {
    return reach_of(impl_->statements).map([](const Reach& reach) { return reach.head; });
}

Result<std::uint64_t> AlertLog::oldest() const {
    return reach_of(impl_->statements).map([](const Reach& reach) { return reach.oldest; });
}

/// The alerts among the next seqs. Those are without gaps, so there are at most `max` of them.
Result<AlertPage> AlertLog::Impl::window(std::uint64_t cursor, std::uint64_t last,
                                         std::size_t max) {
    Query row{statements, select_window, cursor, last};
    return page_of(row, max, last);
}

Result<AlertPage> AlertLog::Impl::alerts_of(const std::string& rule_id, std::uint64_t cursor,
                                            std::uint64_t head, std::size_t max) {
    const std::string topic = "alert/" + rule_id + "/";
    Query row{statements, select_topic, cursor, topic};
    return page_of(row, max, head);
}

Result<AlertPage> AlertLog::Impl::events_of(const std::string& feed_id, std::uint64_t cursor,
                                            std::uint64_t head, std::size_t max) {
    return feed_events(statements, cursor, head, max, feed_id)
        .map([&](std::vector<FeedEvent> events) {
            const bool full = events.size() == max;
            const std::uint64_t end = full ? events.back().seq : head;
            return AlertPage{.alerts = {}, .feed_events = std::move(events), .cursor = end};
        });
}

/// The feed events beside a page's alerts.
Result<> AlertLog::Impl::add_feed_events(AlertPage& page, std::uint64_t cursor) {
    const std::size_t width = page.cursor - cursor;
    if (page.alerts.size() == width) {
        return {};
    }
    auto events = feed_events(statements, cursor, page.cursor, width);
    if (!events) {
        return fail(std::move(events));
    }
    page.feed_events = std::move(*events);
    return {};
}

Result<AlertPage> AlertLog::after(std::uint64_t cursor, std::size_t max,
                                  const Subtree& subtree) const {
    auto view = Transaction::read(impl_->statements);
    if (!view) {
        return fail(std::move(view));
    }
    auto reach = reach_of(impl_->statements);
    if (!reach) {
        return fail(std::move(reach));
    }
    if (cursor >= reach->head || max == 0) {
        return AlertPage{.alerts = {}, .feed_events = {}, .cursor = cursor};
    }
    if (cursor + 1 < reach->oldest) {
        return fail(Errc::gone, "alert " + std::to_string(cursor + 1) +
                                    " is no longer kept; the oldest is " +
                                    std::to_string(reach->oldest));
    }
    const std::uint64_t head = reach->head;
    const std::uint64_t last = head - cursor > max ? cursor + max : head;
    switch (subtree.of) {
        case Subtree::Of::alerts:
            return impl_->window(cursor, last, max);
        case Subtree::Of::rule:
            return impl_->alerts_of(subtree.id, cursor, head, max);
        case Subtree::Of::feeds:
            return impl_->events_of("", cursor, head, max);
        case Subtree::Of::feed:
            return impl_->events_of(subtree.id, cursor, head, max);
        case Subtree::Of::all:
            break;
    }
    auto page = impl_->window(cursor, last, max);
    if (page) {
        if (auto added = impl_->add_feed_events(*page, cursor); !added) {
            return fail(std::move(added));
        }
    }
    return page;
}

}  // namespace wirewatch::history
