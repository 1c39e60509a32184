// SPDX-License-Identifier: MIT
#include "feeds/date_words.hpp"

#include "feeds/letters.hpp"

#include <algorithm>
#include <array>

namespace wirewatch::feeds {

namespace {

struct Month {
    std::string_view start;
    unsigned number;
};

// English, German, French, Spanish, Italian, Portuguese, Dutch, Turkish, Russian.
constexpr std::array kMonths = std::to_array<Month>({
    {"jan", 1},  {"jän", 1},  {"gen", 1},  {"ene", 1},  {"oca", 1},  {"янв", 1},  {"feb", 2},
    {"fev", 2},  {"fév", 2},  {"şub", 2},  {"фев", 2},  {"mar", 3},  {"mär", 3},  {"mrz", 3},
    {"maa", 3},  {"mrt", 3},  {"мар", 3},  {"apr", 4},  {"avr", 4},  {"abr", 4},  {"nis", 4},
    {"апр", 4},  {"may", 5},  {"mai", 5},  {"mag", 5},  {"mei", 5},  {"мая", 5},  {"май", 5},
    {"jun", 6},  {"juin", 6}, {"giu", 6},  {"haz", 6},  {"июн", 6},  {"jul", 7},  {"juil", 7},
    {"lug", 7},  {"tem", 7},  {"июл", 7},  {"aug", 8},  {"aou", 8},  {"aoû", 8},  {"ago", 8},
    {"ağu", 8},  {"авг", 8},  {"sep", 9},  {"set", 9},  {"eyl", 9},  {"сен", 9},  {"oct", 10},
    {"okt", 10}, {"ott", 10}, {"out", 10}, {"eki", 10}, {"окт", 10}, {"nov", 11}, {"kas", 11},
    {"ноя", 11}, {"dec", 12}, {"dez", 12}, {"dic", 12}, {"déc", 12}, {"ara", 12}, {"дек", 12},
});

constexpr std::array<std::string_view, 7> kWeekdays{"sun", "mon", "tue", "wed",
                                                    "thu", "fri", "sat"};

constexpr std::array<std::string_view, 12> kFillers{"at", "um",  "de", "of", "le",  "the",
                                                    "on", "uhr", "à",  "do", "del", "alle"};

}  // namespace

std::optional<std::chrono::month> month_named(std::string_view word) {
    const std::string key = lower(word);
    const auto found = std::find_if(kMonths.begin(), kMonths.end(), [&](const Month& month) {
        return key.starts_with(month.start);
    });
    if (found == kMonths.end()) {
        return std::nullopt;
    }
    return std::chrono::month{found->number};
}

std::optional<std::chrono::weekday> weekday_named(std::string_view word) {
    const std::string key = lower(word);
    for (unsigned day = 0; day < kWeekdays.size(); ++day) {
        if (key.starts_with(kWeekdays[day])) {
            return std::chrono::weekday{day};
        }
    }
    return std::nullopt;
}

bool is_filler(std::string_view word) {
    return std::any_of(kFillers.begin(), kFillers.end(),
                       [&](std::string_view filler) { return equal_ignoring_case(filler, word); });
}

}  // namespace wirewatch::feeds
