// SPDX-License-Identifier: MIT
// Dates in the languages of the world.
#include "feeds/dates.hpp"

#include <string>

#include <catch2/catch.hpp>

#include <unicode/dtfmtsym.h>
#include <unicode/locid.h>

using wirewatch::to_rfc3339;
using wirewatch::feeds::parse_date;

namespace {

struct Case {
    const char* text;
    const char* expected;
    const char* source;
};

// clang-format off
const Case kCases[] = {
    {"Fr, 28 Mai 2004 20:04:00 +0200", "2004-05-28T18:04:00Z", "languages"},
    {"28. Mai 2004, 20:04 Uhr", "2004-05-28T20:04:00Z", "languages"},
    {"Montag, 1. März 2004", "2004-03-01T00:00:00Z", "languages"},
    {"1. Maerz 2004", "2004-03-01T00:00:00Z", "languages"},
    {"1 Mrz 2004", "2004-03-01T00:00:00Z", "languages"},
    {"1. Jänner 2004", "2004-01-01T00:00:00Z", "languages"},
    {"Mo, 06 Dez 2004 10:00:00 +0100", "2004-12-06T09:00:00Z", "languages"},
    {"1er août 2004", "2004-08-01T00:00:00Z", "languages"},
    {"lundi 16 février 2004 à 15h54", "2004-02-16T15:54:00Z", "languages"},
    {"dim. 16 févr. 2004 15:54", "2004-02-16T15:54:00Z", "languages"},
    {"16 AOÛT 2004", "2004-08-16T00:00:00Z", "languages"},
    {"mar, 16 mars 2004 10:00:00 +0100", "2004-03-16T09:00:00Z", "languages"},
    {"28 de mayo de 2004, 20:04", "2004-05-28T20:04:00Z", "languages"},
    {"martes, 5 de octubre de 2004", "2004-10-05T00:00:00Z", "languages"},
    {"vie, 28 may 2004 20:04:00 +0200", "2004-05-28T18:04:00Z", "languages"},
    {"28 de março de 2004 às 20h04", "2004-03-28T20:04:00Z", "languages"},
    {"Seg, 06 Fev 2004 10:00:00 -0300", "2004-02-06T13:00:00Z", "languages"},
    {"Qua, 06 Out 2004 10:00:00 -0300", "2004-10-06T13:00:00Z", "languages"},
    {"mer, 28 lug 2004 20:04:00 +0200", "2004-07-28T18:04:00Z", "languages"},
    {"28 maggio 2004 ore 20.04", "2004-05-28T20:04:00Z", "languages"},
    {"mar 28 gen 2004", "2004-01-28T00:00:00Z", "languages"},
    {"vr, 28 mei 2004 20:04:00 +0200", "2004-05-28T18:04:00Z", "languages"},
    {"28 maart 2004 20:04", "2004-03-28T20:04:00Z", "languages"},
    {"28 mrt. 2004", "2004-03-28T00:00:00Z", "languages"},
    {"pt, 28 maja 2004 20:04", "2004-05-28T20:04:00Z", "languages"},
    {"28 października 2004", "2004-10-28T00:00:00Z", "languages"},
    {"28 lis 2004", "2004-11-28T00:00:00Z", "languages"},
    {"28 czerwca 2004", "2004-06-28T00:00:00Z", "languages"},
    {"28. května 2004 20:04", "2004-05-28T20:04:00Z", "languages"},
    {"28. června 2004", "2004-06-28T00:00:00Z", "languages"},
    {"28. července 2004", "2004-07-28T00:00:00Z", "languages"},
    {"28 červen 2004", "2004-06-28T00:00:00Z", "languages"},
    {"28 červenec 2004", "2004-07-28T00:00:00Z", "languages"},
    {"28. října 2004", "2004-10-28T00:00:00Z", "languages"},
    {"vineri, 28 mai 2004, 20:04", "2004-05-28T20:04:00Z", "languages"},
    {"28 iulie 2004", "2004-07-28T00:00:00Z", "languages"},
    {"fre, 28 maj 2004 kl. 20.04", "2004-05-28T20:04:00Z", "languages"},
    {"28. desember 2004 kl. 20:04", "2004-12-28T20:04:00Z", "languages"},
    {"28. toukokuuta 2004 klo 20.04", "2004-05-28T20:04:00Z", "languages"},
    {"28. marraskuuta 2004", "2004-11-28T00:00:00Z", "languages"},
    {"28 Mayıs 2004 Cuma 20:04", "2004-05-28T20:04:00Z", "languages"},
    {"Pzt, 28 Haz 2004 10:00:00 +0300", "2004-06-28T07:00:00Z", "languages"},
    {"28 ŞUBAT 2004", "2004-02-28T00:00:00Z", "languages"},
    {"28 Ağustos 2004", "2004-08-28T00:00:00Z", "languages"},
    {"28 Aralık 2004", "2004-12-28T00:00:00Z", "languages"},
    {"2004. május 28. 20:04", "2004-05-28T20:04:00Z", "languages"},
    {"Пт, 28 мая 2004 20:04:00 +0400", "2004-05-28T16:04:00Z", "languages"},
    {"28 МАЯ 2004", "2004-05-28T00:00:00Z", "languages"},
    {"28 июня 2004 г. 20:04", "2004-06-28T20:04:00Z", "languages"},
    {"28 окт. 2004", "2004-10-28T00:00:00Z", "languages"},
    {"28 травня 2004 р.", "2004-05-28T00:00:00Z", "languages"},
    {"28 червня 2004", "2004-06-28T00:00:00Z", "languages"},
    {"28 листопада 2004", "2004-11-28T00:00:00Z", "languages"},
    {"28 май 2004", "2004-05-28T00:00:00Z", "languages"},
    {"Παρασκευή, 28 Μαΐου 2004 8:04 μμ", "2004-05-28T20:04:00Z", "languages"},
    {"28 Αυγούστου 2004", "2004-08-28T00:00:00Z", "languages"},
    {"28 במאי 2004 20:04", "2004-05-28T20:04:00Z", "languages"},
    {"الجمعة 28 مايو 2004 - 8:04 م", "2004-05-28T20:04:00Z", "languages"},
    {"٢٨ مايو ٢٠٠٤ ٢٠:٠٤", "2004-05-28T20:04:00Z", "languages"},
    {"28 أيار 2004", "2004-05-28T00:00:00Z", "languages"},
    {"28 كانون الثاني 2004", "2004-01-28T00:00:00Z", "languages"},
    {"28 كانون الأول 2004", "2004-12-28T00:00:00Z", "languages"},
    {"28 تشرين الثاني 2004", "2004-11-28T00:00:00Z", "languages"},
    {"28 جانفي 2004", "2004-01-28T00:00:00Z", "languages"},
    {"۲۸ مئی ۲۰۰۴", "2004-05-28T00:00:00Z", "languages"},
    {"28 جولائی 2004", "2004-07-28T00:00:00Z", "languages"},
    {"۲۸ ژوئیه ۲۰۰۴", "2004-07-28T00:00:00Z", "languages"},
    {"28 मई 2004 20:04", "2004-05-28T20:04:00Z", "languages"},
    {"२८ जुलाई २००४", "2004-07-28T00:00:00Z", "languages"},
    {"২৮ মে ২০০৪", "2004-05-28T00:00:00Z", "languages"},
    {"2004年5月28日 13時31分", "2004-05-28T13:31:00Z", "languages"},
    {"2004年5月28日(金) 13:31", "2004-05-28T13:31:00Z", "languages"},
    {"2004年05月28日 星期五 下午 1:31", "2004-05-28T13:31:00Z", "languages"},
    {"2004 年 5 月 28 日", "2004-05-28T00:00:00Z", "languages"},
    {"２００４年５月２８日　１３：３１", "2004-05-28T13:31:00Z", "languages"},
    {"2004년 5월 28일 금요일", "2004-05-28T00:00:00Z", "languages"},
    {"2004년 5월 28일 오전 12시 31분", "2004-05-27T15:31:00Z", "languages"},
    {"Jumat, 28 Mei 2004 20:04 WIB", "2004-05-28T13:04:00Z", "languages"},
    {"28 Agustus 2004", "2004-08-28T00:00:00Z", "languages"},
    {"Thứ sáu, ngày 28 tháng 5 năm 2004 20:04", "2004-05-28T20:04:00Z", "languages"},
    {"5月28日", "none", "languages"},
    {"28 Pazar 2004", "none", "languages"},
};
// clang-format on

/// A month of ICU's, as it stands beside a day.
std::string month_name(const icu::DateFormatSymbols& symbols,
                       icu::DateFormatSymbols::DtWidthType width, int month) {
    std::int32_t count = 0;
    const auto* names = symbols.getMonths(count, icu::DateFormatSymbols::FORMAT, width);
    std::string name;
    return count > month ? names[month].toUTF8String(name) : name;
}

void check_months(const char* locale, icu::DateFormatSymbols::DtWidthType width) {
    UErrorCode status = U_ZERO_ERROR;
    const icu::DateFormatSymbols symbols{icu::Locale{locale}, "gregorian", status};
    REQUIRE(U_SUCCESS(status));
    for (int month = 0; month < 12; ++month) {
        const std::string text = "28 " + month_name(symbols, width, month) + " 2004";
        CAPTURE(locale, text);
        const auto date = parse_date(text);
        CHECK((date ? to_rfc3339(*date).substr(5, 2) : "none") ==
              std::string{month < 9 ? "0" : ""} + std::to_string(month + 1));
    }
}

}  // namespace

TEST_CASE("dates are read in the languages that feeds are written in") {
    for (const Case& one : kCases) {
        CAPTURE(one.text, one.source);
        const auto date = parse_date(one.text);
        CHECK((date ? to_rfc3339(*date) : "none") == one.expected);
    }
}

TEST_CASE("the months are those of ICU") {
    for (const char* locale :
         {"en", "de", "de_AT", "fr", "es", "it", "pt",    "nl",    "da",      "nb",    "sv", "fi",
          "is", "et", "lv",    "lt", "pl", "cs", "sk",    "sl",    "sr_Latn", "hu",    "ro", "ca",
          "gl", "eu", "sq",    "tr", "az", "uz", "id",    "ms",    "fil",     "sw",    "ru", "uk",
          "be", "bg", "sr",    "mk", "el", "he", "ar_EG", "ar_LB", "ar_DZ",   "ar_MA", "fa", "ur",
          "hi", "bn", "en_IN", "th", "lo", "km", "my",    "ta",    "te",      "kn",    "ml", "mr",
          "ne", "gu", "pa",    "or", "as", "si", "ps",    "ka",    "hy",      "kk",    "ky", "tg",
          "am", "cy", "af",    "mt", "ha", "lb"}) {
        check_months(locale, icu::DateFormatSymbols::WIDE);
    }
}

TEST_CASE("short months are those of ICU") {
    for (const char* locale :
         {"en", "de", "fr", "es", "it", "pt", "nl",    "da", "nb", "sv", "pl", "hu", "ro",
          "tr", "id", "ru", "uk", "bg", "el", "ar_EG", "ur", "th", "lo", "ka", "kk", "ky"}) {
        check_months(locale, icu::DateFormatSymbols::ABBREVIATED);
    }
}
