// SPDX-License-Identifier: MIT
#include "review/history_sample.hpp"

#include "review/progress.hpp"

#include <unordered_map>

namespace wirewatch::review {

Result<HistorySample> sample_history(const Session& session, const Setup& setup,
                                     const rules::RuleSet& set) {
    const auto reader = history::Reader::open(setup.database);
    if (!reader) {
        return tl::unexpected{reader.error()};
    }
    auto range = reader->newest_articles(kSampleArticles);
    if (!range) {
        return fail(std::move(range));
    }
    std::unordered_map<std::string, Feed> feeds;
    for (const Feed& feed : setup.feeds) {
        feeds.emplace(feed.id, feed);
    }
    HistorySample sample;
    Progress progress{session.terminal, session.clock, "reading history", range->count};
    while (true) {
        const auto batch = reader->articles(*range);
        if (!batch) {
            return tl::unexpected{batch.error()};
        }
        if (batch->articles.empty()) {
            return sample;
        }
        for (const history::SeenArticle& one : batch->articles) {
            const std::string& id = one.article.feed_id;
            const Feed& feed = feeds.try_emplace(id, Feed{.id = id}).first->second;
            for (const rules::Match& match : set.match(one.article, feed)) {
                ++sample.matches[match.rule->id];
            }
            sample.words.add(one.article);
            progress.advance(++sample.articles);
        }
        *range = batch->rest;
    }
}

std::vector<rules::Problem> broad_rules(const rules::RuleSet& set, const HistorySample& sample) {
    std::vector<rules::Problem> problems;
    for (const Rule* rule : set.rules()) {
        const auto found = sample.matches.find(rule->id);
        const std::size_t matches = found == sample.matches.end() ? 0 : found->second;
        if (sample.articles >= kSmallestSample && 100 * matches > kBroadPercent * sample.articles) {
            problems.push_back({.weight = rules::Weight::warning,
                                .rule_id = rule->id,
                                .at = rule->at,
                                .text = "this rule matches " +
                                        std::to_string(100 * matches / sample.articles) +
                                        " % of the newest " + std::to_string(sample.articles) +
                                        " stored articles; add what it is really about"});
        }
    }
    return problems;
}

}  // namespace wirewatch::review
