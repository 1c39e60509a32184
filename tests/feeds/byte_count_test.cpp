// SPDX-License-Identifier: MIT
#include "feeds/byte_count.hpp"

#include <cstdint>

#include <catch2/catch.hpp>

using namespace wirewatch::feeds;

TEST_CASE("a size is read as it was meant, or not at all") {
    const auto [written, bytes] = GENERATE(table<const char*, std::uint64_t>({
        {"1234567", 1'234'567},
        {" 12 ", 12},
        {"18446744073709551615", UINT64_MAX},
        {"16770270.0", 16'770'270},
        {"12.5", 12},
        {"1,234,567", 1'234'567},
        {"12 MB", 12'000'000},
        {"7.5 MB", 7'500'000},
        {"500K", 500'000},
        {"1GB", 1'000'000'000},
        {"1.25gb", 1'250'000'000},
        {"900 bytes", 900},
        {"", 0},
        {"none", 0},
        {"-5", 0},
        {"1.234", 0},
        {"1.234.567", 0},
        {"1,5", 0},
        {",", 0},
        {".", 0},
        {".5 MB", 0},
        {"1 234 567", 0},
        {"1e6", 0},
        {"12 parsecs", 0},
        {"18446744073709551616", 0},
        {"18446744073709551615 GB", 0},
        {"1.9999999999999999999999999999999 GB", 1'999'999'999},
    }));
    CAPTURE(written);
    CHECK(byte_count(written) == bytes);
}
