// SPDX-License-Identifier: MIT
// Where the alert stream may listen. Pure, but for the look whether an ipc address is taken.
#pragma once

#include "base/error.hpp"

#include <string>
#include <string_view>

namespace wirewatch::publishers {

/// Only this machine may reach a stream without CURVE: tcp on a numeric loopback address
/// (127.0.0.0/8, [::1]; port 1 to 65535, or * for a free one), ipc, inproc. Error: invalid.
[[nodiscard]] Result<> check_local(std::string_view address);

/// ZeroMQ takes an ipc address away from whoever listens there; so ask first. Error: busy.
[[nodiscard]] Result<> check_free(const std::string& address);

}  // namespace wirewatch::publishers
