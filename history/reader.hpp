// SPDX-License-Identifier: MIT
// Questions about what happened, for people: hits, articles, feeds, counts. Read-only.
#pragma once

#include "base/alert.hpp"
#include "base/article.hpp"
#include "base/error.hpp"
#include "base/feed.hpp"
#include "base/hit.hpp"
#include "base/rule.hpp"
#include "base/time.hpp"
#include "history/article_walk.hpp"

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace wirewatch::history {

/// All conditions that are set must hold.
struct HitQuery {
    std::vector<std::string> rules;  ///< any of these ids; empty: all
    std::vector<std::string> feeds;  ///< any of these ids; empty: all
    std::vector<Severity> severities;
    std::optional<Instant> since;  ///< found at or after
    std::optional<Instant> until;  ///< found before
    std::string text;  ///< words and "quoted phrases", all of which the article has; empty: any
    std::size_t limit = 50;  ///< articles; the caller bounds it
};

/// One matched article with all its hits that the query wants.
struct HitRow {
    Article article;  ///< as it stood when the first of `hits` was found
    std::string feed_title;
    Instant first_seen;
    struct Found {
        Rule rule;  ///< as it was then
        Hit hit;
        Instant at;
        std::optional<std::uint64_t> seq;  ///< of its alert; none: kept without one
    };
    std::vector<Found> hits;
};

struct StoredArticle {
    Article article;  ///< the latest revision
    std::string feed_title;
    Instant first_seen;
    int revisions = 1;
    std::vector<HitRow> matched;  ///< its hits, a row per revision that was matched
};

struct FeedCounts {
    std::string feed_id;
    std::size_t articles = 0;
    std::size_t hits = 0;
    std::optional<Instant> last_article;  ///< when the newest one was first seen
};

struct RuleAlerts {
    std::string rule_id;
    std::uint64_t alerts = 0;  ///< ever
};

/// Articles of one feed that were first seen at one moment.
struct Arrival {
    Instant at;
    std::size_t articles = 0;
};

struct Arrivals {
    std::vector<Arrival> newest_first;
    bool complete = false;  ///< there are no older ones: the last is the feed's first read
};

struct Totals {
    std::size_t articles = 0;
    std::size_t hits = 0;
    std::uint64_t alerts = 0;        ///< seq of the last
    std::size_t articles_today = 0;  ///< first seen since `day_start`
    std::size_t alerts_today = 0;
    std::size_t file_bytes = 0;
};

/// A read handle. One thread.
class Reader {
  public:
    [[nodiscard]] static Result<Reader> open(const std::filesystem::path& file);
    ~Reader();
    Reader(Reader&&) noexcept;
    Reader& operator=(Reader&&) noexcept;

    /// Newest find first. Error: invalid, where query.text is past its limits (search_text.hpp).
    [[nodiscard]] Result<std::vector<HitRow>> hits(const HitQuery& query) const;

    /// `key` may be any unambiguous beginning of at least 4 hex digits, or an article's URL.
    /// Errors: not_found, invalid (ambiguous: names some of the candidates).
    [[nodiscard]] Result<StoredArticle> article(std::string_view key) const;

    /// Those first seen at `since` or later (none: all), and the newest, at most `most`.
    [[nodiscard]] Result<ArticleRange> articles_since(std::optional<Instant> since) const;
    [[nodiscard]] Result<ArticleRange> newest_articles(std::size_t most) const;

    /// The first of a range, as many as a batch holds; its `rest` gives the next ones.
    [[nodiscard]] Result<ArticleBatch> articles(const ArticleRange& range) const;

    [[nodiscard]] Result<std::vector<FeedState>> feed_states() const;
    [[nodiscard]] Result<std::vector<FeedCounts>> feed_counts() const;

    /// The rules with the most alerts, at most `most`.
    [[nodiscard]] Result<std::vector<RuleAlerts>> alerts_by_rule(std::size_t most) const;

    /// When new articles came of a feed: all since `since`, and older ones until there are
    /// `at_least`; at most 3,000.
    [[nodiscard]] Result<Arrivals> arrivals(std::string_view feed_id, Instant since,
                                            std::size_t at_least) const;
    [[nodiscard]] Result<Totals> totals(Instant day_start) const;

  private:
    struct Impl;
    explicit Reader(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

}  // namespace wirewatch::history
