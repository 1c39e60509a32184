// SPDX-License-Identifier: MIT
// Work in a process of its own, which may be killed, limited or have fewer rights.
#pragma once

#include <csignal>
#include <stdexcept>
#include <utility>

#include <sys/wait.h>
#include <unistd.h>

namespace wirewatch::history {

/// Runs `work(say)` in a child; `say()` sends one byte to the parent, who waits for it in heard().
/// Killed at the end, if it still lives.
class Child {
  public:
    template <class Work>
    explicit Child(Work work) {
        int ends[2];
        if (pipe(ends) != 0 || (process_ = fork()) < 0) {
            throw std::runtime_error("cannot start a child process");
        }
        if (process_ == 0) {
            ::close(ends[0]);
            const int code = work([out = ends[1]] { return ::write(out, ".", 1) == 1; });
            _exit(code);
        }
        ::close(ends[1]);
        in_ = ends[0];
    }
    ~Child() {
        if (process_ > 0) {
            kill();
        }
        ::close(in_);
    }
    Child(const Child&) = delete;
    Child& operator=(const Child&) = delete;

    /// Waits for the next byte; false where the child has ended instead.
    bool heard() {
        char byte = 0;
        return ::read(in_, &byte, 1) == 1;
    }

    /// With SIGKILL, as the kernel or a power cut would.
    void kill() {
        ::kill(process_, SIGKILL);
        wait();
    }

    /// What `work` returned; -1 where the child was killed.
    int wait() {
        int status = 0;
        waitpid(std::exchange(process_, 0), &status, 0);
        return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
    }

  private:
    pid_t process_ = 0;
    int in_ = -1;
};

}  // namespace wirewatch::history
