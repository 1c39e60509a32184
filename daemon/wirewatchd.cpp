// SPDX-License-Identifier: MIT
// wirewatchd, the daemon: reads its configuration, starts the Daemon, and serves signals until the
// end.
#include "base/printable.hpp"
#include "base/time.hpp"
#include "daemon/config.hpp"
#include "daemon/daemon.hpp"
#include "daemon/log.hpp"
#include "daemon/service.hpp"
#include "daemon/version.hpp"
#include "review/exit_code.hpp"

#include <array>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <ctime>
#include <filesystem>
#include <iostream>
#include <string>

#include <spdlog/spdlog.h>
#include <unistd.h>
#include <CLI/CLI.hpp>

namespace {

using namespace wirewatch;
using namespace wirewatch::daemon;
using namespace wirewatch::review;

/// Blocked everywhere, read by main alone (signals reach no handler).
sigset_t the_signals() {
    sigset_t set;
    sigemptyset(&set);
    for (const int number : {SIGTERM, SIGINT, SIGHUP}) {
        sigaddset(&set, number);
    }
    return set;
}

void print(const Problems& problems) {
    for (const rules::Problem& problem : problems) {
        std::cerr << rules::to_text(problem) << '\n';
    }
}

std::string summary(const Plan& plan) {
    return "watching " + std::to_string(plan.config.feeds.size()) + " feeds with " +
           std::to_string(plan.rules.rules().size()) + " rules";
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
    return kOk;
}

void reload(Daemon& daemon, const std::filesystem::path& file) {
    service::reloading();
    std::string status;
    auto reading = read_config(file);
    if (!reading) {
        spdlog::error("reload refused, the former configuration stays: " + reading.error().text);
        status = "reload refused: " + reading.error().text;
    } else if (!reading->good()) {
        for (const rules::Problem& problem : reading->problems) {
            spdlog::error(rules::to_text(problem.at) + ": " + problem.text);
        }
        status =
            "reload refused, the former configuration stays: " + reading->problems.front().text;
        spdlog::error("reload refused, the former configuration stays");
    } else {
        for (const std::string& key : daemon.adopt(std::move(reading->config))) {
            spdlog::warn(key + " has changed; it takes effect at the next restart");
        }
        status = summary(*daemon.plan());
        spdlog::info("reloaded: " + status);
    }
    service::ready(status);
}

/// Tells the watchdog only of real progress: every thread has made a turn since the last time.
class Watch {
  public:
    void look(const Daemon& daemon) {
        const auto pulses = daemon.pulses();
        if (pulses[0] != last_[0] && pulses[1] != last_[1]) {
            service::alive();
            last_ = pulses;
        }
    }

  private:
    std::array<std::uint64_t, 2> last_{};
};

timespec watch_interval() {
    using namespace std::chrono;
    const auto interval = service::watchdog().value_or(hours{1}) / 3;
    const auto whole = duration_cast<seconds>(interval);
    return {.tv_sec = whole.count(),
            .tv_nsec = duration_cast<nanoseconds>(interval - whole).count()};
}

int serve(Daemon& daemon, const std::filesystem::path& file) {
    const sigset_t signals = the_signals();
    const timespec interval = watch_interval();
    Watch watch;
    while (true) {
        watch.look(daemon);
        const int signal = sigtimedwait(&signals, nullptr, &interval);
        if (const auto trouble = daemon.trouble()) {
            spdlog::error("ending: " + trouble->text);
            return exit_code(trouble->code);
        }
        if (signal == SIGHUP) {
            reload(daemon, file);
        } else if (signal == SIGTERM || signal == SIGINT) {
            spdlog::info("ending, as asked");
            return kOk;
        }
    }
}

int run(const ConfigReading& reading) {
    if (!reading.good()) {
        print(reading.problems);
        std::cerr << "wirewatchd does not start with a configuration that is wrong; nothing was "
                     "touched\n";
        return kBadConfiguration;
    }
    const sigset_t signals = the_signals();
    sigprocmask(SIG_BLOCK, &signals, nullptr);
    std::signal(SIGPIPE, SIG_IGN);  // a log reader that goes away must not end the daemon
    std::signal(SIGXFSZ, SIG_IGN);  // a limit on file sizes is a full disk to us
    set_up_log(reading.config.log);

    const SystemClock clock;
    auto daemon = Daemon::start(reading.config, clock, [] { kill(getpid(), SIGTERM); });
    if (!daemon) {
        spdlog::error("cannot start: " + daemon.error().text);
        return exit_code(daemon.error().code);
    }
    const std::string what = summary(*(*daemon)->plan());
    spdlog::info(what + "; alerts at " + (*daemon)->live_endpoint() + ", replay at " +
                 (*daemon)->replay_endpoint() + ", history in " + reading.config.database.string());
    service::ready(what);

    const int code = serve(**daemon, reading.config.file);
    service::stopping();
    daemon->reset();
    spdlog::info("ended");
    return code;
}

}  // namespace

int main(int argc, char** argv) {
    CLI::App app{
        "wirewatchd watches news feeds, matches them against rules and publishes alerts.\n\n"
        "Example: wirewatchd --config /etc/wirewatch/wirewatch.toml"};
    std::string file;
    bool only_check = false;
    bool foreground = false;
    app.add_option("--config", file,
                   "configuration file (default: /etc/wirewatch/wirewatch.toml, else "
                   "$XDG_CONFIG_HOME/wirewatch/wirewatch.toml)");
    app.add_flag("--check", only_check, "say whether configuration and rules are good, and end");
    app.add_flag("--foreground", foreground, "accepted for clarity: it is the only mode");
    app.set_version_flag("--version", "wirewatchd " + std::string{kVersion});
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
    const auto reading = read_config(file);
    if (!reading) {
        std::cerr << "wirewatchd: " << reading.error().text << '\n';
        return kBadConfiguration;
    }
    return only_check ? check(*reading) : run(*reading);
}
