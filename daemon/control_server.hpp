// SPDX-License-Identifier: MIT
// The control socket: commands come in, one line each, and an answer goes out (docs/control.md).
#pragma once

#include "base/error.hpp"
#include "base/time.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace wirewatch::daemon {

struct ControlLimits {
    std::size_t connections = 8;       ///< at once; whoever comes then is told so. Our choice
    std::chrono::seconds patience{5};  ///< for a request, for what answers it, for its reader
};

/// One thread uses it: main. No call waits for anybody.
class ControlServer {
  public:
    /// Listens at `socket`, for its owner alone. What a daemon that was killed has left there is
    /// removed. Errors: busy (a daemon listens there: names its process), refused (something that
    /// is no socket is there), io.
    [[nodiscard]] static Result<ControlServer> open(const std::filesystem::path& socket,
                                                    const Clock& clock, ControlLimits limits = {});

    /// Removes the socket's file, where it is still this one's, and closes all connections.
    ~ControlServer();
    ControlServer(ControlServer&&) noexcept;
    ControlServer& operator=(ControlServer&&) = delete;

    /// Readable when serve() has something to do.
    [[nodiscard]] int fd() const;

    /// When serve() has something to do though fd() is not readable; none: never.
    [[nodiscard]] std::optional<Ticks> deadline() const;

    struct Asked {
        std::uint64_t connection = 0;
        std::string line;  ///< without its line break, at most 64 KiB
    };

    /// Takes what has come, sends what can be sent, and sends away who was too slow. Each request
    /// that it returns wants an answer().
    [[nodiscard]] std::vector<Asked> serve();

    /// The answer to a request, with its line break. Whoever has gone since misses it.
    void answer(std::uint64_t connection, std::string line);

  private:
    struct Impl;
    explicit ControlServer(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

}  // namespace wirewatch::daemon
