// SPDX-License-Identifier: MIT
// The outbox, read in order: the one source of what is live, replayed and recovered: alerts, and
// what the stream says of feeds, as they go out.
#pragma once

#include "base/error.hpp"
#include "base/message.hpp"

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace wirewatch::history {

/// Which part of the outbox: all of it, all alerts, those of a rule, all feed events, those of a
/// feed.
struct Subtree {
    enum class Of { all, alerts, rule, feeds, feed };
    Of of = Of::all;
    std::string id;  ///< of the rule or feed
};

struct MessagePage {
    std::vector<Message> messages;  ///< in order of seq
    std::uint64_t cursor = 0;  ///< ask on from here; may be past the last one of the page, where
                               ///< what is not of the subtree was skipped
};

/// A read handle. One thread.
class AlertLog {
  public:
    [[nodiscard]] static Result<AlertLog> open(const std::filesystem::path& file);
    ~AlertLog();
    AlertLog(AlertLog&&) noexcept;
    AlertLog& operator=(AlertLog&&) noexcept;

    /// 64 random bits in 16 hex digits; a restored or new database has another.
    [[nodiscard]] const std::string& epoch() const;

    /// seq of the last alert or feed event; 0: none yet.
    [[nodiscard]] Result<std::uint64_t> head() const;

    /// The lowest seq still kept; head() + 1 where none is. A cursor below oldest() - 1 has a hole.
    [[nodiscard]] Result<std::uint64_t> oldest() const;

    /// What of `subtree` has seq > cursor, at most `max`. Error: gone, where history no longer
    /// reaches back to the cursor. A cursor past head() gives an empty page with head(). Fewer than
    /// `max` does not mean the last: a page of all or of all alerts looks at the next `max` seqs
    /// and no further, and very large bodies end it early.
    [[nodiscard]] Result<MessagePage> after(std::uint64_t cursor, std::size_t max,
                                            const Subtree& subtree = {}) const;

  private:
    struct Impl;
    explicit AlertLog(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

}  // namespace wirewatch::history
