// SPDX-License-Identifier: MIT
// wirewatchd, the daemon: reads its configuration, starts the Daemon, and runs the main loop until
// the end.
#include "base/time.hpp"
#include "daemon/config.hpp"
#include "daemon/config_listing.hpp"
#include "daemon/control_server.hpp"
#include "daemon/daemon.hpp"
#include "daemon/log.hpp"
#include "daemon/main_loop.hpp"
#include "daemon/reload.hpp"
#include "daemon/service.hpp"
#include "daemon/signals.hpp"
#include "daemon/standard_streams.hpp"
#include "daemon/start_progress.hpp"
#include "daemon/version.hpp"
#include "daemon/wakeup.hpp"
#include "review/completion.hpp"
#include "review/exit_code.hpp"

#include <csignal>
#include <iostream>
#include <string>
#include <string_view>

#include <spdlog/spdlog.h>
#include <sys/prctl.h>
#include <CLI/CLI.hpp>

namespace {

using namespace wirewatch;
using namespace wirewatch::daemon;
using namespace wirewatch::review;

void print(const Problems& problems) {
    for (const rules::Problem& problem : problems) {
        std::cerr << rules::to_text(problem) << '\n';
    }
}

/// The exit code of what ends with its output.
int end_of_output() {
    if (std::cout.flush()) {
        return kOk;
    }
    std::cerr << "wirewatchd: the output could not be written whole: is the disk full?\n";
    return kFailed;
}

/// The configuration with its rules compiled once; every problem goes to stderr.
int check(const ConfigReading& reading) {
    const auto plan = make_plan(reading.config);
    print(reading.problems);
    print(plan->rule_problems);
    if (!reading.good() || errors_in(plan->rule_problems) > 0) {
        return kBadConfiguration;
    }
    std::cout << reading.config.file.string() << " is good: " << reading.config.feeds.size()
              << " feeds, " << plan->rules.rules().size() << " rules\n";
    return end_of_output();
}

/// Every key with the value in force; problems go to stderr.
int print_config(const std::string& file) {
    ConfigListing listing;
    const auto reading = read_config(file, {.secrets = SecretUse::leave, .listing = &listing});
    if (!reading) {
        std::cerr << "wirewatchd: " << reading.error().text << '\n';
        return kBadConfiguration;
    }
    std::cout << listing.text();
    print(reading->problems);
    return reading->good() ? end_of_output() : kBadConfiguration;
}

/// Serves until the end. The socket comes after the database is locked: whoever finds one that
/// nobody listens at may be sure that it was left behind.
int serve(Daemon& daemon, const Config& config, SignalFd& signals, const Wakeup& news,
          const Clock& clock) {
    auto control = ControlServer::open(config.control_socket, clock);
    if (!control) {
        spdlog::error("cannot start: " + control.error().text);
        return exit_code(control.error().code);
    }
    MainLoop loop{daemon, config.file, *control, signals, news, clock};
    const std::string what = summary(*daemon.plan());
    spdlog::info(what + "; alerts at " + daemon.live_endpoint() + ", replay at " +
                 daemon.replay_endpoint() + ", history in " + config.database.string() +
                 ", commands at " + config.control_socket.string());
    service::ready(what);
    const int code = loop.run();
    service::stopping();
    return code;
}

/// Passwords, tokens and keys are in memory: neither a core file nor another program of the same
/// user gets at them. Sanitizers look into their own process in that way.
void guard_memory() {
#ifndef __SANITIZE_ADDRESS__
    prctl(PR_SET_DUMPABLE, 0);
#endif
}

int run(const ConfigReading& reading) {
    if (!reading.good()) {
        print(reading.problems);
        std::cerr << "wirewatchd does not start with a configuration that is wrong; nothing was "
                     "touched\n";
        return kBadConfiguration;
    }
    SignalFd signals{SIGTERM, SIGINT, SIGHUP};
    set_up_log(reading.config.log);

    const SystemClock clock;
    const Wakeup news;
    StartProgress progress{signals, clock};
    auto daemon = Daemon::start(
        reading.config, clock, [&news] { news.set(); },
        [&progress](std::string_view step) { return progress.at(step); });
    if (!daemon && progress.broken_off()) {
        spdlog::info("ended before it served, as asked: " + daemon.error().text);
        return kOk;
    }
    if (!daemon) {
        spdlog::error("cannot start: " + daemon.error().text);
        return exit_code(daemon.error().code);
    }
    const int code = serve(**daemon, reading.config, signals, news, clock);
    daemon->reset();
    spdlog::info("ended");
    return code;
}

}  // namespace

int main(int argc, char** argv) {
    fill_closed_streams();
    ignore_signals_without_meaning();
    CLI::App app{
        "wirewatchd watches news feeds, matches them against rules and publishes alerts.\n\n"
        "Example: wirewatchd --config /etc/wirewatch/wirewatch.toml"};
    std::string file;
    bool only_check = false;
    bool only_print = false;
    bool foreground = false;
    app.add_option("--config", file,
                   "configuration file (default: /etc/wirewatch/wirewatch.toml, else "
                   "$XDG_CONFIG_HOME/wirewatch/wirewatch.toml)")
        ->type_name("FILE");
    app.add_flag("--check", only_check, "say whether configuration and rules are good, and end");
    app.add_flag("--print-config", only_print,
                 "print every key with the value in force, without secrets, and end")
        ->excludes("--check");
    app.add_flag("--foreground", foreground, "accepted for clarity: it is the only mode");
    app.set_version_flag("--version", "wirewatchd " + std::string{kVersion});
    if (const auto words = completion_request(argc, argv)) {
        write(std::cout, complete(app, *words, {}));
        return kOk;
    }
    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& wrong) {
        return app.exit(wrong) == 0 ? kOk : kUsage;
    }

    if (file.empty()) {
        const auto found = find_config();
        if (!found) {
            std::cerr << "wirewatchd: " << found.error().text << '\n';
            return kBadConfiguration;
        }
        file = found->string();
    }
    if (only_print) {
        return print_config(file);
    }
    guard_memory();
    const auto reading = read_config(file);
    if (!reading) {
        std::cerr << "wirewatchd: " << reading.error().text << '\n';
        return kBadConfiguration;
    }
    return only_check ? check(*reading) : run(*reading);
}
