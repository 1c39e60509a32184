// SPDX-License-Identifier: MIT
#include "daemon/wakeup.hpp"

#include "base/check.hpp"

#include <sys/eventfd.h>

namespace wirewatch::daemon {

Wakeup::Wakeup() : event_{eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)} {
    WIREWATCH_CHECK(event_.open());
}

void Wakeup::set() const {
    // Fails only where the counter is full, and then it is set.
    [[maybe_unused]] const int ignored = eventfd_write(event_.number(), 1);
}

void Wakeup::clear() const {
    eventfd_t count = 0;
    [[maybe_unused]] const int ignored = eventfd_read(event_.number(), &count);
}

}  // namespace wirewatch::daemon
