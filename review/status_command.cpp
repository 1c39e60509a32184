// SPDX-License-Identifier: MIT
// wirewatch status: the daemon at a glance, from its database.
#include "base/printable.hpp"
#include "history/write_lock.hpp"
#include "review/commands.hpp"
#include "review/exit_code.hpp"

#include <memory>
#include <ostream>
#include <unordered_map>

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

namespace wirewatch::review {

namespace {

struct Arguments {
    bool json = false;
};

struct FeedTally {
    std::size_t ok = 0;
    std::size_t failing = 0;
    std::size_t waiting = 0;  ///< never polled yet
};

struct Status {
    std::optional<int> pid;
    FeedTally feeds;
    history::Totals totals;
};

FeedTally tally(const std::vector<Feed>& feeds, const std::vector<FeedState>& states) {
    std::unordered_map<std::string, const FeedState*> by_id;
    for (const FeedState& state : states) {
        by_id[state.feed_id] = &state;
    }
    FeedTally tally;
    for (const Feed& feed : feeds) {
        const auto state = by_id.find(feed.id);
        if (!feed.enabled) {
            continue;
        }
        if (state == by_id.end() || !state->second->last_attempt) {
            ++tally.waiting;
        } else if (state->second->error) {
            ++tally.failing;
        } else {
            ++tally.ok;
        }
    }
    return tally;
}

void print_json(std::ostream& out, const Setup& setup, const Status& status) {
    using Json = nlohmann::ordered_json;
    out << Json{{"running", status.pid.has_value()},
                {"pid", status.pid ? Json(*status.pid) : Json(nullptr)},
                {"configuration", setup.file.string()},
                {"database", setup.database.string()},
                {"database_bytes", status.totals.file_bytes},
                {"feeds",
                 {{"ok", status.feeds.ok},
                  {"failing", status.feeds.failing},
                  {"not_polled_yet", status.feeds.waiting}}},
                {"rules", setup.rules.size()},
                {"articles", status.totals.articles},
                {"articles_today", status.totals.articles_today},
                {"hits", status.totals.hits},
                {"alerts", status.totals.alerts},
                {"alerts_today", status.totals.alerts_today}}
               .dump(2, ' ', false, Json::error_handler_t::replace)
        << '\n';
}

void print_words(const Terminal& terminal, const Setup& setup, const Status& status) {
    const auto& totals = status.totals;
    terminal.out << "daemon    "
                 << (status.pid ? styled(terminal, Style::good,
                                         "running, process " + std::to_string(*status.pid))
                                : styled(terminal, Style::bad, "not running"))
                 << "\nfeeds     " << status.feeds.ok << " ok, "
                 << styled(terminal, status.feeds.failing > 0 ? Style::bad : Style::plain,
                           std::to_string(status.feeds.failing) + " failing")
                 << ", " << status.feeds.waiting << " not polled yet"
                 << "\nrules     " << setup.rules.size() << "\narticles  " << totals.articles
                 << ", " << totals.articles_today << " of them today"
                 << "\nhits      " << totals.hits << "\nalerts    " << totals.alerts << ", "
                 << totals.alerts_today << " of them today"
                 << "\nhistory   " << printable(setup.database.string()) << ", "
                 << human_bytes(totals.file_bytes) << "\nconfig    "
                 << printable(setup.file.string()) << '\n';
}

int status_command(const Session& session, const Arguments& arguments) {
    const auto setup = load(session);
    if (!setup) {
        return setup.error();
    }
    const auto pid = history::writer_pid(setup->database);
    const auto reader = open_history(session, *setup);
    if (!reader) {
        return reader.error() == kFailed && !pid ? kUnreachable : reader.error();
    }
    const Instant midnight = std::chrono::floor<std::chrono::days>(session.clock.now());
    const auto totals = reader->totals(midnight);
    const auto states = reader->feed_states();
    if (!totals || !states) {
        return report(session, !totals ? totals.error() : states.error());
    }
    const Status status{pid, tally(setup->feeds, *states), *totals};
    if (arguments.json) {
        print_json(session.terminal.out, *setup, status);
    } else {
        print_words(session.terminal, *setup, status);
    }
    return status.pid ? kOk : kUnreachable;
}

}  // namespace

void add_status(CLI::App& app, Session& session, Run& run) {
    auto* command =
        app.add_subcommand("status", "the daemon at a glance; exit 69 where it is not running");
    auto arguments = std::make_shared<Arguments>();
    command->footer("Example: wirewatch status --json");
    command->add_flag("--json", arguments->json, "as JSON");
    command->callback([&session, &run, arguments] {
        run = [&session, arguments] { return status_command(session, *arguments); };
    });
}

}  // namespace wirewatch::review
