// SPDX-License-Identifier: MIT
// What a service tells its manager. Does nothing where no manager listens ($NOTIFY_SOCKET unset).
// Source: sd_notify(3), systemd.service(5).
#pragma once

#include <chrono>
#include <optional>
#include <string_view>

namespace wirewatch::daemon::service {

/// The start is at `step`, and will be heard of again within `most`: the manager waits until then,
/// whatever TimeoutStartSec= says.
void starting(std::string_view step, std::chrono::microseconds most);

/// Database, rules and sockets are up. `status` is one line for `systemctl status`.
void ready(std::string_view status);
void reloading();
void stopping();

/// Real progress was seen; only then.
void alive();

/// How long the manager waits for alive(); none: it does not watch.
[[nodiscard]] std::optional<std::chrono::microseconds> watchdog();

}  // namespace wirewatch::daemon::service
