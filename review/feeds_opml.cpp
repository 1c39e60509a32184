// SPDX-License-Identifier: MIT
// wirewatch feeds import and export: lists of feeds from and for other readers.
#include "base/printable.hpp"
#include "feeds/identity.hpp"
#include "feeds/opml.hpp"
#include "review/document.hpp"
#include "review/exit_code.hpp"
#include "review/feed_ids.hpp"
#include "review/feeds_commands.hpp"

#include <memory>
#include <ostream>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include <CLI/CLI.hpp>

namespace wirewatch::review {

namespace {

struct ImportArguments {
    std::string list;
    std::string file;
    bool dry_run = false;
};

/// The feeds of a list that are new, and why the others are left out.
struct Selection {
    std::vector<Feed> feeds;
    std::vector<std::string> skipped;
};

std::string named(const Feed& feed) {
    const std::string url = printable(shown_url(feed.url), 200);
    return feed.title.empty() ? url : "'" + printable(feed.title, 100) + "' (" + url + ")";
}

Selection select(std::vector<Feed> listed, const std::vector<Feed>& configured) {
    Selection selection;
    FeedIds ids{configured};
    std::unordered_map<std::string, std::string> known;  // canonical URL to where it stands
    for (const Feed& feed : configured) {
        known.emplace(feeds::canonical_url(feed.url),
                      "is configured already, as '" + feed.id + "'");
    }
    for (Feed& feed : listed) {
        if (const std::string why = refusal(feed.url); !why.empty()) {
            selection.skipped.push_back(named(feed) + ": " + why);
            continue;
        }
        const auto [same, is_new] =
            known.emplace(feeds::canonical_url(feed.url), "is in the list twice");
        if (!is_new) {
            selection.skipped.push_back(named(feed) + " " + same->second);
            continue;
        }
        if (!ids.take(feed.id)) {
            feed.id = ids.make(feed.title, feed.url);
        }
        selection.feeds.push_back(std::move(feed));
    }
    return selection;
}

void print_skipped(const Session& session, const std::vector<std::string>& skipped) {
    for (const std::string& words : skipped) {
        session.terminal.err << "skipped: " << printable(words) << '\n';
    }
}

int import_command(const Session& session, const ImportArguments& arguments) {
    const Terminal& terminal = session.terminal;
    const auto document = read_document(arguments.list, feeds::OpmlLimits{}.max_bytes);
    if (!document) {
        return report(session, document.error());
    }
    auto list = feeds::read_opml(*document);
    if (!list) {
        const std::string name = arguments.list == "-" ? "standard input" : arguments.list;
        report(session, std::move(list.error()).with(name));
        return kBadData;
    }
    const auto setup = load(session);
    if (!setup) {
        return setup.error();
    }
    if (!setup->problems.empty() && !arguments.dry_run) {
        return kBadConfiguration;
    }
    for (const std::string& words : list->repaired) {
        terminal.err << "repaired: " << printable(words) << '\n';
    }
    if (list->cut_off) {
        terminal.err << "the list breaks off: what stood behind its end is not imported\n";
    }
    const Selection selection = select(std::move(list->feeds), setup->feeds);
    print_skipped(session, list->skipped);
    print_skipped(session, selection.skipped);
    if (const std::size_t skipped = list->skipped.size() + selection.skipped.size(); skipped > 0) {
        terminal.err << skipped << " outlines skipped, " << selection.feeds.size()
                     << " feeds new\n";
    }
    if (selection.feeds.empty()) {
        terminal.err << "wirewatch: there is no new feed in the list; nothing was written\n";
        return kFailed;
    }
    if (arguments.dry_run) {
        terminal.out << session.writing.blocks(selection.feeds);
        return kOk;
    }
    return write_feeds(session, selection.feeds, arguments.file);
}

int export_command(const Session& session) {
    const auto setup = load(session);
    if (!setup) {
        return setup.error();
    }
    if (setup->feeds.empty()) {
        session.terminal.err << "wirewatch: there are no feeds in "
                             << printable(setup->file.string()) << '\n';
        return kFailed;
    }
    session.terminal.out << feeds::write_opml(setup->feeds, "Feeds of wirewatch",
                                              session.clock.now());
    return kOk;
}

}  // namespace

void add_feeds_import(CLI::App& feeds, Session& session, Run& run) {
    auto* command = feeds.add_subcommand(
        "import", "adds the feeds of an OPML list to the configuration, folders as tags");
    auto arguments = std::make_shared<ImportArguments>();
    command->footer(
        "Example: wirewatch feeds import subscriptions.opml --dry-run\n"
        "Feeds that are configured already are skipped, and so is what is no http(s) feed. Nothing "
        "in the\nfile is changed but its end, and nothing at all where the configuration would be "
        "wrong.\nExit code 1 where there is nothing new, 65 where it is no list.");
    command->add_option("LIST", arguments->list, "an OPML file, or - for standard input")
        ->required();
    auto* file = command
                     ->add_option("--write", arguments->file,
                                  "the file of the configuration to add them to; default: the "
                                  "one with the last feed")
                     ->type_name("FILE");
    command->add_flag("--dry-run", arguments->dry_run, "print the blocks, write nothing")
        ->excludes(file);
    command->callback([&session, &run, arguments] {
        run = [&session, arguments] { return import_command(session, *arguments); };
    });
}

void add_feeds_export(CLI::App& feeds, Session& session, Run& run) {
    auto* command = feeds.add_subcommand(
        "export", "the configured feeds as an OPML list for other readers, first tags as folders");
    command->footer("Example: wirewatch feeds export > feeds.opml");
    command->add_flag_callback(
        "--opml", [] {}, "as OPML 2.0, which is the default");
    command->callback([&session, &run] { run = [&session] { return export_command(session); }; });
}

}  // namespace wirewatch::review
