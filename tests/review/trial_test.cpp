// SPDX-License-Identifier: MIT
#include "review/trial.hpp"

#include "review/found_output.hpp"
#include "review/trial_output.hpp"

#include <chrono>
#include <optional>
#include <sstream>

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

using namespace wirewatch;
using namespace wirewatch::review;
using namespace std::chrono_literals;

namespace {

rules::RuleSet set_of(std::string query) {
    Rule rule;
    rule.id = "r";
    rule.query = std::move(query);
    return rules::RuleSet::compile({rule}, {}).set;
}

TrialArticle article(std::string title, std::string feed, std::optional<int> day) {
    TrialArticle one;
    one.article.title = std::move(title);
    one.article.key = "0123456789abcdef0123456789abcdef";
    one.article.language = "en";
    one.article.feed_id = feed;
    one.feed.id = std::move(feed);
    if (day) {  // noon: the same date in every zone that a test may run in, but the farthest
        one.at = std::chrono::sys_days{std::chrono::April / *day / 2021} + 12h;
    }
    return one;
}

std::string titles(const std::deque<TrialHit>& hits) {
    std::string text;
    for (const TrialHit& hit : hits) {
        text += (text.empty() ? "" : ", ") + hit.article.title;
    }
    return text;
}

/// Four articles of two feeds on two days, and one without a date.
void look_at_all(Trial& trial) {
    trial.look_at(article("gas one", "voa", 6));
    trial.look_at(article("gas two", "voa", 7));
    trial.look_at(article("oil", "dawn", 7));
    trial.look_at(article("gas oil", "dawn", 7));
    trial.look_at(article("coal", "", std::nullopt));
}

}  // namespace

TEST_CASE("a trial counts what matched, by day and by feed") {
    const auto set = set_of("gas");
    Trial trial{set, nullptr, Kept::first, 10};
    look_at_all(trial);
    CHECK(trial.total().articles == 5);
    CHECK(trial.total().matched == 3);
    CHECK(trial.days().at("2021-04-07").articles == 3);
    CHECK(trial.days().at("2021-04-07").matched == 2);
    CHECK(trial.days().at("").articles == 1);
    CHECK(trial.feeds().at("voa").matched == 2);
    CHECK(trial.feeds().at("").matched == 0);
    CHECK(titles(trial.hits()) == "gas one, gas two, gas oil");
    CHECK(trial.hits()[0].hit.spans.at(0).text == "gas");
}

TEST_CASE("of many hits a trial keeps the first or the last") {
    const auto set = set_of("gas");
    Trial first{set, nullptr, Kept::first, 2};
    Trial last{set, nullptr, Kept::last, 2};
    Trial none{set, nullptr, Kept::last, 0};
    for (Trial* trial : {&first, &last, &none}) {
        look_at_all(*trial);
        CHECK(trial->total().matched == 3);
    }
    CHECK(titles(first.hits()) == "gas one, gas two");
    CHECK(titles(last.hits()) == "gas two, gas oil");
    CHECK(none.hits().empty());
}

TEST_CASE("a trial beside the rule as loaded tells what is added and what is dropped") {
    const auto tested = set_of("oil OR coal");
    const auto loaded = set_of("gas");
    Trial trial{tested, &loaded, Kept::first, 10};
    look_at_all(trial);
    CHECK(trial.add_count() == 2);
    CHECK(titles(trial.adds()) == "oil, coal");
    CHECK(trial.drop_count() == 2);
    CHECK(titles(trial.drops()) == "gas one, gas two");
    CHECK(trial.drops()[0].hit.spans.at(0).text == "gas");
}

TEST_CASE("a trial is shown with its count, its days, its feeds and its hits") {
    const auto set = set_of("gas");
    Trial trial{set, nullptr, Kept::last, 2};
    look_at_all(trial);
    std::ostringstream out;
    print_trial({out, out},
                {.rule_id = "r",
                 .query = "gas",
                 .source = "all of the history",
                 .order = TrialSubject::Order::newest_first},
                trial);
    const std::string text = out.str();
    CAPTURE(text);
    CHECK(text.starts_with("r would have matched 3 of 5 articles (60.0 %): all of the history\n"));
    CHECK(text.find("2021-04-06  1         1        ###############\n") != std::string::npos);
    CHECK(text.find("2021-04-07  3         2        ##############################\n") !=
          std::string::npos);
    CHECK(text.find("no date     1         0") != std::string::npos);
    CHECK(text.find("voa      2         2        ##############################\n") !=
          std::string::npos);
    CHECK(text.find("no feed") != std::string::npos);
    CHECK(text.find("hits (2 of 3):\n") != std::string::npos);
    const auto newest = text.find("0123456789  *gas* oil");
    const auto older = text.find("0123456789  *gas* two");
    REQUIRE((newest != std::string::npos && older != std::string::npos));
    CHECK(newest < older);
}

TEST_CASE("a comparison is shown as adds and drops") {
    const auto tested = set_of("oil");
    const auto loaded = set_of("gas");
    Trial trial{tested, &loaded, Kept::first, 10};
    look_at_all(trial);
    const TrialSubject subject{.rule_id = "r",
                               .query = "oil",
                               .source = "a.jsonl",
                               .compared = TrialSubject::Compared::with_loaded};
    std::ostringstream out;
    print_trial({out, out}, subject, trial);
    CHECK(out.str().find("against the rule as loaded: adds 1, drops 2\n") != std::string::npos);
    CHECK(out.str().find("\n+ 2021-04-07") != std::string::npos);
    CHECK(out.str().find("\n- 2021-04-06") != std::string::npos);

    std::ostringstream json;
    write_json(json, subject, trial);
    const auto read = nlohmann::json::parse(json.str());
    CHECK(read["matched"] == 2);
    CHECK(read["articles"] == 5);
    CHECK(read["diff"]["adds"] == 1);
    CHECK(read["diff"]["drops"] == 2);
    CHECK(read["diff"]["added"][0]["title"] == "oil");
    CHECK(read["hits"][0]["matches"][0]["term"] == "oil");
    CHECK(read["days"][0]["day"].is_null());
    CHECK(read["feeds"].size() == 3);
}

TEST_CASE("months of days and many feeds without a match are counted together") {
    const auto set = set_of("gas");
    Trial trial{set, nullptr, Kept::first, 0};
    for (int day = 1; day <= 30; ++day) {
        for (const int month : {3, 4}) {
            TrialArticle one = article("gas", "f" + std::to_string(day), 1);
            one.at = std::chrono::sys_days{std::chrono::year{2021} / month / day} + 12h;
            one.article.title = day == 5 && month == 3 ? "gas" : "oil";
            trial.look_at(std::move(one));
        }
    }
    std::ostringstream out;
    print_trial({out, out}, {.rule_id = "r", .query = "gas", .source = "x"}, trial);
    CHECK(out.str().find("earlier     29        1 ") != std::string::npos);
    CHECK(out.str().find("2021-03-30") != std::string::npos);
    CHECK(out.str().find("2021-03-29") == std::string::npos);
    CHECK(out.str().find("29 others  58        0") != std::string::npos);
}

TEST_CASE("an excerpt is one line around the first span, with what matched marked") {
    std::ostringstream out;
    const Terminal terminal{out, out};
    const std::string text = std::string(60, 'a') + "\nЖ gas pipeline " + std::string(200, 'b');
    const std::vector<Span> spans{{Field::summary, 0, 63, 66, "gas", "gas"},
                                  {Field::title, 0, 0, 3, "aaa", "aaa"}};
    CHECK(excerpt(terminal, text, Field::summary, spans) ==
          "…" + std::string(37, 'a') + " Ж *gas* pipeline " + std::string(87, 'b') + "…");
    CHECK(excerpt(terminal, "gas", Field::content, spans).empty());
    CHECK(excerpt(terminal, "gas", Field::summary, {{Field::summary, 0, 0, 3, "gas", "gas"}}) ==
          "*gas*");
    CHECK(excerpt(terminal, "", Field::summary, spans).empty());
}
