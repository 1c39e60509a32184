// SPDX-License-Identifier: MIT
// The work inside one commit: articles, hits, what goes into the outbox, feed states.
#pragma once

#include "base/digest.hpp"
#include "base/error.hpp"
#include "base/feed_event.hpp"
#include "base/rule.hpp"
#include "base/time.hpp"
#include "history/known_article.hpp"
#include "history/statement.hpp"
#include "history/stories.hpp"
#include "history/writer.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace wirewatch::history {

/// Inside the writer's transaction, which it outlives in no case: begin(), add() as often as there
/// is something, finish(). After an error the transaction is to be rolled back. Errors: the
/// database's.
class Batch {
  public:
    Batch(Statements& statements, Stories& stories, std::string_view deployment, Instant now)
        : statements_{statements}, stories_{stories}, deployment_{deployment}, now_{now} {}

    Result<> begin();
    Result<> add(const Turn& turn);
    Result<> add(const BackfillStep::Found& found);
    Result<Committed> finish();

  private:
    Result<> add(const MatchedArticle& matched, const std::string& feed_id);
    Result<KnownArticle> store_article(const MatchedArticle& matched, const std::string& feed_id);
    Result<KnownArticle> revise_article(const KnownArticle& old, const MatchedArticle& matched);
    Result<> store_revision(const KnownArticle& as, const Article& article);
    Result<std::int64_t> rule_version(const Rule& rule);
    Result<std::int64_t> told_by(const KnownArticle& article, const RuleHit& found);
    Result<> store_hit(const KnownArticle& article, const std::string& article_key,
                       const RuleHit& found, Announce how);
    Result<> announce(std::vector<FeedEvent> events);
    Result<int> story_size(const KnownArticle& article);
    /// What the outbox gives to what goes into it.
    struct Numbers {
        std::uint64_t seq = 0;
        std::uint64_t tseq = 0;
    };
    Result<Numbers> enqueue(std::string_view topic, const Uuid& uuid,
                            std::optional<std::int64_t> hit_id, int story_size);

    Statements& statements_;
    Stories& stories_;
    std::string_view deployment_;
    Instant now_;
    Committed done_;
    std::int64_t last_article_ = 0;               ///< the highest id so far
    std::map<Uuid, std::int64_t> rule_versions_;  ///< ids by digest
};

}  // namespace wirewatch::history
