// SPDX-License-Identifier: MIT
// The one writer: articles, hits, outbox and feed states go in together or not at all.
#pragma once

#include "base/article.hpp"
#include "base/error.hpp"
#include "base/feed.hpp"
#include "base/feed_change.hpp"
#include "base/hit.hpp"
#include "base/mark.hpp"
#include "base/rule.hpp"
#include "base/time.hpp"
#include "history/article_walk.hpp"
#include "history/backfill.hpp"
#include "history/long_work.hpp"
#include "history/marks.hpp"
#include "history/retention_options.hpp"

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

struct WriterOptions {
    std::string deployment = "local";  ///< goes into every alert's uuid (docs/alerts.md G3)
    OnStep on_step = {};               ///< asked while the database is opened
};

/// Whether hits of an article go out as alerts, or are only kept (first poll of a feed).
enum class Announce { alert, keep };

struct RuleHit {
    Rule rule;
    Hit hit;
};

/// How the words of an article's language begin that have the same stem, as rules say.
enum class Stems { anyhow, alike };

struct MatchedArticle {
    Article article;
    std::vector<RuleHit> hits;
    Announce announce = Announce::alert;
    std::string address =
        {};  ///< its URL in the form in which two spellings are equal; "": as it is
    std::string language = {};    ///< in which rules read it, a primary subtag; empty: not known
    Stems stems = Stems::anyhow;  ///< every search for an inflected word looks at such an article
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
    std::size_t copies = 0;  ///< new articles that joined a story
    std::size_t new_alerts = 0;
    std::size_t new_feed_events = 0;  ///< a feed has turned bad or good, or has a gap
    std::uint64_t head = 0;           ///< seq of the last alert or feed event ever
};

/// Called as soon as a commit is on disk. Folding the log into the file, which comes after one
/// commit of many, takes longer than the commit.
using OnDisk = std::function<void(const Committed&)>;

/// Thread: the desk.
class Writer {
  public:
    /// Errors: those of Database::open; refused, where on_step breaks it off.
    [[nodiscard]] static Result<Writer> open(const std::filesystem::path& file,
                                             WriterOptions options);
    ~Writer();
    Writer(Writer&&) noexcept;
    Writer& operator=(Writer&&) noexcept;

    [[nodiscard]] Result<std::vector<FeedState>> feed_states() const;

    /// Those of `articles` that are new, or whose title, summary or content has changed.
    [[nodiscard]] Result<Unseen> unseen(std::vector<Article> articles) const;

    /// Deletes some of what is too old or too much: one transaction of a few milliseconds. Errors:
    /// as commit().
    [[nodiscard]] Result<Pruned> prune(const RetentionOptions& options, Instant now);

    /// One transaction, on disk when it returns (synchronous=FULL). Where a state says that its
    /// feed has turned bad or good, or there is a gap, a feed event goes into the outbox. A hit
    /// that rule and article already have is left as it is and alerts no second time. Errors:
    /// disk_full, busy, io, bad_database; then nothing of it is in the database, and the same call
    /// may be made again.
    [[nodiscard]] Result<Committed> commit(const std::vector<Turn>& turns, Instant now,
                                           const OnDisk& on_disk = {});

    /// One transaction. Error: invalid, where the order is past the limits of base/mark.hpp; else
    /// as commit().
    [[nodiscard]] Result<Marked> mark(const MarkOrder& order, Instant now);

    /// Takes back the last batch of that user, but not where somebody has changed the same mark
    /// since. Error: not_found, where there is none; else as commit().
    [[nodiscard]] Result<Unmarked> undo_marks(std::string_view by);

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
