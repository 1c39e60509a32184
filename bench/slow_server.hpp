// SPDX-License-Identifier: MIT
// A server in a process of its own whose answers take their time: 50 to 500 ms after the request.
#pragma once

#include <chrono>
#include <cstddef>
#include <string>

#include <sys/types.h>

namespace wirewatch::bench {

class SlowServer {
  public:
    /// Listens on a free port of 127.0.0.1. Throws where it cannot.
    SlowServer();
    ~SlowServer();
    SlowServer(const SlowServer&) = delete;
    SlowServer& operator=(const SlowServer&) = delete;

    [[nodiscard]] std::string url(std::size_t index) const;

    /// How long that URL takes to answer.
    [[nodiscard]] static std::chrono::milliseconds delay(std::size_t index);

  private:
    pid_t process_ = -1;
    int port_ = 0;
};

}  // namespace wirewatch::bench
