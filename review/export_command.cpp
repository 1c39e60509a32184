// SPDX-License-Identifier: MIT
// wirewatch export: hands history to other programs, one article after the other.
#include "base/printable.hpp"
#include "review/commands.hpp"
#include "review/exit_code.hpp"
#include "review/feed_output.hpp"
#include "review/feeds_commands.hpp"
#include "review/hit_output.hpp"
#include "review/listing.hpp"
#include "review/whole_number.hpp"

#include <cstddef>
#include <functional>
#include <memory>
#include <ostream>
#include <string>

#include <CLI/CLI.hpp>

namespace wirewatch::review {

namespace {

struct Arguments {
    FilterArguments filters;
    std::string format;
    std::string link;
    std::size_t limit = 0;
    bool all = false;
    bool bom = false;
};

/// What takes articles, and what is said when there are no more.
struct Sink {
    std::function<void(const Found&)> add;
    std::function<void()> finish;
};

std::string listed(const std::vector<std::string>& names) {
    std::string text;
    for (const std::string& name : names) {
        text += (text.empty() ? "" : ", ") + name;
    }
    return text;
}

/// The rule's own title where the feed is of one rule.
Channel channel_of(const Arguments& arguments, const Setup& setup, Instant now) {
    const FilterArguments& filters = arguments.filters;
    Channel channel{.title = "wirewatch",
                    .description = {},
                    .id = "urn:x-wirewatch:list",
                    .link = arguments.link,
                    .now = now};
    for (const Rule& rule : setup.rules) {
        if (filters.rules.size() == 1 && rule.id == filters.rules.front()) {
            channel.title = rule.title.empty() ? rule.id : rule.title;
        }
    }
    const std::string query = filters.query_text();
    channel.description = arguments.all           ? "Stored articles"
                          : filters.rules.empty() ? "Articles that rules have matched"
                                                  : "Articles matched by " + listed(filters.rules);
    for (const std::string& id : filters.rules) {
        channel.id += ":" + id;
    }
    if (!query.empty()) {
        channel.description += ": " + query;
    }
    return channel;
}

template <class Writer>
Sink sink_to(std::shared_ptr<Writer> writer) {
    return {[writer](const Found& found) { writer->add(found); }, [writer] { writer->finish(); }};
}

Sink sink_of(const Session& session, const Setup& setup, const Arguments& arguments) {
    std::ostream& out = session.terminal.out;
    if (arguments.format == "rss" || arguments.format == "atom") {
        return sink_to(std::make_shared<FeedWriter>(
            out, arguments.format == "rss" ? FeedFormat::rss : FeedFormat::atom,
            channel_of(arguments, setup, session.clock.now())));
    }
    if (arguments.bom) {
        out << "\uFEFF";
    }
    return sink_to(std::make_shared<ListWriter>(out, arguments.format == "csv" ? ListFormat::csv
                                                     : arguments.format == "json"
                                                         ? ListFormat::json
                                                         : ListFormat::jsonl));
}

int export_command(const Session& session, const Arguments& arguments) {
    if (arguments.bom && arguments.format != "csv") {
        report(session, Error{Errc::invalid, "--bom is for --format csv"});
        return kUsage;
    }
    if (!arguments.link.empty() && arguments.format != "rss" && arguments.format != "atom") {
        report(session, Error{Errc::invalid, "--link is for --format rss and atom"});
        return kUsage;
    }
    if (!arguments.link.empty() && !is_web_address(arguments.link)) {
        report(session, Error{Errc::invalid, "--link '" + printable(arguments.link, 200) +
                                                 "' is no address of a page; write one like "
                                                 "https://example.org/energy"});
        return kUsage;
    }
    if (arguments.format == "opml") {
        return export_feeds(session);
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
    const auto reader = open_history(session, *setup);
    if (!reader) {
        return reader.error();
    }
    // What is written while it is found would be mixed with a progress bar.
    Session quiet = session;
    quiet.terminal.width = 0;
    const Sink sink = sink_of(session, *setup, arguments);
    std::size_t count = 0;
    const auto done = listing->each(quiet, *reader, [&](const Found& found) {
        sink.add(found);
        return ++count != arguments.limit && session.terminal.out.good();
    });
    if (!done) {
        return report(session, done.error());
    }
    sink.finish();
    if (count == 0) {
        print_unknown_names(session, arguments.filters, *setup);
    }
    return count > 0 ? kOk : kFailed;
}

}  // namespace

void add_export(CLI::App& app, Session& session, Run& run) {
    auto* command = app.add_subcommand("export", "hands history to other programs");
    auto arguments = std::make_shared<Arguments>();
    command->footer(
        "Example: wirewatch export --format csv --since 30d > hits.csv\n"
        "         wirewatch export --format atom --rule pakistan-russia-energy > energy.atom\n"
        "Newest first, as 'wirewatch history' has them, but all there are. opml is the list of "
        "feeds.\n"
        "Exit code 1 where there is nothing.");
    command->add_option("QUERY", arguments->filters.query,
                        "what the article must be like, in the language of rules");
    command
        ->add_option("--format", arguments->format,
                     "json, jsonl (a line each), csv, rss, atom or opml")
        ->required()
        ->type_name("FORMAT")
        ->check(CLI::IsMember({"json", "jsonl", "csv", "rss", "atom", "opml"}));
    add_filters(*command, arguments->filters);
    command->add_flag("--all", arguments->all, "not only matched articles: all stored ones");
    command->add_option("--limit", arguments->limit, "at most so many articles; 0: all")
        ->type_name("N")
        ->check([](const std::string& text) { return check_whole_number(text, 0); })
        ->capture_default_str();
    command->add_flag("--bom", arguments->bom,
                      "csv begins with a byte order mark: Excel then reads it as UTF-8");
    command
        ->add_option("--link", arguments->link,
                     "rss, atom: address of the page that the feed belongs to, if there is one")
        ->type_name("URL");
    command->callback([&session, &run, arguments] {
        run = [&session, arguments] { return export_command(session, *arguments); };
    });
}

}  // namespace wirewatch::review
