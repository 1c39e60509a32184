// SPDX-License-Identifier: MIT
#include "review/listing.hpp"

#include "base/printable.hpp"
#include "review/exit_code.hpp"
#include "review/progress.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <limits>
#include <map>
#include <utility>

namespace wirewatch::review {

namespace {

constexpr std::size_t kFirstHits = 100;   // rows that the first look at hits reads …
constexpr std::size_t kMostHits = 1'000;  // … and each of the later ones, at most

constexpr std::int64_t kLast = std::numeric_limits<std::int64_t>::max();

// Cursors: "h" newest.at.hit, "a" article; those of a list by relevance have "r" and how many were
// listed in front, and begin where its first page began.
std::string place_of(const history::HitCursor& cursor) {
    return "h" + std::to_string(cursor.newest) + "." +
           std::to_string(cursor.at.time_since_epoch().count()) + "." + std::to_string(cursor.hit);
}

std::string place_of(std::int64_t article) {
    return "a" + std::to_string(article);
}

/// Numbers with dots between them, all of the text.
std::optional<std::vector<std::int64_t>> numbers_in(std::string_view text) {
    std::vector<std::int64_t> numbers;
    while (true) {
        std::int64_t number = 0;
        const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
        if (error != std::errc{}) {
            return std::nullopt;
        }
        numbers.push_back(number);
        text.remove_prefix(static_cast<std::size_t>(end - text.data()));
        if (text.empty()) {
            return numbers;
        }
        if (!text.starts_with('.')) {
            return std::nullopt;
        }
        text.remove_prefix(1);
    }
}

/// The latest revision, without places in former ones.
Result<> bring_up_to_date(const history::Reader& reader, history::HitRow& row) {
    auto stored = reader.article(row.article.key);
    if (!stored) {
        return fail(std::move(stored));
    }
    row.article = std::move(stored->article);
    for (history::HitRow::Found& found : row.hits) {
        found.hit.spans.clear();
    }
    return {};
}

}  // namespace

tl::expected<Listing, int> Listing::read(const Session& session, const Setup& setup,
                                         const FilterArguments& arguments, Over over) {
    std::optional<Question> question;
    if (std::string text = arguments.query_text(); !text.empty()) {
        auto compiled = Question::read(session, setup, std::move(text));
        if (!compiled) {
            return tl::unexpected<int>{compiled.error()};
        }
        question.emplace(std::move(*compiled));
    }
    const Requirement words = question ? question->requirement() : Requirement{};
    if (over == Over::hits) {
        auto query = hit_query(session, arguments);
        if (!query) {
            return tl::unexpected<int>{query.error()};
        }
        query->articles.words = words;
        return Listing{std::move(*query), std::move(question)};
    }
    auto search = article_search(session, arguments);
    if (!search) {
        return tl::unexpected<int>{search.error()};
    }
    search->filter.words = words;
    return Listing{std::move(*search), std::move(question)};
}

Result<> Listing::resume(std::string_view cursor) {
    const Error wrong{Errc::invalid, "'" + printable(cursor, 60) +
                                         "' is no place of this list; give what the page before "
                                         "ended with"};
    if (cursor.starts_with('r')) {
        const std::size_t end = cursor.find_first_of("ha");
        const auto skipped =
            numbers_in(cursor.substr(1, end == std::string_view::npos ? 0 : end - 1));
        if (!skipped || skipped->size() != 1 || skipped->front() < 0) {
            return tl::unexpected{wrong};
        }
        skipped_ = static_cast<std::size_t>(skipped->front());
        cursor.remove_prefix(end);
    }
    const auto numbers = numbers_in(cursor.empty() ? cursor : cursor.substr(1));
    if (auto* query = std::get_if<history::HitQuery>(&what_);
        query != nullptr && cursor.starts_with('h') && numbers && numbers->size() == 3) {
        query->after = {.newest = (*numbers)[0],
                        .at = Instant{std::chrono::milliseconds{(*numbers)[1]}},
                        .hit = (*numbers)[2]};
        return {};
    }
    if (auto* search = std::get_if<history::ArticleSearch>(&what_);
        search != nullptr && cursor.starts_with('a') && numbers && numbers->size() == 1 &&
        numbers->front() > 0) {
        search->before = numbers->front();
        return {};
    }
    return tl::unexpected{wrong};
}

Result<> Listing::each(const Session& session, const history::Reader& reader, const Visit& visit) {
    return std::holds_alternative<history::HitQuery>(what_) ? each_hit(reader, visit)
                                                            : each_article(session, reader, visit);
}

Result<> Listing::each_hit(const history::Reader& reader, const Visit& visit) {
    history::HitQuery query = std::get<history::HitQuery>(what_);
    query.limit = kFirstHits;
    while (true) {
        auto page = reader.hits(query);
        if (!page) {
            return fail(std::move(page));
        }
        for (history::HitRow& row : page->rows) {
            query.after = row.place;
            Found found{.place = place_of(row.place)};
            if (question_) {
                if (row.revised_since) {
                    if (auto done = bring_up_to_date(reader, row); !done) {
                        return done;
                    }
                }
                found.answer = question_->ask(row.article);
                if (!found.answer) {
                    continue;
                }
            }
            found.row = std::move(row);
            if (!visit(std::move(found))) {
                return {};
            }
        }
        if (!page->more) {
            return {};
        }
        query.limit = kMostHits;
    }
}

Result<> Listing::each_article(const Session& session, const history::Reader& reader,
                               const Visit& visit) {
    auto search = reader.find_articles(std::get<history::ArticleSearch>(what_));
    if (!search) {
        return fail(std::move(search));
    }
    const std::int64_t from = search->before;
    const auto rows_behind = [&](std::int64_t id) {
        return static_cast<std::size_t>(std::max<std::int64_t>(from - id, 0));
    };
    Progress progress{session.terminal, session.clock, "searching", rows_behind(search->lowest)};
    while (true) {
        auto batch = reader.candidates(*search);
        if (!batch) {
            return fail(std::move(batch));
        }
        for (history::Candidate& candidate : batch->articles) {
            progress.advance(rows_behind(candidate.id));
            Found found{.place = place_of(candidate.id)};
            if (question_) {
                found.answer = question_->ask(candidate.article);
                if (!found.answer) {
                    continue;
                }
            }
            auto listed = reader.listed(std::move(candidate));
            if (!listed) {
                return fail(std::move(listed));
            }
            found.row = std::move(*listed);
            if (!visit(std::move(found))) {
                return {};
            }
        }
        if (batch->over) {
            return {};
        }
        progress.advance(rows_behind(batch->rest.before));
        *search = std::move(batch->rest);
    }
}

Result<FoundPage> Listing::page(const Session& session, const history::Reader& reader,
                                Sorting sorting, std::size_t limit) {
    return sorting == Sorting::time ? newest(session, reader, limit) : best(session, reader, limit);
}

Result<FoundPage> Listing::newest(const Session& session, const history::Reader& reader,
                                  std::size_t limit) {
    FoundPage page;
    auto done = each(session, reader, [&](Found found) {
        if (page.rows.size() == limit) {
            page.next = page.rows.back().place;
            return false;
        }
        page.rows.push_back(std::move(found));
        return true;
    });
    if (!done) {
        return fail(std::move(done));
    }
    return page;
}

Result<FoundPage> Listing::best(const Session& session, const history::Reader& reader,
                                std::size_t limit) {
    std::vector<Found> all;
    FoundPage page;
    auto done = each(session, reader, [&](Found found) {
        if (all.size() == kMaxRanked) {
            page.cut_off = true;
            return false;
        }
        all.push_back(std::move(found));
        return true;
    });
    if (!done) {
        return fail(std::move(done));
    }
    if (all.empty()) {
        return page;
    }
    // The next page ranks the same articles: those from the newest of now on.
    const history::HitCursor first{all.front().row.place.newest,
                                   Instant{std::chrono::milliseconds{kLast}}, kLast};
    std::string from = all.front().place;
    if (std::holds_alternative<history::HitQuery>(what_)) {
        from = place_of(first);
    } else if (const auto id = numbers_in(std::string_view{from}.substr(1))) {
        from = place_of(id->front() + 1);
    }
    const auto weight = [](const Found& found) {
        return found.answer ? relevance(*found.answer) : 0;
    };
    std::stable_sort(all.begin(), all.end(),
                     [&](const Found& a, const Found& b) { return weight(a) > weight(b); });
    const std::size_t begin = std::min(skipped_, all.size());
    const std::size_t end = std::min(all.size(), begin + limit);
    for (std::size_t i = begin; i < end; ++i) {
        page.rows.push_back(std::move(all[i]));
    }
    if (end < all.size()) {
        page.next = "r" + std::to_string(end) + from;
    }
    return page;
}

double relevance(const Hit& answer) {
    if (answer.score) {
        return *answer.score;
    }
    const auto weight_of = [](Field field) {
        return field == Field::title ? 4.0 : field == Field::summary ? 2.0 : 1.0;
    };
    std::map<std::string_view, std::pair<double, int>> terms;  // best field, how often
    for (const Span& span : answer.spans) {
        auto& [best, times] = terms[span.term];
        best = std::max(best, weight_of(span.field));
        ++times;
    }
    double sum = 0;
    for (const auto& [term, found] : terms) {
        sum += found.first * (1 + std::log(found.second));
    }
    return sum;
}

}  // namespace wirewatch::review
