// SPDX-License-Identifier: MIT
// libzmq's threads begin by setting the scheduling policy that they have already, and abort the
// program where a sandbox forbids even that (systemd's SystemCallFilter=~@resources). wirewatchd
// sets no priorities, so here the call does nothing: docs/decisions/0008.
#include <pthread.h>
#include <sched.h>

extern "C" int pthread_setschedparam(pthread_t /*thread*/, int /*policy*/,
                                     const sched_param* /*param*/) noexcept {
    return 0;
}
