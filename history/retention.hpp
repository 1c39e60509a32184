// SPDX-License-Identifier: MIT
// What history lets go of when it grows old or large, a few articles at a time.
#pragma once

#include "base/error.hpp"
#include "base/time.hpp"
#include "history/retention_options.hpp"
#include "history/statement.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace wirewatch::history {

/// A part of the writer; each step is one transaction of a few milliseconds. Thread: the desk.
///
/// The oldest articles go first. These stay whatever their age: starred ones; matched ones that
/// nobody has marked read or dismissed (copies that gave no alert do not count); those with an
/// alert that is still owed to subscribers; and the newest. Alerts leave in the order of their seq,
/// so that no hole comes to be. The key of an article that went is remembered, since its feed may
/// list it for years: it does not come back as news.
class Retention {
  public:
    explicit Retention(Statements& statements) : statements_{statements} {}

    [[nodiscard]] Result<Pruned> step(const RetentionOptions& options, Instant now);

  private:
    struct Candidate;
    struct Owed;

    Result<bool> too_large(const RetentionOptions& options) const;
    Result<std::vector<Candidate>> oldest() const;
    Result<std::optional<Owed>> owed(const Candidate& article) const;
    Result<bool> shorten_outbox(std::uint64_t seq, Pruned& pruned);
    Result<std::optional<bool>> free_to_go(const Candidate& article,
                                           const RetentionOptions& options, Instant now,
                                           Pruned& pruned);
    Result<> let_go(const Candidate& article);
    Result<Pruned> walk(const RetentionOptions& options, Instant now, bool large);

    Statements& statements_;
    std::int64_t after_ = 0;  ///< the article that was looked at last
    bool shrinks_ = false;    ///< it was too large, and is not yet well below
    std::size_t gone_ = 0;    ///< articles, since the walk began
};

/// Whether an article with that key was let go of.
[[nodiscard]] Result<bool> was_let_go(Statements& statements, std::string_view key);

}  // namespace wirewatch::history
