// SPDX-License-Identifier: MIT
// wirewatch tail: the reference subscriber. Loses nothing and repeats nothing while it runs,
// through restarts of the daemon; with --cursor also through its own.
#include "base/printable.hpp"
#include "daemon/alert_printer.hpp"
#include "daemon/child.hpp"
#include "daemon/commands.hpp"
#include "daemon/signals.hpp"
#include "daemon/tail_arguments.hpp"
#include "review/exit_code.hpp"
#include "review/whole_number.hpp"

#include <chrono>
#include <csignal>
#include <memory>
#include <optional>
#include <ostream>
#include <string>
#include <utility>
#include <vector>

#include <poll.h>
#include <unistd.h>
#include <CLI/CLI.hpp>

namespace wirewatch::daemon {

namespace {

using namespace std::chrono_literals;
using publishers::Cursor;
using publishers::Subscriber;

// A save is two fsyncs: one for each alert would slow a long replay.
constexpr auto kBetweenSaves = 50ms;
constexpr auto kLongestWait = 500ms;
constexpr auto kEndOfPrograms = 5s;  // how long programs may go on after tail was told to end

/// Prints what comes, or runs a program for it; saves the cursor only after what it stands for has
/// been written out, or has succeeded.
class Tail {
  public:
    Tail(const review::Session& session, const TailArguments& arguments, Subscriber& subscriber,
         std::vector<std::string> topics)
        : session_{session},
          arguments_{arguments},
          subscriber_{subscriber},
          topics_{std::move(topics)},
          programs_{arguments.exec} {}

    int run(SignalFd& signals) {
        while (!ending(signals)) {
            if (const auto code = turn(signals)) {
                return *code;
            }
            if (finished()) {
                break;
            }
        }
        end_programs(signals);
        return save() ? review::kOk : review::kFailed;
    }

  private:
    static bool ending(SignalFd& signals) {
        while (const auto signal = signals.take()) {
            if (*signal != SIGCHLD) {
                return true;
            }
        }
        return false;
    }

    [[nodiscard]] bool runs_programs() const { return !arguments_.exec.command.empty(); }

    /// One message, notice or ended program; an exit code where it cannot go on.
    std::optional<int> turn(SignalFd& signals) {
        if (runs_programs()) {
            tell_all(programs_.turn(session_.clock.ticks()));
        }
        if (finished()) {
            return std::nullopt;
        }
        if (programs_.given_up()) {
            end_programs(signals);
            [[maybe_unused]] const bool saved = save();
            return review::kFailed;
        }
        if (runs_programs() && (!programs_.has_room() || taken_enough())) {
            wait_for_programs(signals);
            return save_in_time(true);
        }
        const auto received = subscriber_.next(wait_until(), signals.fd());
        if (!received) {
            return review::report(session_, received.error());
        }
        if (*received && (*received)->notice && !go_on_after(*(*received)->notice)) {
            return review::kUnreachable;
        }
        if (*received && (*received)->message) {
            take(std::move(*(*received)->message));
        }
        if (!session_.terminal.out || (!runs_programs() && reader_is_gone())) {
            session_.terminal.err << "wirewatch: nobody reads the output any more\n";
            return review::kFailed;  // what was not read stays behind the cursor
        }
        return save_in_time(!*received);
    }

    [[nodiscard]] Ticks wait_until() const {
        const Ticks longest = session_.clock.ticks() + kLongestWait;
        return std::min(longest, programs_.next_at().value_or(longest));
    }

    void wait_for_programs(SignalFd& signals) const {
        const auto left =
            std::chrono::ceil<std::chrono::milliseconds>(wait_until() - session_.clock.ticks());
        pollfd item{.fd = signals.fd(), .events = POLLIN, .revents = 0};
        poll(&item, 1, static_cast<int>(std::max(left, 0ms).count()));
    }

    /// What runs may end; what was not started begins the next time.
    void end_programs(SignalFd& signals) {
        programs_.close();
        const Ticks deadline = session_.clock.ticks() + kEndOfPrograms;
        while (programs_.running() && session_.clock.ticks() < deadline) {
            wait_for_programs(signals);
            [[maybe_unused]] const bool again = ending(signals);
            tell_all(programs_.turn(session_.clock.ticks()));
        }
    }

    void take(Message message) {
        ++taken_;
        if (runs_programs()) {
            programs_.add(std::move(message));
            tell_all(programs_.turn(session_.clock.ticks()));
        } else {
            print(message);
        }
    }

    /// False where the daemon is not there and nobody wants to wait for it.
    bool go_on_after(const publishers::Notice& notice) {
        tell(notice.text);
        return !arguments_.no_follow || notice.kind != publishers::Notice::Kind::lost;
    }

    /// Whether no further message is wanted, though programs may still run for these.
    [[nodiscard]] bool taken_enough() const {
        return arguments_.limit != 0 && taken_ >= arguments_.limit;
    }

    [[nodiscard]] bool finished() const {
        const std::uint64_t handled = runs_programs() ? programs_.succeeded() : taken_;
        return (arguments_.limit != 0 && handled >= arguments_.limit) ||
               (arguments_.no_follow && subscriber_.caught_up() && programs_.empty());
    }

    /// At the other end of a pipe, known without writing: `tail | head` should end with head.
    static bool reader_is_gone() {
        pollfd item{.fd = STDOUT_FILENO, .events = 0, .revents = 0};
        return poll(&item, 1, 0) == 1 && (item.revents & POLLERR) != 0;
    }

    void print(const Message& message) {
        auto& out = session_.terminal.out;
        if (arguments_.json) {
            out << message.body << std::endl;
        } else if (const auto words = in_words(message)) {
            out << *words << std::endl;
        } else {
            tell(words.error().text);
        }
    }

    [[nodiscard]] Result<std::string> in_words(const Message& message) const {
        return publishers::rule_of(message.topic)
                   ? alert_in_words(session_.terminal, message.body)
                   : feed_event_in_words(session_.terminal, message.body);
    }

    void tell(const std::string& words) const {
        session_.terminal.err << "wirewatch: " << printable(words) << std::endl;
    }
    void tell_all(const std::vector<std::string>& all) const {
        for (const std::string& words : all) {
            tell(words);
        }
    }

    std::optional<int> save_in_time(bool idle) {
        const bool due = idle || session_.clock.ticks() >= next_save_;
        return due && !save() ? std::optional<int>{review::kFailed} : std::nullopt;
    }

    /// Up to where everything is handled: with programs that is behind what was received.
    [[nodiscard]] std::optional<Cursor> handled() const {
        return programs_.empty() ? std::optional{subscriber_.cursor()} : programs_.done();
    }

    bool save() {
        const auto cursor = handled();
        if (arguments_.cursor_file.empty() || !cursor || cursor->epoch.empty() ||
            (cursor->seq == saved_.seq && cursor->epoch == saved_.epoch)) {
            return true;
        }
        if (const auto saved = publishers::save_cursor(arguments_.cursor_file, *cursor, topics_);
            !saved) {
            review::report(session_, saved.error());
            return false;
        }
        saved_ = *cursor;
        next_save_ = session_.clock.ticks() + kBetweenSaves;
        return true;
    }

    const review::Session& session_;
    const TailArguments& arguments_;
    Subscriber& subscriber_;
    std::vector<std::string> topics_;  // what the cursor has seen
    ExecQueue programs_;
    Cursor saved_;
    Ticks next_save_{};
    std::uint64_t taken_ = 0;
};

int tail_command(const review::Session& session, const TailArguments& arguments) {
    std::signal(SIGCHLD, SIG_DFL);  // who started us may have it ignored: then no end is told
    SignalFd signals{SIGINT, SIGTERM, SIGCHLD};
    const auto wanted = subscription(arguments);
    if (!wanted) {
        return review::report(session, wanted.error());
    }
    if (!arguments.exec.command.empty()) {
        // One that breaks later is tried again and again; one that was never there never will do.
        if (const auto good = check_program(arguments.exec.command.front()); !good) {
            return review::report(session, good.error());
        }
    }
    auto options = subscriber_options(session, arguments);
    if (!options) {
        return options.error();
    }
    auto subscriber = Subscriber::open(std::move(*options), session.clock);
    if (!subscriber) {
        return review::report(session, subscriber.error());
    }
    return Tail{session, arguments, *subscriber, wanted->topics()}.run(signals);
}

std::string check_number(const std::string& text) {
    return review::check_whole_number(text, 0);
}

std::string check_count(const std::string& text) {
    return review::check_whole_number(text, 1);
}

std::string check_duration(const std::string& text) {
    const auto duration = parse_duration(text);
    if (!duration) {
        return duration.error().text;
    }
    return *duration > 0ms ? std::string{} : "a program needs more time than that";
}

void add_what(CLI::App& command, TailArguments& arguments) {
    command.add_option("--rule", arguments.rules, "only alerts of this rule (may be repeated)")
        ->type_name("RULE")
        ->allow_extra_args(false);
    command.add_flag("--feeds", arguments.feeds,
                     "also tell when a feed turns bad or good, or articles may be missing");
    command
        .add_option("--since", arguments.since,
                    "begin behind this alert number; 0: with the oldest kept")
        ->type_name("SEQ")
        ->check(check_number);
    command
        .add_option("--cursor", arguments.cursor_file,
                    "file that keeps the place of one tail with one filter: go on from it "
                    "(then --since does not count), and save it as alerts are handled; where "
                    "there is none yet, begin with the oldest alert kept, or behind --since")
        ->type_name("FILE");
    command.add_option("--limit", arguments.limit, "end after so many alerts")
        ->type_name("N")
        ->check(check_count);
    command.add_flag("--no-follow", arguments.no_follow,
                     "end when everything up to now has been handled");
    command.add_flag("--json", arguments.json, "the body as it came (CloudEvents), one a line");
}

void add_where(CLI::App& command, TailArguments& arguments) {
    command
        .add_option("--live", arguments.live, "address of the live stream (default: as configured)")
        ->type_name("ADDRESS");
    command.add_option("--replay", arguments.replay, "address for replay (default: as configured)")
        ->type_name("ADDRESS");
    command
        .add_option("--key-file", arguments.key_file,
                    "with a daemon that encrypts: file with your own secret key")
        ->type_name("FILE");
    command
        .add_option("--server-key", arguments.server_key,
                    "and the daemon's public key (both default: as configured)")
        ->type_name("KEY");
}

void add_exec(CLI::App& command, TailArguments& arguments) {
    command
        .add_option("--exec", arguments.exec.command,
                    "run this program for each alert, with the body on its input, until it ends "
                    "with 0; no shell is involved")
        ->type_name("PROGRAM")
        ->expected(1)
        ->allow_extra_args(false);
    command
        .add_option_function<std::vector<std::string>>(
            "--exec-arg",
            [&arguments](const std::vector<std::string>& extra) {
                auto& all = arguments.exec.command;
                all.insert(all.end(), extra.begin(), extra.end());
            },
            "an argument of the program (may be repeated)")
        ->type_name("ARG")
        ->allow_extra_args(false)
        ->needs("--exec");
    command
        .add_option("--exec-jobs", arguments.exec.jobs,
                    "at most so many programs at once (default 1: alerts in order)")
        ->type_name("N")
        ->check(CLI::Range(1, 64))
        ->needs("--exec");
    command
        .add_option_function<std::string>(
            "--exec-timeout",
            [&arguments](const std::string& text) {
                arguments.exec.time_limit = parse_duration(text).value();
            },
            "a program that runs longer is killed, and has failed (default 1m)")
        ->type_name("DURATION")
        ->check(check_duration)
        ->needs("--exec");
    command
        .add_option("--exec-tries", arguments.exec.tries,
                    "end with 1 when the program has failed so often for one alert (default: try "
                    "for ever, after 1 s, 2 s, 4 s, … 5 min)")
        ->type_name("N")
        ->check(check_count)
        ->needs("--exec");
}

}  // namespace

void add_tail(CLI::App& app, review::Session& session, review::Run& run) {
    auto* command = app.add_subcommand("tail", "alerts as they come, none lost, none twice");
    auto arguments = std::make_shared<TailArguments>();
    command->footer(
        "Example: wirewatch tail --rule pakistan-russia-energy --cursor energy.cursor --json\n"
        "         wirewatch tail --cursor mail.cursor --exec /usr/local/bin/mail-alert");
    add_what(*command, *arguments);
    add_where(*command, *arguments);
    add_exec(*command, *arguments);
    command->callback([&session, &run, arguments] {
        run = [&session, arguments] { return tail_command(session, *arguments); };
    });
}

}  // namespace wirewatch::daemon
