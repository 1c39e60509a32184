// SPDX-License-Identifier: MIT
// What is said to a running daemon: wirewatch reload, wirewatch feeds refresh, pause and resume.
#include "base/id.hpp"
#include "base/printable.hpp"
#include "review/commands.hpp"
#include "review/control_client.hpp"
#include "review/exit_code.hpp"
#include "review/feeds_commands.hpp"

#include <memory>
#include <ostream>
#include <string>
#include <utility>
#include <vector>

#include <CLI/CLI.hpp>

namespace wirewatch::review {

namespace {

struct FeedArguments {
    std::vector<std::string> feeds;
};

/// The answer for a person; the exit code.
int print(const Session& session, const ControlAnswer& answer) {
    std::ostream& out = answer.ok ? session.terminal.out : session.terminal.err;
    out << (answer.ok ? "" : "wirewatch: ") << printable(answer.message) << '\n';
    for (const std::string& line : answer.details) {
        out << "  " << printable(line) << '\n';
    }
    return answer.ok ? kOk : kFailed;
}

/// The daemon's answer, or the exit code after a complaint. Where the daemon listens stands in the
/// configuration, which may be wrong in all else: the daemon itself says what it thinks of it.
tl::expected<ControlAnswer, int> answer_to(const Session& session, const ControlRequest& request) {
    const auto setup = session.load(session.config_file);
    if (!setup) {
        report(session, setup.error());
        return tl::unexpected{kBadConfiguration};
    }
    if (!setup->parsed) {
        for (const rules::Problem& problem : setup->problems) {
            session.terminal.err << rules::to_text(problem) << '\n';
        }
        session.terminal.err << "wirewatch: the daemon was not asked, since the configuration says "
                                "where it listens; it keeps its former one\n";
        return tl::unexpected{kBadConfiguration};
    }
    auto answer = ControlClient{setup->control_socket}.ask(request);
    if (!answer) {
        report(session, answer.error());
        return tl::unexpected{kUnreachable};
    }
    return std::move(*answer);
}

int ask(const Session& session, const ControlRequest& request) {
    const auto answer = answer_to(session, request);
    return answer ? print(session, *answer) : answer.error();
}

struct ReloadArguments {
    bool wait = false;
};

/// The desk takes up a new configuration before it looks at what it is asked.
int reload(const Session& session, const ReloadArguments& arguments) {
    const int code = ask(session, {.command = ControlCommand::reload});
    if (code != kOk || !arguments.wait) {
        return code;
    }
    const auto answer = answer_to(session, {.command = ControlCommand::status});
    return !answer ? answer.error() : answer->ok ? kOk : print(session, *answer);
}

int ask_about(const Session& session, ControlCommand command, const FeedArguments& arguments) {
    if (arguments.feeds.size() > kMaxNamedFeeds) {
        session.terminal.err << "wirewatch: at most " << kMaxNamedFeeds
                             << " feeds can be named at once\n";
        return kUsage;
    }
    for (const std::string& id : arguments.feeds) {
        if (!is_id(id)) {
            session.terminal.err << "wirewatch: '" << printable(id, 80)
                                 << "' is no id of a feed; 'wirewatch feeds' lists them\n";
            return kUsage;
        }
    }
    return ask(session, {.command = command, .feeds = arguments.feeds});
}

/// Adds a command about feeds; how many ids it takes is up to the caller.
CLI::Option* add(CLI::App& feeds, Session& session, Run& run, ControlCommand command,
                 const std::string& name, const std::string& does, const std::string& footer) {
    auto* sub = feeds.add_subcommand(name, does);
    auto arguments = std::make_shared<FeedArguments>();
    sub->footer(footer);
    sub->callback([&session, &run, arguments, command] {
        run = [&session, arguments, command] { return ask_about(session, command, *arguments); };
    });
    return sub->add_option("FEED", arguments->feeds,
                           "ids of feeds, as 'wirewatch feeds' shows them");
}

}  // namespace

void add_reload(CLI::App& app, Session& session, Run& run) {
    auto* command = app.add_subcommand(
        "reload", "makes the running daemon read its configuration anew, and says what came of it");
    command->footer(
        "Example: wirewatch reload --wait\n"
        "A configuration that is wrong changes nothing. Exit code 1 where it was refused, 69 where "
        "the daemon\nis not running.");
    auto arguments = std::make_shared<ReloadArguments>();
    command->add_flag("--wait", arguments->wait,
                      "until the new rules and feeds are in force, and not only accepted");
    command->callback([&session, &run, arguments] {
        run = [&session, arguments] { return reload(session, *arguments); };
    });
}

void add_feeds_orders(CLI::App& feeds, Session& session, Run& run) {
    add(feeds, session, run, ControlCommand::refresh, "refresh",
        "makes the running daemon poll feeds now: all, or those named",
        "Example: wirewatch feeds refresh voa-world\n"
        "Hosts are still asked no faster than the configuration allows, and no feed twice within a "
        "minute.\nA server that asked to be left alone is: after 429 always, after 503 unless the "
        "feed is named.\nExit code 1 where a feed that is named is not polled, 69 where the daemon "
        "is not running.");
    add(feeds, session, run, ControlCommand::pause, "pause",
        "polls feeds no more until they are resumed, also over a restart",
        "Example: wirewatch feeds pause voa-world")
        ->required();
    add(feeds, session, run, ControlCommand::resume, "resume",
        "polls feeds again that are paused, or have stopped after 410 Gone",
        "Example: wirewatch feeds resume voa-world\n"
        "A paused feed is polled when it was due anyway; one that had stopped, at once.")
        ->required();
}

}  // namespace wirewatch::review
