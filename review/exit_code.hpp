// SPDX-License-Identifier: MIT
// How a program ends, so that scripts and service managers can tell. Source: daemon.md,
// sysexits(3).
#pragma once

#include "base/error.hpp"

namespace wirewatch::review {

enum ExitCode : int {
    kOk = 0,
    kFailed = 1,  ///< nothing found, a check failed
    kUsage = 2,
    kBadData = 65,      ///< corrupt or foreign database
    kUnreachable = 69,  ///< the daemon is not there
    kBadConfiguration = 78,
};

[[nodiscard]] constexpr ExitCode exit_code(Errc code) {
    return code == Errc::bad_database ? kBadData : kFailed;
}

}  // namespace wirewatch::review
