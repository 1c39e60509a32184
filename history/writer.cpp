// SPDX-License-Identifier: MIT
#include "history/writer.hpp"

#include "history/batch.hpp"
#include "history/checkpoints.hpp"
#include "history/database.hpp"
#include "history/hashes.hpp"
#include "history/known_article.hpp"
#include "history/long_work.hpp"
#include "history/missing_bodies.hpp"
#include "history/retention.hpp"
#include "history/rows.hpp"
#include "history/statement.hpp"
#include "history/stories.hpp"

#include <set>
#include <string_view>
#include <utility>

namespace wirewatch::history {

struct Writer::Impl {
    Impl(Database opened, WriterOptions with)
        : database{std::move(opened)},
          statements{database.handle()},
          checkpoints{database.handle()},
          stories{statements},
          options{std::move(with)} {}

    /// Runs `work` on a Batch, in one transaction.
    template <class Work>
    Result<Committed> commit(Instant now, const Work& work, const OnDisk& on_disk = {});
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
Result<Committed> Writer::Impl::commit(Instant now, const Work& work, const OnDisk& on_disk) {
    if (auto there = database.still_there(); !there) {
        return fail(std::move(there));
    }
    auto done = store(now, work);
    if (done) {
        stories.keep();
        if (on_disk) {
            on_disk(*done);
        }
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
    LongWork work{impl->database.handle(), std::exchange(impl->options.on_step, {}),
                  "opening the database"};
    auto ready =
        write_missing_bodies(impl->statements, impl->options.deployment, work)
            .and_then([&] { return work.begin("reading what new articles are compared with"); })
            .and_then([&] { return impl->stories.load(); });
    if (!ready) {
        return fail(std::move(ready));
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
        auto known = known_article(impl_->statements, article.key);
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

Result<Committed> Writer::commit(const std::vector<Turn>& turns, Instant now,
                                 const OnDisk& on_disk) {
    const auto add_all = [&](Batch& batch) -> Result<> {
        for (const Turn& turn : turns) {
            if (auto added = batch.add(turn); !added) {
                return added;
            }
        }
        return {};
    };
    auto done = impl_->commit(now, add_all, on_disk);
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
