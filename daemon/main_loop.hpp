// SPDX-License-Identifier: MIT
// What the main thread does while the daemon runs: signals, commands, watched files, the watchdog.
#pragma once

#include "base/time.hpp"
#include "daemon/control_server.hpp"
#include "daemon/daemon.hpp"
#include "daemon/file_watch.hpp"
#include "daemon/signals.hpp"
#include "daemon/wakeup.hpp"
#include "review/control_wire.hpp"

#include <array>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <unordered_map>

namespace wirewatch::daemon {

/// One poll() over all that main owns; nothing in it waits for anybody.
class MainLoop {
  public:
    /// `news` is set by the daemon's on_news. Everything must outlive the loop.
    MainLoop(Daemon& daemon, std::filesystem::path config, ControlServer& control,
             SignalFd& signals, const Wakeup& news, const Clock& clock);

    /// Serves until a signal asks for the end or the daemon cannot go on; gives the exit code.
    [[nodiscard]] int run();

  private:
    void wait();
    [[nodiscard]] std::optional<int> serve_signals();
    void serve_commands();
    void carry_out(const ControlServer::Asked& asked);
    void answer(std::uint64_t connection, review::ControlAnswer answer);
    void pass_on_answers();
    [[nodiscard]] review::ControlAnswer reload_now();
    void watch_files();
    void tell_watchdog();

    Daemon& daemon_;
    std::filesystem::path config_;
    ControlServer& control_;
    SignalFd& signals_;
    const Wakeup& news_;
    const Clock& clock_;
    Instant since_;
    FileWatch files_;
    std::unordered_map<std::uint64_t, std::uint64_t> connection_of_;  // by ticket of an order
    std::array<std::uint64_t, 2> pulses_{};  // when the watchdog was last told
    std::chrono::milliseconds watchdog_;     // how often it is told
};

}  // namespace wirewatch::daemon
