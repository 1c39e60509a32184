// SPDX-License-Identifier: MIT
// wirewatch stats: how many hits, of which rule and feed, on which day.
#include "review/commands.hpp"
#include "review/exit_code.hpp"
#include "review/history_filters.hpp"
#include "review/hit_stats.hpp"

#include <chrono>
#include <memory>
#include <ostream>
#include <string>

#include <CLI/CLI.hpp>

namespace wirewatch::review {

namespace {

constexpr std::chrono::hours kDefaultWindow{30 * 24};

struct Arguments {
    FilterArguments filters;
    bool json = false;
    bool csv = false;
};

int stats_command(const Session& session, const Arguments& arguments) {
    auto query = hit_query(session, arguments.filters);
    if (!query) {
        return query.error();
    }
    const auto opened = open(session);
    if (!opened) {
        return opened.error();
    }
    const Instant now = session.clock.now();
    query->until = query->until.value_or(now + std::chrono::milliseconds{1});
    query->since = query->since.value_or(*query->until - kDefaultWindow);
    if (*query->since > *query->until) {
        report(session, Error{Errc::invalid, std::string{kSinceAfterUntil}});
        return kUsage;
    }
    HitStats stats{*query->since, *query->until};
    if (arguments.filters.rules.empty() && arguments.filters.tags.empty() &&
        arguments.filters.severities.empty()) {
        for (const Rule& rule : opened->setup.rules) {
            if (rule.enabled) {
                stats.add_rule(rule.id);
            }
        }
    }
    const auto counted =
        opened->reader.each_hit(*query, [&](const history::CountedHit& hit) { stats.add(hit); });
    if (!counted) {
        return report(session, counted.error());
    }
    if (arguments.json) {
        write_stats_json(session.terminal.out, stats);
    } else if (arguments.csv) {
        write_stats_csv(session.terminal.out, stats);
    } else {
        print_stats(session.terminal, stats);
        print_unknown_names(session, arguments.filters, opened->setup);
    }
    return stats.total() > 0 ? kOk : kFailed;
}

}  // namespace

void add_stats(CLI::App& app, Session& session, Run& run) {
    auto* command = app.add_subcommand("stats", "how many hits, of each rule and feed, day by day");
    auto arguments = std::make_shared<Arguments>();
    command->footer(
        "Example: wirewatch stats --since 90d --severity high\n"
        "Without --since, the last 30 days. Days are those of your time zone. Exit code 1 where "
        "there "
        "are no hits.");
    add_filters(*command, arguments->filters);
    auto* json = command->add_flag("--json", arguments->json, "as JSON");
    auto* csv = command->add_flag("--csv", arguments->csv,
                                  "as CSV: a line for each day, rule and feed that has hits");
    json->excludes(csv);
    command->callback([&session, &run, arguments] {
        run = [&session, arguments] { return stats_command(session, *arguments); };
    });
}

}  // namespace wirewatch::review
