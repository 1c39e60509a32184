// SPDX-License-Identifier: MIT
// Joins libcurl's multi_socket interface to epoll: curl says which sockets and what time it waits
// for, epoll does the waiting. No transfer is looked at unless its socket or its time has come.
#pragma once

#include "base/time.hpp"

#include <cstddef>
#include <memory>
#include <optional>
#include <vector>

struct Curl_easy;

namespace wirewatch::feeds {

/// One thread uses it, but for wake(). Easy handles belong to the caller, who removes each before
/// it cleans it up and before the loop is destroyed.
class CurlLoop {
  public:
    /// Keeps up to `max_connections` open for later transfers. Aborts where the system has neither
    /// memory nor descriptors left for an event loop.
    explicit CurlLoop(std::size_t max_connections);
    ~CurlLoop();

    /// Begins a transfer; it moves only inside turn(). Result: a CURLMcode, 0 for well begun.
    [[nodiscard]] int add(Curl_easy* easy);
    void remove(Curl_easy* easy);

    struct Ended {
        Curl_easy* easy = nullptr;
        int code = 0;  ///< a CURLcode
    };

    /// Does what can be done without waiting.
    [[nodiscard]] std::vector<Ended> poll();

    /// Waits for the next event, `until` at the latest, and does what it asks for. May return
    /// early with nothing.
    [[nodiscard]] std::vector<Ended> turn(std::optional<Ticks> until);

    /// Ends the current or next turn(). Any thread.
    void wake();

    /// Whether wake() was called since the last time this was asked.
    [[nodiscard]] bool take_wake();

  private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace wirewatch::feeds
