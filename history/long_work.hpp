// SPDX-License-Identifier: MIT
// What may take SQLite minutes on a large database: told while it goes on, broken off where that
// is asked.
#pragma once

#include "base/error.hpp"

#include <functional>
#include <string>
#include <string_view>

struct sqlite3;

namespace wirewatch::history {

enum class Proceed { go_on, break_off };

/// Called at the beginning of a step, which it gets in words for an operator, and every few
/// milliseconds while it lasts, but not while the disk is waited for. On the thread that works; it
/// may not use the database.
using OnStep = std::function<Proceed(std::string_view step)>;

/// While it lives, `on_step` is asked about all that the connection does. What is broken off fails
/// as refused, which whoever asked for it expects, and leaves nothing of its transaction. One
/// thread.
class LongWork {
  public:
    /// Where `on_step` is empty, all goes on. `handle` outlives it. `step` is what it does until
    /// begin().
    LongWork(sqlite3* handle, OnStep on_step, std::string step = {});
    ~LongWork();
    LongWork(const LongWork&) = delete;
    LongWork& operator=(const LongWork&) = delete;

    /// The next step begins. Error: refused, where it is broken off at once.
    [[nodiscard]] Result<> begin(std::string step);

  private:
    [[nodiscard]] Proceed ask() const;

    sqlite3* handle_;
    OnStep on_step_;
    std::string step_;
};

/// What becomes of `what`.
[[nodiscard]] Error broken_off(std::string_view what);

}  // namespace wirewatch::history
