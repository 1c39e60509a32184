// SPDX-License-Identifier: MIT
// Runs a program for each message of the stream until it succeeds, some at once, and knows up to
// where all have succeeded.
#pragma once

#include "base/time.hpp"
#include "daemon/child.hpp"
#include "publishers/cursor.hpp"
#include "publishers/wire.hpp"

#include <chrono>
#include <cstddef>
#include <deque>
#include <optional>
#include <string>
#include <vector>

namespace wirewatch::daemon {

struct ExecOptions {
    std::vector<std::string> command;  ///< program and arguments
    std::size_t jobs = 1;              ///< at most so many messages at once, running or waiting
    std::chrono::milliseconds time_limit = std::chrono::minutes{1};  ///< then it is killed
    std::size_t tries = 0;                       ///< for one message; then given_up(); 0: for ever
    std::chrono::milliseconds first_wait{1000};  ///< between two tries, doubled …
    std::chrono::milliseconds longest_wait = std::chrono::minutes{5};  ///< … up to this
};

/// One thread, which must not have SIGCHLD ignored.
class ExecQueue {
  public:
    explicit ExecQueue(ExecOptions options) : options_{std::move(options)} {}

    [[nodiscard]] bool has_room() const { return jobs_.size() < options_.jobs; }
    [[nodiscard]] bool empty() const { return jobs_.empty(); }

    /// Starts the program for `message` at the next turn. Only where there is room.
    void add(Message message) { jobs_.push_back({.message = std::move(message)}); }

    /// Starts what is due, takes note of what has ended, kills what has run too long. What a person
    /// should know, in words.
    [[nodiscard]] std::vector<std::string> turn(Ticks now);

    /// Starts nothing any more: only what runs is waited for.
    void close() { closed_ = true; }
    [[nodiscard]] bool running() const;

    /// When turn() has something to do even where no program has ended.
    [[nodiscard]] std::optional<Ticks> next_at() const;

    /// Up to here the program has succeeded for every message; none before the first has.
    [[nodiscard]] const std::optional<publishers::Cursor>& done() const { return done_; }
    [[nodiscard]] std::size_t succeeded() const { return succeeded_; }

    /// Whether a message has used up its tries.
    [[nodiscard]] bool given_up() const { return given_up_; }

  private:
    struct Job {
        Message message;
        std::optional<Child> child{};
        bool succeeded = false;
        bool too_long = false;
        std::size_t tries = 0;
        Ticks next{};  ///< when to start it, or, while it runs, when to kill it
    };

    void start(Job& job, Ticks now, std::vector<std::string>& words);
    void look_at(Job& job, Ticks now, std::vector<std::string>& words);
    void failed(Job& job, const std::string& how, Ticks now, std::vector<std::string>& words);

    ExecOptions options_;
    std::deque<Job> jobs_;  ///< in order of seq
    std::optional<publishers::Cursor> done_;
    std::size_t succeeded_ = 0;
    bool closed_ = false;
    bool given_up_ = false;
};

}  // namespace wirewatch::daemon
