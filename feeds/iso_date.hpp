// SPDX-License-Identifier: MIT
// The date that an ISO 8601 text begins with.
#pragma once

#include <chrono>
#include <cstddef>
#include <optional>
#include <string_view>

namespace wirewatch::feeds {

struct IsoDate {
    std::chrono::sys_days day;
    std::optional<std::chrono::seconds> time;  ///< where it stands without colons: "T093000"
    std::size_t bytes = 0;                     ///< of the text that it took, the "T" included
};

/// 2021-04-07, 2021/04/07, 20210407, 20210407093000, 2021-04, 2021 alone, 2021-097, 2021097,
/// 2021-W14-3, 2021W143. None: the text begins otherwise, or there is no such day.
[[nodiscard]] std::optional<IsoDate> read_iso_date(std::string_view text);

}  // namespace wirewatch::feeds
