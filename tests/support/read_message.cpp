// SPDX-License-Identifier: MIT
#include "support/read_message.hpp"

#include "base/error_code.hpp"

#include <cstdio>
#include <initializer_list>
#include <optional>
#include <stdexcept>
#include <string>

#include <nlohmann/json.hpp>

namespace wirewatch::support {

namespace {

using nlohmann::json;

/// "2021-04-07T09:30:00Z" or "…:00.007Z".
Instant instant_of(const std::string& text) {
    int year = 0;
    unsigned month = 0;
    unsigned day = 0;
    int hour = 0;
    int minute = 0;
    double second = 0;
    if (std::sscanf(text.c_str(), "%d-%u-%uT%d:%d:%lfZ", &year, &month, &day, &hour, &minute,
                    &second) != 6) {
        throw std::runtime_error{"no time: " + text};
    }
    using namespace std::chrono;
    return sys_days{std::chrono::year{year} / month / day} + hours{hour} + minutes{minute} +
           milliseconds{static_cast<int>(second * 1000 + 0.5)};
}

std::optional<Instant> maybe_instant(const json& value) {
    return value.is_null() ? std::nullopt : std::optional{instant_of(value)};
}

template <class Value>
Value value_of(const json& word, std::initializer_list<Value> values) {
    for (const Value value : values) {
        if (word == to_text(value)) {
            return value;
        }
    }
    throw std::runtime_error{"an unknown word: " + word.dump()};
}

/// Numbers and time, which the frames and the event say alike.
template <class Event>
void read_head(const Message& message, const json& body, Event& event) {
    event.seq = body.at("data").at("seq");
    event.tseq = message.tseq;
    event.uuid = parse_uuid(body.at("id").get<std::string>()).value();
    event.committed = instant_of(body.at("time"));
    if (event.seq != message.seq || event.uuid != message.uuid ||
        body.at("sequence") != std::to_string(message.seq)) {
        throw std::runtime_error{"frames and body differ: " + body.dump()};
    }
}

Article article_of(const json& from) {
    Article article;
    article.key = from.at("key");
    article.feed_id = from.at("feed").at("id");
    article.url = from.at("url");
    article.title = from.at("title");
    article.summary = from.at("summary");
    article.authors = from.at("authors").get<std::vector<std::string>>();
    article.categories = from.at("categories").get<std::vector<std::string>>();
    article.language = from.at("language");
    article.published = maybe_instant(from.at("published"));
    article.updated = maybe_instant(from.at("updated"));
    return article;
}

Span span_of(const json& from) {
    return {.field = value_of(from.at("field"), {Field::title, Field::summary, Field::content,
                                                 Field::author, Field::category, Field::url,
                                                 Field::domain, Field::feed, Field::lang}),
            .item = from.value("item", 0U),
            .start = from.at("start"),
            .end = from.at("end"),
            .text = from.at("text"),
            .term = from.at("term")};
}

}  // namespace

Alert read_alert(const Message& message) {
    const json body = json::parse(message.body);
    const json& data = body.at("data");
    Alert alert;
    read_head(message, body, alert);
    const json& rule = data.at("rule");
    alert.rule.id = alert.hit.rule_id = rule.at("id");
    alert.rule.title = rule.at("title");
    alert.rule.severity = value_of(
        rule.at("severity"), {Severity::low, Severity::normal, Severity::high, Severity::critical});
    alert.rule.tags = rule.at("tags").get<std::vector<std::string>>();
    alert.article = article_of(data.at("article"));
    alert.feed_title = data.at("article").at("feed").at("title");
    alert.feed_url = data.at("article").at("feed").at("url");
    for (const json& match : data.at("matches")) {
        alert.hit.spans.push_back(span_of(match));
    }
    if (!data.at("score").is_null()) {
        alert.hit.score = data.at("score").get<double>();
    }
    alert.hit.backfilled = data.value("backfill", false);
    const json& story = data.at("story");
    alert.story = {.id = story.at("id"),
                   .size = story.at("size"),
                   .first_seen = instant_of(story.at("first_seen"))};
    return alert;
}

FeedEvent read_feed_event(const Message& message) {
    const json body = json::parse(message.body);
    const json& data = body.at("data");
    FeedEvent event;
    read_head(message, body, event);
    event.kind = value_of(data.at("state"),
                          {FeedEvent::Kind::bad, FeedEvent::Kind::good, FeedEvent::Kind::gap});
    event.feed_id = data.at("feed").at("id");
    event.feed_title = data.at("feed").at("title");
    event.feed_url = data.at("feed").at("url");
    event.stopped = data.at("stopped");
    event.failures = data.at("failures");
    event.http_status = data.at("http_status");
    if (const json& error = data.at("error"); !error.is_null()) {
        event.error = Error{value_of(error.at("code"), {Errc::network, Errc::timeout, Errc::gone,
                                                        Errc::refused, Errc::not_a_feed}),
                            error.at("text")};
    }
    if (const json& gap = data.at("gap"); !gap.is_null()) {
        event.gap = FeedGap{.from = instant_of(gap.at("from")), .to = instant_of(gap.at("to"))};
    }
    return event;
}

std::vector<Alert> read_alerts(const std::vector<Message>& messages) {
    std::vector<Alert> alerts;
    for (const Message& message : messages) {
        if (message.topic.starts_with(kAlerts)) {
            alerts.push_back(read_alert(message));
        }
    }
    return alerts;
}

}  // namespace wirewatch::support
