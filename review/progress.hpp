// SPDX-License-Identifier: MIT
// A bar for a person who waits: on a terminal, once the work has taken a second.
#pragma once

#include "base/time.hpp"
#include "review/terminal.hpp"

#include <cstddef>
#include <optional>
#include <string>

namespace wirewatch::review {

/// "matching  [##########          ] 50 %  about 12 s left". Terminal and clock outlive it; its end
/// removes the line again.
class Progress {
  public:
    /// `total` in whatever unit advance() counts; 0: not known, then there is no bar.
    Progress(const Terminal& terminal, const Clock& clock, std::string what, std::size_t total);
    ~Progress();
    Progress(const Progress&) = delete;
    Progress& operator=(const Progress&) = delete;

    /// `done` of the total are done. Cheap: the line is drawn at most ten times a second.
    void advance(std::size_t done);

  private:
    void draw(std::size_t done, Ticks now);

    const Terminal& terminal_;
    const Clock& clock_;
    std::string what_;
    std::size_t total_;
    Ticks begun_;
    std::optional<Ticks> drawn_;
};

}  // namespace wirewatch::review
