// SPDX-License-Identifier: MIT
// wirewatch rules test: what a rule would have matched, in the history or in a file.
#include "base/printable.hpp"
#include "review/article_file.hpp"
#include "review/exit_code.hpp"
#include "review/moment.hpp"
#include "review/progress.hpp"
#include "review/rules_commands.hpp"
#include "review/trial.hpp"
#include "review/trial_output.hpp"

#include <memory>
#include <ostream>
#include <unordered_map>

#include <CLI/CLI.hpp>

namespace wirewatch::review {

namespace {

struct Arguments {
    RuleChoice rule;
    std::string since;
    std::string against;
    std::size_t limit = 10;
    bool diff = false;
    bool json = false;
};

constexpr std::size_t kReportedLines = 5;  // of a file, that could not be read; our choice

using FeedsById = std::unordered_map<std::string, Feed>;

FeedsById feeds_by_id(const Setup& setup) {
    FeedsById feeds;
    for (const Feed& feed : setup.feeds) {
        feeds.emplace(feed.id, feed);
    }
    return feeds;
}

Feed feed_in(const FeedsById& feeds, const std::string& id) {
    const auto found = feeds.find(id);
    return found != feeds.end() ? found->second : Feed{.id = id};
}

Result<> walk_history(const Session& session, const Setup& setup, const history::Reader& reader,
                      history::ArticleRange range, Trial& trial) {
    const FeedsById feeds = feeds_by_id(setup);
    Progress progress{session.terminal, session.clock, "matching", range.count};
    std::size_t done = 0;
    while (true) {
        auto batch = reader.articles(range);
        if (!batch) {
            return fail(std::move(batch));
        }
        if (batch->articles.empty()) {
            return {};
        }
        for (history::SeenArticle& one : batch->articles) {
            Feed feed = feed_in(feeds, one.article.feed_id);
            trial.look_at({std::move(one.article), std::move(feed), one.first_seen});
            progress.advance(++done);
        }
        range = batch->rest;
    }
}

/// Lines that cannot be read are told, and left out. Gives how many there were.
std::size_t walk_file(const Session& session, const Setup& setup, ArticleFile& file, Trial& trial) {
    const FeedsById feeds = feeds_by_id(setup);
    Progress progress{session.terminal, session.clock, "matching", file.bytes()};
    std::size_t unread = 0;
    while (true) {
        auto article = file.next();
        if (!article) {
            if (++unread <= kReportedLines) {
                session.terminal.err << printable(article.error().text) << '\n';
            }
            continue;
        }
        if (!*article) {
            return unread;
        }
        const auto published = (*article)->published;
        Feed feed = feed_in(feeds, (*article)->feed_id);
        trial.look_at({std::move(**article), std::move(feed), published});
        progress.advance(file.bytes_read());
    }
}

void show(const Session& session, const Arguments& arguments, const TrialSubject& subject,
          const Trial& trial) {
    if (arguments.json) {
        write_json(session.terminal.out, subject, trial);
    } else {
        print_trial(session.terminal, subject, trial);
    }
}

/// What is tested, and what it is compared with.
struct Rules {
    rules::RuleSet tested;
    std::optional<rules::RuleSet> loaded;
    TrialSubject subject;
};

tl::expected<Rules, int> rules_of(const Session& session, const Setup& setup,
                                  const Arguments& arguments) {
    RuleChoice choice = arguments.rule;
    if (!arguments.against.empty()) {
        choice.feeds = RuleChoice::Feeds::all;
    }
    auto tested = compile_one(session, setup, choice);
    if (!tested) {
        return tl::unexpected<int>{tested.error()};
    }
    const Rule& rule = *tested->rules().front();
    Rules all{std::move(*tested), std::nullopt, {.rule_id = rule.id, .query = rule.query}};
    if (arguments.diff) {
        auto loaded = compile_one(session, setup, {.id = choice.id, .feeds = choice.feeds});
        if (!loaded) {
            return tl::unexpected<int>{loaded.error()};
        }
        all.loaded.emplace(std::move(*loaded));
        all.subject.compared = TrialSubject::Compared::with_loaded;
    }
    return all;
}

int test_history(const Session& session, const Setup& setup, const Arguments& arguments,
                 Rules& rules) {
    std::optional<Instant> since;
    if (!arguments.since.empty()) {
        const auto moment = parse_moment(arguments.since, session.clock.now());
        if (!moment) {
            report(session, moment.error());
            return kUsage;
        }
        since = *moment;
    }
    const auto reader = open_history(session, setup);
    if (!reader) {
        return reader.error();
    }
    auto range = reader->articles_since(since);
    if (!range) {
        return report(session, range.error());
    }
    Trial trial{rules.tested, rules.loaded ? &*rules.loaded : nullptr, Kept::last, arguments.limit};
    if (const auto walked = walk_history(session, setup, *reader, *range, trial); !walked) {
        return report(session, walked.error());
    }
    rules.subject.source =
        since ? "the history since " + local_time(*since) : std::string{"all of the history"};
    rules.subject.order = TrialSubject::Order::newest_first;
    show(session, arguments, rules.subject, trial);
    return trial.total().matched > 0 ? kOk : kFailed;
}

int test_file(const Session& session, const Setup& setup, const Arguments& arguments,
              Rules& rules) {
    auto file = ArticleFile::open(arguments.against);
    if (!file) {
        return report(session, file.error());
    }
    Trial trial{rules.tested, rules.loaded ? &*rules.loaded : nullptr, Kept::first,
                arguments.limit};
    const std::size_t unread = walk_file(session, setup, *file, trial);
    if (unread > 0) {
        session.terminal.err << unread << " lines of " << printable(arguments.against)
                             << " could not be read\n";
    }
    rules.subject.source = arguments.against == "-" ? "standard input" : arguments.against;
    show(session, arguments, rules.subject, trial);
    return trial.total().matched > 0 && unread == 0 ? kOk : kFailed;
}

/// What cannot be meant, in words; empty: nothing.
std::string misuse(const Arguments& arguments) {
    const RuleChoice& rule = arguments.rule;
    if (rule.id.empty() && rule.query.empty()) {
        return "say which rule: wirewatch rules test RULE, or --query 'pakistan AND russia'";
    }
    if (arguments.diff && rule.id.empty()) {
        return "--diff compares with a rule of the configuration: name it before --query";
    }
    if (arguments.diff && rule.query.empty() && rule.file.empty()) {
        return "--diff compares the rule as loaded with another text of it: give that with --query "
               "or --file";
    }
    return {};
}

int test_command(const Session& session, const Arguments& arguments) {
    if (const std::string wrong = misuse(arguments); !wrong.empty()) {
        report(session, Error{Errc::invalid, wrong});
        return kUsage;
    }
    const auto setup = load(session);
    if (!setup) {
        return setup.error();
    }
    auto rules = rules_of(session, *setup, arguments);
    if (!rules) {
        return rules.error();
    }
    return arguments.against.empty() ? test_history(session, *setup, arguments, *rules)
                                     : test_file(session, *setup, arguments, *rules);
}

}  // namespace

void add_rules_test(CLI::App& rules, Session& session, Run& run) {
    auto* command =
        rules.add_subcommand("test", "what a rule would have matched, in the history or in a file");
    auto arguments = std::make_shared<Arguments>();
    command->footer(
        "Example: wirewatch rules test pakistan-russia-energy --since 30d\n"
        "         wirewatch rules test --query 'gazprom NEAR/5 pakistan*' --against news.jsonl\n"
        "         wirewatch rules test energy --query '@pakistan AND gas*' --diff\n"
        "Exit code 1 where nothing matched.");
    command->add_option("RULE", arguments->rule.id, "the rule's id");
    command
        ->add_option("--query", arguments->rule.query,
                     "test this text, with feeds and stemming of RULE where one is named")
        ->type_name("QUERY");
    command
        ->add_option("--file", arguments->rule.file,
                     "take RULE from this file of rules, with its sets")
        ->type_name("FILE");
    auto* since = command
                      ->add_option("--since", arguments->since,
                                   "only articles first seen since: 30d, 24h, 2021-04-06")
                      ->type_name("WHEN");
    command
        ->add_option("--against", arguments->against,
                     "articles of a file instead of the history: a JSON object a line; - for "
                     "standard input")
        ->type_name("FILE")
        ->excludes(since);
    command->add_flag("--diff", arguments->diff,
                      "compare with RULE as the configuration has it: what is added, what dropped");
    command->add_option("--limit", arguments->limit, "show at most so many hits")
        ->type_name("N")
        ->check(CLI::Range(0, 100'000))
        ->capture_default_str();
    command->add_flag("--json", arguments->json, "as JSON");
    command->callback([&session, &run, arguments] {
        run = [&session, arguments] { return test_command(session, *arguments); };
    });
}

}  // namespace wirewatch::review
