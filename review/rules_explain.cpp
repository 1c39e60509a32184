// SPDX-License-Identifier: MIT
// wirewatch rules explain: why a rule matched an article, or why not.
#include "base/printable.hpp"
#include "feeds/identity.hpp"
#include "review/exit_code.hpp"
#include "review/heading.hpp"
#include "review/rules_commands.hpp"

#include <memory>
#include <ostream>

#include <CLI/CLI.hpp>

namespace wirewatch::review {

namespace {

struct Arguments {
    std::string first;  // RULE; the article, where it stands alone beside --query
    std::string second;
    std::string query;
    std::string file;
};

int explain_command(const Session& session, const Arguments& arguments) {
    const bool named = !arguments.second.empty();
    if (arguments.first.empty() || (!named && arguments.query.empty())) {
        report(session, Error{Errc::invalid,
                              "say which rule and which article: wirewatch rules explain RULE "
                              "ARTICLE, or --query 'pakistan AND russia' ARTICLE"});
        return kUsage;
    }
    const auto opened = open(session);
    if (!opened) {
        return opened.error();
    }
    const auto stored =
        opened->reader.article(feeds::canonical_url(named ? arguments.second : arguments.first));
    if (!stored) {
        return report(session, stored.error());
    }
    const auto rule = compile_one(session, opened->setup,
                                  {.id = named ? arguments.first : std::string{},
                                   .query = arguments.query,
                                   .file = arguments.file});
    if (!rule) {
        return rule.error();
    }
    const Article& article = stored->article;
    const std::string explained =
        rule->explain(rule->rules().front()->id, article, feed_of(opened->setup, article.feed_id));
    session.terminal.out << printable(heading(article)) << '\n'
                         << printable_lines(explained) << '\n';
    return kOk;
}

}  // namespace

void add_rules_explain(CLI::App& rules, Session& session, Run& run) {
    auto* command = rules.add_subcommand("explain", "why a rule matched an article, or why not");
    auto arguments = std::make_shared<Arguments>();
    command->footer(
        "Example: wirewatch rules explain pakistan-russia-energy 3f2a9c01\n"
        "         wirewatch rules explain --query '@pakistan AND gas NEAR/5 deal' 3f2a9c01");
    command->add_option("RULE", arguments->first, "the rule's id; may be left out beside --query");
    command->add_option("ARTICLE", arguments->second, "the article's key or URL");
    command
        ->add_option("--query", arguments->query,
                     "explain this text, with feeds and stemming of RULE where one is named")
        ->type_name("QUERY");
    command
        ->add_option("--file", arguments->file, "take RULE from this file of rules, with its sets")
        ->type_name("FILE");
    command->callback([&session, &run, arguments] {
        run = [&session, arguments] { return explain_command(session, *arguments); };
    });
}

}  // namespace wirewatch::review
