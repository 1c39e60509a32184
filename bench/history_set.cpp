// SPDX-License-Identifier: MIT
#include "bench/history_set.hpp"

#include "base/digest.hpp"

#include <algorithm>
#include <map>
#include <string_view>
#include <utility>

namespace wirewatch::bench {

namespace {

constexpr std::size_t kVocabulary = 60'000;
constexpr std::size_t kRecent = 500;

std::string made_up_word(std::mt19937& random) {
    constexpr std::string_view kVowels = "eaoiu";
    constexpr std::string_view kConsonants = "tnsrhldcmfpgwbvk";
    std::string word;
    for (std::size_t syllables = 1 + random() % 4; syllables > 0; --syllables) {
        word += kConsonants[random() % kConsonants.size()];
        word += kVowels[random() % kVowels.size()];
        if (random() % 3 == 0) {
            word += kConsonants[random() % kConsonants.size()];
        }
    }
    return word;
}

}  // namespace

HistorySet::HistorySet(std::uint32_t seed) : random_{seed} {
    double sum = 0;
    for (std::size_t rank = 0; rank < kVocabulary; ++rank) {
        words_.push_back(made_up_word(random_));
        sum += 1.0 / (static_cast<double>(rank) + 2.7);  // Zipf and Mandelbrot
        cumulated_.push_back(sum);
    }
    for (std::size_t number = 0; number < kSetRules; ++number) {
        Rule rule;
        rule.id = rule_id(number);
        rule.title = "Rule " + std::to_string(number);
        rule.query = words_[100 + number] + " AND " + words_[200 + number];
        rules_.push_back(std::move(rule));
    }
}

std::string HistorySet::feed_id(std::size_t number) {
    return "feed-" + std::to_string(number);
}

std::string HistorySet::rule_id(std::size_t number) {
    return "rule-" + std::to_string(number);
}

std::string HistorySet::text(std::size_t words) {
    std::string text;
    bool begins = true;
    for (; words > 0; --words) {
        const double at = cumulated_.back() * (static_cast<double>(random_()) / 4294967296.0);
        const auto found = std::upper_bound(cumulated_.begin(), cumulated_.end(), at);
        std::string word =
            words_[static_cast<std::size_t>(found - cumulated_.begin()) % kVocabulary];
        if (begins) {
            word[0] = static_cast<char>(word[0] - 'a' + 'A');
        }
        begins = below(15) == 0;
        text.append(text.empty() ? "" : " ").append(word).append(begins ? "." : "");
    }
    return text;
}

std::string HistorySet::edited(std::string copy) {
    copy.resize(copy.size() - copy.size() / 6);
    return "By our staff. " + copy + " " + text(8);
}

history::MatchedArticle HistorySet::next() {
    const std::size_t number = made_++;
    Article article;
    article.feed_id = feed_id(below(kSetFeeds));
    article.id = "https://news.example/?p=" + std::to_string(number);
    article.key = to_hex(sha256(article.id)).substr(0, 32);
    article.url = "https://www." + article.feed_id + ".example/world/2026/11/" +
                  words_[below(5000)] + "-" + words_[below(5000)] + "-" + std::to_string(number) +
                  ".html";
    article.title = text(8);
    article.summary = text(30);
    const bool copies = !recent_.empty() && below(20) == 0;
    article.content = copies ? edited(recent_[below(recent_.size())]) : text(190);
    article.authors = {"Jane Roe"};
    article.categories = {"World", "Asia"};
    article.language = "en";
    if (recent_.size() < kRecent) {
        recent_.push_back(article.content);
    } else {
        recent_[below(kRecent)] = article.content;
    }
    text_bytes_ += article.title.size() + article.summary.size() + article.content.size();

    history::MatchedArticle matched;
    if (below(17) == 0) {
        const Rule& rule = rules_[below(kSetRules)];
        Hit hit{.rule_id = rule.id, .spans = {}, .score = std::nullopt};
        for (std::uint32_t i = 0; i < 4; ++i) {
            hit.spans.push_back({Field::content, 0, i * 50, i * 50 + 6, "russia", "russia"});
        }
        matched.hits.push_back({rule, std::move(hit)});
    }
    matched.article = std::move(article);
    return matched;
}

std::vector<history::Turn> HistorySet::turns(std::size_t count) {
    std::map<std::string, history::Turn> by_feed;
    for (; count > 0; --count) {
        history::MatchedArticle matched = next();
        history::Turn& turn = by_feed[matched.article.feed_id];
        turn.state.feed_id = matched.article.feed_id;
        turn.state.url = "https://" + matched.article.feed_id + ".example/rss";
        turn.state.title = "Feed " + matched.article.feed_id;
        turn.articles.push_back(std::move(matched));
    }
    std::vector<history::Turn> turns;
    for (auto& [id, turn] : by_feed) {
        turns.push_back(std::move(turn));
    }
    return turns;
}

}  // namespace wirewatch::bench
