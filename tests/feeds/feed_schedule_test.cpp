// SPDX-License-Identifier: MIT
#include "feeds/parser.hpp"

#include <string>
#include <vector>

#include <catch2/catch.hpp>

using namespace wirewatch::feeds;
using namespace std::chrono_literals;

namespace {

FeedSchedule schedule(const std::string& channel) {
    const auto feed = parse_feed(
        R"(<rss version="2.0" xmlns:s="http://purl.org/rss/1.0/modules/syndication/"><channel>)" +
            channel + "</channel></rss>",
        {});
    REQUIRE(feed);
    return feed->schedule;
}

}  // namespace

TEST_CASE("a feed that says nothing has no schedule") {
    CHECK(schedule("<title>t</title>").ttl == 0min);
    CHECK(schedule("<title>t</title>").update_period == 0s);
    CHECK(schedule("<title>t</title>").skip_hours.empty());
    CHECK(schedule("<title>t</title>").skip_days.empty());
}

TEST_CASE("ttl is minutes, at most a year, or nothing") {
    const auto [written, ttl] = GENERATE(table<const char*, std::chrono::minutes>({
        {" 60 ", 60min},
        {"0", 0min},
        {"-5", 0min},
        {"soon", 0min},
        {"60 min", 0min},
        {"99999999", 366 * 24h},
        {"99999999999999999999", 0min},
    }));
    CAPTURE(written);
    CHECK(schedule("<ttl>" + std::string{written} + "</ttl>").ttl == ttl);
}

TEST_CASE("a syndication period is shared among its updates") {
    const auto [written, period] = GENERATE(table<const char*, std::chrono::seconds>({
        {"<s:updatePeriod>hourly</s:updatePeriod><s:updateFrequency>2</s:updateFrequency>", 1800s},
        {"<s:updatePeriod> Daily </s:updatePeriod>", 24h},
        {"<s:updateFrequency>4</s:updateFrequency>", 6h},
        {"<s:updatePeriod>weekly</s:updatePeriod>", 7 * 24h},
        {"<s:updatePeriod>hourly</s:updatePeriod><s:updateFrequency>0</s:updateFrequency>", 0s},
        {"<s:updatePeriod>hourly</s:updatePeriod><s:updateFrequency>999999</s:updateFrequency>",
         1s},
        {"<s:updatePeriod>hourly</s:updatePeriod><s:updateFrequency>1.0</s:updateFrequency>", 1h},
        {"<s:updatePeriod/><s:updatePeriod>hourly</s:updatePeriod>", 1h},
        {"<s:updatePeriod>often</s:updatePeriod>", 0s},
    }));
    CAPTURE(written);
    CHECK(schedule(written).update_period == period);
}

TEST_CASE("hours and days to skip are read once each, and none that do not exist") {
    const auto found = schedule(
        "<skipHours><hour>0</hour><hour>24</hour><hour>7</hour><hour>25</hour><hour>x</hour></"
        "skipHours>"
        "<skipDays><day>Sunday</day><day>sunday</day><day>SATURDAY</day><day>Someday</day></"
        "skipDays>");
    CHECK(found.skip_hours == std::vector<int>{0, 7});
    CHECK(found.skip_days ==
          std::vector<std::chrono::weekday>{std::chrono::Sunday, std::chrono::Saturday});
}

TEST_CASE("an element that says nothing leaves the next one its chance") {
    CHECK(schedule("<ttl/><ttl>30</ttl>").ttl == 30min);
    CHECK(schedule("<skipHours/><skipHours><hour>3</hour></skipHours>").skip_hours ==
          std::vector<int>{3});
    CHECK(schedule("<skipDays/><skipDays><day>Friday</day></skipDays>").skip_days ==
          std::vector<std::chrono::weekday>{std::chrono::Friday});
}
