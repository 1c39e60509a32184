// SPDX-License-Identifier: MIT
// Every rule of the starter pack, with articles that it must match and articles that it must not.
#include "base/article.hpp"
#include "daemon/config.hpp"
#include "daemon/plan.hpp"
#include "daemon/starter.hpp"
#include "support/temp_dir.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <set>
#include <string>
#include <tuple>

using namespace wirewatch;
using namespace wirewatch::daemon;

namespace {

/// The starter configuration, written out and read like a user's.
std::shared_ptr<const Plan> starter_plan() {
    static const auto plan = [] {
        const support::TempDir directory;
        for (const StarterFile& file : starter_files()) {
            directory.write(file.path, file.text);
        }
        auto reading = read_config(directory / "wirewatch.toml");
        REQUIRE(reading);
        REQUIRE(reading->good());
        return make_plan(std::move(reading->config));
    }();
    return plan;
}

std::set<std::string> matching(const std::string& title, const std::string& summary) {
    const Article article{.feed_id = "any", .title = title, .summary = summary, .language = "en"};
    std::set<std::string> ids;
    for (const rules::Match& match : starter_plan()->rules.match(article, Feed{.id = "any"})) {
        ids.insert(match.rule->id);
    }
    return ids;
}

}  // namespace

TEST_CASE("the starter configuration is good, without a warning") {
    const auto plan = starter_plan();
    for (const auto& problem : plan->rule_problems) {
        UNSCOPED_INFO(rules::to_text(problem));
    }
    CHECK(plan->rule_problems.empty());
    CHECK(plan->config.feeds.size() == 7);
    CHECK(plan->rules.rules().size() == 7);
}

TEST_CASE("each starter rule matches the articles it is written for") {
    const auto [rule, title, summary] = GENERATE(table<std::string, std::string, std::string>({
        {"pakistan-russia-energy",
         "Pakistan, Russia agree to build economic, energy and defence ties", ""},
        {"pakistan-russia-energy", "Moscow and Islamabad sign Pakistan Stream protocol", ""},
        {"pakistan-russia-energy",
         "Russian firms to build pipeline from north to south of Pakistan", ""},
        {"pakistan-russia-energy", "Gazprom offers LNG to Pakistan",
         "The Russian company is ready to deliver."},
        {"pakistan-russia-energy", "Karachi waits",
         "Pakistani refineries receive Russian crude oil under a new deal"},
        {"pakistan-russia-defence", "DRUZHBA 2021: Pakistani and Russian troops train together",
         ""},
        {"pakistan-russia-defence", "Russian warships join AMAN exercise off Karachi",
         "Pakistan is the host."},
        {"pakistan-russia-defence", "Arabian Monsoon: Russia and Pakistan sail together", ""},
        {"pakistan-russia-defence", "Pakistan, Russia discuss counter-terrorism", ""},
        {"pakistan-russia-defence", "Kremlin to sell helicopters to Pakistan", ""},
        {"pakistan-russia-trade", "Pakistan-Russia Inter-Governmental Commission meets in Moscow",
         ""},
        {"pakistan-russia-trade", "Russia lifts tariffs on Pakistani rice", ""},
        {"pakistan-russia-trade", "Russian wheat reaches Pakistan", ""},
        {"afghan-peace", "Russia's Lavrov in Pakistan to Discuss Bilateral Ties, Afghan Peace", ""},
        {"afghan-peace", "Russian FM Lavrov meets Pakistani PM in search of Afghan peace", ""},
        {"afghan-peace", "Extended troika on Afghanistan",
         "Moscow hosts Pakistan, China and the United States."},
        {"pakistan-russia-health", "Pakistan receives first doses of Sputnik V", ""},
        {"pakistan-russia-health", "Pakistan buys Russian vaccine", ""},
        {"pakistan-russia-multilateral", "At SCO meeting, Pakistan and Russia stress connectivity",
         ""},
        {"pakistan-russia-multilateral", "Russia, Pakistan vote together in UN Security Council",
         ""},
        {"pakistan-russia-visits", "Lavrov arrives in Islamabad for talks", ""},
        {"pakistan-russia-visits", "Imran Khan to meet Putin in Moscow", ""},
    }));
    CAPTURE(rule, title, summary);
    CHECK(matching(title, summary).contains(rule));
}

TEST_CASE("each starter rule leaves alone what only looks like its subject") {
    const auto [rule, title, summary] = GENERATE(table<std::string, std::string, std::string>({
        {"pakistan-russia-energy", "Russia cuts gas supply to Europe", "Energy prices rise."},
        {"pakistan-russia-energy", "Pakistan opens LNG terminal", "Qatar delivers the gas."},
        {"pakistan-russia-energy", "Pakistan and Russia meet in cricket's energy drink cup", ""},
        {"pakistan-russia-energy",
         "Russia's Lavrov in Pakistan to Discuss Bilateral Ties, Afghan Peace", ""},
        {"pakistan-russia-defence", "India and Russia hold naval exercise", ""},
        {"pakistan-russia-defence", "Pakistan, Russia: a poem",
         "A man reads in Lahore and Moscow."},
        {"pakistan-russia-defence", "Hockey: Pakistan beat Russia", "Their defence was too slow."},
        {"pakistan-russia-trade", "Pakistan trade deficit grows", ""},
        {"pakistan-russia-trade", "Football: Russia trade player to Pakistan club", ""},
        {"afghan-peace", "Taliban attend peace talks in Moscow", "Afghan officials came too."},
        {"afghan-peace", "Afghan cricket: peace in the dressing room",
         "Pakistan and Russia watch the talks."},
        {"pakistan-russia-health", "Hungary orders Sputnik V", ""},
        {"pakistan-russia-health", "Pakistan starts vaccination with Chinese vaccine", ""},
        {"pakistan-russia-multilateral", "Russia, Pakistan: un jour, une histoire", ""},
        {"pakistan-russia-multilateral", "SCO meets in Dushanbe", "India and China attend."},
        {"pakistan-russia-visits", "Putin visits Delhi for talks", ""},
        {"pakistan-russia-visits", "Chinese foreign minister arrives in Islamabad for talks", ""},
    }));
    CAPTURE(rule, title, summary);
    CHECK_FALSE(matching(title, summary).contains(rule));
}
