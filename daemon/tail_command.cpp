// SPDX-License-Identifier: MIT
// wirewatch tail: the reference subscriber. Loses nothing and repeats nothing while it runs,
// through restarts of the daemon; with --cursor also through its own.
#include "base/printable.hpp"
#include "daemon/alert_printer.hpp"
#include "daemon/commands.hpp"
#include "daemon/config.hpp"
#include "daemon/signals.hpp"
#include "publishers/subscriber.hpp"
#include "review/exit_code.hpp"

#include <chrono>
#include <csignal>
#include <memory>
#include <optional>
#include <ostream>
#include <string>
#include <vector>

#include <poll.h>
#include <unistd.h>
#include <CLI/CLI.hpp>

namespace wirewatch::daemon {

namespace {

using namespace std::chrono_literals;
using publishers::Cursor;
using publishers::Subscriber;

struct Arguments {
    std::vector<std::string> rules;
    std::optional<std::uint64_t> since;
    std::string cursor_file;
    std::string live;
    std::string replay;
    std::uint64_t limit = 0;  ///< 0: none
    bool no_follow = false;
    bool json = false;
};

/// Endpoints from the command line, else from the configuration.
tl::expected<publishers::SubscriberOptions, int> options_of(const review::Session& session,
                                                            const Arguments& arguments) {
    publishers::SubscriberOptions options;
    options.rules = arguments.rules;
    options.live = arguments.live;
    options.replay = arguments.replay;
    if (options.live.empty() || options.replay.empty()) {
        const auto file = session.config_file ? Result<std::filesystem::path>{*session.config_file}
                                              : find_config();
        const auto reading =
            file ? read_config(*file, nullptr, SecretUse::leave) : tl::unexpected{file.error()};
        if (!reading) {
            review::report(session, reading.error());
            return tl::unexpected<int>{review::kBadConfiguration};
        }
        options.live = options.live.empty() ? reading->config.zmq.live : options.live;
        options.replay = options.replay.empty() ? reading->config.zmq.replay : options.replay;
    }
    if (arguments.since) {
        options.from = Cursor{{}, *arguments.since};
    }
    if (!arguments.cursor_file.empty()) {
        auto saved = publishers::load_cursor(arguments.cursor_file);
        if (!saved) {
            return tl::unexpected<int>{review::report(session, saved.error())};
        }
        if (*saved) {
            options.from = **saved;
        } else if (!options.from) {
            options.from =
                Cursor{};  // a new cursor starts at the beginning, so that nothing is missed
        }
    }
    return options;
}

constexpr auto kBetweenSaves =
    50ms;  // a save is two fsyncs: one for each alert would slow a long replay

/// Prints what comes; saves the cursor only after what it stands for has been written out.
class Tail {
  public:
    Tail(const review::Session& session, const Arguments& arguments, Subscriber& subscriber)
        : session_{session}, arguments_{arguments}, subscriber_{subscriber} {}

    int run(SignalFd& stop) {
        while (!stop.taken()) {
            const auto received = subscriber_.next(session_.clock.ticks() + 500ms, stop.fd());
            if (!received) {
                return review::report(session_, received.error());
            }
            if (*received && (*received)->notice) {
                session_.terminal.err << "wirewatch: " << printable((*received)->notice->text)
                                      << std::endl;
                if (arguments_.no_follow &&
                    (*received)->notice->kind == publishers::Notice::Kind::lost) {
                    return review::kUnreachable;
                }
            }
            const bool alert = *received && (*received)->alert;
            if (alert) {
                print(*(*received)->alert);
            }
            if (!session_.terminal.out || reader_is_gone()) {
                session_.terminal.err << "wirewatch: nobody reads the output any more\n";
                return review::kFailed;  // what was not read stays behind the cursor
            }
            const bool idle = !*received;
            if ((idle || session_.clock.ticks() >= next_save_) && !save()) {
                return review::kFailed;
            }
            if ((alert && ++printed_ == arguments_.limit) ||
                (arguments_.no_follow && subscriber_.caught_up())) {
                break;
            }
        }
        return save() ? review::kOk : review::kFailed;
    }

  private:
    /// At the other end of a pipe, known without writing: `tail | head` should end with head.
    static bool reader_is_gone() {
        pollfd item{.fd = STDOUT_FILENO, .events = 0, .revents = 0};
        return poll(&item, 1, 0) == 1 && (item.revents & POLLERR) != 0;
    }

    void print(const publishers::Message& alert) {
        auto& out = session_.terminal.out;
        if (arguments_.json) {
            out << alert.body << std::endl;
        } else if (const auto words = alert_in_words(session_.terminal, alert.body)) {
            out << *words << std::endl;
        } else {
            session_.terminal.err << "wirewatch: " << printable(words.error().text) << std::endl;
        }
    }

    bool save() {
        const Cursor cursor = subscriber_.cursor();
        if (arguments_.cursor_file.empty() ||
            (cursor.seq == saved_.seq && cursor.epoch == saved_.epoch)) {
            return true;
        }
        if (const auto saved = publishers::save_cursor(arguments_.cursor_file, cursor); !saved) {
            review::report(session_, saved.error());
            return false;
        }
        saved_ = cursor;
        next_save_ = session_.clock.ticks() + kBetweenSaves;
        return true;
    }

    const review::Session& session_;
    const Arguments& arguments_;
    Subscriber& subscriber_;
    Cursor saved_;
    Ticks next_save_{};
    std::uint64_t printed_ = 0;
};

int tail_command(const review::Session& session, const Arguments& arguments) {
    SignalFd stop{SIGINT, SIGTERM};
    auto options = options_of(session, arguments);
    if (!options) {
        return options.error();
    }
    auto subscriber = Subscriber::open(std::move(*options), session.clock);
    if (!subscriber) {
        return review::report(session, subscriber.error());
    }
    return Tail{session, arguments, *subscriber}.run(stop);
}

/// For CLI11, which would wrap -1 round: empty where it is good.
std::string check_number(const std::string& text) {
    const bool good = !text.empty() && text.size() <= 19 &&
                      text.find_first_not_of("0123456789") == std::string::npos;
    return good ? std::string{}
                : "'" + printable(text, 40) + "' is no alert number; write 0 or more";
}

}  // namespace

void add_tail(CLI::App& app, review::Session& session, review::Run& run) {
    auto* command = app.add_subcommand("tail", "alerts as they come, none lost, none twice");
    auto arguments = std::make_shared<Arguments>();
    command->footer(
        "Example: wirewatch tail --rule pakistan-russia-energy --cursor energy.cursor --json");
    command->add_option("--rule", arguments->rules, "only alerts of this rule (may be repeated)")
        ->type_name("RULE")
        ->allow_extra_args(false);
    command
        ->add_option("--since", arguments->since,
                     "begin behind this alert number; 0: with the oldest kept")
        ->type_name("SEQ")
        ->check(check_number);
    command
        ->add_option("--cursor", arguments->cursor_file,
                     "file that keeps the place of one tail with one filter: go on from it "
                     "(then --since does not count), and save it as alerts are printed")
        ->type_name("FILE");
    command
        ->add_option("--live", arguments->live,
                     "address of the live stream (default: as configured)")
        ->type_name("ADDRESS");
    command
        ->add_option("--replay", arguments->replay, "address for replay (default: as configured)")
        ->type_name("ADDRESS");
    command->add_option("--limit", arguments->limit, "end after so many alerts")
        ->type_name("N")
        ->check(CLI::PositiveNumber);
    command->add_flag("--no-follow", arguments->no_follow,
                      "end when everything up to now has been printed");
    command->add_flag("--json", arguments->json,
                      "the alert's body as it came (CloudEvents), one a line");
    command->callback([&session, &run, arguments] {
        run = [&session, arguments] { return tail_command(session, *arguments); };
    });
}

}  // namespace wirewatch::daemon
