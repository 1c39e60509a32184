// SPDX-License-Identifier: MIT
#include "feeds/dates.hpp"

#include <string>
#include <string_view>

#include <catch2/catch.hpp>

using wirewatch::to_rfc3339;
using wirewatch::feeds::parse_date;

namespace {

std::string read(std::string_view text) {
    const auto date = parse_date(text);
    return date ? to_rfc3339(*date) : "none";
}

}  // namespace

TEST_CASE("RFC 822 dates are read in the dialects that feeds write") {
    const auto [text, expected] = GENERATE(table<const char*, const char*>({
        {"Sun, 16 Mar 2014 17:51:37 -0400", "2014-03-16T21:51:37Z"},
        {"Sun, 16 Mar 14 17:51:37 GMT", "2014-03-16T17:51:37Z"},
        {"16 Mar 99 17:51 GMT", "1999-03-16T17:51:00Z"},
        {"1 Dec 2002 4:20:20 +0000", "2002-12-01T04:20:20Z"},
        {"Mon,02 January 2006 15:04:05 EST", "2006-01-02T20:04:05Z"},
        {"Mon, 16 Mar 2014 17:51:37 GMT", "2014-03-16T17:51:37Z"},  // it was a Sunday
        {"Thu, 02 Jul 2015 23:18:09 +01:00", "2015-07-02T22:18:09Z"},
        {"Thu, 29 Oct 2020 07:36:03 GMT-07:00", "2020-10-29T14:36:03Z"},
        {"Thu Nov 12 2020 17:00:00 GMT+0000 (Coordinated Universal Time)", "2020-11-12T17:00:00Z"},
        {"Thu Nov 12 17:00:00 EST 2020", "2020-11-12T22:00:00Z"},
        {"Mon, 09 Apr 2018, 16:04", "2018-04-09T16:04:00Z"},
        {"16-Nov-2020 13:16:28 -0500", "2020-11-16T18:16:28Z"},
        {"Mon, 16th Nov 2020 13:16:28 GMT", "2020-11-16T13:16:28Z"},
        {"Sat, Dec 16 2023 02:02:33 PM", "2023-12-16T14:02:33Z"},
        {"Jan. 4, 2016, 12:37 p.m.", "2016-01-04T12:37:00Z"},
        {"Jan. 4, 2016, 12:37 a.m.", "2016-01-04T00:37:00Z"},
        {"Friday, December 22, 2017 - 3:09pm", "2017-12-22T15:09:00Z"},
        {"Tue, 31 Dec 2002 23:59:60 GMT", "2003-01-01T00:00:00Z"},  // a leap second
        {"Nov. 2020", "2020-11-01T00:00:00Z"},
        {"26 Sep 2022 GMT", "2022-09-26T00:00:00Z"},
    }));
    CAPTURE(text);
    CHECK(read(text) == expected);
}

TEST_CASE("months are read in several languages") {
    const auto [text, expected] = GENERATE(table<const char*, const char*>({
        {"Do, 29 Mär 2018 00:00:00 +0200", "2018-03-28T22:00:00Z"},
        {"ven., 03 juil. 2020 15:09:58 +0000", "2020-07-03T15:09:58Z"},
        {"mar., 01 déc. 2020 16:11:02 +0000", "2020-12-01T16:11:02Z"},  // "mar." is a Tuesday
        {"mer, 16 nov 2022 00:38:15 +0100", "2022-11-15T23:38:15Z"},
        {"Seg, 24 Set 2018 19:42:40 -0300", "2018-09-24T22:42:40Z"},
        {"24 сентября 2018 10:00", "2018-09-24T10:00:00Z"},
        {"Lundi, 16. Novembre 2020 - 15:54", "2020-11-16T15:54:00Z"},
    }));
    CAPTURE(text);
    CHECK(read(text) == expected);
}

TEST_CASE("ISO 8601 dates are read in all their forms") {
    const auto [text, expected] = GENERATE(table<const char*, const char*>({
        {"2021-04-07T09:30:00Z", "2021-04-07T09:30:00Z"},
        {"2021-04-07t09:30:00.25z", "2021-04-07T09:30:00.250Z"},
        {"2021-04-07T09:30:00.123456+02:00", "2021-04-07T07:30:00.123Z"},
        {"2021-04-07T09:30", "2021-04-07T09:30:00Z"},
        {"2021-04-07 09:30:00 EST", "2021-04-07T14:30:00Z"},
        {"2021-04-07T09:30:00-05:00Z", "2021-04-07T14:30:00Z"},
        {"2008-02-20T8:05:00-010:00", "2008-02-20T18:05:00Z"},
        {"Fri, 30 Nov 2018 17:00:00 - 0500", "2018-11-30T22:00:00Z"},
        {"2018-11-30 17:00:00 - 0500", "2018-11-30T22:00:00Z"},
        {"Fri, 30 Nov 2018 17:00:00 + 0100", "2018-11-30T16:00:00Z"},
        {"Fri, 30 Nov 2018 17:00:00 GMT + 01:00", "2018-11-30T16:00:00Z"},
        {"2018-11-30T17:00:00 + 01:00", "2018-11-30T16:00:00Z"},
        {"30 Nov 2018 - 17:00", "2018-11-30T17:00:00Z"},
        {"Wed, 31 Aug 2016 11.08.22 +0700", "2016-08-31T04:08:22Z"},
        {"2016-08-31 11.08.22", "2016-08-31T11:08:22Z"},
        {"31.8.2016 klo 11.08.22", "2016-08-31T11:08:22Z"},
        {"2021-04-07T093000-0500", "2021-04-07T14:30:00Z"},
        {"20210407T093000Z", "2021-04-07T09:30:00Z"},
        {"20210407093000", "2021-04-07T09:30:00Z"},
        {"2021-04-07", "2021-04-07T00:00:00Z"},
        {"2021/04/07 09:30", "2021-04-07T09:30:00Z"},
        {"2021-04", "2021-04-01T00:00:00Z"},
        {"2021", "2021-01-01T00:00:00Z"},
        {"2021-W14-3", "2021-04-07T00:00:00Z"},
        {"2020W537", "2021-01-03T00:00:00Z"},
        {"2021-097T12:00Z", "2021-04-07T12:00:00Z"},
        {"2020366", "2020-12-31T00:00:00Z"},
        {"2021-04-07T24:00:00Z", "2021-04-08T00:00:00Z"},
        {"1617787800", "2021-04-07T09:30:00Z"},
        {"1617787800123", "2021-04-07T09:30:00.123Z"},
    }));
    CAPTURE(text);
    CHECK(read(text) == expected);
}

TEST_CASE("zones are read by name, with the summer time of their day") {
    const auto [text, expected] = GENERATE(table<const char*, const char*>({
        {"7 Apr 2021 12:00 Z", "2021-04-07T12:00:00Z"},
        {"7 Apr 2021 12:00 PDT", "2021-04-07T19:00:00Z"},
        {"7 Apr 2021 12:00 CEST", "2021-04-07T10:00:00Z"},
        {"7 Apr 2021 12:00 GST", "2021-04-07T08:00:00Z"},  // Gulf Standard Time
        {"7 Apr 2021 12:00 A", "2021-04-07T12:00:00Z"},
        {"7 Apr 2021 12:00 ET", "2021-04-07T16:00:00Z"},
        {"7 Jan 2021 12:00 ET", "2021-01-07T17:00:00Z"},
        {"Fri, 31 Mar 2023 20:19:00 America/Los_Angeles", "2023-04-01T03:19:00Z"},
        {"7 Apr 2021 12:00 Nowhere/City", "2021-04-07T12:00:00Z"},
        {"7 Apr 2021 12:00 XYZT", "2021-04-07T12:00:00Z"},
        {"7 Apr 2021 12:00 +2500", "none"},
    }));
    CAPTURE(text);
    CHECK(read(text) == expected);
}

TEST_CASE("dates in numbers are read only where one reading is left") {
    const auto [text, expected] = GENERATE(table<const char*, const char*>({
        {"09/15/2014 4:20 pm PST", "2014-09-16T00:20:00Z"},
        {"Fri, 26/06/2020", "2020-06-26T00:00:00Z"},
        {"10/30/23 21:55:58", "2023-10-30T21:55:58Z"},
        {"30.10.23", "2023-10-30T00:00:00Z"},
        {"03.04.2020", "2020-04-03T00:00:00Z"},
        {"Sat, 11 04 2020 08:51:49 +0100", "2020-04-11T07:51:49Z"},  // the weekday decides
        {"Fri, 03/04/2020", "2020-04-03T00:00:00Z"},                 // likewise
        {"Wed, 03/04/2020", "2020-03-04T00:00:00Z"},                 // likewise
        {"04/04/2020", "2020-04-04T00:00:00Z"},
        {"/Date(1617787800000)/", "2021-04-07T09:30:00Z"},
        {"/Date(1617787800000+0200)/", "2021-04-07T09:30:00Z"},
        {"/Date(-1)/", "none"},
        {"03/04/2020", "none"},
        {"18/01/30 00:00", "none"},  // CNKI means 30 January 2018
    }));
    CAPTURE(text);
    CHECK(read(text) == expected);
}

TEST_CASE("what is no date is none") {
    const std::string long_text(1'000'000, '1');
    const std::string text =
        GENERATE(as<std::string>{}, "", "   ", "invalid", "insert published date here", "12:30",
                 "32 Jul 2020", "31 Jun 2006 23:08:26 +1000", "2003-07-32T15:51:30-05:00",
                 "2003-13-01", "2003-07-01T25:51:30", "2003-07-01T01:61:30", "2003-07-01T01:55:61",
                 "07-01T01:55:07-05:00", "0001-01-01T00:00:00Z", "29 Feb 2021", "2021-W54-1",
                 "2021-W10-8", "2021-366", "99999999999999999999", "5 Nov", "2020 2021 Nov",
                 "1 2 3 4 Nov 2020", "Nov Nov", "+0100", "2020-11-08T10:00 <b>");
    CAPTURE(text);
    CHECK(read(text) == "none");
    CHECK(read(long_text) == "none");
}
