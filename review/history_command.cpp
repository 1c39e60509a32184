// SPDX-License-Identifier: MIT
// wirewatch history: matched articles; wirewatch search: all stored ones.
#include "base/printable.hpp"
#include "review/commands.hpp"
#include "review/exit_code.hpp"
#include "review/found_output.hpp"
#include "review/hit_output.hpp"
#include "review/listing.hpp"

#include <memory>
#include <ostream>
#include <string>

#include <CLI/CLI.hpp>

namespace wirewatch::review {

namespace {

struct Arguments {
    FilterArguments filters;
    std::string sort = "time";
    std::string after;
    std::size_t limit = 50;
    bool all = false;
    bool json = false;
    bool csv = false;
    bool table = false;
};

void print_nothing(const Session& session, const Arguments& arguments, const Opened& opened) {
    print_unknown_names(session, arguments.filters, opened.setup);
    auto& err = session.terminal.err;
    if (!arguments.after.empty()) {
        err << "that was all\n";
    } else if (arguments.all) {
        err << "no stored article is like that\n";
    } else {
        err << "nothing has matched that; 'wirewatch status' says whether feeds are read, "
               "'wirewatch "
               "search' looks at all stored articles\n";
    }
    const auto dismissed = opened.reader.any_dismissed();
    if (dismissed && *dismissed && arguments.filters.statuses.empty()) {
        err << "dismissed articles are left out; '--status all' shows them too\n";
    }
}

void print_what_follows(const Session& session, const FoundPage& page) {
    if (page.cut_off) {
        session.terminal.err
            << "only the newest " << kMaxRanked
            << " that match were put in order; --since or a narrower QUERY makes it "
               "all of them\n";
    }
    if (!page.next.empty()) {
        session.terminal.err << "more: --after " << page.next << '\n';
    }
}

/// What cannot be meant, in words; empty: nothing.
std::string misuse(const Arguments& arguments) {
    if (arguments.sort == "relevance" && arguments.filters.query_text().empty()) {
        return "--sort relevance needs a QUERY to be relevant to";
    }
    return {};
}

int print(const Session& session, const Arguments& arguments, const Opened& opened,
          const FoundPage& page) {
    if (arguments.json || arguments.csv) {
        ListWriter writer{session.terminal.out,
                          arguments.json ? ListFormat::json : ListFormat::csv};
        for (const Found& found : page.rows) {
            writer.add(found);
        }
        writer.finish();
    } else if (page.rows.empty()) {
        print_nothing(session, arguments, opened);
    } else {
        print_found(session.terminal, page.rows);
        session.terminal.err << "\n'wirewatch show ARTICLE' shows one of them.\n";
    }
    print_what_follows(session, page);
    return page.rows.empty() ? kFailed : kOk;
}

int list_command(const Session& session, const Arguments& arguments) {
    if (const std::string wrong = misuse(arguments); !wrong.empty()) {
        report(session, Error{Errc::invalid, wrong});
        return kUsage;
    }
    // What is wrong with the command line is told before what is wrong with the configuration.
    if (const auto asked = hit_query(session, arguments.filters); !asked) {
        return asked.error();
    }
    const auto setup = load(session);
    if (!setup) {
        return setup.error();
    }
    auto listing = Listing::read(session, *setup, arguments.filters,
                                 arguments.all ? Listing::Over::all_articles : Listing::Over::hits);
    if (!listing) {
        return listing.error();
    }
    if (!arguments.after.empty()) {
        if (const auto resumed = listing->resume(arguments.after); !resumed) {
            report(session, resumed.error());
            return kUsage;
        }
    }
    auto reader = open_history(session, *setup);
    if (!reader) {
        return reader.error();
    }
    const Opened opened{*setup, std::move(*reader)};
    const auto page = listing->page(
        session, opened.reader, arguments.sort == "relevance" ? Sorting::relevance : Sorting::time,
        arguments.limit);
    if (!page) {
        return report(session, page.error());
    }
    return print(session, arguments, opened, *page);
}

void add_list_options(CLI::App& command, Arguments& arguments) {
    command.add_option("QUERY", arguments.filters.query,
                       "what the article must be like, in the language of rules");
    add_filters(command, arguments.filters,
                arguments.all ? FilteredBy::articles : FilteredBy::hits);
    command.add_option("--sort", arguments.sort, "time (newest first) or relevance (to QUERY)")
        ->type_name("ORDER")
        ->check(CLI::IsMember({"time", "relevance"}))
        ->capture_default_str();
    command.add_option("--limit", arguments.limit, "at most so many articles")
        ->type_name("N")
        ->check(CLI::Range(1, 100'000))
        ->capture_default_str();
    command
        .add_option("--after", arguments.after,
                    "go on behind the page before, which ended with this")
        ->type_name("PLACE");
    auto* json = command.add_flag("--json", arguments.json, "as JSON");
    auto* csv = command.add_flag("--csv", arguments.csv, "as CSV, a line for each hit");
    auto* table = command.add_flag("--table", arguments.table, "as a table (the default)");
    json->excludes(csv)->excludes(table);
    csv->excludes(table);
}

}  // namespace

void add_history(CLI::App& app, Session& session, Run& run) {
    auto* command = app.add_subcommand("history", "matched articles, newest first");
    auto arguments = std::make_shared<Arguments>();
    command->footer(
        "Example: wirewatch history 'lavrov AND \"gas pipeline\"' --rule pakistan-russia-energy "
        "--since 7d\n"
        "Times are those at which a rule matched. Exit code 1 where there is nothing.");
    add_list_options(*command, *arguments);
    command->add_flag("--all", arguments->all,
                      "look at all stored articles, as 'wirewatch search' does");
    command->callback([&session, &run, arguments] {
        run = [&session, arguments] { return list_command(session, *arguments); };
    });
}

void add_search(CLI::App& app, Session& session, Run& run) {
    auto* command = app.add_subcommand("search", "stored articles, matched by rules or not");
    auto arguments = std::make_shared<Arguments>();
    arguments->all = true;
    command->footer(
        "Example: wirewatch search 'gwadar NEAR/10 (port OR pipeline*)' --since 30d\n"
        "Times are those at which an article was first seen. QUERY finds what a rule with this "
        "text\n"
        "would match (docs/rules.md). Exit code 1 where there is nothing.");
    add_list_options(*command, *arguments);
    command->callback([&session, &run, arguments] {
        run = [&session, arguments] { return list_command(session, *arguments); };
    });
}

}  // namespace wirewatch::review
