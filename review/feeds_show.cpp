// SPDX-License-Identifier: MIT
// wirewatch feeds show: all that is known of one feed.
#include "base/printable.hpp"
#include "feeds/file_source.hpp"
#include "review/exit_code.hpp"
#include "review/feed_health.hpp"
#include "review/feeds_commands.hpp"

#include <algorithm>
#include <array>
#include <cstdio>
#include <memory>
#include <ostream>
#include <string>
#include <string_view>

#include <CLI/CLI.hpp>

namespace wirewatch::review {

namespace {

struct ShowArguments {
    std::string feed;
    bool json = false;
};

/// A moment, and how far away it is.
std::string moment(const std::optional<Instant>& at, Instant now, const std::string& none) {
    return at ? local_time(*at) + " (" + when(*at, now) + ")" : none;
}

std::string habit_words(const FeedHealth& health) {
    const Habit& habit = health.habit;
    if (!habit.articles_per_day) {
        return "too little is known yet";
    }
    std::array<char, 64> text{};
    std::snprintf(text.data(), text.size(), "%.1f articles a day", *habit.articles_per_day);
    return std::string{text.data()} +
           (habit.longest_usual_pause
                ? ", pauses for " + human_span(*habit.longest_usual_pause) + " at most"
                : "");
}

std::string coverage(const FeedState& state) {
    if (!state.continuous_since) {
        return "not known yet";
    }
    return "continuous since " + local_time(*state.continuous_since) +
           (state.gap_from ? "; before it a gap from " + local_time(*state.gap_from) : "");
}

std::string last_answer(const FeedHealth& health) {
    const FeedState& state = health.state;
    const bool web = !feeds::is_file_url(health.feed->url);
    const std::string status =
        web && state.http_status > 0 ? "HTTP " + std::to_string(state.http_status) + ", " : "";
    return status + std::to_string(state.latency.count()) + " ms; last body " +
           human_bytes(state.body_bytes);
}

void print(const Terminal& terminal, const FeedHealth& health, Instant now) {
    const FeedState& state = health.state;
    const auto line = [&terminal](std::string_view name, const std::string& text) {
        terminal.out << name << std::string(12 - name.size(), ' ') << printable(text) << '\n';
    };
    line("feed", health.feed->id + (health.title().empty() ? "" : " — " + health.title()));
    line("url", health.feed->url);
    line("state", std::string{name_of(health.condition)});
    for (const std::string& advice : advice_on(health, now)) {
        line("", advice);
    }
    line("last read", moment(state.last_success, now, "never"));
    line("last asked", moment(state.last_attempt, now, "never"));
    if (state.last_attempt) {
        line("answer", last_answer(health));
    }
    line("next due", moment(state.next_due, now, "-") +
                         (state.due_reason.empty() ? "" : ": " + state.due_reason));
    line("articles", std::to_string(health.counts.articles) + ", newest seen " +
                         moment(health.counts.last_article, now, "never"));
    line("hits", std::to_string(health.counts.hits));
    line("habit", habit_words(health));
    line("coverage", coverage(state));
}

int show_command(const Session& session, const ShowArguments& arguments) {
    const auto setup = load(session);
    if (!setup) {
        return setup.error();
    }
    const auto feeds = health_of_feeds(session, *setup);
    if (!feeds) {
        return feeds.error();
    }
    const auto found = std::find_if(feeds->begin(), feeds->end(), [&](const FeedHealth& health) {
        return health.feed->id == arguments.feed;
    });
    if (found == feeds->end()) {
        session.terminal.err << "wirewatch: there is no feed '" << printable(arguments.feed, 80)
                             << "' in " << printable(setup->file.string())
                             << "; 'wirewatch feeds' lists them\n";
        return kFailed;
    }
    if (arguments.json) {
        write_json(session.terminal.out, *found);
    } else {
        print(session.terminal, *found, session.clock.now());
    }
    return kOk;
}

}  // namespace

void add_feeds_show(CLI::App& feeds, Session& session, Run& run) {
    auto* command = feeds.add_subcommand("show", "all that is known of one feed");
    auto arguments = std::make_shared<ShowArguments>();
    command->footer("Example: wirewatch feeds show voa-world");
    command->add_option("FEED", arguments->feed, "as 'wirewatch feeds' shows it")->required();
    command->add_flag("--json", arguments->json, "as JSON");
    command->callback([&session, &run, arguments] {
        run = [&session, arguments] { return show_command(session, *arguments); };
    });
}

}  // namespace wirewatch::review
