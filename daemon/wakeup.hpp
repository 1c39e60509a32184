// SPDX-License-Identifier: MIT
// How another thread ends main's wait.
#pragma once

#include "review/local_socket.hpp"

namespace wirewatch::daemon {

/// An eventfd.
class Wakeup {
  public:
    Wakeup();

    /// Any thread.
    void set() const;

    /// Readable from set() to clear().
    [[nodiscard]] int fd() const { return event_.number(); }
    void clear() const;

  private:
    review::Descriptor event_;
};

}  // namespace wirewatch::daemon
