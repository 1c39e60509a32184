// SPDX-License-Identifier: MIT
#include "daemon/main_loop.hpp"

#include "base/printable.hpp"
#include "daemon/reload.hpp"
#include "daemon/service.hpp"
#include "daemon/version.hpp"
#include "feeds/file_source.hpp"
#include "review/exit_code.hpp"

#include <algorithm>
#include <chrono>
#include <csignal>
#include <utility>
#include <vector>

#include <poll.h>
#include <spdlog/spdlog.h>
#include <unistd.h>

namespace wirewatch::daemon {

namespace {

using namespace std::chrono_literals;
using std::chrono::milliseconds;

constexpr std::size_t kMaxLineBytes = 1'000;  // of an answer's; our choice

/// The feeds of a plan that are files of this machine.
std::vector<WatchedSource> sources_of(const Plan& plan) {
    std::vector<WatchedSource> sources;
    for (const Feed& feed : plan.config.feeds) {
        if (!feed.enabled || !feeds::is_file_url(feed.url)) {
            continue;
        }
        const auto path = feeds::path_of_file_url(feed.url);
        const auto root = path ? feeds::root_of(*path, plan.config.fetch.file_roots) : std::nullopt;
        if (root) {  // else the fetcher refuses it, and says why
            sources.push_back({.feed_id = feed.id, .root = *root, .path = *path});
        }
    }
    return sources;
}

}  // namespace

MainLoop::MainLoop(Daemon& daemon, std::filesystem::path config, ControlServer& control,
                   SignalFd& signals, const Wakeup& news, const Clock& clock)
    : daemon_{daemon},
      config_{std::move(config)},
      control_{control},
      signals_{signals},
      news_{news},
      clock_{clock},
      since_{clock.now()},
      files_{clock},
      watchdog_{std::chrono::duration_cast<milliseconds>(
          service::watchdog().value_or(std::chrono::hours{1}) / 3)} {
    watch_files();
}

int MainLoop::run() {
    while (true) {
        tell_watchdog();
        wait();
        news_.clear();
        if (const auto trouble = daemon_.trouble()) {
            spdlog::error("ending: " + trouble->text);
            return review::exit_code(trouble->code);
        }
        if (const auto code = serve_signals()) {
            return *code;
        }
        if (const auto changed = files_.changed(); !changed.empty()) {
            daemon_.touch(changed);
        }
        pass_on_answers();
        serve_commands();
    }
}

void MainLoop::wait() {
    const Ticks now = clock_.ticks();
    Ticks until = now + watchdog_;
    for (const auto& deadline : {control_.deadline(), files_.deadline()}) {
        until = std::min(until, deadline.value_or(until));
    }
    std::array<pollfd, 4> items{{{.fd = signals_.fd(), .events = POLLIN, .revents = 0},
                                 {.fd = news_.fd(), .events = POLLIN, .revents = 0},
                                 {.fd = control_.fd(), .events = POLLIN, .revents = 0},
                                 {.fd = files_.fd(), .events = POLLIN, .revents = 0}}};
    const auto left = std::max(std::chrono::ceil<milliseconds>(until - now), 0ms);
    // What is ready is asked again, one after the other: each of these never waits.
    ::poll(items.data(), items.size(), static_cast<int>(left.count()));
}

std::optional<int> MainLoop::serve_signals() {
    while (const auto signal = signals_.take()) {
        if (*signal != SIGHUP) {
            spdlog::info("ending, as asked");
            return review::kOk;
        }
        [[maybe_unused]] const auto logged = reload_now();
    }
    return std::nullopt;
}

void MainLoop::serve_commands() {
    for (const ControlServer::Asked& asked : control_.serve()) {
        carry_out(asked);
    }
}

void MainLoop::carry_out(const ControlServer::Asked& asked) {
    auto request = review::decode_request(asked.line);
    if (!request) {
        answer(asked.connection, {.message = request.error().text});
        return;
    }
    if (request->command == review::ControlCommand::reload) {
        answer(asked.connection, reload_now());
        return;
    }
    if (const auto ticket = daemon_.order(std::move(*request))) {
        connection_of_.emplace(*ticket, asked.connection);
    } else {
        answer(asked.connection, {.message = "too many commands wait already; try again"});
    }
}

void MainLoop::answer(std::uint64_t connection, review::ControlAnswer answer) {
    if (answer.details.size() > review::kMaxDetails) {
        answer.details.resize(review::kMaxDetails);
        answer.details.emplace_back("… and more");
    }
    answer.message = printable(answer.message, kMaxLineBytes);
    for (std::string& line : answer.details) {
        line = printable(line, kMaxLineBytes);
    }
    control_.answer(connection, review::encode(answer));
}

void MainLoop::pass_on_answers() {
    for (OrderDone& done : daemon_.take_done()) {
        const auto asked = connection_of_.extract(done.ticket);
        if (done.answer.status) {
            done.answer.status->pid = getpid();
            done.answer.status->version = kVersion;
            done.answer.status->since = since_;
            done.answer.status->subscribers = daemon_.subscribers().value_or(0);
        }
        if (!asked.empty()) {
            answer(asked.mapped(), std::move(done.answer));
        }
    }
}

review::ControlAnswer MainLoop::reload_now() {
    Reloaded outcome = reload(daemon_, config_);
    watch_files();
    return {.ok = outcome.adopted,
            .message = std::move(outcome.message),
            .details = std::move(outcome.details)};
}

void MainLoop::watch_files() {
    files_.watch(sources_of(*daemon_.plan()));
    if (const auto problem = files_.take_problem()) {
        spdlog::warn(*problem);
    }
}

/// Tells the watchdog only of real progress: every thread has made a turn since the last time.
void MainLoop::tell_watchdog() {
    const auto pulses = daemon_.pulses();
    if (pulses[0] != pulses_[0] && pulses[1] != pulses_[1]) {
        service::alive();
        pulses_ = pulses;
    }
}

}  // namespace wirewatch::daemon
