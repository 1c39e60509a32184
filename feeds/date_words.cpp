// SPDX-License-Identifier: MIT
#include "feeds/date_words.hpp"

#include "feeds/letters.hpp"

#include <algorithm>
#include <array>

namespace wirewatch::feeds {

namespace {

constexpr std::array<std::string_view, 7> kWeekdays{"sunday",   "monday", "tuesday", "wednesday",
                                                    "thursday", "friday", "saturday"};

struct KnownUnit {
    std::string_view word;
    DateUnit unit;
};

constexpr auto kUnits = std::to_array<KnownUnit>({
    {"年", DateUnit::year},
    {"月", DateUnit::month},
    {"日", DateUnit::day},
    {"号", DateUnit::day},
    {"號", DateUnit::day},
    {"時", DateUnit::hour},
    {"时", DateUnit::hour},
    {"點", DateUnit::hour},
    {"点", DateUnit::hour},
    {"分", DateUnit::minute},
    {"秒", DateUnit::second},
    {"년", DateUnit::year},
    {"월", DateUnit::month},
    {"일", DateUnit::day},
    {"시", DateUnit::hour},
    {"분", DateUnit::minute},
    {"초", DateUnit::second},
});

struct KnownEra {
    std::string_view word;
    int years_before;  ///< of its first year
};

// Japanese eras since 1912, and the Republic of China's.
constexpr auto kEras = std::to_array<KnownEra>({{"令和", 2018},
                                                {"平成", 1988},
                                                {"昭和", 1925},
                                                {"大正", 1911},
                                                {"民國", 1911},
                                                {"民国", 1911}});

struct KnownTimeWord {
    std::string_view word;
    TimeWord meaning;
};

constexpr auto kTimeWords = std::to_array<KnownTimeWord>({
    {"오전", TimeWord::before_noon},    {"오후", TimeWord::after_noon},
    {"上午", TimeWord::before_noon},    {"下午", TimeWord::after_noon},
    {"午前", TimeWord::before_noon},    {"午後", TimeWord::after_noon},
    {"凌晨", TimeWord::before_noon},    {"晚上", TimeWord::after_noon},
    {"π.μ.", TimeWord::before_noon},    {"μ.μ.", TimeWord::after_noon},
    {"πμ", TimeWord::before_noon},      {"μμ", TimeWord::after_noon},
    {"ص", TimeWord::before_noon},       {"م", TimeWord::after_noon},
    {"صباحا", TimeWord::before_noon},   {"مساء", TimeWord::after_noon},
    {"पूर्वाह्न", TimeWord::before_noon},  {"अपराह्न", TimeWord::after_noon},
    {"thang", TimeWord::month_follows}, {"kl", TimeWord::clock_follows},
    {"klo", TimeWord::clock_follows},   {"ore", TimeWord::clock_follows},
});

/// Hangul syllables, U+AC00 to U+D7A3.
bool is_korean(std::string_view word) {
    return word >= "\xEA\xB0\x80" && word <= "\xED\x9E\xA3";
}

}  // namespace

std::optional<std::chrono::weekday> weekday_named(std::string_view word) {
    for (unsigned day = 0; day < kWeekdays.size() && word.size() >= 3; ++day) {
        if (kWeekdays[day].starts_with(word)) {
            return std::chrono::weekday{day};
        }
    }
    return std::nullopt;
}

UnitWord unit_at(std::string_view rest) {
    for (const KnownUnit& known : kUnits) {
        if (rest.starts_with(known.word)) {
            return {known.unit, known.word.size(), is_korean(known.word)};
        }
    }
    return {};
}

EraFound era_at(std::string_view rest) {
    for (const KnownEra& known : kEras) {
        if (rest.starts_with(known.word)) {
            return {known.years_before, known.word.size()};
        }
    }
    return {};
}

TimeWordFound time_word_at(std::string_view rest) {
    for (const KnownTimeWord& known : kTimeWords) {
        if (!rest.starts_with(known.word)) {
            continue;
        }
        const char after = rest.size() > known.word.size() ? rest[known.word.size()] : ' ';
        const bool ends = !is_letter(after) && static_cast<unsigned char>(after) < 0x80;
        if (ends || known.word.size() == 6) {  // the Chinese need no end: "下午三时"
            return {known.meaning, known.word.size(), is_korean(known.word)};
        }
    }
    return {};
}

}  // namespace wirewatch::feeds
