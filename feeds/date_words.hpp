// SPDX-License-Identifier: MIT
// The words in dates: months in the languages of our feeds, weekdays in English.
#pragma once

#include <chrono>
#include <optional>
#include <string_view>

namespace wirewatch::feeds {

/// "Jan", "janvier", "Mär", "дек": by their first letters, in any case of ASCII letters.
[[nodiscard]] std::optional<std::chrono::month> month_named(std::string_view word);

/// "Tue", "Tuesday", "Tues". Other languages: none.
[[nodiscard]] std::optional<std::chrono::weekday> weekday_named(std::string_view word);

/// "at", "de", "Uhr": says nothing in a date.
[[nodiscard]] bool is_filler(std::string_view word);

}  // namespace wirewatch::feeds
