// SPDX-License-Identifier: MIT
#include "history/alert_body.hpp"

#include "base/check.hpp"
#include "base/utf8.hpp"
#include "history/json_writer.hpp"

#include <algorithm>
#include <array>
#include <limits>
#include <optional>
#include <vector>

namespace wirewatch::history {

namespace {

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

std::string_view text(std::string_view whole, const Cut& cut) {
    return utf8::cut(whole, cut.limits.string_bytes);
}

void write_list(JsonWriter& json, std::string_view name, const std::vector<std::string>& items,
                const Cut& cut) {
    json.open_array(name);
    for (std::size_t i = 0; i < std::min(items.size(), cut.limits.items); ++i) {
        json.text({}, text(items[i], cut));
    }
    json.close_array();
}

void write_time(JsonWriter& json, std::string_view name, const std::optional<Instant>& instant) {
    if (instant) {
        json.word(name, to_rfc3339(*instant));
    } else {
        json.null(name);
    }
}

void write_rule(JsonWriter& json, const Rule& rule, const Cut& cut) {
    json.open_object("rule");
    json.text("id", text(rule.id, cut));
    json.text("title", text(rule.title, cut));
    json.word("severity", to_text(rule.severity));
    write_list(json, "tags", rule.tags, cut);
    json.close_object();
}

void write_article(JsonWriter& json, const Alert& alert, const Cut& cut) {
    const Article& article = alert.article;
    json.open_object("article");
    json.text("key", text(article.key, cut));
    json.text("title", text(article.title, cut));
    json.text("url", text(article.url, cut));
    json.text("summary", cut.summary);
    write_list(json, "authors", article.authors, cut);
    write_list(json, "categories", article.categories, cut);
    json.text("language", text(article.language, cut));
    write_time(json, "published", article.published);
    write_time(json, "updated", article.updated);
    json.open_object("feed");
    json.text("id", text(article.feed_id, cut));
    json.text("title", text(alert.feed_title, cut));
    json.text("url", text(alert.feed_url, cut));
    json.close_object();
    if (cut.truncated) {
        json.truth("truncated", true);
    }
    json.close_object();
}

void write_matches(JsonWriter& json, const std::vector<Span>& spans, const Cut& cut) {
    json.open_array("matches");
    for (std::size_t i = 0; i < std::min(spans.size(), cut.limits.matches); ++i) {
        const Span& span = spans[i];
        json.open_object();
        json.word("field", to_text(span.field));
        if (span.item > 0) {
            json.number("item", std::uint64_t{span.item});
        }
        json.number("start", std::uint64_t{span.start});
        json.number("end", std::uint64_t{span.end});
        json.text("text", text(span.text, cut));
        json.text("term", text(span.term, cut));
        json.close_object();
    }
    json.close_array();
}

void write_story(JsonWriter& json, const Story& story, const Cut& cut) {
    json.open_object("story");
    json.text("id", text(story.id, cut));
    json.number("size", static_cast<std::uint64_t>(story.size));
    json.word("first_seen", to_rfc3339(story.first_seen));
    json.close_object();
}

std::string event(const Alert& alert, std::string_view deployment, const Cut& cut) {
    std::string body;
    JsonWriter json{body};
    json.open_object();
    json.word("specversion", "1.0");
    json.word("id", to_text(alert.uuid));
    json.text("source", "urn:wirewatch:" + std::string{text(deployment, cut)});
    json.word("type", "wirewatch.alert.v1");
    json.text("subject", text(alert.rule.id, cut));
    json.word("time", to_rfc3339(alert.committed));
    json.word("sequence", std::to_string(alert.seq));
    json.open_object("data");
    json.number("seq", alert.seq);
    write_rule(json, alert.rule, cut);
    write_article(json, alert, cut);
    write_matches(json, alert.hit.spans, cut);
    if (alert.hit.score) {
        json.number("score", *alert.hit.score);
    } else {
        json.null("score");
    }
    if (alert.hit.backfilled) {
        json.truth("backfill", true);
    }
    write_story(json, alert.story, cut);
    json.close_object();
    json.close_object();
    return body;
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

}  // namespace wirewatch::history
