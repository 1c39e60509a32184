// SPDX-License-Identifier: MIT
#include "daemon/backfill.hpp"

#include "base/printable.hpp"

#include <algorithm>
#include <chrono>
#include <utility>

#include <spdlog/spdlog.h>

namespace wirewatch::daemon {

namespace {

using namespace std::chrono_literals;

// Bounds of one step, so that what a feed brings meanwhile waits no longer; our choice.
constexpr auto kMaxMatching = 20ms;
constexpr std::size_t kMaxArticles = 500;
constexpr std::size_t kMaxHits = 100;
constexpr std::size_t kReadAtOnce = 10;  // articles: between two of these the clock is looked at

constexpr std::chrono::milliseconds kLongestRetry = 60s;  // of what the database refuses
constexpr std::size_t kMaxNamedRules = 5;                 // in a line of the log

std::string named(const std::vector<std::string>& ids) {
    std::string text = ids.size() == 1 ? "rule " : "rules ";
    for (std::size_t i = 0; i < std::min(ids.size(), kMaxNamedRules); ++i) {
        text.append(i == 0 ? "" : ", ").append(printable(ids[i]));
    }
    if (ids.size() > kMaxNamedRules) {
        text += " and " + std::to_string(ids.size() - kMaxNamedRules) + " more";
    }
    return text;
}

}  // namespace

void Backfill::adopt(std::shared_ptr<const Plan> plan) {
    matcher_.reset();  // it looks into the former plan
    walks_.clear();
    plan_ = std::move(plan);
    planned_ = false;
    failures_ = 0;
    retry_at_ = {};
}

std::optional<Ticks> Backfill::due() const {
    return planned_ && walks_.empty() ? std::nullopt : std::optional{retry_at_};
}

Result<std::size_t> Backfill::step() {
    if (!planned_) {
        if (const auto done = plan_walks(); !done) {
            return put_off(done.error());
        }
    }
    if (walks_.empty()) {
        return 0;
    }
    auto alerts = walk_on();
    if (!alerts) {
        return put_off(alerts.error());
    }
    if (failures_ > 0) {
        spdlog::info("backfill goes on");
        failures_ = 0;
    }
    return alerts;
}

std::size_t Backfill::articles_left() const {
    std::size_t count = 0;
    for (const history::BackfillWalk& walk : walks_) {
        count += walk.rest.count;
    }
    return count;
}

std::size_t Backfill::rules_left() const {
    std::size_t count = 0;
    for (const history::BackfillWalk& walk : walks_) {
        count += walk.rule_ids.size();
    }
    return count;
}

Result<> Backfill::plan_walks() {
    const Instant now = clock_.now();
    std::vector<history::BackfillWish> wishes;
    const auto rules = plan_->backfill_rules.rules();
    for (std::size_t i = 0; i < rules.size(); ++i) {
        wishes.push_back({rules[i]->id, plan_->backfill_texts[i], now - *rules[i]->backfill});
    }
    auto walks = writer_.plan_backfills(wishes, now);
    if (!walks) {
        return fail(std::move(walks));
    }
    walks_ = std::move(*walks);
    planned_ = true;
    return {};
}

void Backfill::begin_walk() {
    const history::BackfillWalk& walk = walks_.front();
    matcher_.emplace(plan_->backfill_rules);
    looking_ = {walk.rule_ids.begin(), walk.rule_ids.end()};
    hits_ = 0;
    spdlog::info("backfill: " + named(walk.rule_ids) + ": looking at " +
                 std::to_string(walk.rest.count) + " stored articles");
}

void Backfill::end_walk() {
    spdlog::info("backfill: " + named(walks_.front().rule_ids) + ": done, " +
                 std::to_string(hits_) + " articles matched");
    walks_.erase(walks_.begin());
    matcher_.reset();
}

Result<std::size_t> Backfill::walk_on() {
    if (!matcher_) {
        begin_walk();
    }
    history::BackfillStep step{.walk = walks_.front()};
    const Ticks enough = clock_.ticks() + kMaxMatching;
    std::size_t articles = 0;
    std::size_t hits = 0;
    while (articles < kMaxArticles && hits < kMaxHits && clock_.ticks() < enough) {
        auto batch = writer_.articles(step.walk.rest, kReadAtOnce);
        if (!batch) {
            return fail(std::move(batch));
        }
        if (batch->articles.empty()) {
            step.end = history::BackfillStep::End::over;
            break;
        }
        for (const history::SeenArticle& one : batch->articles) {
            ++articles;
            if (auto found = look_at(one.article); !found.empty()) {
                hits += found.size();
                step.found.push_back({one.article.key, std::move(found)});
            }
        }
        step.walk.rest = batch->rest;
    }
    const auto committed = writer_.commit_backfill(step, clock_.now());
    if (!committed) {
        return tl::unexpected{committed.error()};
    }
    hits_ += committed->new_hits;
    walks_.front() = std::move(step.walk);
    if (step.end == history::BackfillStep::End::over) {
        end_walk();
    }
    return committed->new_alerts;
}

std::vector<history::RuleHit> Backfill::look_at(const Article& article) {
    const Feed* const known = plan_->feed(article.feed_id);
    const Feed gone{.id = article.feed_id};  // taken out of the configuration since
    std::vector<history::RuleHit> found;
    for (rules::Match& match : matcher_->match(article, known == nullptr ? gone : *known)) {
        if (looking_.contains(match.rule->id)) {
            match.hit.backfilled = true;
            found.push_back({*match.rule, std::move(match.hit)});
        }
    }
    troubles_.tell(matcher_->take_troubles(), article);
    return found;
}

Result<std::size_t> Backfill::put_off(const Error& error) {
    if (failures_++ == 0) {
        spdlog::error("backfill stops until the database takes writes again: " +
                      printable(error.text));
    }
    const auto delay = std::min(kLongestRetry, 1000ms * (1 << std::min(failures_ - 1, 6)));
    retry_at_ = clock_.ticks() + delay;
    if (error.code == Errc::bad_database) {
        return tl::unexpected{error};
    }
    return 0;
}

}  // namespace wirewatch::daemon
