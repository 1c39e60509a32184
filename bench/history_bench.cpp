// SPDX-License-Identifier: MIT
// How fast history stores and answers, beside bare SQLite: docs/performance.md.
//
//   history_bench commits [ARTICLES]         batches of 1, 10, 32 and 100 in a new database
//   history_bench queries [ARTICLES] [FILE]  fills FILE (or uses it where it is filled), then asks
//   history_bench year                       200 feeds, 2,000 articles a day: a month and a year
#include "bench/clocks.hpp"
#include "bench/history_set.hpp"
#include "history/alert_log.hpp"
#include "history/reader.hpp"
#include "history/story_index.hpp"
#include "history/writer.hpp"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include <fcntl.h>
#include <sqlite3.h>
#include <unistd.h>

namespace wirewatch::bench {

namespace {

namespace fs = std::filesystem;
using namespace std::chrono_literals;

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
        execute("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;"
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

}  // namespace

}  // namespace wirewatch::bench

int main(int argc, char** argv) {
    using namespace wirewatch::bench;
    const std::string_view what = argc > 1 ? argv[1] : "commits";
    const char* directory = std::getenv("WIREWATCH_BENCH_DIR");
    const fs::path where = directory != nullptr ? directory : fs::temp_directory_path();
    if (what == "commits") {
        measure_commits(where, argc > 2 ? std::stoul(argv[2]) : 20'000);
    }
    return 0;
}
