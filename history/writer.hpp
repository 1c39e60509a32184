// SPDX-License-Identifier: MIT
// The one writer: articles, hits, outbox and feed states go in together or not at all.
#pragma once

#include "base/article.hpp"
#include "base/error.hpp"
#include "base/feed.hpp"
#include "base/feed_change.hpp"
#include "base/hit.hpp"
#include "base/rule.hpp"
#include "base/time.hpp"
#include "history/article_walk.hpp"
#include "history/backfill.hpp"

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace wirewatch::history {

struct WriterOptions {
    std::string deployment = "local";  ///< goes into every alert's uuid (docs/alerts.md G3)
};

/// Whether hits of an article go out as alerts, or are only kept (first poll of a feed).
enum class Announce { alert, keep };

struct RuleHit {
    Rule rule;
    Hit hit;
};

struct MatchedArticle {
    Article article;
    std::vector<RuleHit> hits;
    Announce announce = Announce::alert;
};

/// What one finished fetch changes.
struct Turn {
    FeedState state;
    std::vector<MatchedArticle> articles = {};  ///< new or revised ones, from unseen()
    std::optional<FeedMove> move = {};
    std::optional<FeedGap> gap = {};
};

/// What a step of a backfill changes.
struct BackfillStep {
    BackfillWalk walk;  ///< where it stands afterwards
    enum class End { goes_on, over } end = End::goes_on;
    struct Found {
        std::string article_key;
        std::vector<RuleHit> hits;
    };
    std::vector<Found> found = {};
};

/// How a read compares with what history holds.
struct Unseen {
    std::vector<Article> articles;  ///< new, or with another title, summary or content
    std::size_t different = 0;      ///< how many there were, repeats left out
    std::size_t known = 0;          ///< of these: those that history holds, revised or not
};

struct Committed {
    std::size_t new_articles = 0;
    std::size_t revised_articles = 0;
    std::size_t new_hits = 0;
    std::size_t new_alerts = 0;
    std::size_t new_feed_events = 0;  ///< a feed has turned bad or good, or has a gap
    std::uint64_t head = 0;           ///< seq of the last alert or feed event ever
};

/// Thread: the desk.
class Writer {
  public:
    /// Errors: those of Database::open.
    [[nodiscard]] static Result<Writer> open(const std::filesystem::path& file,
                                             WriterOptions options);
    ~Writer();
    Writer(Writer&&) noexcept;
    Writer& operator=(Writer&&) noexcept;

    [[nodiscard]] Result<std::vector<FeedState>> feed_states() const;

    /// Those of `articles` that are new, or whose title, summary or content has changed.
    [[nodiscard]] Result<Unseen> unseen(std::vector<Article> articles) const;

    /// One transaction, on disk when it returns (synchronous=FULL). Where a state says that its
    /// feed has turned bad or good, or there is a gap, a feed event goes into the outbox. A hit
    /// that rule and article already have is left as it is and alerts no second time. Errors:
    /// disk_full, busy, io, bad_database; then nothing of it is in the database, and the same call
    /// may be made again.
    [[nodiscard]] Result<Committed> commit(const std::vector<Turn>& turns, Instant now);

    /// What is to be looked at for these wishes, after those that began before and have not come to
    /// their end. A wish that was granted once is granted no second time; rules that nobody wishes
    /// any more leave their walk. One transaction. Errors: as commit().
    [[nodiscard]] Result<std::vector<BackfillWalk>> plan_backfills(
        const std::vector<BackfillWish>& wishes, Instant now);

    /// The first `most` of a range, or fewer (history/article_walk.hpp).
    [[nodiscard]] Result<ArticleBatch> articles(const ArticleRange& range, std::size_t most) const;

    /// One transaction: hits, their alerts, and how far the walk has come. Errors: as commit().
    [[nodiscard]] Result<Committed> commit_backfill(const BackfillStep& step, Instant now);

  private:
    struct Impl;
    explicit Writer(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

}  // namespace wirewatch::history
