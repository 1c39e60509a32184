// SPDX-License-Identifier: MIT
#include "feeds/byte_count.hpp"

#include "feeds/letters.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstddef>
#include <optional>
#include <string>

namespace wirewatch::feeds {

namespace {

struct Unit {
    std::string_view name;
    std::uint64_t bytes;
};

constexpr auto kUnits = std::to_array<Unit>({{"", 1},
                                             {"b", 1},
                                             {"bytes", 1},
                                             {"k", 1'000},
                                             {"kb", 1'000},
                                             {"m", 1'000'000},
                                             {"mb", 1'000'000},
                                             {"g", 1'000'000'000},
                                             {"gb", 1'000'000'000}});

/// The digits of "1,234,567"; none where the commas part anything but thousands.
std::optional<std::string> without_commas(std::string_view number) {
    std::string digits;
    while (true) {
        const std::size_t comma = std::min(number.find(','), number.size());
        digits += number.substr(0, comma);
        if (comma == number.size()) {
            return digits;
        }
        number.remove_prefix(comma + 1);
        const std::size_t group = std::min(number.find_first_not_of("0123456789"), number.size());
        if (group != 3) {
            return std::nullopt;
        }
    }
}

}  // namespace

std::uint64_t byte_count(std::string_view text) {
    constexpr std::size_t kLongest = 40;  // our choice: no size is longer
    text = trimmed(text);
    if (text.size() > kLongest) {
        return 0;
    }
    const std::size_t end = std::min(text.find_first_not_of("0123456789.,"), text.size());
    const std::string name = lower(trimmed(text.substr(end)));
    const auto* unit = std::find_if(kUnits.begin(), kUnits.end(),
                                    [&](const Unit& known) { return known.name == name; });
    const auto number = without_commas(text.substr(0, end));
    if (unit == kUnits.end() || !number) {
        return 0;
    }
    const std::size_t point = std::min(number->find('.'), number->size());
    std::uint64_t whole = 0;
    const auto [after, error] = std::from_chars(number->data(), number->data() + point, whole);
    const std::string_view fraction = std::string_view{*number}.substr(point);
    const bool is_ambiguous = fraction.size() == 4 && unit->bytes == 1;  // ".234": thousands?
    if (error != std::errc{} || after != number->data() + point || is_ambiguous ||
        fraction.find('.', 1) != std::string_view::npos || whole > UINT64_MAX / unit->bytes) {
        return 0;
    }
    std::uint64_t bytes = whole * unit->bytes;
    std::uint64_t scale = unit->bytes;
    for (const char digit : fraction.substr(std::min<std::size_t>(fraction.size(), 1))) {
        scale /= 10;
        bytes += scale * static_cast<std::uint64_t>(digit - '0');
    }
    return bytes;
}

}  // namespace wirewatch::feeds
