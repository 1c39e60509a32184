// SPDX-License-Identifier: MIT
// Dates that other readers are known to take or to refuse.
#include "feeds/dates.hpp"

#include <string>

#include <catch2/catch.hpp>

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
    {"Fri, 21 Nov 1997 09:55:06 -0600", "1997-11-21T15:55:06Z", "RFC 5322"},
    {"Tue, 1 Jul 2003 10:52:37 +0200", "2003-07-01T08:52:37Z", "RFC 5322"},
    {"Thu, 13 Feb 1969 23:32:54 -0330", "1969-02-14T03:02:54Z", "RFC 5322"},
    {"21 Nov 97 09:55:06 GMT", "1997-11-21T09:55:06Z", "RFC 5322"},
    {"Thu, 13 Feb 1969 23:32 -0330", "1969-02-14T03:02:00Z", "RFC 5322"},
    {"Thu, 30 Apr 2015 08:57:00 MET", "2015-04-30T07:57:00Z", "feedparser"},
    {"Thu, 30 Apr 2015 08:57:00 MEST", "2015-04-30T06:57:00Z", "feedparser"},
    {"Thu, 01 Jan 0100 00:00:01 +0100", "none", "feedparser"},
    {"Thu, 01 Jan 04 19:48:21 GMT", "2004-01-01T19:48:21Z", "feedparser"},
    {"Thu,  5 Apr 2012 10:00:00 GMT", "2012-04-05T10:00:00Z", "feedparser"},
    {"Wed, 19 Aug 2009 18:28:00 Etc/GMT", "2009-08-19T18:28:00Z", "feedparser"},
    {"Wed, 19 Feb 2012 22:40:00 GMT-01:01", "2012-02-19T23:41:00Z", "feedparser"},
    {"Wed, 19 Feb 2012 22:40:00 -01:01", "2012-02-19T23:41:00Z", "feedparser"},
    {"Mon, 13 Feb, 2012 06:28:00 UTC", "2012-02-13T06:28:00Z", "feedparser"},
    {"Thu, 01 Jan 2004 00:00 GMT", "2004-01-01T00:00:00Z", "feedparser"},
    {"Thu, 01 Jan 2004", "2004-01-01T00:00:00Z", "feedparser"},
    {"Mon, 26 January 2004 16:31:00 AT", "2004-01-26T20:31:00Z", "feedparser"},
    {"Mon, 26 January 2004 16:31:00 ET", "2004-01-26T21:31:00Z", "feedparser"},
    {"Mon, 26 January 2004 16:31:00 CT", "2004-01-26T22:31:00Z", "feedparser"},
    {"Mon, 26 January 2004 16:31:00 MT", "2004-01-26T23:31:00Z", "feedparser"},
    {"Mon, 26 January 2004 16:31:00 PT", "2004-01-27T00:31:00Z", "feedparser"},
    {"Thu Aug 30 2012 17:26:16 +0200", "2012-08-30T15:26:16Z", "feedparser"},
    {"Sun, 16 Dec 2012 1:2:3:4 GMT", "none", "feedparser"},
    {"Sun, 16 zzz 2012 11:47:32 GMT", "none", "feedparser"},
    {"Sun, Dec x 2012 11:47:32 GMT", "none", "feedparser"},
    {"Sun, 16 Dec zz 11:47:32 GMT", "none", "feedparser"},
    {"Sun, 16 Dec 2012 11:47:32 +zz:00", "none", "feedparser"},
    {"Sun, 99 Jun 2009 12:00:00 GMT", "none", "feedparser"},
    {"Sun, 31 Dec 9999 23:59:59 -9999", "none", "feedparser"},
    {"Sun Jan  4 16:29:06 2004", "2004-01-04T16:29:06Z", "feedparser"},
    {"Sun Jul 15 01:16:00 +0000 2012", "2012-07-15T01:16:00Z", "feedparser"},
    {"2003-12-31T10:14:55-08:00", "2003-12-31T18:14:55Z", "feedparser"},
    {"2007-04-23T23:25:47.538+10:00", "2007-04-23T13:25:47.538Z", "feedparser"},
    {"2003-12", "2003-12-01T00:00:00Z", "feedparser"},
    {"2003", "2003-01-01T00:00:00Z", "feedparser"},
    {"2000-02-28T18:14:55-08:00", "2000-02-29T02:14:55Z", "feedparser"},
    {"9999-12-31T23:59:59-99:99", "none", "feedparser"},
    {"2003-12-31T25:14:55Z", "none", "feedparser"},
    {"2003-12-31T10:61:55Z", "none", "feedparser"},
    {"2003-12-31T10:14:61Z", "none", "feedparser"},
    {"22013", "2022-01-13T00:00:00Z", "feedparser"},
    {"013", "none", "feedparser"},
    {"2013-01-27-01", "none", "feedparser"},
    {"2013-xx-27", "none", "feedparser"},
    {"2013-01-28T09:xx:00Z", "none", "feedparser"},
    {"2004-07-08 23:56:58 -00:20", "2004-07-09T00:16:58Z", "feedparser"},
    {"2004-07-08 23:56:58", "2004-07-08T23:56:58Z", "feedparser"},
    {"2004-07-08 23:56:58.0", "2004-07-08T23:56:58Z", "feedparser"},
    {"-0312", "2003-12-01T00:00:00Z", "feedparser"},
    {"-03-12", "2003-12-01T00:00:00Z", "feedparser"},
    {"031231", "2003-12-31T00:00:00Z", "feedparser"},
    {"03-12-31", "2003-12-31T00:00:00Z", "feedparser"},
    {"03335", "2003-12-01T00:00:00Z", "feedparser"},
    {"2003-12-31T10:14:55.1234Z", "2003-12-31T10:14:55.123Z", "feedparser"},
    {"2003-012-31T10:14:55+00:00", "2003-12-31T10:14:55Z", "feedparser"},
    {"Fri, 2006/09/15 08:19:53 EDT", "2006-09-15T12:19:53Z", "feedparser"},
    {"2004년 05월 28일  01:31:15", "2004-05-27T16:31:15Z", "feedparser"},
    {"2004-05-25 오후 11:23:17", "2004-05-25T14:23:17Z", "feedparser"},
    {"Κυρ, 11 Ιούλ 2004 12:00:00 EST", "2004-07-11T17:00:00Z", "feedparser"},
    {"2004-július-13T9:15-05:00", "2004-07-13T14:15:00Z", "feedparser"},
    {"2004-január-10T22:41Z", "2004-01-10T22:41:00Z", "feedparser"},
    {"Mon, 02 Jan 2006 15:04:05 MST -07:00", "2006-01-02T22:04:05Z", "miniflux, layouts"},
    {"Mon, January 2, 2006, 3:04 PM MST", "2006-01-02T22:04:00Z", "miniflux, layouts"},
    {"Mon, January 2 2006 15:04:05 -0700", "2006-01-02T22:04:05Z", "miniflux, layouts"},
    {"Mon, Jan 2 2006 15:04:05 -700", "2006-01-02T22:04:05Z", "miniflux, layouts"},
    {"Mon Jan 2 15:04 2006", "2006-01-02T15:04:00Z", "miniflux, layouts"},
    {"Mon Jan 2 15:04:05 2006 MST", "2006-01-02T22:04:05Z", "miniflux, layouts"},
    {"Mon Jan 02, 2006 3:04 pm", "2006-01-02T15:04:00Z", "miniflux, layouts"},
    {"Mon, Jan 02,2006 15:04:05 MST", "2006-01-02T22:04:05Z", "miniflux, layouts"},
    {"Monday, 2. January 2006 - 15:04", "2006-01-02T15:04:00Z", "miniflux, layouts"},
    {"Monday 02 January 2006", "2006-01-02T00:00:00Z", "miniflux, layouts"},
    {"Monday, 02-Jan-06 15:04:05 MST", "2006-01-02T22:04:05Z", "miniflux, layouts"},
    {"Mon Jan _2 15:04:05 2006", "2006-01-02T15:04:05Z", "miniflux, layouts"},
    {"Mon Jan 02 15:04:05 -0700 2006", "2006-01-02T22:04:05Z", "miniflux, layouts"},
    {"Mon, 2 Jan 2006 15:4:5 -0700 GMT", "2006-01-02T22:04:05Z", "miniflux, layouts"},
    {"Mon, 2, Jan 2006 15:4", "2006-01-02T15:04:00Z", "miniflux, layouts"},
    {"Mon, 2 Jan 2006 15:04:05MST", "2006-01-02T22:04:05Z", "miniflux, layouts"},
    {"Mon, 2 Jan 2006 15:04:05-0700", "2006-01-02T22:04:05Z", "miniflux, layouts"},
    {"Mon, 2 Jan 15:04:05 MST", "none", "miniflux, layouts"},
    {"Mon, 2006-01-02 15:04", "2006-01-02T15:04:00Z", "miniflux, layouts"},
    {"Mon, 02 Jan 2006 15 -0700", "2006-01-02T22:00:00Z", "miniflux, layouts"},
    {"Mon, 02 Jan 2006 15:04:05 MST-07:00", "2006-01-02T22:04:05Z", "miniflux, layouts"},
    {"Mon, 02 Jan 2006 15:04:05 --0700", "2006-01-02T22:04:05Z", "miniflux, layouts"},
    {"Mon , 02 Jan 2006 15:04:05 MST", "2006-01-02T22:04:05Z", "miniflux, layouts"},
    {"Mon, 02 Jan 2006 15:04:05 -07", "2006-01-02T22:04:05Z", "miniflux, layouts"},
    {"Mon, 02 Jan 2006 15:04:05 00", "2006-01-02T15:04:05Z", "miniflux, layouts"},
    {"Mon, 02 Jan 2006 3:04 PM MST", "2006-01-02T22:04:00Z", "miniflux, layouts"},
    {"Mon, 01 02 2006 15:04:05 -0700", "2006-01-02T22:04:05Z", "miniflux, layouts"},
    {"Mon, 2th Jan 2006 15:05:05 MST", "2006-01-02T22:05:05Z", "miniflux, layouts"},
    {"Jan. 2, 2006, 3:04 a.m.", "2006-01-02T03:04:00Z", "miniflux, layouts"},
    {"January 02 2006 03:04:05 PM", "2006-01-02T15:04:05Z", "miniflux, layouts"},
    {"Jan 02 2006 03:04:05PM", "2006-01-02T15:04:05Z", "miniflux, layouts"},
    {"06-1-2 15:04", "2006-01-02T15:04:00Z", "miniflux, layouts"},
    {"2.1.2006 15:04:05", "2006-01-02T15:04:05Z", "miniflux, layouts"},
    {"2006 January 02", "2006-01-02T00:00:00Z", "miniflux, layouts"},
    {"2006-1-2T15:04:05Z", "2006-01-02T15:04:05Z", "miniflux, layouts"},
    {"2006-1-2 15:04:05", "2006-01-02T15:04:05Z", "miniflux, layouts"},
    {"2006-01-02T15:04Z", "2006-01-02T15:04:00Z", "miniflux, layouts"},
    {"2006-01-02T15:04-07:00", "2006-01-02T22:04:00Z", "miniflux, layouts"},
    {"2006-01-02T15:04:05-07:00:00", "2006-01-02T22:04:05Z", "miniflux, layouts"},
    {"2006-01-02T15:04:05:-0700", "2006-01-02T22:04:05Z", "miniflux, layouts"},
    {"2006-01-02T15:04:05 -0700", "2006-01-02T22:04:05Z", "miniflux, layouts"},
    {"2006-01-02 at 15:04:05", "2006-01-02T15:04:05Z", "miniflux, layouts"},
    {"2006-01-02 15:04:05Z", "2006-01-02T15:04:05Z", "miniflux, layouts"},
    {"2006-01-02 15:04:05-0700", "2006-01-02T22:04:05Z", "miniflux, layouts"},
    {"15:04 02.01.2006 -0700", "2006-01-02T22:04:00Z", "miniflux, layouts"},
    {"1/2/2006 3:04 PM MST", "2006-01-02T22:04:00Z", "miniflux, layouts"},
    {"1/2/2006 3:04:05 PM", "2006-01-02T15:04:05Z", "miniflux, layouts"},
    {"02 Monday, Jan 2006 15:04", "2006-01-02T15:04:00Z", "miniflux, layouts"},
    {"02.01.2006 -0700", "none", "miniflux, layouts"},
    {"01/02/2006 - 15:04", "none", "miniflux, layouts"},
    {"1/2/2006", "none", "miniflux, layouts"},
    {"02-01-2006", "none", "miniflux, layouts"},
    {"Jan. 2006", "2006-01-01T00:00:00Z", "miniflux, layouts"},
    {"2 Jan 2006 MST", "2006-01-02T07:00:00Z", "miniflux, layouts"},
    {"Mon, January 2, 2006 at 03:04 PM MST", "2006-01-02T22:04:00Z", "miniflux, layouts"},
    {"01/02/06 15:04:05", "none", "miniflux, layouts"},
    {"02.01.06", "2006-01-02T00:00:00Z", "miniflux, layouts"},
};
// clang-format on

}  // namespace

TEST_CASE("dates are read as in the tests and layouts of other readers") {
    for (const Case& one : kCases) {
        CAPTURE(one.text, one.source);
        const auto date = parse_date(one.text);
        CHECK((date ? to_rfc3339(*date) : "none") == one.expected);
    }
}
