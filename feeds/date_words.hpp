// SPDX-License-Identifier: MIT
// The words in dates but for months (month_names.hpp): weekdays in English, units, eras, times of
// day. All take words as PlainDate writes them: small letters without accents.
#pragma once

#include <chrono>
#include <cstddef>
#include <optional>
#include <string_view>

namespace wirewatch::feeds {

/// "tue", "tuesday", "tues". Other languages: none.
[[nodiscard]] std::optional<std::chrono::weekday> weekday_named(std::string_view word);

/// What a number is, by the word that follows it without a space: 2004年 5月 28日 13時 31分.
enum class DateUnit { none, year, month, day, hour, minute, second };

struct UnitWord {
    DateUnit unit = DateUnit::none;
    std::size_t bytes = 0;  ///< of the word
    bool is_korean = false;
};

/// The unit that `rest` begins with.
[[nodiscard]] UnitWord unit_at(std::string_view rest);

/// What an era adds to its years: 2018 for 令和. Zero bytes: none.
struct EraFound {
    int years_before = 0;
    std::size_t bytes = 0;
};

/// The era that `rest` begins with.
[[nodiscard]] EraFound era_at(std::string_view rest);

enum class TimeWord {
    none,
    before_noon,
    after_noon,
    month_follows,  ///< Vietnamese "tháng 5"
    clock_follows,  ///< Scandinavian "kl. 10.30", Italian "ore 10.30"
};

/// What a word says about the numbers around it; `is_korean` as above.
struct TimeWordFound {
    TimeWord word = TimeWord::none;
    std::size_t bytes = 0;
    bool is_korean = false;
};

/// The time word that `rest` begins with.
[[nodiscard]] TimeWordFound time_word_at(std::string_view rest);

}  // namespace wirewatch::feeds
