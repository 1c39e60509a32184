// SPDX-License-Identifier: MIT
// wirewatch demo: the main job, with no network and no configuration. The daemon is the real one.
#include "base/printable.hpp"
#include "daemon/alert_printer.hpp"
#include "daemon/commands.hpp"
#include "daemon/config.hpp"
#include "daemon/daemon.hpp"
#include "daemon/demo/newsroom.hpp"
#include "daemon/signals.hpp"
#include "daemon/starter.hpp"
#include "history/alert_log.hpp"
#include "publishers/subscriber.hpp"
#include "review/exit_code.hpp"

#include <chrono>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <memory>
#include <ostream>
#include <string>

#include <CLI/CLI.hpp>

namespace wirewatch::daemon {

namespace {

namespace fs = std::filesystem;
using namespace std::chrono_literals;
using demo::Newsroom;
using publishers::Subscriber;

constexpr auto kPollInterval = 100ms;
constexpr auto kFirstWaves = 150ms;   // the three articles come at once …
constexpr auto kLaterWaves = 2500ms;  // … the rest of the news every few seconds
constexpr int kLastFirstWave = 3;
constexpr std::string_view kMark =
    "# Written by 'wirewatch demo'; the newsroom's addresses end with it.";

struct Arguments {
    bool once = false;
    bool json = false;
    std::string directory;
};

Result<fs::path> make_directory(const std::string& wanted) {
    std::error_code error;
    if (!wanted.empty()) {
        const fs::path directory = fs::absolute(wanted, error);
        if (fs::create_directories(directory, error); error) {
            return fail(Errc::io, "cannot make the directory '" + printable(wanted) +
                                      "': " + error.message());
        }
        return directory;
    }
    const fs::path parent = fs::temp_directory_path(error);
    std::string name = (parent / "wirewatch-demo-XXXXXX").string();
    if (error || mkdtemp(name.data()) == nullptr) {
        return fail(Errc::io, "cannot make a directory for the demo below '" +
                                  printable(parent.string()) + "'; name one with --dir");
    }
    return name;
}

/// Whatever stands in the directory is somebody's work, unless an earlier demo put it there.
Result<> check_free(const fs::path& directory) {
    std::string first_line;
    std::ifstream former{directory / "wirewatch.toml"};
    std::getline(former, first_line);
    for (const char* name : {"wirewatch.toml", "rules.toml", "wirewatch.db"}) {
        std::error_code error;
        if (first_line != kMark && fs::exists(directory / name, error)) {
            return fail(Errc::refused,
                        "'" + printable((directory / name).string()) +
                            "' is there already, and not of a demo; name another directory");
        }
    }
    return {};
}

/// The starter rules beside a configuration whose feeds are the newsroom's.
Result<fs::path> write_configuration(const fs::path& directory, const Newsroom& newsroom) {
    if (auto free = check_free(directory); !free) {
        return fail(std::move(free));
    }
    const fs::path file = directory / "wirewatch.toml";
    std::ofstream out{file};
    out << kMark << "\n"
        << "include = [\"rules.toml\"]\n\n[history]\ndatabase = \"wirewatch.db\"\n\n"
           "[zeromq]\nlive = \"tcp://127.0.0.1:*\"\nreplay = \"tcp://127.0.0.1:*\"\n\n"
           "[log]\nlevel = \"warning\"\n";
    for (const demo::OutletFacts& outlet : demo::outlets()) {
        out << "\n[[feed]]\nid = \"" << outlet.id << "\"\ntitle = \"" << outlet.title
            << "\"\nurl = \"" << newsroom.url(outlet) << "\"\nallow_private = [\"127.0.0.1\"]\n";
    }
    std::ofstream rules{directory / "rules.toml"};
    for (const StarterFile& starter : starter_files()) {
        if (starter.path.starts_with("rules/")) {
            rules << starter.text;
        }
    }
    out.close();
    rules.close();
    if (!out || !rules) {
        return fail(Errc::io, "cannot write into '" + printable(directory.string()) + "'");
    }
    return file;
}

Result<Config> demo_configuration(const fs::path& file) {
    auto reading = read_config(file);
    if (!reading) {
        return fail(std::move(reading));
    }
    if (!reading->good()) {
        return fail(Errc::invalid, rules::to_text(reading->problems.front()));
    }
    Config config = std::move(reading->config);
    config.poll.interval = kPollInterval;  // a demo has no time for 15 minutes
    config.scheduler.host_spacing = 0ms;   // all of them are at one host, its own
    for (Feed& feed : config.feeds) {
        feed.respect_ttl = false;  // they say an hour, and an hour of theirs is a second here
    }
    config.first_poll_window = 24h * 36525;  // its news is of 2021
    return config;
}

/// Plays the story to the daemon and prints what comes back.
class Demo {
  public:
    Demo(const review::Session& session, const Arguments& arguments, Newsroom& newsroom,
         Subscriber& subscriber, const history::AlertLog& log)
        : session_{session},
          arguments_{arguments},
          newsroom_{newsroom},
          subscriber_{subscriber},
          log_{log} {}

    /// Until the story has ended and every alert has been printed, or a signal comes.
    Result<> play(SignalFd& stop) {
        Ticks next_wave = session_.clock.ticks() + kFirstWaves;
        while (!stop.taken()) {
            const auto received = subscriber_.next(session_.clock.ticks() + 20ms, stop.fd());
            if (!received) {
                return tl::unexpected{received.error()};
            }
            if (*received && (*received)->message) {
                print(*(*received)->message);
                continue;
            }
            if (story_ended_ && everything_printed()) {
                return {};
            }
            const bool time_is_up = session_.clock.ticks() >= next_wave;
            if (!story_ended_ &&
                (arguments_.once ? newsroom_.all_read() : time_is_up && newsroom_.all_read())) {
                break_news();
                next_wave =
                    session_.clock.ticks() + (wave_ <= kLastFirstWave ? kFirstWaves : kLaterWaves);
            }
        }
        return {};
    }

    [[nodiscard]] int alerts() const { return alerts_; }

  private:
    void print(const Message& alert) {
        ++alerts_;
        auto& out = session_.terminal.out;
        if (arguments_.json) {
            out << alert.body << std::endl;
        } else if (const auto words = alert_in_words(session_.terminal, alert.body)) {
            out << *words << std::endl;
        }
    }

    void break_news() {
        const auto broke = newsroom_.next_wave();
        ++wave_;
        story_ended_ = broke.empty();
        if (arguments_.json || wave_ <= kLastFirstWave) {
            return;
        }
        for (const demo::StoryText* story : broke) {
            session_.terminal.out << styled(session_.terminal, review::Style::dim,
                                            "    also in the news: " + std::string{story->title})
                                  << std::endl;
        }
    }

    [[nodiscard]] bool everything_printed() const {
        const auto head = log_.head();
        return newsroom_.all_read() && head && subscriber_.cursor().seq >= *head;
    }

    const review::Session& session_;
    const Arguments& arguments_;
    Newsroom& newsroom_;
    Subscriber& subscriber_;
    const history::AlertLog& log_;
    int wave_ = 0;
    int alerts_ = 0;
    bool story_ended_ = false;
};

void print_beginning(std::ostream& out, const Daemon& daemon) {
    out << "A newsroom on this machine plays three feeds of April 2021; wirewatch keeps watch with "
        << daemon.plan()->rules.rules().size()
        << " rules on relations between Pakistan and Russia.\nAlerts: " << daemon.live_endpoint()
        << ", replay: " << daemon.replay_endpoint() << ". Ctrl-C ends it.\n\n"
        << std::flush;
}

/// How the reader of this can call this program.
std::string own_name() {
    std::error_code error;
    const fs::path program = fs::read_symlink("/proc/self/exe", error);
    const char* path = std::getenv("PATH");
    const std::string places = ":" + std::string{path == nullptr ? "" : path} + ":";
    const bool found = places.find(":" + program.parent_path().string() + ":") != std::string::npos;
    return error || found ? "wirewatch" : program.string();
}

void print_end(std::ostream& out, const fs::path& file, int alerts) {
    const std::string command = "  " + own_name() + " --config " + printable(file.string());
    out << "\n"
        << alerts << " alerts. The history is in " << printable(file.parent_path().string())
        << "; look at it with\n"
        << command << " history\n"
        << command << " history gas --rule pakistan-russia-energy --json\n"
        << command << " show ARTICLE\n"
        << command << " rules check\n"
        << "'" << own_name() << " init' writes a configuration for the real feeds.\n";
}

Result<> run_demo(const review::Session& session, const Arguments& arguments) {
    SignalFd stop{SIGINT, SIGTERM};
    const auto directory = make_directory(arguments.directory);
    if (!directory) {
        return tl::unexpected{directory.error()};
    }
    auto newsroom = Newsroom::open();
    if (!newsroom) {
        return fail(std::move(newsroom));
    }
    const auto file = write_configuration(*directory, **newsroom);
    if (!file) {
        return tl::unexpected{file.error()};
    }
    auto config = demo_configuration(*file);
    if (!config) {
        return fail(std::move(config));
    }
    set_up_log(config->log);
    const fs::path database = config->database;
    auto daemon = Daemon::start(std::move(*config), session.clock, [] {});
    if (!daemon) {
        return fail(std::move(daemon));
    }
    const auto log = history::AlertLog::open(database);
    if (!log) {
        return tl::unexpected{log.error()};
    }
    auto subscriber = Subscriber::open({.live = (*daemon)->live_endpoint(),
                                        .replay = (*daemon)->replay_endpoint(),
                                        .from = publishers::Cursor{}},
                                       session.clock);
    if (!subscriber) {
        return fail(std::move(subscriber));
    }

    if (!arguments.json) {
        print_beginning(session.terminal.out, **daemon);
    }
    Demo demo{session, arguments, **newsroom, *subscriber, *log};
    if (auto played = demo.play(stop); !played) {
        return played;
    }
    if (!arguments.json) {
        print_end(session.terminal.out, *file, demo.alerts());
    }
    return {};
}

}  // namespace

void add_demo(CLI::App& app, review::Session& session, review::Run& run) {
    auto* command =
        app.add_subcommand("demo", "the main job, with no network and no configuration");
    auto arguments = std::make_shared<Arguments>();
    command->footer("Example: wirewatch demo --once --json");
    command->add_flag("--once", arguments->once, "the whole story at full speed, then end");
    command->add_flag("--json", arguments->json,
                      "only the alerts' bodies (CloudEvents), one a line");
    command
        ->add_option("--dir", arguments->directory,
                     "where configuration and history go (default: a new "
                     "directory below /tmp)")
        ->type_name("DIR");
    command->callback([&session, &run, arguments] {
        run = [&session, arguments] {
            const auto played = run_demo(session, *arguments);
            return played ? review::kOk
                          : static_cast<review::ExitCode>(review::report(session, played.error()));
        };
    });
}

}  // namespace wirewatch::daemon
