// SPDX-License-Identifier: MIT
// How fast history stores and answers, beside bare SQLite: docs/performance.md.
//
//   history_bench commits [ARTICLES]         batches of 1, 10, 32 and 100 in a new database
//   history_bench history [ARTICLES] [FILE]  fills a new FILE, 2,000 articles a day, and asks it
//                                            after a month, a year and in the end
//   history_bench ask FILE                   asks such a FILE once more
#include "base/requirement.hpp"
#include "bench/clocks.hpp"
#include "bench/history_set.hpp"
#include "history/database.hpp"
#include "history/reader.hpp"
#include "history/statement.hpp"
#include "history/stories.hpp"
#include "history/writer.hpp"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <functional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include <fcntl.h>
#include <sqlite3.h>
#include <unistd.h>

namespace wirewatch::bench {

namespace {

namespace fs = std::filesystem;
using namespace std::chrono_literals;

constexpr std::int64_t kBegin = 1'700'000'000'000;
constexpr std::int64_t kBetweenArticles = 43'200;  // ms between two articles, at 2,000 a day

[[noreturn]] void give_up(const std::string& why) {
    std::fprintf(stderr, "history_bench: %s\n", why.c_str());
    std::exit(1);
}

template <class Value>
Value must(Result<Value> result) {
    if (!result) {
        give_up(result.error().text);
    }
    if constexpr (!std::is_void_v<Value>) {
        return std::move(*result);
    }
}

void remove_database(const fs::path& file) {
    for (const char* suffix : {"", "-wal", "-shm", ".lock"}) {
        std::error_code ignored;
        fs::remove(fs::path{file} += suffix, ignored);
    }
}

/// The same articles into one table without an index.
class BareTable {
  public:
    explicit BareTable(const fs::path& file) {
        run_open(file);
        execute(
            "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;"
            "CREATE TABLE articles (id INTEGER PRIMARY KEY, key TEXT, feed_id TEXT, seen INTEGER,"
            " guid TEXT, url TEXT, authors TEXT, categories TEXT, language TEXT, title TEXT,"
            " summary TEXT, content TEXT)");
        if (sqlite3_prepare_v2(handle_,
                               "INSERT INTO articles (key, feed_id, seen, guid, url, authors,"
                               " categories, language, title, summary, content)"
                               " VALUES (?, ?, 0, ?, ?, '[]', '[]', ?, ?, ?, ?)",
                               -1, &insert_, nullptr) != SQLITE_OK) {
            give_up(sqlite3_errmsg(handle_));
        }
    }
    ~BareTable() {
        sqlite3_finalize(insert_);
        sqlite3_close(handle_);
    }
    BareTable(const BareTable&) = delete;
    BareTable& operator=(const BareTable&) = delete;

    void store(const std::vector<history::Turn>& turns) {
        execute("BEGIN IMMEDIATE");
        for (const history::Turn& turn : turns) {
            for (const history::MatchedArticle& matched : turn.articles) {
                const Article& a = matched.article;
                int at = 0;
                for (const std::string* text : {&a.key, &a.feed_id, &a.id, &a.url, &a.language,
                                                &a.title, &a.summary, &a.content}) {
                    sqlite3_bind_text(insert_, ++at, text->data(), static_cast<int>(text->size()),
                                      SQLITE_STATIC);
                }
                if (sqlite3_step(insert_) != SQLITE_DONE) {
                    give_up(sqlite3_errmsg(handle_));
                }
                sqlite3_reset(insert_);
            }
        }
        execute("COMMIT");
    }

  private:
    void run_open(const fs::path& file) {
        if (sqlite3_open(file.c_str(), &handle_) != SQLITE_OK) {
            give_up("cannot open " + file.string());
        }
    }
    void execute(const char* sql) {
        if (sqlite3_exec(handle_, sql, nullptr, nullptr, nullptr) != SQLITE_OK) {
            give_up(sqlite3_errmsg(handle_));
        }
    }

    sqlite3* handle_ = nullptr;
    sqlite3_stmt* insert_ = nullptr;
};

/// Both get the same batches in turn, so that they share what else the machine does.
void measure_commits(const fs::path& directory, std::size_t articles) {
    std::printf("%8s %14s %14s %8s %12s %12s\n", "batch", "articles/s", "bare", "ratio", "CPU us",
                "bare CPU us");
    for (const std::size_t batch : {1U, 10U, 32U, 100U}) {
        const fs::path file = directory / "commits.db";
        const fs::path bare_file = directory / "bare.db";
        remove_database(file);
        remove_database(bare_file);
        {
            auto writer = must(history::Writer::open(file, {}));
            BareTable bare{bare_file};
            HistorySet set{7};
            Cost ours;
            Cost theirs;
            const std::size_t count = batch == 1 ? articles / 10 : articles;
            for (std::size_t stored = 0; stored < count; stored += batch) {
                const auto turns = set.turns(batch);
                const Instant now{std::chrono::milliseconds{1'700'000'000'000 + stored * 1000}};
                const Stopwatch first;
                must(writer.commit(turns, now));
                ours += first.cost();
                const Stopwatch second;
                bare.store(turns);
                theirs += second.cost();
            }
            const auto n = static_cast<double>(count);
            std::printf("%8zu %14.0f %14.0f %8.2f %12.1f %12.1f\n", batch, n / ours.wall_seconds,
                        n / theirs.wall_seconds, theirs.wall_seconds / ours.wall_seconds,
                        ours.cpu_seconds / n * 1e6, theirs.cpu_seconds / n * 1e6);
            std::fflush(stdout);
        }
        remove_database(file);
        remove_database(bare_file);
    }
}

/// Milliseconds, sorted: what 95 of 100 stay below, and the middle.
struct Times {
    std::vector<double> ms;

    void add(const Stopwatch& watch) { ms.push_back(watch.cost().wall_seconds * 1e3); }
    void print(const char* what) {
        std::sort(ms.begin(), ms.end());
        std::printf("  %-44s p50 %8.2f ms  p95 %8.2f ms\n", what, ms[ms.size() / 2],
                    ms[ms.size() * 95 / 100]);
        std::fflush(stdout);
    }
};

/// The file's pages leave the system's memory.
void forget_pages(const fs::path& file) {
    const int descriptor = ::open(file.c_str(), O_RDONLY | O_CLOEXEC);
    if (descriptor >= 0) {
        ::fdatasync(descriptor);
        ::posix_fadvise(descriptor, 0, 0, POSIX_FADV_DONTNEED);
        ::close(descriptor);
    }
}

enum class Cache { warm, cold };

/// Runs `ask` for many numbers; cold: each on a handle of its own, with nothing in memory.
void measure(const fs::path& file, Cache cache, const char* what, std::size_t runs,
             const std::function<void(const history::Reader&, std::size_t)>& ask) {
    Times times;
    auto reader = must(history::Reader::open(file));
    if (cache == Cache::warm) {
        for (std::size_t i = 0; i < runs; ++i) {
            ask(reader, i);
        }
    }
    for (std::size_t i = 0; i < runs; ++i) {
        if (cache == Cache::cold) {
            forget_pages(file);
            reader = must(history::Reader::open(file));
        }
        const Stopwatch watch;
        ask(reader, i);
        times.add(watch);
    }
    times.print(what);
}

void measure_open(const fs::path& file) {
    Times times;
    for (int i = 0; i < 100; ++i) {
        const Stopwatch watch;
        const auto reader = must(history::Reader::open(file));
        times.add(watch);
    }
    times.print("opening, to read");
    Times to_write;
    for (int i = 0; i < 3; ++i) {
        const Stopwatch watch;
        const auto writer = must(history::Writer::open(file, {}));
        to_write.add(watch);
    }
    to_write.print("opening, to write (reads the stories)");
}

/// What it takes to find the story of a new article, its text's print and all.
void measure_stories(const fs::path& file, std::uint32_t seed) {
    const auto database = must(history::Database::open(file, history::Access::write));
    history::Statements statements{database.handle()};
    history::Stories stories{statements};
    must(stories.load());
    HistorySet set{seed};
    const auto turns = set.turns(5'000);
    const auto transaction = must(history::Transaction::write(statements));
    std::int64_t id = std::int64_t{1} << 40;
    const Instant now{std::chrono::milliseconds{kBegin + kBetweenArticles * 1'000'000}};
    for (const char* what : {"finding its story", "the same once more: warm"}) {
        std::size_t joined = 0;
        const Stopwatch watch;
        for (const history::Turn& turn : turns) {
            for (const history::MatchedArticle& matched : turn.articles) {
                const auto place =
                    must(stories.place(++id, matched.article, matched.article.url, now));
                joined += place.story != id ? 1U : 0U;
            }
        }
        const Cost cost = watch.cost();
        stories.undo();
        std::printf("  %-44s %8.1f us wall, %.1f us CPU an article (%zu of 5000 joined)\n", what,
                    cost.wall_seconds / 5'000 * 1e6, cost.cpu_seconds / 5'000 * 1e6, joined);
    }
}

Requirement word(const std::string& text) {
    Requirement word{.kind = Requirement::Kind::word};
    word.spellings.push_back({Spelling::Kind::word, text});
    word.fields = {Field::title, Field::summary, Field::content};
    return word;
}

/// The first page of what has been found, as a list shows it.
void first_page(const history::Reader& reader, history::ArticleSearch search) {
    search = must(reader.find_articles(std::move(search)));
    std::size_t shown = 0;
    for (bool over = false; !over && shown < 50;) {
        auto batch = must(reader.candidates(search));
        for (history::Candidate& candidate : batch.articles) {
            if (++shown > 50) {
                break;
            }
            must(reader.listed(std::move(candidate)));
        }
        search = std::move(batch.rest);
        over = batch.over;
    }
}

void measure_queries(const fs::path& file, const HistorySet& set) {
    measure_open(file);
    for (const Cache cache : {Cache::warm, Cache::cold}) {
        std::printf(" %s\n", cache == Cache::warm ? "warm" : "cold");
        const std::size_t runs = cache == Cache::warm ? 200 : 20;
        measure(file, cache, "latest 50 hits of a rule", runs,
                [](const history::Reader& reader, std::size_t i) {
                    history::HitQuery query;
                    query.rules = {HistorySet::rule_id(i % kSetRules)};
                    must(reader.hits(query));
                });
        measure(file, cache, "latest 50 hits of all rules", runs,
                [](const history::Reader& reader, std::size_t) { must(reader.hits({})); });
        measure(file, cache, "articles with a word, first page", runs,
                [&](const history::Reader& reader, std::size_t i) {
                    history::ArticleSearch search;
                    search.filter.words = word(set.word(500 + i * 17));
                    first_page(reader, std::move(search));
                });
        measure(file, cache, "two words in a week, first page", runs,
                [&](const history::Reader& reader, std::size_t i) {
                    history::ArticleSearch search;
                    search.filter.words.kind = Requirement::Kind::all;
                    search.filter.words.parts = {word(set.word(20 + i)), word(set.word(300 + i))};
                    search.filter.words.within = 3;
                    search.since = Instant{std::chrono::milliseconds{kBegin}};
                    search.until = *search.since + std::chrono::hours{24 * 7};
                    first_page(reader, std::move(search));
                });
    }
}

/// Stores articles until there are `count`, a thousand at a time.
void fill(const fs::path& file, HistorySet& set, std::size_t from, std::size_t count) {
    auto writer = must(history::Writer::open(file, {}));
    Cost cost;
    for (std::size_t stored = from; stored < count; stored += 1'000) {
        const auto turns = set.turns(1'000);
        const Instant now{std::chrono::milliseconds{
            kBegin + kBetweenArticles * static_cast<std::int64_t>(stored)}};
        const Stopwatch watch;
        must(writer.commit(turns, now));
        cost += watch.cost();
    }
    const auto n = static_cast<double>(count - from);
    std::printf("%zu articles: stored at %.1f us wall, %.1f us CPU each\n", count,
                cost.wall_seconds / n * 1e6, cost.cpu_seconds / n * 1e6);
}

void bring_up_to_date(const fs::path& file) {
    const auto writer = must(history::Writer::open(file, {}));
}

/// A month and a year of 2,000 articles a day, and on to `articles`.
void measure_history(const fs::path& file, std::size_t articles) {
    remove_database(file);
    HistorySet set{1};
    std::size_t stored = 0;
    for (const std::size_t stage : {std::size_t{60'000}, std::size_t{730'000}, articles}) {
        if (stage <= stored || stage > articles) {
            continue;
        }
        fill(file, set, stored, stage);
        stored = stage;
        std::printf(
            "  text %.0f MB, file %.0f MB: %.2f of the text\n",
            static_cast<double>(set.text_bytes()) / 1e6,
            static_cast<double>(fs::file_size(file)) / 1e6,
            static_cast<double>(fs::file_size(file)) / static_cast<double>(set.text_bytes()));
        measure_stories(file, 99);
        measure_queries(file, set);
    }
}

}  // namespace

}  // namespace wirewatch::bench

int main(int argc, char** argv) {
    using namespace wirewatch::bench;
    const std::string_view what = argc > 1 ? argv[1] : "commits";
    const char* directory = std::getenv("WIREWATCH_BENCH_DIR");
    const fs::path where = directory != nullptr ? directory : fs::temp_directory_path();
    const std::size_t articles = argc > 2 && what != "ask" ? std::stoul(argv[2]) : 0;
    if (what == "commits") {
        measure_commits(where, articles == 0 ? 20'000 : articles);
    } else if (what == "history") {
        measure_history(argc > 3 ? fs::path{argv[3]} : where / "history_bench.db",
                        articles == 0 ? 1'000'000 : articles);
    } else if (what == "ask" && argc == 3) {
        bring_up_to_date(argv[2]);
        measure_stories(argv[2], 99);
        measure_queries(argv[2], HistorySet{1});
    } else {
        std::fprintf(stderr, "usage: history_bench commits|history [ARTICLES] [FILE], ask FILE\n");
        return 2;
    }
    return 0;
}
