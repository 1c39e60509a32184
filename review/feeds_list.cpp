// SPDX-License-Identifier: MIT
// wirewatch feeds: the feeds and their health.
#include "base/printable.hpp"
#include "history/write_lock.hpp"
#include "review/commands.hpp"
#include "review/control_client.hpp"
#include "review/exit_code.hpp"
#include "review/feed_health.hpp"
#include "review/feeds_commands.hpp"

#include <array>
#include <chrono>
#include <cstdio>
#include <map>
#include <memory>
#include <ostream>
#include <string>
#include <vector>

#include <CLI/CLI.hpp>

namespace wirewatch::review {

namespace {

constexpr std::chrono::seconds kPatience{3};  // as status
constexpr std::size_t kIdColumns = 24;  // so that the table fits 80; its last columns grow least

struct ListArguments {
    bool json = false;
};

std::string per_day(const std::optional<double>& articles) {
    if (!articles) {
        return "-";
    }
    std::array<char, 32> text{};
    std::snprintf(text.data(), text.size(), *articles < 10 ? "%.1f" : "%.0f", *articles);
    return text.data();
}

/// An overdue feed waits for the limits of its host, or for the daemon.
std::string due(const FeedHealth& health, Instant now) {
    const bool rests = health.condition == Condition::off ||
                       health.condition == Condition::paused ||
                       health.condition == Condition::stopped;
    if (rests || !health.state.next_due) {
        return "-";
    }
    return *health.state.next_due <= now ? "now" : when(*health.state.next_due, now);
}

void print_table(const Terminal& terminal, const std::vector<FeedHealth>& feeds, Instant now) {
    Table table{{"FEED", "STATE", "LAST READ", "NEXT DUE", "A DAY", "ARTICLES", "HITS"}};
    for (const FeedHealth& health : feeds) {
        const auto& read = health.state.last_success;
        table.add({cut_to_columns(health.feed->id, kIdColumns),
                   std::string{name_of(health.condition)}, read ? when(*read, now) : "never",
                   due(health, now), per_day(health.habit.articles_per_day),
                   std::to_string(health.counts.articles), std::to_string(health.counts.hits)});
    }
    table.print(terminal);
}

/// What the table has no room for, and a person should act on.
void print_advice(const Terminal& terminal, const std::vector<FeedHealth>& feeds, Instant now) {
    for (const FeedHealth& health : feeds) {
        const auto lines = advice_on(health, now);
        if (!lines.empty()) {
            terminal.out << '\n' << styled(terminal, Style::bad, health.feed->id) << '\n';
        }
        for (const std::string& line : lines) {
            terminal.out << "  " << printable(line) << '\n';
        }
    }
}

void print_sum(const Terminal& terminal, const std::vector<FeedHealth>& feeds) {
    std::map<Condition, std::size_t> counts;
    for (const FeedHealth& health : feeds) {
        ++counts[health.condition];
    }
    terminal.out << '\n' << feeds.size() << (feeds.size() == 1 ? " feed:" : " feeds:");
    const char* comma = " ";
    for (const auto& [condition, count] : counts) {
        terminal.out << comma << count << ' '
                     << (condition == Condition::fresh ? "not polled yet" : name_of(condition));
        comma = ", ";
    }
    terminal.out << '\n';
}

/// What stands above was stored before the database ceased to take writes, and may look well.
void print_standstill(const Terminal& terminal, const Setup& setup, Instant now) {
    if (!history::writer_pid(setup.database)) {
        return;
    }
    const auto answer = ControlClient{setup.control_socket}.ask({}, kPatience);
    if (answer && answer->status && answer->status->standstill) {
        const Standstill& standstill = *answer->status->standstill;
        terminal.err << '\n'
                     << styled(terminal, Style::bad, "polling has stopped") << ' '
                     << when(standstill.since, now)
                     << ", until the database takes writes again: " << printable(standstill.why)
                     << '\n';
    }
}

int list_command(const Session& session, const ListArguments& arguments) {
    const auto setup = load(session);
    if (!setup) {
        return setup.error();
    }
    const auto feeds = health_of_feeds(session, *setup);
    if (!feeds) {
        return feeds.error();
    }
    const Instant now = session.clock.now();
    if (arguments.json) {
        write_json(session.terminal.out, *feeds);
    } else if (!feeds->empty()) {
        print_table(session.terminal, *feeds, now);
        print_advice(session.terminal, *feeds, now);
        print_sum(session.terminal, *feeds);
        print_standstill(session.terminal, *setup, now);
    }
    if (feeds->empty()) {
        session.terminal.err << "there are no feeds in " << printable(setup->file.string())
                             << "; add one:\n  " << this_program(session)
                             << " feeds add https://feeds.bbci.co.uk/news/world/rss.xml\n";
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
    add_feeds_show(*feeds, session, run);
    add_feeds_orders(*feeds, session, run);
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
