// SPDX-License-Identifier: MIT
#include "daemon/signals.hpp"

#include "base/check.hpp"

#include <csignal>

#include <pthread.h>
#include <sys/signalfd.h>
#include <unistd.h>

namespace wirewatch::daemon {

void ignore_signals_without_meaning() {
    for (const int number : {SIGUSR1, SIGUSR2, SIGPIPE, SIGXFSZ}) {
        std::signal(number, SIG_IGN);
    }
}

SignalFd::SignalFd(std::initializer_list<int> signals) {
    sigset_t set;
    sigemptyset(&set);
    for (const int number : signals) {
        sigaddset(&set, number);
    }
    pthread_sigmask(SIG_BLOCK, &set, nullptr);
    std::signal(SIGPIPE, SIG_IGN);
    fd_ = signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK);
    WIREWATCH_CHECK(fd_ >= 0);
}

SignalFd::~SignalFd() {
    close(fd_);
}

std::optional<int> SignalFd::take() {
    signalfd_siginfo info{};
    if (read(fd_, &info, sizeof info) != static_cast<ssize_t>(sizeof info)) {
        return std::nullopt;
    }
    return static_cast<int>(info.ssi_signo);
}

bool SignalFd::waits(int signal) const {
    sigset_t pending;
    return sigpending(&pending) == 0 && sigismember(&pending, signal) == 1;
}

}  // namespace wirewatch::daemon
