// SPDX-License-Identifier: MIT
#include "history/long_work.hpp"

#include <utility>

#include <sqlite3.h>

namespace wirewatch::history {

namespace {

// Instructions of SQLite's machine between two questions: a millisecond or so. Our choice.
constexpr int kInstructions = 1'000;

}  // namespace

LongWork::LongWork(sqlite3* handle, OnStep on_step, std::string step)
    : handle_{handle}, on_step_{std::move(on_step)}, step_{std::move(step)} {
    if (on_step_) {
        sqlite3_progress_handler(
            handle_, kInstructions,
            [](void* work) {
                return static_cast<const LongWork*>(work)->ask() == Proceed::break_off ? 1 : 0;
            },
            this);
    }
}

LongWork::~LongWork() {
    if (on_step_) {
        sqlite3_progress_handler(handle_, 0, nullptr, nullptr);
    }
}

Result<> LongWork::begin(std::string step) {
    step_ = std::move(step);
    if (on_step_ && ask() == Proceed::break_off) {
        return tl::unexpected{broken_off(step_)};
    }
    return {};
}

Proceed LongWork::ask() const {
    return on_step_(step_);
}

Error broken_off(std::string_view what) {
    return {Errc::refused, std::string{what} + ": broken off, as asked"};
}

}  // namespace wirewatch::history
