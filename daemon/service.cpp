// SPDX-License-Identifier: MIT
#include "daemon/service.hpp"

#include "base/printable.hpp"

#include <cstdint>
#include <ctime>
#include <string>

#include <systemd/sd-daemon.h>

namespace wirewatch::daemon::service {

namespace {

constexpr int kKeepSocket = 0;

void tell(const std::string& message) {
    sd_notify(kKeepSocket, message.c_str());
}

std::string status_line(std::string_view line) {
    return "STATUS=" + printable(line, 500);
}

}  // namespace

void starting(std::string_view step, std::chrono::microseconds most) {
    tell("EXTEND_TIMEOUT_USEC=" + std::to_string(most.count()) + "\n" + status_line(step));
}

void ready(std::string_view status) {
    tell("READY=1\n" + status_line(status));
}

void reloading() {
    timespec now{};
    clock_gettime(CLOCK_MONOTONIC, &now);
    const auto microseconds = static_cast<std::uint64_t>(now.tv_sec) * 1'000'000 +
                              static_cast<std::uint64_t>(now.tv_nsec) / 1'000;
    tell("RELOADING=1\nMONOTONIC_USEC=" + std::to_string(microseconds));
}

void stopping() {
    tell("STOPPING=1");
}

void alive() {
    tell("WATCHDOG=1");
}

std::optional<std::chrono::microseconds> watchdog() {
    std::uint64_t interval = 0;
    if (sd_watchdog_enabled(kKeepSocket, &interval) <= 0) {
        return std::nullopt;
    }
    return std::chrono::microseconds{interval};
}

}  // namespace wirewatch::daemon::service
