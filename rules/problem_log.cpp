// SPDX-License-Identifier: MIT
#include "rules/problem_log.hpp"

#include <utility>

namespace wirewatch::rules {

void ProblemLog::report(Weight weight, Place place, std::string text) {
    const bool error = weight == Weight::error;
    std::size_t& count = error ? errors_ : warnings_;
    if (error) {
        last_error_ = place.begin;
    }
    ++count;
    if (count > kMaxProblems + 1 || (count > kMaxProblems && !error)) {
        return;
    }
    if (count > kMaxProblems) {
        text = "and more: the rest shows when these are mended";
    }
    problems_.push_back(locate(source_, weight, {place, std::move(text)}));
}

void ProblemLog::report(const std::vector<Finding>& findings) {
    for (const Finding& finding : findings) {
        report(finding.weight, finding.complaint.place, finding.complaint.text);
    }
}

void ProblemLog::report_if_sound(std::size_t errors_before, const std::vector<Finding>& findings) {
    if (errors_ == errors_before) {
        report(findings);
    }
}

}  // namespace wirewatch::rules
