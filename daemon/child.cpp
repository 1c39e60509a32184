// SPDX-License-Identifier: MIT
#include "daemon/child.hpp"

#include "base/printable.hpp"

#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <sstream>
#include <system_error>

#include <spawn.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

extern char** environ;

namespace wirewatch::daemon {

namespace {

/// A file in memory, read from its beginning: unlike a pipe it never makes the writer wait.
class InputFile {
  public:
    explicit InputFile(std::string_view text) : fd_{memfd_create("alert", MFD_CLOEXEC)} {
        good_ = fd_ != -1 &&
                write(fd_, text.data(), text.size()) == static_cast<ssize_t>(text.size()) &&
                lseek(fd_, 0, SEEK_SET) == 0;
    }
    ~InputFile() {
        if (fd_ != -1) {
            close(fd_);
        }
    }
    InputFile(const InputFile&) = delete;
    InputFile& operator=(const InputFile&) = delete;

    [[nodiscard]] bool good() const { return good_; }
    [[nodiscard]] int fd() const { return fd_; }

  private:
    int fd_;
    bool good_ = false;
};

/// What the new process begins with.
class SpawnSettings {
  public:
    explicit SpawnSettings(int input) {
        posix_spawn_file_actions_init(&files_);
        posix_spawn_file_actions_adddup2(&files_, input, STDIN_FILENO);
        posix_spawnattr_init(&attributes_);
        sigset_t none;
        sigemptyset(&none);
        posix_spawnattr_setsigmask(&attributes_, &none);
        sigset_t defaults;
        sigfillset(&defaults);
        posix_spawnattr_setsigdefault(&attributes_, &defaults);
        posix_spawnattr_setpgroup(&attributes_, 0);
        posix_spawnattr_setflags(
            &attributes_, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETPGROUP);
    }
    ~SpawnSettings() {
        posix_spawnattr_destroy(&attributes_);
        posix_spawn_file_actions_destroy(&files_);
    }
    SpawnSettings(const SpawnSettings&) = delete;
    SpawnSettings& operator=(const SpawnSettings&) = delete;

    [[nodiscard]] const posix_spawn_file_actions_t* files() const { return &files_; }
    [[nodiscard]] const posix_spawnattr_t* attributes() const { return &attributes_; }

  private:
    posix_spawn_file_actions_t files_{};
    posix_spawnattr_t attributes_{};
};

/// 0, or why it cannot be run.
int why_not(const std::string& file) {
    struct stat facts {};
    if (::stat(file.c_str(), &facts) != 0) {
        return errno;
    }
    if (!S_ISREG(facts.st_mode)) {
        return EACCES;
    }
    return ::access(file.c_str(), X_OK) == 0 ? 0 : errno;
}

}  // namespace

Result<> check_program(const std::string& program) {
    int why = ENOENT;
    if (program.find('/') != std::string::npos) {
        why = why_not(program);
    } else {
        const char* path = std::getenv("PATH");
        std::istringstream directories{path == nullptr ? "/usr/local/bin:/usr/bin:/bin" : path};
        for (std::string one; why != 0 && std::getline(directories, one, ':');) {
            const int here = why_not((one.empty() ? "." : one) + "/" + program);
            why = here == ENOENT || here == ENOTDIR ? why : here;
        }
    }
    if (why == 0) {
        return {};
    }
    return fail(
        why == ENOENT ? Errc::not_found : Errc::refused,
        "cannot run '" + printable(program, 200) + "': " + std::generic_category().message(why));
}

Result<Child> Child::start(const std::vector<std::string>& command, std::string_view input) {
    const std::string where = "cannot run '" + printable(command.front(), 200) + "': ";
    const InputFile file{input};
    if (!file.good()) {
        return fail(Errc::io, where + std::generic_category().message(errno));
    }
    std::vector<std::string> copies = command;
    std::vector<char*> arguments;
    for (std::string& copy : copies) {
        arguments.push_back(copy.data());
    }
    arguments.push_back(nullptr);
    const SpawnSettings settings{file.fd()};
    pid_t pid = -1;
    const int error = posix_spawnp(&pid, arguments.front(), settings.files(), settings.attributes(),
                                   arguments.data(), environ);
    if (error != 0) {
        return fail(Errc::io, where + std::generic_category().message(error));
    }
    return Child{pid};
}

Child::~Child() {
    if (pid_ != -1) {
        kill();
        waitpid(pid_, nullptr, 0);
    }
}

Child& Child::operator=(Child&& other) noexcept {
    std::swap(pid_, other.pid_);
    return *this;
}

std::optional<int> Child::ended() {
    int status = 0;
    if (pid_ == -1 || waitpid(pid_, &status, WNOHANG) != pid_) {
        return std::nullopt;
    }
    pid_ = -1;
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

void Child::kill() {
    if (pid_ != -1) {
        ::kill(-pid_, SIGKILL);
    }
}

}  // namespace wirewatch::daemon
