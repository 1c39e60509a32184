// SPDX-License-Identifier: MIT
// wirewatch rules check: everything that is wrong with the rules, and what each good one means.
#include "base/printable.hpp"
#include "review/exit_code.hpp"
#include "review/history_sample.hpp"
#include "review/rules_commands.hpp"
#include "rules/feed_filter.hpp"
#include "rules/wording.hpp"

#include <algorithm>
#include <iterator>
#include <map>
#include <memory>
#include <optional>
#include <ostream>

#include <CLI/CLI.hpp>

namespace wirewatch::review {

namespace {

constexpr std::size_t kShownWords = 6;  // of those that a wildcard stands for
constexpr std::size_t kShownShapes = 200;

struct Arguments {
    std::string file;
};

/// "russia 120, russian 83, russians 3 and 4 more"
std::string examples(const std::vector<rules::Vocabulary::Entry>& words) {
    std::string text;
    for (std::size_t i = 0; i < std::min(words.size(), kShownWords); ++i) {
        text += (i == 0 ? "" : ", ") + words[i].word + ' ' + std::to_string(words[i].times);
    }
    return words.size() <= kShownWords
               ? text
               : text + " and " + std::to_string(words.size() - kShownWords) + " more";
}

/// Each wildcard of the rules once, with what it stands for.
void print_wildcards(const Terminal& terminal, const rules::RuleSet& set,
                     const std::optional<HistorySample>& sample) {
    std::map<std::string, std::string> shapes;  // folded, by how they are written
    for (const Rule* rule : set.rules()) {
        for (const rules::TermWord& word : set.wildcards(rule->id)) {
            shapes.emplace(word.exact, word.folded);
        }
    }
    if (shapes.empty()) {
        return;
    }
    const bool has_words = sample && sample->articles > 0;
    Table table{{"WILDCARD", has_words ? "IN STORED ARTICLES" : "STANDS FOR"}};
    std::size_t shown = 0;
    for (const auto& [written, shape] : shapes) {
        if (++shown > kShownShapes) {
            table.add({"…", "and " + std::to_string(shapes.size() - kShownShapes) + " more"});
            break;
        }
        const auto words =
            has_words ? sample->words.like(shape) : std::vector<rules::Vocabulary::Entry>{};
        table.add({written, words.empty()
                                ? (has_words ? "none of the " : "") + rules::shape_in_words(shape)
                                : examples(words)});
    }
    terminal.out << '\n';
    table.print(terminal);
}

bool is_error(const rules::Problem& problem) {
    return problem.weight == rules::Weight::error;
}

/// The file that is checked, with the history and the feeds of the configuration around it.
tl::expected<Setup, int> setup_of(const Session& session, const Arguments& arguments) {
    auto setup = session.load(arguments.file.empty() ? session.config_file
                                                     : std::filesystem::path{arguments.file});
    if (!setup) {
        report(session, setup.error());
        return tl::unexpected<int>{arguments.file.empty() ? kBadConfiguration : kFailed};
    }
    if (!arguments.file.empty()) {
        if (const auto around = session.load(session.config_file); around && around->parsed) {
            setup->database = around->database;
            if (setup->feeds.empty()) {
                setup->feeds = around->feeds;
            }
        }
    }
    return std::move(*setup);
}

/// None, after words, where the history cannot be read; without words where there is none yet.
std::optional<HistorySample> looked_at(const Session& session, const Setup& setup,
                                       const rules::RuleSet& set) {
    auto sample = sample_history(session, setup, set);
    if (sample) {
        return std::move(*sample);
    }
    if (sample.error().code != Errc::not_found) {
        report(session, sample.error());
    }
    return std::nullopt;
}

void print_end(const Terminal& terminal, std::size_t good,
               const std::vector<rules::Problem>& problems,
               const std::optional<HistorySample>& sample) {
    const auto errors = std::count_if(problems.begin(), problems.end(), is_error);
    const auto warnings = static_cast<std::ptrdiff_t>(problems.size()) - errors;
    terminal.out << good << " good rules, " << errors << " errors, " << warnings << " warnings\n";
    if (good == 0) {
        return;
    }
    if (!sample) {
        terminal.out << "there is no history yet: how often a rule matches was not looked at\n";
    } else if (sample->articles < kSmallestSample) {
        terminal.out << "the history has only " << sample->articles
                     << " articles: how often a rule matches was not looked at\n";
    } else {
        terminal.out << "how often a rule matches: looked at in the newest " << sample->articles
                     << " stored articles\n";
    }
}

/// Everything that is wrong, at once; then what each good rule means.
int check_command(const Session& session, const Arguments& arguments) {
    const auto setup = setup_of(session, arguments);
    if (!setup) {
        return setup.error();
    }
    const auto compiled = rules::RuleSet::compile(setup->rules, setup->sets);
    const auto sample =
        compiled.set.rules().empty() ? std::nullopt : looked_at(session, *setup, compiled.set);
    auto problems = setup->problems;
    const auto append = [&](std::vector<rules::Problem> more) {
        std::move(more.begin(), more.end(), std::back_inserter(problems));
    };
    append(compiled.problems);
    append(rules::rules_without_feeds(setup->rules, setup->feeds));
    append(compiled.set.unanchored());
    append(compiled.set.redundant());
    append(sample ? broad_rules(compiled.set, *sample) : std::vector<rules::Problem>{});

    for (const rules::Problem& problem : problems) {
        session.terminal.out << rules::to_text(problem) << '\n';
    }
    for (const Rule* rule : compiled.set.rules()) {
        session.terminal.out << styled(session.terminal, Style::strong, rule->id) << ": "
                             << printable_lines(compiled.set.in_words(rule->id)) << '\n';
        if (rule->backfill) {
            session.terminal.out << "  when it comes it looks once at what was stored in the last "
                                 << to_text(*rule->backfill) << '\n';
        }
    }
    print_wildcards(session.terminal, compiled.set, sample);
    session.terminal.out << '\n';
    print_end(session.terminal, compiled.set.rules().size(), problems, sample);
    return std::any_of(problems.begin(), problems.end(), is_error) ? kFailed : kOk;
}

}  // namespace

void add_rules_check(CLI::App& rules, Session& session, Run& run) {
    auto* command =
        rules.add_subcommand("check", "every problem of the rules, and what each good one means");
    auto arguments = std::make_shared<Arguments>();
    command->footer(
        "Example: wirewatch rules check rules/pakistan-russia.toml\n"
        "Where there is a history, its newest 2,000 articles show which rules match too much, and "
        "what wildcards stand for.\n"
        "Exit code 1 where there are errors.");
    command->add_option("FILE", arguments->file,
                        "a file with [sets] and [[rule]]; without one, the configuration");
    command->callback([&session, &run, arguments] {
        run = [&session, arguments] { return check_command(session, *arguments); };
    });
}

}  // namespace wirewatch::review
