// SPDX-License-Identifier: MIT
#include "history/writer.hpp"

#include "base/alert.hpp"
#include "base/digest.hpp"
#include "history/checkpoints.hpp"
#include "history/database.hpp"
#include "history/feed_events.hpp"
#include "history/hashes.hpp"
#include "history/json_text.hpp"
#include "history/long_work.hpp"
#include "history/retention.hpp"
#include "history/rows.hpp"
#include "history/statement.hpp"
#include "history/stories.hpp"
#include "history/writing.hpp"

#include <map>
#include <optional>
#include <set>
#include <string_view>
#include <utility>

#include <sqlite3.h>

namespace wirewatch::history {

namespace {

Uuid content_hash(const Article& article) {
    return history::content_hash(article.title, article.summary, article.content);
}

const std::string& address_of(const MatchedArticle& matched) {
    return matched.address.empty() ? matched.article.url : matched.address;
}

Writing writing_in(const MatchedArticle& matched) {
    return writing_of(matched.article) |
           (matched.stems == Stems::alike ? Writing{0} : writing::kStems);
}

struct Stored {
    std::int64_t id = 0;
    std::int64_t revision = 0;
    Uuid hash{};
    std::int64_t story = 0;
};

Result<std::optional<Stored>> stored(Statements& statements, std::string_view key) {
    std::optional<Stored> found;
    Query row{statements,
              "SELECT a.id, a.revision, r.content_hash, a.story"
              " FROM articles a JOIN revisions r"
              " ON r.article_id = a.id AND r.revision = a.revision WHERE a.key = ?1",
              key};
    if (row.next()) {
        found = Stored{row.integer(0), row.integer(1), row.uuid(2), row.integer(3)};
    }
    if (auto done = row.finish(); !done) {
        return fail(std::move(done));
    }
    return found;
}

/// A second one of the same moment takes the place of the first: only a repeated turn brings it.
Result<> store_feed_changes(Statements& statements, const Turn& turn, Instant now) {
    if (turn.move) {
        auto kept = run(statements,
                        "INSERT INTO feed_moves (feed_id, at, from_url, to_url)"
                        " VALUES (?1, ?2, ?3, ?4) ON CONFLICT (feed_id, at) DO UPDATE"
                        " SET from_url = ?3, to_url = ?4",
                        turn.state.feed_id, now, turn.move->from, turn.move->to);
        if (!kept) {
            return kept;
        }
    }
    if (turn.gap) {
        return run(statements,
                   "INSERT INTO feed_gaps (feed_id, gap_from, gap_to) VALUES (?1, ?2, ?3)"
                   " ON CONFLICT (feed_id, gap_to) DO UPDATE SET gap_from = ?2",
                   turn.state.feed_id, turn.gap->from, turn.gap->to);
    }
    return {};
}

/// What the outbox gives to what goes into it.
struct Numbers {
    std::uint64_t seq = 0;
    std::uint64_t tseq = 0;
};

/// The work inside one commit's transaction.
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
    Result<Stored> store_article(const MatchedArticle& matched, const std::string& feed_id);
    Result<Stored> revise_article(const Stored& old, const MatchedArticle& matched);
    Result<> store_revision(const Stored& as, const Article& article);
    Result<std::int64_t> rule_version(const Rule& rule);
    Result<std::int64_t> told_by(const Stored& article, const RuleHit& found);
    Result<> store_hit(const Stored& article, const std::string& article_key, const RuleHit& found,
                       Announce how);
    Result<> announce(std::vector<FeedEvent> events);
    Result<int> story_size(const Stored& article);
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

Result<> Batch::begin() {
    Query row{statements_, "SELECT head, (SELECT coalesce(max(id), 0) FROM articles) FROM meta"};
    if (row.next()) {
        done_.head = row.number<std::uint64_t>(0);
        last_article_ = row.integer(1);
    }
    return row.finish();
}

Result<> Batch::add(const Turn& turn) {
    auto events = news_of(statements_, turn.state, turn.gap);
    if (!events) {
        return fail(std::move(events));
    }
    if (auto announced = announce(std::move(*events)); !announced) {
        return announced;
    }
    if (auto kept = store_feed_state(statements_, turn.state); !kept) {
        return kept;
    }
    if (auto kept = store_feed_changes(statements_, turn, now_); !kept) {
        return kept;
    }
    for (const MatchedArticle& matched : turn.articles) {
        if (auto added = add(matched, turn.state.feed_id); !added) {
            return added;
        }
    }
    return {};
}

Result<> Batch::add(const MatchedArticle& matched, const std::string& feed_id) {
    auto known = stored(statements_, matched.article.key);
    if (!known) {
        return fail(std::move(known));
    }
    Result<Stored> article = Stored{};
    if (!*known) {
        article = store_article(matched, feed_id);
    } else if ((*known)->hash != content_hash(matched.article)) {
        article = revise_article(**known, matched);
    } else {
        article = **known;
    }
    if (!article) {
        return fail(std::move(article));
    }
    for (const RuleHit& found : matched.hits) {
        auto kept = store_hit(*article, matched.article.key, found, matched.announce);
        if (!kept) {
            return kept;
        }
    }
    return {};
}

/// Of an article that has been stored before; one that is no longer there has no hits.
Result<> Batch::add(const BackfillStep::Found& found) {
    auto article = stored(statements_, found.article_key);
    if (!article) {
        return fail(std::move(article));
    }
    if (!*article) {
        return {};
    }
    for (const RuleHit& one : found.hits) {
        auto kept = store_hit(**article, found.article_key, one, Announce::alert);
        if (!kept) {
            return kept;
        }
    }
    return {};
}

Result<Stored> Batch::store_article(const MatchedArticle& matched, const std::string& feed_id) {
    const Article& article = matched.article;
    const std::int64_t id = last_article_ + 1;
    auto place = stories_.place(id, article, address_of(matched), now_);
    if (!place) {
        return fail(std::move(place));
    }
    std::optional<Bytes> sketch;
    if (!place->sketch.empty()) {
        sketch = Bytes{place->sketch};
    }
    auto inserted =
        run(statements_,
            "INSERT INTO articles (id, key, feed_id, first_seen, revision, story, address, sketch,"
            " language, writing) VALUES (?1, ?2, ?3, ?4, 1, ?5, ?6, ?7, ?8, ?9)",
            id, article.key, feed_id, now_, place->story, place->address, sketch, matched.language,
            writing_in(matched));
    if (!inserted) {
        return fail(std::move(inserted));
    }
    const Stored added{id, 1, content_hash(article), place->story};
    if (auto kept = store_revision(added, article); !kept) {
        return fail(std::move(kept));
    }
    last_article_ = id;
    ++done_.new_articles;
    done_.copies += place->story != id ? 1U : 0U;
    return added;
}

Result<Stored> Batch::revise_article(const Stored& old, const MatchedArticle& matched) {
    const Article& article = matched.article;
    // FTS5 finds the entries to remove by being told the text that it once indexed.
    auto forgotten = run(statements_,
                         "INSERT INTO article_text (article_text, rowid, title, summary, content)"
                         " SELECT 'delete', id, title, summary, content"
                         " FROM current_text WHERE id = ?1",
                         old.id);
    if (!forgotten) {
        return fail(std::move(forgotten));
    }
    const Stored revised{old.id, old.revision + 1, content_hash(article), old.story};
    if (auto kept = store_revision(revised, article); !kept) {
        return fail(std::move(kept));
    }
    auto updated = run(statements_,
                       "UPDATE articles SET revision = ?2, address = ?3, language = ?4,"
                       " writing = ?5 WHERE id = ?1",
                       revised.id, revised.revision, address_hash(address_of(matched)),
                       matched.language, writing_in(matched));
    if (!updated) {
        return fail(std::move(updated));
    }
    ++done_.revised_articles;
    return revised;
}

Result<> Batch::store_revision(const Stored& as, const Article& article) {
    auto inserted =
        run(statements_,
            "INSERT INTO revisions (article_id, revision, seen_at, content_hash,"
            " published, updated, language, guid, url, image, comments_url, authors,"
            " categories, enclosures, title, summary, content) VALUES (?1, ?2, ?3, ?4,"
            " ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17)",
            as.id, as.revision, now_, as.hash, article.published, article.updated, article.language,
            article.id, article.url, article.image, article.comments_url, to_json(article.authors),
            to_json(article.categories), to_json(article.enclosures), article.title,
            article.summary, article.content);
    if (!inserted) {
        return inserted;
    }
    return run(statements_,
               "INSERT INTO article_text (rowid, title, summary, content) VALUES (?1, ?2, ?3, ?4)",
               as.id, article.title, article.summary, article.content);
}

Result<std::int64_t> Batch::rule_version(const Rule& rule) {
    const std::string tags = to_json(rule.tags);
    const Uuid digest =
        head16(sha256({rule.id, rule.title, to_text(rule.severity), tags, rule.query}));
    if (const auto known = rule_versions_.find(digest); known != rule_versions_.end()) {
        return known->second;
    }
    auto inserted = run(statements_,
                        "INSERT INTO rule_versions (digest, rule_id, title, severity, tags, query)"
                        " VALUES (?1, ?2, ?3, ?4, ?5, ?6) ON CONFLICT (digest) DO NOTHING",
                        digest, rule.id, rule.title, to_text(rule.severity), tags, rule.query);
    if (!inserted) {
        return fail(std::move(inserted));
    }
    Query row{statements_, "SELECT id FROM rule_versions WHERE digest = ?1", digest};
    const std::int64_t id = row.next() ? row.integer(0) : 0;
    if (auto done = row.finish(); !done) {
        return fail(std::move(done));
    }
    rule_versions_.emplace(digest, id);
    return id;
}

/// The alert that told of the story by this rule already; 0: none.
Result<std::int64_t> Batch::told_by(const Stored& article, const RuleHit& found) {
    std::int64_t seq = 0;
    // CROSS JOIN keeps SQLite to this order: the few articles of the story, then their hits.
    Query row{statements_,
              "SELECT min(h.seq) FROM (SELECT id FROM articles WHERE id = ?1"
              " UNION ALL SELECT id FROM articles WHERE story = ?1 AND story <> id) a"
              " CROSS JOIN hits h ON h.article_id = a.id AND h.rule_id = ?2",
              article.story, found.rule.id};
    if (row.next()) {
        seq = row.integer(0);
    }
    if (auto done = row.finish(); !done) {
        return fail(std::move(done));
    }
    return seq;
}

Result<> Batch::store_hit(const Stored& article, const std::string& article_key,
                          const RuleHit& found, Announce how) {
    auto version = rule_version(found.rule);
    if (!version) {
        return fail(std::move(version));
    }
    Result<std::int64_t> told = 0;
    if (found.rule.dedupe == Dedupe::story) {
        told = told_by(article, found);
        if (!told) {
            return fail(std::move(told));
        }
    }
    const bool alerts = how == Announce::alert && *told == 0;
    std::optional<std::int64_t> seq;
    std::optional<std::int64_t> teller;
    if (alerts) {
        seq = static_cast<std::int64_t>(done_.head) + 1;
    } else if (*told != 0) {
        teller = *told;
    }
    auto inserted =
        run(statements_,
            "INSERT INTO hits (article_id, revision, rule_id, rule_version, at, score,"
            " spans, backfilled, seq, told_by)"
            " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)"
            " ON CONFLICT (article_id, rule_id) DO NOTHING",
            article.id, article.revision, found.rule.id, *version, now_, found.hit.score,
            to_json(found.hit.spans), found.hit.backfilled, seq, teller);
    if (!inserted || sqlite3_changes(statements_.handle()) == 0) {
        return inserted;
    }
    ++done_.new_hits;
    if (!alerts) {
        return {};
    }
    const std::int64_t hit_id = sqlite3_last_insert_rowid(statements_.handle());
    const auto size = story_size(article);
    if (!size) {
        return tl::unexpected{size.error()};
    }
    ++done_.new_alerts;
    const std::string topic = "alert/" + found.rule.id + "/";
    return enqueue(topic, alert_uuid(deployment_, found.rule.id, article_key), hit_id, *size)
        .map([](const Numbers&) {});
}

Result<int> Batch::story_size(const Stored& article) {
    int size = 1;
    Query row{statements_, "SELECT size FROM stories WHERE id = ?1", article.story};
    if (row.next()) {
        size = row.number<int>(0);
    }
    if (auto done = row.finish(); !done) {
        return fail(std::move(done));
    }
    return size;
}

Result<> Batch::announce(std::vector<FeedEvent> events) {
    for (FeedEvent& event : events) {
        event.uuid = feed_event_uuid(deployment_, event.feed_id, event.kind, now_);
        const auto numbers = enqueue(feed_topic(event.feed_id), event.uuid, std::nullopt, 1);
        if (!numbers) {
            return tl::unexpected(numbers.error());
        }
        event.seq = numbers->seq;
        if (auto kept = store_feed_event(statements_, event); !kept) {
            return kept;
        }
        ++done_.new_feed_events;
    }
    return {};
}

Result<Numbers> Batch::enqueue(std::string_view topic, const Uuid& uuid,
                               std::optional<std::int64_t> hit_id, int story_size) {
    std::int64_t topic_id = 0;
    Numbers numbers;
    {
        Query row{statements_,
                  "INSERT INTO topics (name, tseq) VALUES (?1, 1)"
                  " ON CONFLICT (name) DO UPDATE SET tseq = tseq + 1 RETURNING id, tseq",
                  topic};
        while (row.next()) {
            topic_id = row.integer(0);
            numbers.tseq = row.number<std::uint64_t>(1);
        }
        if (auto done = row.finish(); !done) {
            return fail(std::move(done));
        }
    }
    numbers.seq = ++done_.head;  // written at the end of the batch
    auto queued =
        run(statements_,
            "INSERT INTO outbox (seq, topic_id, tseq, uuid, committed_at, hit_id, story_size)"
            " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
            numbers.seq, topic_id, numbers.tseq, uuid, now_, hit_id, story_size);
    if (!queued) {
        return fail(std::move(queued));
    }
    return numbers;
}

/// The head moves once for all that the batch has numbered.
Result<Committed> Batch::finish() {
    if (done_.new_alerts + done_.new_feed_events > 0) {
        if (auto moved = run(statements_, "UPDATE meta SET head = ?1", done_.head); !moved) {
            return fail(std::move(moved));
        }
    }
    return done_;
}

}  // namespace

struct Writer::Impl {
    Impl(Database opened, WriterOptions with)
        : database{std::move(opened)},
          statements{database.handle()},
          checkpoints{database.handle()},
          stories{statements},
          options{std::move(with)} {}

    /// Runs `work` on a Batch, in one transaction.
    template <class Work>
    Result<Committed> commit(Instant now, const Work& work);
    template <class Work>
    Result<Committed> store(Instant now, const Work& work);

    /// What came of a commit; a database that is damaged is not touched again.
    Result<Committed> after(Result<Committed> done, const char* what) {
        if (!done && done.error().code == Errc::bad_database) {
            database.leave_as_it_is();
        }
        return done ? std::move(done) : fail(std::move(done), what);
    }

    /// Commits what `change` did, unless it failed.
    template <class Change>
    auto in_transaction(Change change) -> decltype(change());

    Database database;
    Statements statements;
    Checkpoints checkpoints;
    Stories stories;
    Retention retention{statements};
    WriterOptions options;
};

template <class Work>
Result<Committed> Writer::Impl::store(Instant now, const Work& work) {
    auto transaction = Transaction::write(statements);
    if (!transaction) {
        return fail(std::move(transaction));
    }
    Batch batch{statements, stories, options.deployment, now};
    if (auto begun = batch.begin(); !begun) {
        return fail(std::move(begun));
    }
    if (Result<> worked = work(batch); !worked) {
        return fail(std::move(worked));
    }
    auto done = batch.finish();
    if (!done) {
        return done;
    }
    if (auto committed = transaction->commit(); !committed) {
        return fail(std::move(committed));
    }
    return done;
}

template <class Work>
Result<Committed> Writer::Impl::commit(Instant now, const Work& work) {
    if (auto there = database.still_there(); !there) {
        return fail(std::move(there));
    }
    auto done = store(now, work);
    if (done) {
        stories.keep();
        checkpoints.after_commit();
    } else {
        stories.undo();
    }
    return done;
}

Result<Writer> Writer::open(const std::filesystem::path& file, WriterOptions options) {
    auto database = Database::open(file, Access::write, options.on_step);
    if (!database) {
        return fail(std::move(database));
    }
    auto impl = std::make_unique<Impl>(std::move(*database), std::move(options));
    LongWork work{impl->database.handle(), std::exchange(impl->options.on_step, {})};
    auto loaded = work.begin("reading what new articles are compared with").and_then([&] {
        return impl->stories.load();
    });
    if (!loaded) {
        return fail(std::move(loaded));
    }
    return Writer{std::move(impl)};
}

Writer::Writer(std::unique_ptr<Impl> impl) : impl_{std::move(impl)} {}
Writer::~Writer() = default;
Writer::Writer(Writer&&) noexcept = default;
Writer& Writer::operator=(Writer&&) noexcept = default;

Result<std::vector<FeedState>> Writer::feed_states() const {
    return load_feed_states(impl_->statements);
}

Result<Unseen> Writer::unseen(std::vector<Article> articles) const {
    Unseen unseen;
    std::set<std::string> keys;
    for (Article& article : articles) {
        if (!keys.insert(article.key).second) {
            continue;
        }
        auto known = stored(impl_->statements, article.key);
        if (!known) {
            return fail(std::move(known), "looking for new articles");
        }
        ++unseen.different;
        unseen.known += *known ? 1U : 0U;
        if (!*known) {
            auto let_go = was_let_go(impl_->statements, article.key);
            if (!let_go) {
                return fail(std::move(let_go), "looking for new articles");
            }
            if (*let_go) {
                ++unseen.known;
                continue;
            }
        }
        if (!*known || (*known)->hash != content_hash(article)) {
            unseen.articles.push_back(std::move(article));
        }
    }
    return unseen;
}

Result<Pruned> Writer::prune(const RetentionOptions& options, Instant now) {
    if (auto there = impl_->database.still_there(); !there) {
        return fail(std::move(there));
    }
    auto pruned = impl_->retention.step(options, now);
    if (pruned) {
        impl_->checkpoints.after_commit();
    }
    if (!pruned && pruned.error().code == Errc::bad_database) {
        impl_->database.leave_as_it_is();
    }
    if (!pruned) {
        return fail(std::move(pruned), "deleting old articles");
    }
    return pruned;
}

template <class Change>
auto Writer::Impl::in_transaction(Change change) -> decltype(change()) {
    if (auto there = database.still_there(); !there) {
        return fail(std::move(there));
    }
    auto transaction = Transaction::write(statements);
    if (!transaction) {
        return fail(std::move(transaction));
    }
    auto done = change();
    if (!done && done.error().code == Errc::bad_database) {
        database.leave_as_it_is();
    }
    if (done) {
        if (auto committed = transaction->commit(); !committed) {
            return fail(std::move(committed));
        }
        checkpoints.after_commit();
    }
    return done;
}

Result<Marked> Writer::mark(const MarkOrder& order, Instant now) {
    const auto fits = [](const std::string& name) {
        return !name.empty() && name.size() <= kMaxNameBytes;
    };
    if (order.articles.size() > kMaxMarkedArticles || !fits(order.by) || !fits(order.batch) ||
        order.note.value_or("").size() > kMaxNoteBytes) {
        return fail(Errc::invalid, "at most " + std::to_string(kMaxMarkedArticles) +
                                       " articles are marked at once, a note has at most " +
                                       std::to_string(kMaxNoteBytes) +
                                       " bytes, and who marks is "
                                       "named");
    }
    auto done = impl_->in_transaction([&] { return set_marks(impl_->statements, order, now); });
    if (!done) {
        return fail(std::move(done), "marking articles");
    }
    return done;
}

Result<Unmarked> Writer::undo_marks(std::string_view by) {
    return impl_->in_transaction([&] { return history::undo_marks(impl_->statements, by); });
}

Result<Committed> Writer::commit(const std::vector<Turn>& turns, Instant now) {
    auto done = impl_->commit(now, [&](Batch& batch) -> Result<> {
        for (const Turn& turn : turns) {
            if (auto added = batch.add(turn); !added) {
                return added;
            }
        }
        return {};
    });
    return impl_->after(std::move(done), "storing what was fetched");
}

Result<std::vector<BackfillWalk>> Writer::plan_backfills(const std::vector<BackfillWish>& wishes,
                                                         Instant now) {
    std::vector<BackfillWalk> walks;
    auto done = impl_->commit(now, [&](Batch&) -> Result<> {
        auto planned = history::plan_backfills(impl_->statements, wishes, now);
        if (!planned) {
            return fail(std::move(planned));
        }
        walks = std::move(*planned);
        return {};
    });
    done = impl_->after(std::move(done), "planning what rules look for in stored articles");
    if (!done) {
        return fail(std::move(done));
    }
    return walks;
}

Result<ArticleBatch> Writer::articles(const ArticleRange& range, std::size_t most) const {
    return read_articles(impl_->statements, range, most);
}

Result<Committed> Writer::commit_backfill(const BackfillStep& step, Instant now) {
    auto done = impl_->commit(now, [&](Batch& batch) -> Result<> {
        for (const BackfillStep::Found& found : step.found) {
            if (auto added = batch.add(found); !added) {
                return added;
            }
        }
        const bool over = step.end == BackfillStep::End::over;
        return store_progress(impl_->statements, step.walk,
                              over ? std::optional{now} : std::nullopt);
    });
    return impl_->after(std::move(done), "storing what rules found in stored articles");
}

}  // namespace wirewatch::history
