// SPDX-License-Identifier: MIT
// The work inside one commit: articles, hits, what goes into the outbox, feed states.
#pragma once

#include "base/digest.hpp"
#include "base/error.hpp"
#include "base/rule.hpp"
#include "base/time.hpp"
#include "history/known_article.hpp"
#include "history/outbox.hpp"
#include "history/statement.hpp"
#include "history/stories.hpp"
#include "history/writer.hpp"

#include <cstdint>
#include <map>
#include <string>
#include <string_view>

namespace wirewatch::history {

/// Inside the writer's transaction, which it outlives in no case: begin(), add() as often as there
/// is something, finish(). After an error the transaction is to be rolled back. Errors: the
/// database's.
class Batch {
  public:
    Batch(Statements& statements, Stories& stories, std::string_view deployment, Instant now)
        : statements_{statements},
          stories_{stories},
          outbox_{statements, deployment, now},
          now_{now} {}

    Result<> begin();
    Result<> add(const Turn& turn);
    Result<> add(const BackfillStep::Found& found);
    Result<Committed> finish();

  private:
    struct RevisionNumber {
        std::int64_t number = 0;
        bool stored = false;  ///< else it is the next one
    };

    Result<> add(const MatchedArticle& matched, const std::string& feed_id);
    Result<KnownArticle> store_article(const MatchedArticle& matched, const std::string& feed_id);
    Result<KnownArticle> revise_article(const KnownArticle& old, const MatchedArticle& matched);
    Result<> store_revision(const KnownArticle& as, const Article& article);
    Result<> index_text(std::int64_t id, const Article& article);
    Result<RevisionNumber> revision_with(std::int64_t article_id, const Uuid& hash);
    Result<> drop_old_revisions(const KnownArticle& latest);
    Result<std::int64_t> rule_version(const Rule& rule);
    Result<std::int64_t> told_by(const KnownArticle& article, const RuleHit& found);
    Result<> store_hit(const KnownArticle& article, const RuleHit& found, Announce how);
    Result<int> story_size(const KnownArticle& article);

    Statements& statements_;
    Stories& stories_;
    Outbox outbox_;
    Instant now_;
    Committed done_;
    std::int64_t last_article_ = 0;               ///< the highest id so far
    std::map<Uuid, std::int64_t> rule_versions_;  ///< ids by digest
};

}  // namespace wirewatch::history
