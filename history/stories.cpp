// SPDX-License-Identifier: MIT
#include "history/stories.hpp"

#include "history/hashes.hpp"

#include <algorithm>
#include <cstring>
#include <set>
#include <utility>
#include <vector>

namespace wirewatch::history {

namespace {

// Texts that are compared with a new one, the likeliest first. Our choice: of copies that share
// half of their beginning, 19 of 20 stand first or second.
constexpr std::size_t kCompared = 4;

// An address that more articles have is a front page. Our choice.
constexpr std::size_t kMaxSharers = 16;

std::string bytes_of(const PrintKeys& keys) {
    std::string bytes;
    for (const std::uint32_t key : keys) {
        for (int shift = 0; shift < 32; shift += 8) {
            bytes += static_cast<char>(key >> shift & 0xFF);
        }
    }
    return bytes;
}

PrintKeys keys_of(std::string_view bytes) {
    PrintKeys keys{};
    for (std::size_t i = 0; i < std::min(bytes.size(), kPrintKeys * 4); ++i) {
        keys[i / 4] |= std::uint32_t{static_cast<unsigned char>(bytes[i])} << i % 4 * 8;
    }
    return keys;
}

/// "https://news.example/", with or without a query: articles that have nothing better all share
/// it.
bool is_front_page(std::string_view url) {
    const std::size_t scheme = url.find("://");
    const std::size_t path = scheme == std::string_view::npos ? scheme : url.find('/', scheme + 3);
    return path == std::string_view::npos || path + 1 == url.size() || url[path + 1] == '?';
}

}  // namespace

Result<> Stories::load() {
    struct Known {
        std::int64_t id;
        Instant first_seen;
        PrintKeys keys;
    };
    std::vector<Known> newest_first;
    Query row{statements_,
              "SELECT id, first_seen, sketch FROM articles"
              " WHERE sketch IS NOT NULL ORDER BY id DESC LIMIT ?1",
              kStoryArticles};
    while (row.next()) {
        newest_first.push_back({row.integer(0), row.instant(1), keys_of(row.blob(2))});
        if (newest_first.back().first_seen < newest_first.front().first_seen - kStoryReach) {
            break;
        }
    }
    if (auto done = row.finish(); !done) {
        return fail(std::move(done), "reading the stories");
    }
    for (auto known = newest_first.rbegin(); known != newest_first.rend(); ++known) {
        index_.add(known->id, known->first_seen, known->keys);
    }
    return {};
}

void Stories::undo() {
    index_.take_back(placed_);
    placed_ = 0;
}

/// None where the address tells nothing: a front page, or one that a feed gives several articles.
Result<std::optional<std::int64_t>> Stories::by_address(const Article& article,
                                                        std::int64_t address, Instant since) {
    std::set<std::string> feeds{article.feed_id};
    std::optional<std::int64_t> story;
    bool ambiguous = false;
    Query row{statements_,
              "SELECT story, feed_id FROM articles WHERE address = ?1 AND first_seen >= ?2"
              " ORDER BY id LIMIT ?3",
              address, since, kMaxSharers};
    for (std::size_t count = 1; row.next(); ++count) {
        story = story ? story : row.integer(0);
        ambiguous |= !feeds.insert(row.text(1)).second || count == kMaxSharers;
    }
    if (auto done = row.finish(); !done) {
        return fail(std::move(done));
    }
    return ambiguous ? std::nullopt : story;
}

Result<std::optional<std::int64_t>> Stories::by_text(const TextPrint& print, Instant since) {
    if (print.empty()) {
        return std::nullopt;
    }
    std::optional<std::int64_t> story;
    for (const std::int64_t id : index_.candidates(print.keys, since, kCompared)) {
        Query row{statements_,
                  "SELECT a.story, r.title, r.summary, r.content FROM articles a JOIN revisions r"
                  " ON r.article_id = a.id AND r.revision = a.revision WHERE a.id = ?1",
                  id};
        if (row.next() && same_text(print, print_of(row.view(1), row.view(2), row.view(3)))) {
            story = row.integer(0);
        }
        if (auto done = row.finish(); !done) {
            return fail(std::move(done));
        }
        if (story) {
            break;
        }
    }
    return story;
}

/// Only a story of two and more has a row. Returns its size.
Result<int> Stories::join(std::int64_t story) {
    int size = 2;
    bool known = false;
    Query row{statements_, "UPDATE stories SET size = size + 1 WHERE id = ?1 RETURNING size",
              story};
    while (row.next()) {
        size = row.number<int>(0);
        known = true;
    }
    if (auto done = row.finish(); !done) {
        return fail(std::move(done));
    }
    if (!known) {
        auto begun = run(statements_,
                         "INSERT INTO stories (id, key, first_seen, size)"
                         " SELECT id, key, first_seen, 2 FROM articles WHERE id = ?1",
                         story);
        if (!begun) {
            return fail(std::move(begun));
        }
    }
    return size;
}

Result<StoryPlace> Stories::place(std::int64_t id, const Article& article, std::string_view address,
                                  Instant now) {
    const TextPrint print = print_of(article.title, article.summary, article.content);
    const Instant since = now - kStoryReach;
    StoryPlace place{.story = id, .address = address_hash(address)};
    Result<std::optional<std::int64_t>> story = std::nullopt;
    if (place.address && !is_front_page(address)) {
        story = by_address(article, *place.address, since);
    }
    if (story && !*story) {
        story = by_text(print, since);
    }
    if (!story) {
        return fail(std::move(story));
    }
    if (*story) {
        auto size = join(**story);
        if (!size) {
            return fail(std::move(size));
        }
        place.story = **story;
        place.size = *size;
    }
    if (!print.empty()) {
        index_.add(id, now, print.keys);
        ++placed_;
        place.sketch = bytes_of(print.keys);
    }
    return place;
}

}  // namespace wirewatch::history
