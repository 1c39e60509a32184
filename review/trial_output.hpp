// SPDX-License-Identifier: MIT
// A trial as it is shown to a person, and as JSON to programs.
#pragma once

#include "review/terminal.hpp"
#include "review/trial.hpp"

#include <string>

namespace wirewatch::review {

/// What the trial was of.
struct TrialSubject {
    std::string rule_id;
    std::string query;
    std::string source;  ///< "the articles since 2021-03-08 12:00", "articles.jsonl"
    enum class Compared { no, with_loaded } compared = Compared::no;
    enum class Order { as_read, newest_first } order = Order::as_read;  ///< of what is shown
};

/// Count, share, per day, per feed, what is added and dropped, and the hits that were kept.
void print_trial(const Terminal& terminal, const TrialSubject& subject, const Trial& trial);

/// The same as one JSON object; docs/rules.md, "rules test".
void write_json(std::ostream& out, const TrialSubject& subject, const Trial& trial);

}  // namespace wirewatch::review
