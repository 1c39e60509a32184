// SPDX-License-Identifier: MIT
#include "review/hit_stats.hpp"

#include <chrono>
#include <sstream>

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

using namespace wirewatch;
using namespace wirewatch::review;

namespace {

Instant noon(unsigned day) {
    return Instant{std::chrono::sys_days{std::chrono::year{2021} / 4 / day}} +
           std::chrono::hours{12};
}

HitStats sample() {
    HitStats stats{noon(1), noon(4)};
    stats.add_rule("silent");
    stats.add({"gas", "voa", noon(1)});
    stats.add({"gas", "voa", noon(3)});
    stats.add({"gas", "gulf", noon(3)});
    stats.add({"=oil", "voa", noon(3)});
    return stats;
}

}  // namespace

TEST_CASE("every day of the range has its place, with hits or without") {
    const HitStats stats = sample();
    CHECK(stats.days() ==
          std::vector<std::string>{"2021-04-01", "2021-04-02", "2021-04-03", "2021-04-04"});
    CHECK(stats.total() == 4);
    CHECK(sparkline(stats.rules().at("gas"), stats.days(), 31) == "▄ █ ");
    CHECK(sparkline(stats.rules().at("silent"), stats.days(), 31) == "    ");
    CHECK(sparkline(stats.rules().at("gas"), stats.days(), 2) == "▄█");
    CHECK(sparkline(stats.rules().at("gas"), stats.days(), 3) == "▄█");
    CHECK(sparkline({}, {}, 31).empty());
}

TEST_CASE("a range of one moment has one day, and a long one all of its days") {
    CHECK(HitStats{noon(1), noon(1)}.days().size() == 1);
    CHECK(HitStats{noon(1), noon(1) + std::chrono::days{400}}.days().size() == 401);
}

TEST_CASE("the table names rules without hits, and stands in any width") {
    for (const std::size_t width : {0u, 20u, 200u}) {
        std::ostringstream out;
        print_stats(Terminal{out, out, false, width}, sample());
        CHECK_THAT(out.str(), Catch::Contains("4 hits from 2021-04-01 to 2021-04-04") &&
                                  Catch::Contains("silent") && Catch::Contains("gulf"));
    }
}

TEST_CASE("counts go out as JSON and as CSV that runs no formula") {
    std::ostringstream json;
    write_stats_json(json, sample());
    const auto read = nlohmann::json::parse(json.str());
    CHECK(read["hits"] == 4);
    CHECK(read["days"][1]["hits"] == 0);
    CHECK(read["rules"][0]["rule"] == "gas");
    CHECK(read["rules"][0]["days"]["2021-04-03"] == 2);
    CHECK(read["rules"][2]["hits"] == 0);
    std::ostringstream csv;
    write_stats_csv(csv, sample());
    CHECK_THAT(csv.str(),
               Catch::StartsWith("day,rule,feed,hits\r\n\"2021-04-01\",\"gas\",\"voa\",1\r\n") &&
                   Catch::Contains("\"'=oil\""));
}
