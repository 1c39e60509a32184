// SPDX-License-Identifier: MIT
// The months by their names in some eighty languages and three calendars. All take words as
// PlainDate writes them: small letters without accents.
#pragma once

#include "feeds/other_calendars.hpp"

#include <chrono>
#include <cstddef>
#include <optional>
#include <string_view>

namespace wirewatch::feeds {

/// "jan", "janvier", "marz", "дек", "декабря": a whole name, what it begins with (three letters or
/// more), or what it is declined to.
[[nodiscard]] std::optional<std::chrono::month> month_named(std::string_view word);

/// Arabic months of two words: the one after `first`, where `word` is "the second".
[[nodiscard]] std::optional<std::chrono::month> second_of(std::chrono::month first,
                                                          std::string_view word);

/// A month whose short name has dots in it: Thai "พ.ย.".
struct DottedMonth {
    std::optional<std::chrono::month> month;
    std::size_t bytes = 0;
};

/// The one that `rest` begins with.
[[nodiscard]] DottedMonth dotted_month_at(std::string_view rest);

struct CalendarMonth {
    Calendar calendar = Calendar::solar_hijri;
    int month = 0;
};

/// "آذر", "رمضان"; of two words ("ربيع الآخر") the first.
[[nodiscard]] std::optional<CalendarMonth> other_month_named(std::string_view word);

/// "الآخرة" and the like: the lunar month is the one after that which bears the name alone.
[[nodiscard]] bool is_second_of_its_name(std::string_view word);

}  // namespace wirewatch::feeds
