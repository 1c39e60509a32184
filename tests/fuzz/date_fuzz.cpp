// SPDX-License-Identifier: MIT
// Any bytes as a date: none, or an instant that can be written down and read again.
#include "feeds/dates.hpp"
#include "tests/fuzz/expect.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

using namespace wirewatch;
using fuzz::expect;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text{reinterpret_cast<const char*>(data), size};
    const auto date = feeds::parse_date(text);
    if (!date) {
        return 0;
    }
    using namespace std::chrono;
    const year_month_day day{floor<days>(*date)};
    expect(day.year() >= year{1000} && day.year() <= year{9999}, "years 1000 to 9999");
    expect(feeds::parse_date(to_rfc3339(*date)) == date, "what is written reads the same");
    expect(feeds::parse_date(" \n" + std::string{text} + "\t") == date, "white space around");
    return 0;
}
