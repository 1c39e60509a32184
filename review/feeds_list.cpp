// SPDX-License-Identifier: MIT
// wirewatch feeds: the feeds and their health.
#include "base/printable.hpp"
#include "review/commands.hpp"
#include "review/exit_code.hpp"
#include "review/feeds_commands.hpp"

#include <algorithm>
#include <memory>
#include <ostream>
#include <unordered_map>

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

namespace wirewatch::review {

namespace {

struct ListArguments {
    bool json = false;
};

/// A feed as configured beside what polling it has shown.
struct FeedRow {
    const Feed* feed = nullptr;
    FeedState state;
    history::FeedCounts counts;

    [[nodiscard]] int badness() const {
        if (!feed->enabled) {
            return 0;
        }
        return state.stopped ? 1'000'000 : state.failures;
    }

    [[nodiscard]] std::string words() const {
        if (!feed->enabled) {
            return "switched off";
        }
        if (state.error) {
            return (state.stopped ? "stopped: " : "failing: ") + state.error->text;
        }
        return state.last_success ? "ok" : "not polled yet";
    }
};

tl::expected<std::vector<FeedRow>, int> rows_of(const Session& session, const Setup& setup) {
    std::vector<FeedRow> rows;
    for (const Feed& feed : setup.feeds) {
        rows.push_back({&feed, {}, {}});
    }
    const auto reader = history::Reader::open(setup.database);
    if (!reader) {
        // Before the first run there is nothing to tell but the list itself.
        if (reader.error().code == Errc::not_found) {
            return rows;
        }
        return tl::unexpected<int>{report(session, reader.error())};
    }
    const auto states = reader->feed_states();
    const auto counts = reader->feed_counts();
    if (!states || !counts) {
        return tl::unexpected<int>{report(session, !states ? states.error() : counts.error())};
    }
    std::unordered_map<std::string, FeedRow*> by_id;
    for (FeedRow& row : rows) {
        by_id[row.feed->id] = &row;
    }
    for (const FeedState& state : *states) {
        if (const auto row = by_id.find(state.feed_id); row != by_id.end()) {
            row->second->state = state;
        }
    }
    for (const history::FeedCounts& count : *counts) {
        if (const auto row = by_id.find(count.feed_id); row != by_id.end()) {
            row->second->counts = count;
        }
    }
    std::stable_sort(rows.begin(), rows.end(),
                     [](const FeedRow& a, const FeedRow& b) { return a.badness() > b.badness(); });
    return rows;
}

void print_json(std::ostream& out, const std::vector<FeedRow>& rows) {
    using Json = nlohmann::ordered_json;
    const auto time = [](const std::optional<Instant>& at) {
        return at ? Json(to_rfc3339(*at)) : Json(nullptr);
    };
    Json list = Json::array();
    for (const FeedRow& row : rows) {
        list.push_back({{"id", row.feed->id},
                        {"title", row.feed->title.empty() ? row.state.title : row.feed->title},
                        {"url", row.feed->url},
                        {"tags", row.feed->tags},
                        {"enabled", row.feed->enabled},
                        {"stopped", row.state.stopped},
                        {"failures", row.state.failures},
                        {"error", row.state.error ? Json(row.state.error->text) : Json(nullptr)},
                        {"http_status", row.state.http_status},
                        {"last_attempt", time(row.state.last_attempt)},
                        {"last_success", time(row.state.last_success)},
                        {"next_due", time(row.state.next_due)},
                        {"latency_ms", row.state.latency.count()},
                        {"body_bytes", row.state.body_bytes},
                        {"articles", row.counts.articles},
                        {"hits", row.counts.hits},
                        {"last_article", time(row.counts.last_article)}});
    }
    out << list.dump(2, ' ', false, Json::error_handler_t::replace) << '\n';
}

/// The table has no room for them on a terminal, and they say what to do.
void print_causes(const Terminal& terminal, const std::vector<FeedRow>& rows) {
    for (const FeedRow& row : rows) {
        if (terminal.width > 0 && row.feed->enabled && row.state.error) {
            terminal.out << styled(terminal, Style::bad, row.feed->id) << ": "
                         << printable(row.words()) << '\n';
        }
    }
}

int list_command(const Session& session, const ListArguments& arguments) {
    const auto setup = load(session);
    if (!setup) {
        return setup.error();
    }
    const auto rows = rows_of(session, *setup);
    if (!rows) {
        return rows.error();
    }
    if (arguments.json) {
        print_json(session.terminal.out, *rows);
    } else {
        Table table{{"FEED", "ARTICLES", "HITS", "LAST READ", "NEXT DUE", "STATE"}};
        for (const FeedRow& row : *rows) {
            table.add({row.feed->id, std::to_string(row.counts.articles),
                       std::to_string(row.counts.hits), local_time(row.state.last_success, "never"),
                       local_time(row.state.next_due, "-"), row.words()});
        }
        table.print(session.terminal);
        print_causes(session.terminal, *rows);
    }
    if (rows->empty()) {
        session.terminal.err << "there are no feeds in " << printable(setup->file.string())
                             << "; add one:\n  wirewatch feeds add "
                                "https://feeds.bbci.co.uk/news/world/rss.xml\n";
        return kFailed;
    }
    return kOk;
}

}  // namespace

void add_feeds(CLI::App& app, Session& session, Run& run) {
    auto* feeds = app.add_subcommand("feeds", "the feeds and their health, worst first");
    feeds->footer("Example: wirewatch feeds --json");
    auto arguments = std::make_shared<ListArguments>();
    feeds->require_subcommand(0, 1);
    const auto list = [&session, &run, arguments] {
        run = [&session, arguments] { return list_command(session, *arguments); };
    };
    feeds->add_flag("--json", arguments->json, "as JSON");
    auto* named = feeds->add_subcommand("list", "the same as 'wirewatch feeds'");
    named->add_flag("--json", arguments->json, "as JSON");
    named->footer("Example: wirewatch feeds list");
    named->callback(list);
    add_feeds_parse(*feeds, session, run);
    add_feeds_discover(*feeds, session, run);
    add_feeds_add(*feeds, session, run);
    add_feeds_import(*feeds, session, run);
    add_feeds_export(*feeds, session, run);
    feeds->callback([feeds, list] {
        if (feeds->get_subcommands().empty()) {
            list();
        }
    });
}

}  // namespace wirewatch::review
