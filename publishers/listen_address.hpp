// SPDX-License-Identifier: MIT
// Where the alert stream may listen, and is reached. Pure, but for the look whether an ipc address
// is taken.
#pragma once

#include "base/error.hpp"

#include <filesystem>
#include <string>
#include <string_view>

namespace wirewatch::publishers {

/// Whether the stream is encrypted and its subscribers are known.
enum class Curve { off, on };

/// Only this machine may reach a stream without CURVE: tcp on a numeric loopback address
/// (127.0.0.0/8, [::1]; port 1 to 65535, or * for a free one), ipc, inproc. With CURVE tcp on any
/// address, interface or *. The path of an ipc address fits a socket. Error: invalid.
[[nodiscard]] Result<> check_address(std::string_view address, Curve curve = Curve::off);

/// libzmq removes what stands where an ipc address shall be. Error: refused, where that is anything
/// but a socket.
[[nodiscard]] Result<> check_ipc_place(std::string_view address);

/// Where a configuration in `directory` means: a relative path of an ipc address begins there.
[[nodiscard]] std::string address_beside(const std::filesystem::path& directory,
                                         std::string_view address);

/// Where a program on this machine reaches what listens at `address`: 127.0.0.1 instead of all
/// addresses (*, 0.0.0.0, [::]). Error: invalid, where the port or file is chosen at start (*).
[[nodiscard]] Result<std::string> address_to_connect(std::string_view address);

/// The file of an ipc address; empty for other addresses, and for ipc without a file.
[[nodiscard]] std::string ipc_file(std::string_view address);

/// Whether `fd` is a connection that came in at `endpoint` (with its port filled in).
[[nodiscard]] bool came_in_at(int fd, std::string_view endpoint);

/// ZeroMQ takes an ipc address away from whoever listens there; so ask first. Error: busy.
[[nodiscard]] Result<> check_free(const std::string& address);

}  // namespace wirewatch::publishers
