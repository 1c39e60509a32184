// SPDX-License-Identifier: MIT
// The words in dates: months in some forty languages, weekdays in English. All take words as
// PlainDate writes them: small letters without accents.
#pragma once

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
