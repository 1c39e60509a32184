// SPDX-License-Identifier: MIT
// wirewatch status: the daemon at a glance, from its database, and from itself where it answers.
#include "base/printable.hpp"
#include "history/backup.hpp"
#include "history/write_lock.hpp"
#include "review/commands.hpp"
#include "review/control_client.hpp"
#include "review/exit_code.hpp"

#include <chrono>
#include <memory>
#include <optional>
#include <ostream>
#include <string>
#include <unordered_map>
#include <utility>

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

namespace wirewatch::review {

namespace {

// A person looks at it, a script may ask often: shorter than for what has to be done.
constexpr std::chrono::seconds kPatience{3};

struct Arguments {
    bool json = false;
};

struct FeedTally {
    std::size_t ok = 0;
    std::size_t failing = 0;
    std::size_t waiting = 0;  ///< never polled yet
    std::size_t paused = 0;
    std::size_t stopped = 0;
};

struct Status {
    std::optional<int> pid;
    std::size_t rules = 0;  ///< in force; of a daemon that does not answer: configured
    FeedTally feeds;
    history::Totals totals;
    std::optional<history::KeptBackup> backup;  ///< the last
    std::optional<DaemonStatus> daemon;         ///< its own words; none: it does not answer
    std::string silence;                        ///< why it does not
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
        if (state != by_id.end() && state->second->paused) {
            ++tally.paused;
        } else if (state != by_id.end() && state->second->stopped) {
            ++tally.stopped;
        } else if (state == by_id.end() || !state->second->last_attempt) {
            ++tally.waiting;
        } else if (state->second->error) {
            ++tally.failing;
        } else {
            ++tally.ok;
        }
    }
    return tally;
}

/// Asked only where its lock says that it is there: nobody waits for a daemon that is not.
void ask_daemon(const Setup& setup, Status& status) {
    auto answer = ControlClient{setup.control_socket}.ask({}, kPatience);
    if (!answer) {
        status.silence = std::move(answer.error().text);
    } else if (!answer->status) {
        status.silence = std::move(answer->message);
    } else {
        status.daemon = std::move(answer->status);
        const DaemonStatus& daemon = *status.daemon;
        status.rules = daemon.rules;
        status.feeds = {daemon.ok, daemon.failing, daemon.waiting, daemon.paused, daemon.stopped};
    }
}

void print_json(std::ostream& out, const Setup& setup, const Status& status) {
    using Json = nlohmann::ordered_json;
    const auto& daemon = status.daemon;
    const auto time = [](const std::optional<Instant>& at) {
        return at ? Json(to_rfc3339(*at)) : Json(nullptr);
    };
    out << Json{{"running", status.pid.has_value()},
                {"pid", status.pid ? Json(*status.pid) : Json(nullptr)},
                {"answers", daemon.has_value()},
                {"version", daemon ? Json(daemon->version) : Json(nullptr)},
                {"since", daemon ? Json(to_rfc3339(daemon->since)) : Json(nullptr)},
                {"in_flight", daemon ? Json(daemon->in_flight) : Json(nullptr)},
                {"next_due", daemon ? time(daemon->next_due) : Json(nullptr)},
                {"polling_stopped", daemon && daemon->standstill
                                        ? Json{{"since", to_rfc3339(daemon->standstill->since)},
                                               {"why", daemon->standstill->why}}
                                        : Json(nullptr)},
                {"configuration", setup.file.string()},
                {"database", setup.database.string()},
                {"database_bytes", status.totals.file_bytes},
                {"database_free_bytes", status.totals.free_bytes},
                {"database_max_bytes",
                 setup.max_bytes == 0 ? Json(nullptr) : Json(setup.max_bytes)},
                {"last_backup",
                 status.backup ? Json(to_rfc3339(status.backup->at)) : Json(nullptr)},
                {"feeds",
                 {{"ok", status.feeds.ok},
                  {"failing", status.feeds.failing},
                  {"not_polled_yet", status.feeds.waiting},
                  {"paused", status.feeds.paused},
                  {"stopped", status.feeds.stopped}}},
                {"rules", status.rules},
                {"matching", daemon ? Json{{"articles", daemon->matched_articles},
                                           {"candidates", daemon->candidates},
                                           {"evaluations", daemon->evaluations},
                                           {"matches", daemon->matches}}
                                    : Json(nullptr)},
                {"rules_slow", daemon ? Json(daemon->slow_rules) : Json(nullptr)},
                {"rules_given_up", daemon ? Json(daemon->given_up_rules) : Json(nullptr)},
                {"articles_cut", daemon ? Json(daemon->cut_articles) : Json(nullptr)},
                {"backfill_rules", daemon ? Json(daemon->backfill_rules) : Json(nullptr)},
                {"backfill_left", daemon ? Json(daemon->backfill_left) : Json(nullptr)},
                {"subscribers", daemon ? Json(daemon->subscribers) : Json(nullptr)},
                {"articles", status.totals.articles},
                {"articles_today", status.totals.articles_today},
                {"hits", status.totals.hits},
                {"alerts", status.totals.alerts},
                {"alerts_today", status.totals.alerts_today}}
               .dump(2, ' ', false, Json::error_handler_t::replace)
        << '\n';
}

std::string daemon_words(const Terminal& terminal, const Status& status, Instant now) {
    if (!status.pid) {
        return styled(terminal, Style::bad, "not running");
    }
    std::string words =
        styled(terminal, Style::good, "running, process " + std::to_string(*status.pid));
    if (!status.daemon) {
        return words + ", but it does not answer: " + printable(status.silence);
    }
    return words + ", version " + printable(status.daemon->version, 40) + ", up since " +
           local_time(status.daemon->since) + " (" + human_span(now - status.daemon->since) + ")";
}

std::string polling_words(const Terminal& terminal, const DaemonStatus& daemon, Instant now) {
    if (daemon.standstill) {
        return styled(terminal, Style::bad, "stopped") + " since " +
               local_time(daemon.standstill->since) + " (" +
               human_span(now - daemon.standstill->since) +
               "), until the database takes writes again: " + printable(daemon.standstill->why);
    }
    const std::string next = !daemon.next_due ? "nothing waits for its time"
                             : *daemon.next_due <= now
                                 ? "next due now"
                                 : "next due in " + human_span(*daemon.next_due - now);
    return std::to_string(daemon.in_flight) + " in flight, " + next;
}

std::string feed_words(const Terminal& terminal, const FeedTally& feeds) {
    std::string words = std::to_string(feeds.ok) + " ok, " +
                        styled(terminal, feeds.failing > 0 ? Style::bad : Style::plain,
                               std::to_string(feeds.failing) + " failing") +
                        ", " + std::to_string(feeds.waiting) + " not polled yet";
    if (feeds.paused > 0) {
        words += ", " + std::to_string(feeds.paused) + " paused";
    }
    if (feeds.stopped > 0) {
        words += ", " + styled(terminal, Style::bad, std::to_string(feeds.stopped) + " stopped");
    }
    return words;
}

/// "1.2 GiB of at most 10 GiB, 300 MiB of them free"
std::string size_words(const Setup& setup, const history::Totals& totals) {
    std::string words = human_bytes(totals.file_bytes);
    if (setup.max_bytes != 0) {
        words += " of at most " + human_bytes(setup.max_bytes);
    }
    if (totals.free_bytes > totals.file_bytes / 10) {
        words += ", " + human_bytes(totals.free_bytes) + " of them free";
    }
    return words;
}

/// How many there are, and what is to be known of them.
std::string rule_words(const Terminal& terminal, std::size_t count, const Status& status) {
    std::string words = std::to_string(count);
    if (!status.daemon) {
        return words;
    }
    const DaemonStatus& daemon = *status.daemon;
    const auto add = [&](std::size_t number, const std::string& what) {
        if (number > 0) {
            words += ", " + styled(terminal, Style::bad, std::to_string(number) + what);
        }
    };
    add(daemon.given_up_rules, " given up for some article");
    add(daemon.slow_rules, " slow");
    add(daemon.cut_articles, " articles longer than what rules look at");
    if (daemon.backfill_rules > 0) {
        words += "; " + std::to_string(daemon.backfill_rules) +
                 " of them look at stored articles, " + std::to_string(daemon.backfill_left) +
                 " to go";
    }
    return words;
}

std::string backup_words(const Setup& setup, const std::optional<history::KeptBackup>& backup,
                         Instant now) {
    if (!backup) {
        return "none in " + printable(setup.backups.string());
    }
    return printable(backup->file.string()) + ", " + human_bytes(backup->bytes) + ", " +
           human_span(now - backup->at) + " ago";
}

void print_words(const Terminal& terminal, const Setup& setup, const Status& status, Instant now) {
    const auto& totals = status.totals;
    const auto& daemon = status.daemon;
    terminal.out << "daemon    " << daemon_words(terminal, status, now) << '\n';
    if (status.daemon) {
        terminal.out << "polling   " << polling_words(terminal, *status.daemon, now) << '\n';
    }
    terminal.out << "feeds     " << feed_words(terminal, status.feeds) << "\nrules     "
                 << rule_words(terminal, status.rules, status) << '\n';
    if (daemon) {
        terminal.out << "matching  " << daemon->matched_articles
                     << " articles since the rules were loaded: " << daemon->candidates
                     << " rules called, " << daemon->evaluations << " evaluated, "
                     << daemon->matches << " matched\nstream    " << daemon->subscribers
                     << (daemon->subscribers == 1 ? " subscriber\n" : " subscribers\n");
    }
    terminal.out << "articles  " << totals.articles << ", " << totals.articles_today
                 << " of them today"
                 << "\nhits      " << totals.hits << "\nalerts    " << totals.alerts << ", "
                 << totals.alerts_today << " of them today"
                 << "\nhistory   " << printable(setup.database.string()) << ", "
                 << size_words(setup, totals) << "\nbackup    "
                 << backup_words(setup, status.backup, now) << "\nconfig    "
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
    Status status{.pid = pid,
                  .rules = setup->rules.size(),
                  .feeds = tally(setup->feeds, *states),
                  .totals = *totals,
                  .backup = {}};
    if (auto kept = history::kept_backups(setup->backups); !kept.empty()) {
        status.backup = std::move(kept.front());
    }
    if (pid) {
        ask_daemon(*setup, status);
    }
    if (arguments.json) {
        print_json(session.terminal.out, *setup, status);
    } else {
        print_words(session.terminal, *setup, status, session.clock.now());
    }
    if (status.daemon && status.daemon->standstill) {
        return kFailed;
    }
    return status.daemon ? kOk : kUnreachable;
}

}  // namespace

void add_status(CLI::App& app, Session& session, Run& run) {
    auto* command = app.add_subcommand(
        "status",
        "the daemon at a glance; exit 69 where it is not running or does not answer, 1 where it "
        "cannot store");
    auto arguments = std::make_shared<Arguments>();
    command->footer("Example: wirewatch status --json");
    command->add_flag("--json", arguments->json, "as JSON");
    command->callback([&session, &run, arguments] {
        run = [&session, arguments] { return status_command(session, *arguments); };
    });
}

}  // namespace wirewatch::review
