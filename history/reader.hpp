// SPDX-License-Identifier: MIT
// Questions about what happened, for people: hits, articles, feeds, counts. Read-only.
#pragma once

#include "base/alert.hpp"
#include "base/article.hpp"
#include "base/error.hpp"
#include "base/feed.hpp"
#include "base/hit.hpp"
#include "base/mark.hpp"
#include "base/rule.hpp"
#include "base/time.hpp"
#include "history/article_query.hpp"
#include "history/article_search.hpp"
#include "history/article_walk.hpp"

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace wirewatch::history {

/// Conditions on hits and on their articles, as these are now. All that are set must hold.
struct HitQuery {
    std::vector<std::string> rules;  ///< any of these ids; empty: all
    std::vector<Severity> severities;
    std::vector<std::string> tags;  ///< any of these, of the rule as it was then; empty: all
    std::optional<Instant> since;   ///< found at or after
    std::optional<Instant> until;   ///< found before
    ArticleFilter articles;
    std::optional<HitCursor> after;  ///< of the page before; none: from the newest on
    std::size_t limit = 50;          ///< articles; the caller bounds it
};

/// Another article of a story.
struct Copy {
    std::string key;
    std::string feed_id;
    std::string feed_title;
    std::string title;
    std::string url;
    Instant first_seen;
};

/// One matched article with all its hits that the query wants.
struct HitRow {
    Article article;  ///< as it stood when the first of `hits` was found
    std::string feed_title;
    Instant first_seen;
    Story story;
    std::vector<Copy> also_in;  ///< the story's other articles, oldest first; at most 50
    struct Found {
        Rule rule;  ///< as it was then
        Hit hit;
        Instant at;
        std::optional<std::uint64_t> seq;      ///< of its alert; none: kept without one
        std::optional<std::uint64_t> told_by;  ///< the alert that told of the story before
    };
    std::vector<Found> hits;
    std::optional<Mark> mark;
    std::string language;        ///< in which rules read it now; empty: not known
    bool revised_since = false;  ///< `article` is not the latest revision
    HitCursor place;             ///< of a list of hits: what to ask on from behind it
};

struct HitPage {
    std::vector<HitRow> rows;
    bool more = false;  ///< behind the last of them
};

/// A hit as it is counted.
struct CountedHit {
    std::string rule_id;
    std::string feed_id;
    Instant at;
};

struct StoredArticle {
    Article article;  ///< the latest revision
    std::string feed_title;
    Instant first_seen;
    Story story;
    std::vector<Copy> also_in;  ///< the story's other articles, oldest first; at most 50
    int revisions = 1;
    std::string language;  ///< in which rules read it; empty: not known
    std::optional<Mark> mark;
    std::vector<HitRow> matched;  ///< its hits, a row per revision that was matched
};

/// An article's text, from when it was first seen.
struct Revision {
    int number = 1;
    bool latest = false;  ///< it is what stands in the feed; not always the last, which may be gone
    Instant seen_at;
    std::string title;
    std::string summary;
    std::string content;
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
    std::uint64_t alerts = 0;        ///< ever given, also those no longer kept
    std::size_t articles_today = 0;  ///< first seen since `day_start`
    std::size_t alerts_today = 0;
    std::size_t file_bytes = 0;
    std::size_t free_bytes = 0;  ///< of these, in the file: left by what was deleted, used again
};

/// A read handle. One thread.
class Reader {
  public:
    [[nodiscard]] static Result<Reader> open(const std::filesystem::path& file);
    ~Reader();
    Reader(Reader&&) noexcept;
    Reader& operator=(Reader&&) noexcept;

    /// Matched articles, each once, that with the newest hit first.
    [[nodiscard]] Result<HitPage> hits(const HitQuery& query) const;

    /// All hits that the query wants, in no order; `after` and `limit` do not count.
    [[nodiscard]] Result<> each_hit(const HitQuery& query,
                                    const std::function<void(const CountedHit&)>& visit) const;

    /// Where a search begins and ends. `words` narrow it; what it is really about is up to whoever
    /// looks at the candidates.
    [[nodiscard]] Result<ArticleSearch> find_articles(ArticleSearch search) const;
    [[nodiscard]] Result<CandidateBatch> candidates(const ArticleSearch& search) const;

    /// A candidate as a list shows it: with all its hits; places are told of those that were found
    /// in its latest revision.
    [[nodiscard]] Result<HitRow> listed(Candidate candidate) const;

    /// Whether any article is dismissed.
    [[nodiscard]] Result<bool> any_dismissed() const;

    /// `key` may be any unambiguous beginning of at least 4 hex digits, or an article's URL in the
    /// form in which it was stored (MatchedArticle::address).
    /// Errors: not_found, invalid (ambiguous: names some of the candidates).
    [[nodiscard]] Result<StoredArticle> article(std::string_view key) const;

    /// How it read over time, oldest first; the same names and errors.
    [[nodiscard]] Result<std::vector<Revision>> revisions(std::string_view key) const;

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
