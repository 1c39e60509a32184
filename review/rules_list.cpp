// SPDX-License-Identifier: MIT
// wirewatch rules list: the rules, and what each has cost and brought the running daemon.
#include "base/printable.hpp"
#include "history/write_lock.hpp"
#include "review/control_client.hpp"
#include "review/exit_code.hpp"
#include "review/rules_commands.hpp"
#include "rules/rule_set.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdio>
#include <memory>
#include <optional>
#include <ostream>
#include <unordered_map>
#include <utility>

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

namespace wirewatch::review {

namespace {

struct Arguments {
    bool json = false;
};

/// What the daemon says of its rules; none, with the reason, where it does not.
struct Told {
    std::optional<RuleReport> report;
    std::string silence;
};

Told ask_daemon(const Setup& setup) {
    if (!history::writer_pid(setup.database)) {
        return {std::nullopt, "the daemon is not running"};
    }
    auto answer = ControlClient{setup.control_socket}.ask({.command = ControlCommand::rules});
    if (!answer) {
        return {std::nullopt, answer.error().text};
    }
    return {std::move(answer->rules), answer->message};
}

/// A rule of the configuration with what the daemon knows of it, or one that only the daemon has.
struct Row {
    std::string id;
    const Rule* rule = nullptr;
    const RuleCost* cost = nullptr;
    const rules::Problem* problem = nullptr;  ///< what is wrong with it in the configuration
    std::optional<bool> in_force;             ///< none: not known
};

using ProblemOf = std::unordered_map<std::string, const rules::Problem*>;  // by id

/// The first error of each rule, or of a set.
ProblemOf errors_by_rule(const std::vector<rules::Problem>& problems) {
    ProblemOf errors;
    for (const rules::Problem& problem : problems) {
        if (problem.weight == rules::Weight::error) {
            errors.emplace(problem.rule_id, &problem);
        }
    }
    return errors;
}

/// What is known of each row beside its costs.
void add_standing(std::vector<Row>& rows, const std::optional<RuleReport>& report,
                  const ProblemOf& errors) {
    const bool all_named = report && report->costliest.size() >= report->rules;
    for (Row& row : rows) {
        const auto error = errors.find(row.id);
        row.problem = row.rule == nullptr || error == errors.end() ? nullptr : error->second;
        if (row.cost != nullptr) {
            row.in_force = true;
        } else if (all_named || (!report && row.problem != nullptr)) {
            row.in_force = false;
        }
    }
}

/// In the daemon's order, the costliest first; then those that it does not name.
std::vector<Row> rows_of(const Setup& setup, const std::optional<RuleReport>& report) {
    std::unordered_map<std::string, const Rule*> by_id;
    for (const Rule& rule : setup.rules) {
        by_id.emplace(rule.id, &rule);
    }
    std::vector<Row> rows;
    if (report) {
        for (const RuleCost& cost : report->costliest) {
            const auto found = by_id.extract(cost.id);
            rows.push_back({.id = cost.id,
                            .rule = found.empty() ? nullptr : found.mapped(),
                            .cost = &cost,
                            .in_force = {}});
        }
    }
    for (const Rule& rule : setup.rules) {
        if (by_id.contains(rule.id)) {
            rows.push_back({.id = rule.id, .rule = &rule, .in_force = {}});
        }
    }
    return rows;
}

/// "1.2 ms", "3.4 s".
std::string short_time(std::chrono::microseconds time) {
    constexpr std::array<std::pair<double, const char*>, 2> kUnits{{{1e6, "s"}, {1e3, "ms"}}};
    const auto count = static_cast<double>(time.count());
    std::array<char, 32> text{};
    for (const auto& [size, unit] : kUnits) {
        if (count >= size) {
            std::snprintf(text.data(), text.size(), "%.1f %s", count / size, unit);
            return text.data();
        }
    }
    return std::to_string(time.count()) + " us";
}

/// Whether a rule of the configuration is in force as it stands there; empty: it is.
std::string standing_of(const Row& row) {
    if (row.rule == nullptr) {
        return "no longer in the configuration";
    }
    const bool left_out = row.in_force == false;
    if (row.problem != nullptr) {
        return (left_out       ? "not in force: "
                : row.in_force ? "its former version stays in force: "
                               : "wrong: ") +
               printable(row.problem->text);
    }
    return left_out && row.rule->enabled ? "not in force before 'wirewatch reload'" : "";
}

std::string note_of(const Row& row) {
    std::string note;
    const auto add = [&](const std::string& words) { note += (note.empty() ? "" : ", ") + words; };
    if (row.cost != nullptr && row.cost->given_up > 0) {
        add("given up for " + std::to_string(row.cost->given_up) +
            (row.cost->given_up == 1 ? " article" : " articles"));
    }
    if (row.cost != nullptr && row.cost->slow) {
        add("slow");
    }
    if (row.cost != nullptr && row.cost->always_asked) {
        add("asked about every article");
    }
    if (const std::string standing = standing_of(row); !standing.empty()) {
        add(standing);
    }
    return note;
}

void print_table(const Terminal& terminal, const std::vector<Row>& rows, bool with_costs) {
    const bool with_notes = with_costs || std::any_of(rows.begin(), rows.end(), [](const Row& row) {
                                return !note_of(row).empty();
                            });
    std::vector<std::string> heading{"RULE", "SEVERITY", "ON"};
    if (with_costs) {
        heading.insert(heading.end(), {"CALLED", "EVALUATED", "MATCHED", "TIME"});
    }
    if (with_notes) {
        heading.emplace_back("NOTE");
    }
    heading.emplace_back("TITLE");
    Table table{std::move(heading)};
    for (const Row& row : rows) {
        const Rule* const rule = row.rule;
        const bool on = rule != nullptr && rule->enabled && row.in_force != false;
        std::vector<std::string> cells{
            row.id, rule == nullptr ? "" : std::string{to_text(rule->severity)}, on ? "yes" : "no"};
        if (with_costs && row.cost != nullptr) {
            cells.push_back(std::to_string(row.cost->candidates));
            cells.push_back(std::to_string(row.cost->evaluations));
            cells.push_back(std::to_string(row.cost->matches));
            cells.push_back(short_time(row.cost->time));
        } else if (with_costs) {
            cells.insert(cells.end(), 4, "");
        }
        if (with_notes) {
            cells.push_back(note_of(row));
        }
        cells.push_back(rule == nullptr ? "" : rule->title);
        table.add(std::move(cells));
    }
    table.print(terminal);
}

void print_end(const Terminal& terminal, const Told& told) {
    if (!told.report) {
        terminal.err << "\nWhat they cost is not known: " << printable(told.silence) << '\n';
        return;
    }
    const RuleReport& report = *told.report;
    terminal.err << '\n'
                 << report.articles << (report.articles == 1 ? " article" : " articles")
                 << " matched since the rules were loaded at " << local_time(report.since);
    if (report.cut > 0) {
        terminal.err << "; " << report.cut << " longer than what rules look at";
    }
    terminal.err << ".\nCALLED: had the words that call the rule; EVALUATED: needed a closer look; "
                    "TIME: by a sample.\n";
    if (report.costliest.size() < report.rules) {
        terminal.err << "Shown are the costs of the costliest " << report.costliest.size() << " of "
                     << report.rules << " rules.\n";
    }
}

void print_json(std::ostream& out, const std::vector<Row>& rows, const Told& told) {
    using Json = nlohmann::ordered_json;
    Json list = Json::array();
    for (const Row& row : rows) {
        Json one{{"id", row.id}};
        if (row.rule != nullptr) {
            one["title"] = row.rule->title;
            one["severity"] = to_text(row.rule->severity);
            one["tags"] = row.rule->tags;
            one["enabled"] = row.rule->enabled;
        }
        one["in_force"] = row.in_force ? Json(*row.in_force) : Json(nullptr);
        one["problem"] = row.problem == nullptr
                             ? Json(nullptr)
                             : Json(rules::to_text(row.problem->at) + ": " + row.problem->text);
        if (row.cost != nullptr) {
            one["candidates"] = row.cost->candidates;
            one["evaluations"] = row.cost->evaluations;
            one["matches"] = row.cost->matches;
            one["given_up"] = row.cost->given_up;
            one["time_us"] = row.cost->time.count();
            one["slow"] = row.cost->slow;
            one["always_asked"] = row.cost->always_asked;
        }
        list.push_back(std::move(one));
    }
    Json json{{"since", told.report ? Json(to_rfc3339(told.report->since)) : Json(nullptr)},
              {"articles", told.report ? Json(told.report->articles) : Json(nullptr)},
              {"articles_cut", told.report ? Json(told.report->cut) : Json(nullptr)},
              {"rules", std::move(list)}};
    out << json.dump(2, ' ', false, Json::error_handler_t::replace) << '\n';
}

int list_command(const Session& session, const Arguments& arguments) {
    const auto setup = load(session);
    if (!setup) {
        return setup.error();
    }
    const Told told = ask_daemon(*setup);
    auto rows = rows_of(*setup, told.report);
    const auto compiled = rules::RuleSet::compile(setup->rules, setup->sets);
    add_standing(rows, told.report, errors_by_rule(compiled.problems));
    if (arguments.json) {
        print_json(session.terminal.out, rows, told);
    } else {
        print_table(session.terminal, rows, told.report.has_value());
        print_end(session.terminal, told);
    }
    return rows.empty() ? kFailed : kOk;
}

}  // namespace

void add_rules_list(CLI::App& rules, Session& session, Run& run) {
    const auto arguments = std::make_shared<Arguments>();
    const auto list = [&session, &run, arguments] {
        run = [&session, arguments] { return list_command(session, *arguments); };
    };
    auto* named = rules.add_subcommand("list", "the same as 'wirewatch rules'");
    for (auto* command : {&rules, named}) {
        command->add_flag("--json", arguments->json, "as JSON");
    }
    named->footer(
        "Example: wirewatch rules list --json\n"
        "With the daemon running it also shows how often each rule was called by an article's "
        "words, had\nto be evaluated and matched, and what it cost, since the rules were loaded; "
        "the costliest first.");
    named->callback(list);
    rules.callback([&rules, list] {
        if (rules.get_subcommands().empty()) {
            list();
        }
    });
}

}  // namespace wirewatch::review
