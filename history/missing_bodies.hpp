// SPDX-License-Identifier: MIT
// The bodies of the outbox that databases before version 7 did not keep.
#pragma once

#include "base/error.hpp"
#include "history/long_work.hpp"
#include "history/statement.hpp"

#include <string_view>

namespace wirewatch::history {

/// Writes them, in transactions of some hundred: what is broken off goes on at the next start.
/// Errors: the database's; refused, where `work` is broken off.
[[nodiscard]] Result<> write_missing_bodies(Statements& statements, std::string_view deployment,
                                            LongWork& work);

}  // namespace wirewatch::history
