// SPDX-License-Identifier: MIT
// An nginx of the bench's own on loopback: static documents on many addresses, which are as many
// hosts to a client.
#pragma once

#include <cstddef>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <sys/types.h>

namespace wirewatch::bench {

class Nginx {
  public:
    /// Serves `documents` on `hosts` addresses below 127.1.0.0/16, from files in `directory`. None,
    /// after words on stderr, where there is no nginx or it does not start.
    [[nodiscard]] static std::optional<Nginx> start(const std::filesystem::path& directory,
                                                    const std::vector<std::string>& documents,
                                                    std::size_t hosts);
    ~Nginx();
    Nginx(Nginx&& other) noexcept;
    Nginx& operator=(Nginx&&) = delete;

    /// Of feed `index`: on one host after the other, one document after the other; no two alike.
    [[nodiscard]] std::string url(std::size_t index) const;

    /// What nginx sends as ETag of that URL.
    [[nodiscard]] std::string etag(std::size_t index) const;

  private:
    Nginx() = default;

    pid_t process_ = -1;
    int port_ = 0;
    std::size_t hosts_ = 0;
    std::vector<std::string> etags_;  // of the documents
};

}  // namespace wirewatch::bench
