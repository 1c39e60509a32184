// SPDX-License-Identifier: MIT
#include "history/reader.hpp"

#include "history/database.hpp"
#include "history/hashes.hpp"
#include "history/hit_search.hpp"
#include "history/marks.hpp"
#include "history/rows.hpp"
#include "history/statement.hpp"

#include <algorithm>
#include <utility>

namespace wirewatch::history {

namespace {

constexpr std::size_t kKeyDigits = 32;
constexpr std::size_t kMinKeyDigits = 4;
constexpr std::size_t kNamedCandidates = 5;
constexpr std::size_t kMaxArrivals = 3'000;  // our choice: four weeks at one every 13 minutes

struct Named {
    std::int64_t id = 0;
    std::string key;
};

bool all_hex(std::string_view text) {
    return text.find_first_not_of("0123456789abcdefABCDEF") == std::string_view::npos;
}

Result<std::vector<Named>> candidates_of(Query& row) {
    std::vector<Named> found;
    while (row.next()) {
        found.push_back({row.integer(0), row.text(1)});
    }
    if (auto done = row.finish(); !done) {
        return fail(std::move(done));
    }
    return found;
}

Result<std::vector<Named>> articles_by_key(Statements& statements, std::string_view beginning) {
    std::string from{beginning};
    for (char& digit : from) {
        digit = digit >= 'A' && digit <= 'F' ? static_cast<char>(digit | 0x20) : digit;
    }
    Query row{statements,
              "SELECT id, key FROM articles WHERE key >= ?1 AND key < ?2 ORDER BY key LIMIT ?3",
              from, from + 'g', kNamedCandidates + 1};
    return candidates_of(row);
}

Result<std::vector<Named>> articles_by_url(Statements& statements, std::string_view url) {
    Query row{statements,
              "SELECT id, key FROM articles WHERE address = ?1 ORDER BY id DESC LIMIT ?2",
              address_hash(url), kNamedCandidates + 1};
    return candidates_of(row);
}

std::string names_of(const std::vector<Named>& candidates) {
    std::string names;
    for (std::size_t i = 0; i < std::min(candidates.size(), kNamedCandidates); ++i) {
        names.append(i == 0 ? "" : ", ").append(candidates[i].key);
    }
    return candidates.size() > kNamedCandidates ? names + " and others" : names;
}

/// The one article that a person means.
Result<std::int64_t> find_article(Statements& statements, std::string_view name) {
    const bool is_key = all_hex(name) && name.size() <= kKeyDigits;
    if (is_key && name.size() < kMinKeyDigits) {
        return fail(Errc::invalid, "an article is named by its URL or by at least " +
                                       std::to_string(kMinKeyDigits) + " digits of its key");
    }
    auto found = is_key ? articles_by_key(statements, name) : articles_by_url(statements, name);
    if (!found) {
        return fail(std::move(found));
    }
    if (found->empty()) {
        return fail(Errc::not_found, "no article with that " + std::string{is_key ? "key" : "URL"});
    }
    if (found->size() > 1) {
        return fail(Errc::invalid,
                    "several articles are meant, give one key in full: " + names_of(*found));
    }
    return found->front().id;
}

Result<StoredArticle> latest_revision(Statements& statements, std::int64_t article_id) {
    constexpr int kStoryAt = 4;
    constexpr int kArticleAt = kStoryAt + kStoryColumnCount;
    static const std::string kSql =
        "SELECT f.title, a.first_seen,"
        " (SELECT count(*) FROM revisions n WHERE n.article_id = a.id), a.language, " +
        std::string{kStoryColumns} + ", " + std::string{kArticleColumns} +
        " FROM articles a JOIN revisions r ON r.article_id = a.id AND r.revision = a.revision"
        " JOIN feeds f ON f.feed_id = a.feed_id" +
        std::string{kJoinStories} + " WHERE a.id = ?1";
    StoredArticle stored;
    Query row{statements, kSql, article_id};
    if (row.next()) {
        stored.feed_title = row.text(0);
        stored.first_seen = row.instant(1);
        stored.revisions = row.number<int>(2);
        stored.language = row.text(3);
        stored.story = story_at(row, kStoryAt);
        stored.article = article_at(row, kArticleAt);
    }
    if (auto done = row.finish(); !done) {
        return fail(std::move(done));
    }
    return stored;
}

Result<StoredArticle> load_article(Statements& statements, std::string_view name) {
    auto view = Transaction::read(statements);
    if (!view) {
        return fail(std::move(view));
    }
    auto id = find_article(statements, name);
    if (!id) {
        return fail(std::move(id));
    }
    auto stored = latest_revision(statements, *id);
    if (!stored) {
        return stored;
    }
    auto matched = hits_of(statements, *id);
    if (!matched) {
        return fail(std::move(matched));
    }
    stored->matched = std::move(*matched);
    auto copies = copies_of(statements, *id);
    if (!copies) {
        return fail(std::move(copies));
    }
    stored->also_in = std::move(*copies);
    auto mark = mark_of(statements, *id);
    if (!mark) {
        return fail(std::move(mark));
    }
    stored->mark = std::move(*mark);
    return stored;
}

Result<std::vector<Revision>> load_revisions(Statements& statements, std::string_view name) {
    auto view = Transaction::read(statements);
    if (!view) {
        return fail(std::move(view));
    }
    const auto id = find_article(statements, name);
    if (!id) {
        return tl::unexpected{id.error()};
    }
    std::vector<Revision> revisions;
    Query row{statements,
              "SELECT r.revision, r.revision = a.revision, r.seen_at, r.title, r.summary, r.content"
              " FROM articles a JOIN revisions r ON r.article_id = a.id"
              " WHERE a.id = ?1 ORDER BY r.revision",
              *id};
    while (row.next()) {
        revisions.push_back({.number = row.number<int>(0),
                             .latest = row.integer(1) != 0,
                             .seen_at = row.instant(2),
                             .title = row.text(3),
                             .summary = row.text(4),
                             .content = row.text(5)});
    }
    if (auto done = row.finish(); !done) {
        return fail(std::move(done), "reading revisions");
    }
    return revisions;
}

/// The write-ahead log counts: what is in it is not in the file yet.
std::size_t bytes_on_disk(const std::filesystem::path& file) {
    std::filesystem::path log = file;
    log += "-wal";
    std::size_t bytes = 0;
    for (const auto& part : {file, log}) {
        std::error_code missing;
        const auto size = std::filesystem::file_size(part, missing);
        bytes += missing ? 0 : size;
    }
    return bytes;
}

}  // namespace

struct Reader::Impl {
    Impl(Database opened, std::filesystem::path path)
        : database{std::move(opened)}, statements{database.handle()}, file{std::move(path)} {}

    Database database;
    Statements statements;
    std::filesystem::path file;
};

Result<Reader> Reader::open(const std::filesystem::path& file) {
    auto database = Database::open(file, Access::read);
    if (!database) {
        return fail(std::move(database));
    }
    return Reader{std::make_unique<Impl>(std::move(*database), file)};
}

Reader::Reader(std::unique_ptr<Impl> impl) : impl_{std::move(impl)} {}
Reader::~Reader() = default;
Reader::Reader(Reader&&) noexcept = default;
Reader& Reader::operator=(Reader&&) noexcept = default;

Result<HitPage> Reader::hits(const HitQuery& query) const {
    return search_hits(impl_->statements, query);
}

Result<> Reader::each_hit(const HitQuery& query,
                          const std::function<void(const CountedHit&)>& visit) const {
    return visit_hits(impl_->statements, query, visit);
}

Result<ArticleSearch> Reader::find_articles(ArticleSearch search) const {
    return history::find_articles(impl_->statements, std::move(search));
}

Result<CandidateBatch> Reader::candidates(const ArticleSearch& search) const {
    return read_candidates(impl_->statements, search);
}

Result<HitRow> Reader::listed(Candidate candidate) const {
    return listed_article(impl_->statements, std::move(candidate));
}

Result<bool> Reader::any_dismissed() const {
    Query row{impl_->statements, "SELECT EXISTS (SELECT 1 FROM marks WHERE dismissed = 1)"};
    const bool any = row.next() && row.integer(0) != 0;
    if (auto done = row.finish(); !done) {
        return fail(std::move(done));
    }
    return any;
}

Result<StoredArticle> Reader::article(std::string_view key) const {
    return load_article(impl_->statements, key);
}

Result<std::vector<Revision>> Reader::revisions(std::string_view key) const {
    return load_revisions(impl_->statements, key);
}

Result<ArticleRange> Reader::articles_since(std::optional<Instant> since) const {
    return find_articles_since(impl_->statements, since);
}

Result<ArticleRange> Reader::newest_articles(std::size_t most) const {
    return find_newest_articles(impl_->statements, most);
}

Result<ArticleBatch> Reader::articles(const ArticleRange& range) const {
    return read_articles(impl_->statements, range);
}

Result<std::vector<FeedState>> Reader::feed_states() const {
    return load_feed_states(impl_->statements);
}

Result<std::vector<RuleAlerts>> Reader::alerts_by_rule(std::size_t most) const {
    constexpr std::string_view kTopic = "alert/";  // "alert/<rule-id>/"
    std::vector<RuleAlerts> counts;
    Query row{
        impl_->statements,
        "SELECT name, tseq FROM topics WHERE name GLOB 'alert/*/' ORDER BY tseq DESC LIMIT ?1",
        static_cast<std::int64_t>(most)};
    while (row.next()) {
        const std::string name = row.text(0);
        counts.push_back({.rule_id = name.substr(kTopic.size(), name.size() - kTopic.size() - 1),
                          .alerts = row.number<std::uint64_t>(1)});
    }
    if (auto done = row.finish(); !done) {
        return fail(std::move(done), "counting alerts");
    }
    return counts;
}

Result<std::vector<FeedCounts>> Reader::feed_counts() const {
    std::vector<FeedCounts> counts;
    Query row{impl_->statements,
              "WITH seen AS (SELECT feed_id, count(*) AS n, max(first_seen) AS last"
              " FROM articles GROUP BY feed_id),"
              " found AS (SELECT a.feed_id, count(*) AS n"
              " FROM hits h CROSS JOIN articles a ON a.id = h.article_id GROUP BY a.feed_id)"
              " SELECT f.feed_id, coalesce(seen.n, 0), coalesce(found.n, 0), seen.last"
              " FROM feeds f LEFT JOIN seen ON seen.feed_id = f.feed_id"
              " LEFT JOIN found ON found.feed_id = f.feed_id ORDER BY f.feed_id"};
    while (row.next()) {
        counts.push_back({.feed_id = row.text(0),
                          .articles = row.number<std::size_t>(1),
                          .hits = row.number<std::size_t>(2),
                          .last_article = row.maybe_instant(3)});
    }
    if (auto done = row.finish(); !done) {
        return fail(std::move(done), "counting articles");
    }
    return counts;
}

Result<Arrivals> Reader::arrivals(std::string_view feed_id, Instant since,
                                  std::size_t at_least) const {
    Arrivals arrivals;
    auto& found = arrivals.newest_first;
    // Walks along the index by feed and time, no farther than is asked for.
    Query row{impl_->statements,
              "SELECT first_seen, count(*) FROM articles WHERE feed_id = ?1"
              " GROUP BY first_seen ORDER BY first_seen DESC LIMIT ?2",
              feed_id, kMaxArrivals + 1};
    arrivals.complete = true;
    while (row.next()) {
        const Instant at = row.instant(0);
        if (found.size() >= kMaxArrivals || (at < since && found.size() >= at_least)) {
            arrivals.complete = false;
            break;
        }
        found.push_back({.at = at, .articles = row.number<std::size_t>(1)});
    }
    if (auto done = row.finish(); !done) {
        return fail(std::move(done), "counting articles");
    }
    return arrivals;
}

Result<Totals> Reader::totals(Instant day_start) const {
    Totals totals;
    // An alert is as old as its hit, and hits have the index by time. Articles have one by feed and
    // time, so that today's are counted feed by feed.
    Query row{impl_->statements,
              "SELECT (SELECT count(*) FROM articles), (SELECT count(*) FROM hits),"
              // The stream's numbers are also those of feed events.
              " (SELECT coalesce(sum(tseq), 0) FROM topics WHERE name GLOB 'alert/*/'),"
              " (SELECT coalesce(sum((SELECT count(*) FROM articles a"
              " WHERE a.feed_id = f.feed_id AND a.first_seen >= ?1)), 0) FROM feeds f),"
              " (SELECT count(*) FROM hits h CROSS JOIN outbox o ON o.hit_id = h.id"
              " WHERE h.at >= ?1) FROM meta",
              day_start};
    if (row.next()) {
        totals.articles = row.number<std::size_t>(0);
        totals.hits = row.number<std::size_t>(1);
        totals.alerts = row.number<std::uint64_t>(2);
        totals.articles_today = row.number<std::size_t>(3);
        totals.alerts_today = row.number<std::size_t>(4);
    }
    if (auto done = row.finish(); !done) {
        return fail(std::move(done), "counting articles");
    }
    const auto free = pragma(impl_->database.handle(), "freelist_count");
    const auto size = pragma(impl_->database.handle(), "page_size");
    if (!free || !size) {
        return tl::unexpected{(free ? size : free).error()};
    }
    totals.free_bytes = static_cast<std::size_t>(*free * *size);
    totals.file_bytes = bytes_on_disk(impl_->file);
    return totals;
}

}  // namespace wirewatch::history
