// SPDX-License-Identifier: MIT
// Marks articles: through the daemon where it runs, which alone may write then, else by itself.
#pragma once

#include "base/mark.hpp"
#include "review/control_wire.hpp"
#include "review/session.hpp"

#include <string>

namespace wirewatch::review {

/// Who runs the command: behind sudo, who called it. Never empty, at most kMaxNameBytes.
[[nodiscard]] std::string user_name();

/// A name that no other batch has.
[[nodiscard]] std::string new_batch();

/// What came of it, or an exit code after the reason was printed: kUnreachable where a daemon holds
/// the database but does not answer.
[[nodiscard]] tl::expected<ControlAnswer, int> mark(const Session& session, const Setup& setup,
                                                    const MarkOrder& order);
[[nodiscard]] tl::expected<ControlAnswer, int> undo_marks(const Session& session,
                                                          const Setup& setup,
                                                          const std::string& by);

}  // namespace wirewatch::review
