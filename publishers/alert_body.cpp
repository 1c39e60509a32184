// SPDX-License-Identifier: MIT
#include "publishers/alert_body.hpp"

#include "base/check.hpp"
#include "base/utf8.hpp"

#include <algorithm>
#include <array>
#include <limits>
#include <optional>
#include <vector>

#include <nlohmann/json.hpp>

namespace wirewatch::publishers {

namespace {

using Json = nlohmann::ordered_json;

/// How much of everything but the summary goes into a body.
struct Limits {
    std::size_t matches;       ///< spans
    std::size_t items;         ///< of each of authors, categories, tags
    std::size_t string_bytes;  ///< of any one string
};

constexpr std::size_t kAll = std::numeric_limits<std::size_t>::max();
constexpr Limits kWhole{kAll, kAll, kAll};

// Feeds with such articles are broken or hostile; the steps are our choice. The last one fits
// whatever comes: some 35 strings of 256 bytes, each byte at worst a \u00XX of six.
constexpr std::array<Limits, 4> kTighter{{kWhole, {50, 50, 8192}, {10, 10, 1024}, {3, 5, 256}}};

/// What one event is made of, besides the alert.
struct Cut {
    Limits limits = kWhole;
    std::string_view summary;
    bool truncated = false;
};

std::string text(std::string_view whole, const Cut& cut) {
    return std::string{utf8::cut(whole, cut.limits.string_bytes)};
}

Json list(const std::vector<std::string>& items, const Cut& cut) {
    Json json = Json::array();
    for (std::size_t i = 0; i < std::min(items.size(), cut.limits.items); ++i) {
        json.push_back(text(items[i], cut));
    }
    return json;
}

Json time(const std::optional<Instant>& instant) {
    return instant ? Json(to_rfc3339(*instant)) : Json(nullptr);
}

Json rule_json(const Rule& rule, const Cut& cut) {
    return {{"id", text(rule.id, cut)},
            {"title", text(rule.title, cut)},
            {"severity", to_text(rule.severity)},
            {"tags", list(rule.tags, cut)}};
}

Json article_json(const Alert& alert, const Cut& cut) {
    const Article& article = alert.article;
    Json json{{"key", text(article.key, cut)},
              {"title", text(article.title, cut)},
              {"url", text(article.url, cut)},
              {"summary", cut.summary},
              {"authors", list(article.authors, cut)},
              {"categories", list(article.categories, cut)},
              {"language", text(article.language, cut)},
              {"published", time(article.published)},
              {"updated", time(article.updated)},
              {"feed",
               {{"id", text(article.feed_id, cut)},
                {"title", text(alert.feed_title, cut)},
                {"url", text(alert.feed_url, cut)}}}};
    if (cut.truncated) {
        json["truncated"] = true;
    }
    return json;
}

Json matches_json(const std::vector<Span>& spans, const Cut& cut) {
    Json json = Json::array();
    for (std::size_t i = 0; i < std::min(spans.size(), cut.limits.matches); ++i) {
        const Span& span = spans[i];
        Json match{{"field", to_text(span.field)}};
        if (span.item > 0) {
            match["item"] = span.item;
        }
        match["start"] = span.start;
        match["end"] = span.end;
        match["text"] = text(span.text, cut);
        match["term"] = text(span.term, cut);
        json.push_back(std::move(match));
    }
    return json;
}

std::string event(const Alert& alert, std::string_view deployment, const Cut& cut) {
    Json json{{"specversion", "1.0"},
              {"id", to_text(alert.uuid)},
              {"source", "urn:wirewatch:" + text(deployment, cut)},
              {"type", "wirewatch.alert.v1"},
              {"subject", text(alert.rule.id, cut)},
              {"time", to_rfc3339(alert.committed)},
              {"sequence", std::to_string(alert.seq)},
              {"data",
               {{"seq", alert.seq},
                {"rule", rule_json(alert.rule, cut)},
                {"article", article_json(alert, cut)},
                {"matches", matches_json(alert.hit.spans, cut)},
                {"score", alert.hit.score ? Json(*alert.hit.score) : Json(nullptr)},
                {"story",
                 {{"id", text(alert.story.id, cut)},
                  {"size", alert.story.size},
                  {"first_seen", to_rfc3339(alert.story.first_seen)}}}}}};
    if (alert.hit.backfilled) {
        json["data"]["backfill"] = true;
    }
    // Strings are valid UTF-8 by contract; should one not be, U+FFFD is better than no alert.
    return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

std::size_t escaped_bytes(char byte) {
    switch (byte) {
        case '"':
        case '\\':
        case '\b':
        case '\f':
        case '\n':
        case '\r':
        case '\t':
            return 2;
        default:
            return static_cast<unsigned char>(byte) < 0x20 ? 6 : 1;  // \u00XX
    }
}

/// The longest beginning of `text` that takes at most `max_bytes` inside a JSON string.
std::string_view fitting(std::string_view text, std::size_t max_bytes) {
    std::size_t taken = 0;
    std::size_t end = 0;
    while (end < text.size() && taken + escaped_bytes(text[end]) <= max_bytes) {
        taken += escaped_bytes(text[end++]);
    }
    return utf8::cut(text, end);
}

}  // namespace

std::string alert_body(const Alert& alert, std::string_view deployment, std::size_t max_bytes) {
    // Where it comes ill-formed, mending it here keeps the count of bytes below true.
    const std::string& stored = alert.article.summary;
    const std::string summary = utf8::valid(stored) ? stored : utf8::repair(stored);

    std::string body = event(alert, deployment, {.summary = summary});
    for (std::size_t step = 0; body.size() > max_bytes; ++step) {
        WIREWATCH_CHECK(step < kTighter.size());
        Cut cut{.limits = kTighter[step], .summary = {}, .truncated = true};
        body = event(alert, deployment, cut);
        if (body.size() <= max_bytes) {
            cut.summary = fitting(summary, max_bytes - body.size());
            body = event(alert, deployment, cut);
        }
    }
    return body;
}

}  // namespace wirewatch::publishers
