// SPDX-License-Identifier: MIT
// The outbox, read in order: the one source of live, replayed and recovered alerts.
#pragma once

#include "base/alert.hpp"
#include "base/error.hpp"

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace wirewatch::history {

struct AlertPage {
    std::vector<Alert> alerts;  ///< in order of seq
    std::uint64_t cursor =
        0;  ///< ask on from here; may be past the last alert where others were skipped
};

/// A read handle. One thread.
class AlertLog {
  public:
    [[nodiscard]] static Result<AlertLog> open(const std::filesystem::path& file);
    ~AlertLog();
    AlertLog(AlertLog&&) noexcept;
    AlertLog& operator=(AlertLog&&) noexcept;

    /// 64 random bits in 16 hex digits; a restored or new database has another.
    [[nodiscard]] Result<std::string> epoch() const;

    /// seq of the last alert; 0: none yet.
    [[nodiscard]] Result<std::uint64_t> head() const;

    /// The lowest seq still kept; head() + 1 where none is. A cursor below oldest() - 1 has a hole.
    [[nodiscard]] Result<std::uint64_t> oldest() const;

    /// Alerts with seq > cursor, at most `max`, of one rule or (empty) of all. Error: gone, where
    /// history no longer reaches back to the cursor. A cursor past head() gives an empty page and
    /// stays. A page of very large articles ends early, so fewer than `max` does not mean the last.
    [[nodiscard]] Result<AlertPage> after(std::uint64_t cursor, std::size_t max,
                                          std::string_view rule_id = {}) const;

  private:
    struct Impl;
    explicit AlertLog(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

}  // namespace wirewatch::history
