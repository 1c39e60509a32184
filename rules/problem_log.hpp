// SPDX-License-Identifier: MIT
// Collects what is wrong with one query while it is read.
#pragma once

#include "rules/findings.hpp"
#include "rules/problem.hpp"
#include "rules/source.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace wirewatch::rules {

class ProblemLog {
  public:
    /// `source` outlives it.
    explicit ProblemLog(const Source& source) : source_{source} {}

    /// Of errors and of warnings the first kMaxProblems are kept.
    void report(Weight weight, Place place, std::string text);
    void report(const std::vector<Finding>& findings);

    /// The same, unless there have been errors since `errors_before`: findings about a part in
    /// which something is wrong would only be its echo.
    void report_if_sound(std::size_t errors_before, const std::vector<Finding>& findings);

    [[nodiscard]] std::size_t errors() const { return errors_; }
    /// Whether the last error was about what begins there.
    [[nodiscard]] bool ends_at(Place place) const { return last_error_ == place.begin; }

    [[nodiscard]] std::vector<Problem> take() && { return std::move(problems_); }

  private:
    const Source& source_;
    std::vector<Problem> problems_;
    std::size_t errors_ = 0;
    std::size_t warnings_ = 0;
    std::optional<std::size_t> last_error_;  // where it stands
};

}  // namespace wirewatch::rules
