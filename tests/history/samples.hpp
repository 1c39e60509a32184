// SPDX-License-Identifier: MIT
// Articles, rules and turns that the tests of history/ store.
#pragma once

#include "base/digest.hpp"
#include "base/time.hpp"
#include "history/writer.hpp"

#include <chrono>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace wirewatch::history::samples {

/// 7 April 2021, 12:00 UTC, and some minutes.
inline Instant at(int minutes = 0) {
    return std::chrono::sys_days{std::chrono::April / 7 / 2021} + std::chrono::hours{12} +
           std::chrono::minutes{minutes};
}

inline std::string key_of(std::string_view name) {
    return to_hex(sha256(name)).substr(0, 32);
}

inline Article article(std::string_view name, std::string title = "Lavrov arrives in Islamabad",
                       std::string feed_id = "voa") {
    Article article;
    article.key = key_of(name);
    article.feed_id = std::move(feed_id);
    article.id = "guid-" + std::string{name};
    article.url = "https://news.example/" + std::string{name};
    article.title = std::move(title);
    article.summary = "Russia and Pakistan talk about Afghanistan.";
    article.content = "The foreign minister of Russia met his colleague.";
    return article;
}

inline Rule rule(std::string id = "pak-rus", Severity severity = Severity::high) {
    Rule rule;
    rule.id = std::move(id);
    rule.title = "Pakistan and Russia";
    rule.severity = severity;
    rule.tags = {"south-asia", "\"quoted\""};
    rule.query = "pakistan AND russia";
    return rule;
}

inline RuleHit hit(const Rule& by) {
    return {by, Hit{by.id, {{Field::summary, 0, 0, 6, "Russia", "russia"}}, std::nullopt}};
}

inline FeedState state(std::string feed_id = "voa") {
    FeedState state;
    state.feed_id = std::move(feed_id);
    state.url = "https://" + state.feed_id + ".example/rss";
    state.title = "Feed " + state.feed_id;
    return state;
}

inline MatchedArticle matched(Article article, std::vector<Rule> rules = {rule()},
                              Announce announce = Announce::alert) {
    MatchedArticle matched{std::move(article), {}, announce};
    for (const Rule& by : rules) {
        matched.hits.push_back(hit(by));
    }
    return matched;
}

inline Turn turn(std::vector<MatchedArticle> articles, std::string feed_id = "voa") {
    return {state(std::move(feed_id)), std::move(articles)};
}

}  // namespace wirewatch::history::samples
