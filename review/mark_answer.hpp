// SPDX-License-Identifier: MIT
// What came of marking articles, in the words in which the daemon says it to a command, and in
// which the command says it where it has marked them itself.
#pragma once

#include "base/error.hpp"
#include "history/marks.hpp"
#include "review/control_wire.hpp"

namespace wirewatch::review {

[[nodiscard]] ControlAnswer answer_of(const Result<history::Marked>& marked);
[[nodiscard]] ControlAnswer answer_of(const Result<history::Unmarked>& undone);

}  // namespace wirewatch::review
