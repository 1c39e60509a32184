// SPDX-License-Identifier: MIT
// Dates of other calendars and eras, and dates that are guesses.
#include "feeds/dates.hpp"

#include <chrono>
#include <string>

#include <catch2/catch.hpp>

using wirewatch::Instant;
using wirewatch::to_rfc3339;
using wirewatch::feeds::parse_date;

namespace {

std::string read(const char* text, std::optional<Instant> latest_guess = {}) {
    const auto date = parse_date(text, latest_guess);
    return date ? to_rfc3339(*date) : "none";
}

struct Case {
    const char* text;
    const char* expected;
    const char* source;
};

// clang-format off
const Case kCases[] = {
    // The Buddhist era: Thai sites, also in English, and programs with a Thai locale.
    {"26 พฤศจิกายน 2568", "2025-11-26T00:00:00Z", "Thai sites"},
    {"วันพุธที่ 26 พฤศจิกายน พ.ศ. 2568 เวลา 10:30 น.", "2025-11-26T10:30:00Z", "Thai sites"},
    {"26 พ.ย. 2568 10.30 น.", "2025-11-26T10:30:00Z", "Thai sites"},
    {"26 พ.ย. 68", "2025-11-26T00:00:00Z", "Thai sites"},
    {"๒๖ พฤศจิกายน ๒๕๖๘", "2025-11-26T00:00:00Z", "Thai sites"},
    {"26 พฤศจิกายน 2025", "2025-11-26T00:00:00Z", "Thai sites"},
    {"Wed, 26 Nov 2568 10:30:00 +0700", "2025-11-26T03:30:00Z", "a Thai locale"},
    {"2568-11-26T10:30:00+07:00", "2025-11-26T03:30:00Z", "a Thai locale"},
    {"29 ก.พ. 2567", "2024-02-29T00:00:00Z", "a leap year"},
    // The solar year of Iran and Afghanistan. 1 Farvardin 1404 is 21 March 2025, 30 Esfand 1403 is
    // 20 March 2025 (a leap year).
    {"۱ فروردین ۱۴۰۴", "2025-03-21T00:00:00Z", "Iranian sites"},
    {"30 اسفند 1403", "2025-03-20T00:00:00Z", "Iranian sites"},
    {"30 اسفند 1404", "none", "no leap year"},
    {"چهارشنبه ۵ آذر ۱۴۰۴ - ۱۲:۳۰", "2025-11-26T12:30:00Z", "Iranian sites"},
    {"5 آذر 1404 ساعت 12:30", "2025-11-26T12:30:00Z", "Iranian sites"},
    {"1404/09/05 12:30:00", "2025-11-26T12:30:00Z", "Iranian sites"},
    {"۱۴۰۴/۰۹/۰۵", "2025-11-26T00:00:00Z", "Iranian sites"},
    {"1404-02-31T08:00:00+03:30", "2025-05-21T04:30:00Z", "months of 31 days"},
    {"05/09/1404", "2025-11-26T00:00:00Z", "Iranian sites"},
    {"1404/13/01", "none", ""},
    {"۵ قوس ۱۴۰۴", "2025-11-26T00:00:00Z", "Afghan sites"},
    {"۲۶ نوامبر ۲۰۲۵", "2025-11-26T00:00:00Z", "Persian, Gregorian"},
    // The lunar year, as the Saudi calendar has it: 1 Ramadan 1446 is 1 March 2025.
    {"1 رمضان 1446", "2025-03-01T00:00:00Z", "Saudi sites"},
    {"١ رمضان ١٤٤٦هـ", "2025-03-01T00:00:00Z", "Saudi sites"},
    {"10 ذو الحجة 1446", "2025-06-06T00:00:00Z", "Saudi sites"},
    {"1 ربيع الأول 1447", "2025-08-24T00:00:00Z", "Saudi sites"},
    {"1 ربيع الآخر 1447", "2025-09-23T00:00:00Z", "Saudi sites"},
    {"1 جمادى الآخرة 1447", "2025-11-22T00:00:00Z", "Saudi sites"},
    {"1446-09-01", "2025-03-01T00:00:00Z", "Saudi sites"},
    {"26 نوفمبر 2025م", "2025-11-26T00:00:00Z", "a sign for the Gregorian year, not the afternoon"},
    {"26 نوفمبر 2025م - 8:30 م", "2025-11-26T20:30:00Z", "and one for the afternoon"},
    // Eras.
    {"令和7年11月26日", "2025-11-26T00:00:00Z", "Japanese offices"},
    {"令和元年5月1日(水) 午後1時05分", "2019-05-01T13:05:00Z", "Japanese offices"},
    {"平成31年4月30日", "2019-04-30T00:00:00Z", "Japanese offices"},
    {"民國114年11月26日", "2025-11-26T00:00:00Z", "Taiwanese offices"},
    {"2025年11月26日 星期三 下午3:05", "2025-11-26T15:05:00Z", "Chinese sites"},
    // Only English writes the month first.
    {"Thứ Tư, 05/11/2025 10:30", "2025-11-05T10:30:00Z", "Vietnamese sites"},
    {"Ср, 05/11/2025", "2025-11-05T00:00:00Z", "Russian sites"},
    {"05/11/2025", "none", "nobody knows"},
    // Years of other calendars that nothing else says.
    {"Thu, 26 Nov 1404 10:00:00 GMT", "none", "an English month in a Persian year"},
    {"2443-W01-1", "1900-01-01T00:00:00Z", "the first year that is taken for one"},
};
// clang-format on

}  // namespace

TEST_CASE("dates of other calendars and eras are days of ours") {
    for (const Case& one : kCases) {
        CAPTURE(one.text, one.source);
        CHECK(read(one.text) == one.expected);
    }
}

TEST_CASE("a date that is a guess never lies ahead, one that is said in full may") {
    const Instant latest = *parse_date("2025-11-27T12:00:00Z");
    const auto [text, expected] = GENERATE(table<const char*, const char*>({
        {"Fri, 26 Nov 27 12:00:00 GMT", "none"},  // of 2027, or what?
        {"26 Nov 25 12:00 GMT", "2025-11-26T12:00:00Z"},
        {"28 Nov 25 12:00 GMT", "none"},
        {"1 Jan 49", "none"},
        {"27-11-26", "none"},
        {"12/1/2025 5:00 PM", "none"},  // 12 January by a rule that the feed may not know
        {"1/12/2025 5:00 PM", "2025-01-12T17:00:00Z"},
        {"03.12.2025", "none"},
        {"13.12.2025", "2025-12-13T00:00:00Z"},
        {"2569-11-26", "none"},
        {"2568-11-26", "2025-11-26T00:00:00Z"},
        {"1420-09-05", "none"},
        {"Thu, 26 Nov 2026 12:00:00 GMT", "2026-11-26T12:00:00Z"},
        {"2026-11-26", "2026-11-26T00:00:00Z"},
        {"20261126", "2026-11-26T00:00:00Z"},
        {"2025-12-31T23:00:00-05:00", "2026-01-01T04:00:00Z"},
        {"November 26, 2026", "2026-11-26T00:00:00Z"},
        {"1795694400", "2026-11-26T12:00:00Z"},
        {"2027", "2027-01-01T00:00:00Z"},
    }));
    CAPTURE(text);
    CHECK(read(text, latest) == expected);
}
