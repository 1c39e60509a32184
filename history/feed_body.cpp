// SPDX-License-Identifier: MIT
#include "history/feed_body.hpp"

#include "base/error_code.hpp"
#include "base/utf8.hpp"
#include "history/json_writer.hpp"

namespace wirewatch::history {

namespace {

constexpr std::size_t kMaxTextBytes = 1024;  // our choice: words for a person

std::string_view text(std::string_view whole) {
    return utf8::cut(whole, kMaxTextBytes);
}

void write_error(JsonWriter& json, const FeedEvent& event) {
    if (!event.error) {
        json.null("error");
        return;
    }
    json.open_object("error");
    json.word("code", to_text(event.error->code));
    json.text("text", text(event.error->text));
    json.close_object();
}

void write_gap(JsonWriter& json, const FeedEvent& event) {
    if (!event.gap) {
        json.null("gap");
        return;
    }
    json.open_object("gap");
    json.word("from", to_rfc3339(event.gap->from));
    json.word("to", to_rfc3339(event.gap->to));
    json.close_object();
}

}  // namespace

std::string feed_body(const FeedEvent& event, std::string_view deployment) {
    std::string body;
    JsonWriter json{body};
    json.open_object();
    json.word("specversion", "1.0");
    json.word("id", to_text(event.uuid));
    json.text("source", "urn:wirewatch:" + std::string{text(deployment)});
    json.word("type", "wirewatch.feed.v1");
    json.text("subject", text(event.feed_id));
    json.word("time", to_rfc3339(event.committed));
    json.word("sequence", std::to_string(event.seq));
    json.open_object("data");
    json.number("seq", event.seq);
    json.word("state", to_text(event.kind));
    json.open_object("feed");
    json.text("id", text(event.feed_id));
    json.text("title", text(event.feed_title));
    json.text("url", text(event.feed_url));
    json.close_object();
    json.truth("stopped", event.stopped);
    json.number("failures", static_cast<std::uint64_t>(event.failures));
    json.number("http_status", static_cast<std::uint64_t>(event.http_status));
    write_error(json, event);
    write_gap(json, event);
    json.close_object();
    json.close_object();
    return body;
}

}  // namespace wirewatch::history
