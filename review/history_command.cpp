// SPDX-License-Identifier: MIT
// wirewatch history: matched articles, newest first.
#include "base/printable.hpp"
#include "base/time.hpp"
#include "review/commands.hpp"
#include "review/exit_code.hpp"
#include "review/hit_output.hpp"
#include "review/moment.hpp"

#include <algorithm>
#include <memory>
#include <ostream>

#include <CLI/CLI.hpp>

namespace wirewatch::review {

namespace {

struct Arguments {
    std::vector<std::string> words;
    std::vector<std::string> rules;
    std::vector<std::string> feeds;
    std::vector<std::string> severities;
    std::string since;
    std::string until;
    std::size_t limit = 50;
    bool json = false;
    bool csv = false;
    bool table = false;
};

Result<Severity> parse_severity(const std::string& name) {
    for (const Severity severity :
         {Severity::low, Severity::normal, Severity::high, Severity::critical}) {
        if (name == to_text(severity)) {
            return severity;
        }
    }
    return fail(Errc::invalid,
                "'" + name + "' is no severity; write one of low, normal, high, critical");
}

Result<history::HitQuery> query_of(const Arguments& arguments, Instant now) {
    history::HitQuery query;
    query.rules = arguments.rules;
    query.feeds = arguments.feeds;
    query.limit = arguments.limit;
    for (const std::string& name : arguments.severities) {
        const auto severity = parse_severity(name);
        if (!severity) {
            return tl::unexpected{severity.error()};
        }
        query.severities.push_back(*severity);
    }
    for (const auto& [text, target] :
         {std::pair{&arguments.since, &query.since}, {&arguments.until, &query.until}}) {
        if (text->empty()) {
            continue;
        }
        const auto moment = parse_moment(*text, now);
        if (!moment) {
            return tl::unexpected{moment.error()};
        }
        *target = *moment;
    }
    for (const std::string& word : arguments.words) {
        query.text += (query.text.empty() ? "" : " ") + word;
    }
    return query;
}

/// How much of a title a terminal shows: what comes before takes 42 columns; behind it there should
/// be room for the feed, at least. Without a terminal, practically all of it.
std::size_t title_columns(const Terminal& terminal) {
    return terminal.width == 0
               ? 1000
               : std::clamp<std::size_t>(terminal.width - std::min<std::size_t>(terminal.width, 62),
                                         30, 90);
}

void print_table(const Terminal& terminal, const std::vector<history::HitRow>& rows) {
    Table table{{"FOUND", "ARTICLE", "SEVERITY", "TITLE", "FEED", "RULES"}};
    for (const history::HitRow& row : rows) {
        Severity highest = Severity::low;
        std::string rules;
        for (const auto& found : row.hits) {
            highest = std::max(highest, found.rule.severity);
            rules += (rules.empty() ? "" : ", ") + found.rule.id;
        }
        table.add({local_time(row.hits.front().at), row.article.key.substr(0, 10),
                   std::string{to_text(highest)},
                   cut_to_columns(printable(row.article.title), title_columns(terminal)),
                   row.feed_title.empty() ? row.article.feed_id : row.feed_title, rules});
    }
    table.print(terminal);
}

/// Why there may be nothing: a name that nobody has.
void print_nothing(const Session& session, const Arguments& arguments, const Setup& setup) {
    auto& err = session.terminal.err;
    for (const std::string& id : arguments.rules) {
        if (std::none_of(setup.rules.begin(), setup.rules.end(),
                         [&](const Rule& rule) { return rule.id == id; })) {
            err << "there is no rule '" << printable(id, 80) << "' in the configuration\n";
        }
    }
    for (const std::string& id : arguments.feeds) {
        if (std::none_of(setup.feeds.begin(), setup.feeds.end(),
                         [&](const Feed& feed) { return feed.id == id; })) {
            err << "there is no feed '" << printable(id, 80) << "' in the configuration\n";
        }
    }
    err << "nothing has matched that; 'wirewatch status' says whether feeds are read\n";
}

int history_command(const Session& session, const Arguments& arguments) {
    const auto query = query_of(arguments, session.clock.now());
    if (!query) {
        report(session, query.error());
        return kUsage;
    }
    const auto opened = open(session);
    if (!opened) {
        return opened.error();
    }
    const auto rows = opened->reader.hits(*query);
    if (!rows) {
        return report(session, rows.error());
    }
    if (arguments.json) {
        write_json(session.terminal.out, *rows);
    } else if (arguments.csv) {
        write_csv(session.terminal.out, *rows);
    } else if (rows->empty()) {
        print_nothing(session, arguments, opened->setup);
    } else {
        print_table(session.terminal, *rows);
        session.terminal.err << "\n'wirewatch show ARTICLE' shows one of them.\n";
    }
    return rows->empty() ? kFailed : kOk;
}

}  // namespace

void add_history(CLI::App& app, Session& session, Run& run) {
    auto* command = app.add_subcommand("history", "matched articles, newest first");
    auto arguments = std::make_shared<Arguments>();
    command->footer(
        "Example: wirewatch history lavrov \"gas pipeline\" --rule pakistan-russia-energy --since "
        "7d");
    command->add_option("QUERY", arguments->words,
                        "words and \"quoted phrases\" that the article must have");
    command->add_option("--rule", arguments->rules, "only hits of this rule (may be repeated)")
        ->type_name("RULE")
        ->allow_extra_args(false);
    command->add_option("--feed", arguments->feeds, "only articles of this feed (may be repeated)")
        ->type_name("FEED")
        ->allow_extra_args(false);
    command
        ->add_option("--severity", arguments->severities,
                     "low, normal, high or critical (may be repeated)")
        ->type_name("SEVERITY")
        ->allow_extra_args(false);
    command
        ->add_option("--since", arguments->since,
                     "found since: 7d, 24h, 2021-04-06, 2021-04-06T12:00Z")
        ->type_name("WHEN");
    command->add_option("--until", arguments->until, "found before; as --since")->type_name("WHEN");
    command->add_option("--limit", arguments->limit, "at most so many articles")
        ->type_name("N")
        ->check(CLI::Range(1, 100'000))
        ->capture_default_str();
    auto* json = command->add_flag("--json", arguments->json, "as JSON");
    auto* csv = command->add_flag("--csv", arguments->csv, "as CSV, a line for each hit");
    auto* table = command->add_flag("--table", arguments->table, "as a table (the default)");
    json->excludes(csv)->excludes(table);
    csv->excludes(table);
    command->callback([&session, &run, arguments] {
        run = [&session, arguments] { return history_command(session, *arguments); };
    });
}

}  // namespace wirewatch::review
