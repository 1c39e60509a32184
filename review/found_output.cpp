// SPDX-License-Identifier: MIT
#include "review/found_output.hpp"

#include "base/printable.hpp"
#include "base/utf8.hpp"
#include "review/heading.hpp"

#include <algorithm>
#include <ostream>
#include <string>
#include <string_view>

namespace wirewatch::review {

namespace {

constexpr std::size_t kShownKey = 10;
constexpr std::size_t kExcerpt = 140;  // code points, of which …
constexpr std::size_t kBefore = 40;    // … so many stand in front of the first span
constexpr std::size_t kIndent = 4;     // of what stands below a row

/// How much of a title a terminal shows: what comes before takes 47 columns; behind it there should
/// be room for the feed, at least. Without a terminal, practically all of it.
std::size_t title_columns(const Terminal& terminal) {
    return terminal.width == 0
               ? 1000
               : std::clamp<std::size_t>(terminal.width - std::min<std::size_t>(terminal.width, 66),
                                         20, 90);
}

std::string rules_of(const history::HitRow& row) {
    std::string rules;
    for (const auto& found : row.hits) {
        rules += (rules.empty() ? "" : ", ") + found.rule.id;
    }
    return rules;
}

std::string severity_of(const history::HitRow& row) {
    if (row.hits.empty()) {
        return "";
    }
    Severity highest = Severity::low;
    for (const auto& found : row.hits) {
        highest = std::max(highest, found.rule.severity);
    }
    return std::string{to_text(highest)};
}

/// "VOA World, also in 2"
std::string feed_of(const history::HitRow& row) {
    const std::string& feed = row.feed_title.empty() ? row.article.feed_id : row.feed_title;
    return row.also_in.empty() ? feed : feed + ", also in " + std::to_string(row.also_in.size());
}

/// By which the list is sorted.
Instant time_of(const history::HitRow& row) {
    Instant newest = row.hits.empty() ? row.first_seen : row.hits.front().at;
    for (const auto& found : row.hits) {
        newest = std::max(newest, found.at);
    }
    return newest;
}

}  // namespace

std::string mark_signs(const std::optional<Mark>& mark) {
    if (!mark) {
        return {};
    }
    return std::string{mark->starred ? "*" : ""} + (mark->read ? "r" : "") +
           (mark->dismissed ? "x" : "") + (mark->note.empty() ? "" : "n");
}

void print_found(const Terminal& terminal, const std::vector<Found>& rows) {
    Table table{{"FOUND", "ARTICLE", "", "SEVERITY", "TITLE", "FEED", "RULES"}};
    for (const Found& found : rows) {
        const history::HitRow& row = found.row;
        table.add({local_time(time_of(row)), row.article.key.substr(0, kShownKey),
                   mark_signs(row.mark), severity_of(row),
                   cut_to_columns(printable(heading(row.article), 4000), title_columns(terminal)),
                   feed_of(row), rules_of(row)});
        if (!found.answer) {
            continue;
        }
        std::string below = snippet(terminal, row.article, found.answer->spans);
        if (below.empty()) {
            below = excerpt(terminal, row.article.title, Field::title, found.answer->spans);
        }
        table.add_below(std::move(below));
    }
    table.print(terminal);
}

std::string snippet(const Terminal& terminal, const Article& article,
                    const std::vector<Span>& spans) {
    std::string part = excerpt(terminal, article.summary, Field::summary, spans);
    return part.empty() ? excerpt(terminal, article.content, Field::content, spans) : part;
}

std::string excerpt(const Terminal& terminal, std::string_view text, Field field,
                    const std::vector<Span>& spans) {
    const auto first = std::find_if(spans.begin(), spans.end(),
                                    [&](const Span& span) { return span.field == field; });
    if (first == spans.end() || text.empty()) {
        return {};
    }
    const std::size_t room = terminal.width == 0
                                 ? kExcerpt
                                 : std::clamp(terminal.width, kIndent + 30, kExcerpt) - kIndent;
    const auto before = static_cast<std::uint32_t>(std::min(kBefore, room / 3));
    const std::uint32_t from = first->start - std::min(first->start, before);
    const std::uint32_t to =
        std::max(first->end, first->start + static_cast<std::uint32_t>(room) - before);
    const std::size_t begin = utf8::offset(text, from);
    const std::size_t end = begin + utf8::offset(text.substr(begin), to - from);
    std::string part{text.substr(begin, end - begin)};
    std::replace(part.begin(), part.end(), '\n', ' ');
    std::vector<Span> inside;
    for (Span span : spans) {
        if (span.field == field && span.start >= from && span.end <= to) {
            span.start -= from;
            span.end -= from;
            inside.push_back(std::move(span));
        }
    }
    return (begin > 0 ? "…" : "") + highlighted(terminal, part, field, inside) +
           (end < text.size() ? "…" : "");
}

}  // namespace wirewatch::review
