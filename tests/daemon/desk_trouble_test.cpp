// SPDX-License-Identifier: MIT
// New plans, wrong ones, and a disk that fails: nothing is lost or doubled.
#include "daemon/desk_bench.hpp"

#include <catch2/catch.hpp>

#include <chrono>
#include <csignal>
#include <filesystem>
#include <vector>

#include <sys/resource.h>

using namespace wirewatch;
using namespace wirewatch::daemon;
using namespace std::chrono_literals;

namespace {

/// As long as it lives, this process can write no file past its first block.
class FullDisk {
  public:
    FullDisk() {
        std::signal(SIGXFSZ, SIG_IGN);
        REQUIRE(getrlimit(RLIMIT_FSIZE, &before_) == 0);
        const rlimit none{.rlim_cur = 512, .rlim_max = before_.rlim_max};
        REQUIRE(setrlimit(RLIMIT_FSIZE, &none) == 0);
    }
    ~FullDisk() { setrlimit(RLIMIT_FSIZE, &before_); }

  private:
    rlimit before_{};
};

}  // namespace

TEST_CASE("a new plan takes effect at once: feeds come and go, rules change, nothing is doubled") {
    DeskBench bench;
    bench.begin();
    bench.fetcher_->answer(kUrl, rss({{"1", "Talks in Moscow"}, {"2", "Rain in Lahore"}}));
    bench.fetcher_->answer("https://other.example/", rss({{"1", "Lahore and Moscow"}}));
    bench.pass(1min);

    Config config = bench.config_;
    config.feeds.push_back(feed("other", "https://other.example/"));
    config.rules.push_back(rule("rain", "lahore"));
    bench.desk_->adopt(make_plan(config));
    bench.pass(1min);
    CHECK(bench.fetcher_->requests().size() == 2);
    CHECK(bench.alerts().size() == 3);

    config.feeds.clear();
    bench.desk_->adopt(make_plan(config));
    bench.pass(2h);
    CHECK(bench.fetcher_->requests().size() == 2);
}

TEST_CASE("a rule that is wrong keeps its former version") {
    DeskBench bench;
    const auto former = make_plan(bench.config_);
    Config config = bench.config_;
    config.rules[0].query = "moscow AND (";
    const auto plan = make_plan(config, former.get());
    CHECK(errors_in(plan->rule_problems) == 1);
    REQUIRE(plan->rules.rules().size() == 1);
    CHECK(plan->rules.rules()[0]->query == "moscow");
    CHECK(make_plan(config)->rules.rules().empty());
}

TEST_CASE("a set that is wrong keeps its former version, and the rules that use it") {
    DeskBench bench;
    Config config = bench.config_;
    config.sets = {{.name = "russia", .query = "russia OR moscow"}};
    config.rules.push_back(rule("gas", "@russia AND gas"));
    const auto former = make_plan(config);
    REQUIRE(former->rules.rules().size() == 2);
    config.sets[0].query = "(russia OR moscow";
    const auto plan = make_plan(config, former.get());
    CHECK(errors_in(plan->rule_problems) > 0);
    CHECK(plan->rules.rules().size() == 2);
}

TEST_CASE("a database that is taken away under the daemon ends it, and nothing is announced") {
    DeskBench bench;
    bench.begin();
    std::filesystem::remove(bench.directory_ / "test.db");
    bench.fetcher_->answer(kUrl, rss({{"1", "Talks in Moscow"}}));
    bench.pass(1min);
    CHECK(bench.fatal_ > 0);
    CHECK(bench.alerted_ == 0);
}

TEST_CASE("while the disk is full, nothing is fetched and nothing is lost") {
    DeskBench bench;
    bench.begin();
    bench.fetcher_->answer(kUrl, rss({{"1", "Talks in Moscow"}}));
    const Instant before = bench.clock_.now();
    {
        const FullDisk full;
        bench.pass(40min);
        const auto status = bench.status();
        REQUIRE(status.standstill);
        CHECK(status.standstill->since >= before);
        CHECK(status.standstill->since < before + 1min);
        CHECK(!status.standstill->why.empty());
    }
    CHECK(bench.storing_ == std::vector{false});
    CHECK(bench.fetcher_->requests().size() == 1);
    CHECK(bench.alerted_ == 0);
    bench.pass(1min);
    CHECK(bench.alerts().size() == 1);
    CHECK(bench.alerted_ == 1);
    CHECK(bench.fatal_ == 0);
    CHECK_FALSE(bench.status().standstill);
    CHECK(bench.storing_ == std::vector{false, true});
}

TEST_CASE("what the full disk makes the desk try again is counted once") {
    DeskBench bench;
    bench.begin();
    bench.fetcher_->answer(kUrl, rss({{"1", "Talks in Moscow"}, {"2", "Rain"}}));
    bench.fetcher_->answer(kUrl, rss({{"3", "Moscow again"}, {"1", "Talks in Moscow"}}));
    {
        const FullDisk full;
        bench.pass(10min);
        CHECK(bench.status().matched_articles == 2);
    }
    bench.pass(1min);
    CHECK(bench.status().matched_articles == 2);
    CHECK(bench.status().matches == 1);
    bench.pass(20min);
    CHECK(bench.status().matched_articles == 3);
    CHECK(bench.alerts().size() == 2);
}
