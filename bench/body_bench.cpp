// SPDX-License-Identifier: MIT
// How long the body of an alert takes, beside the least that could write it. docs/reliability.md.
#include "base/alert.hpp"
#include "base/message.hpp"
#include "history/alert_body.hpp"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

using namespace wirewatch;
using wirewatch::history::alert_body;

namespace {

/// Some 1.4 KB as a body: a title, two sentences of summary, four matches.
Alert sample() {
    Alert alert;
    alert.seq = 123'456;
    alert.uuid = alert_uuid("local", "pakistan-russia-energy", "0123456789abcdef0123456789abcdef");
    alert.committed = Instant{std::chrono::hours{450'001}};
    alert.rule.id = "pakistan-russia-energy";
    alert.rule.title = "Pakistan and Russia: energy";
    alert.rule.tags = {"energy", "south-asia"};
    Article& article = alert.article;
    article.key = "0123456789abcdef0123456789abcdef";
    article.feed_id = "wire";
    article.url = "https://example.org/world/2021/apr/07/123456";
    article.title = "Lavrov in Islamabad: \"gas pipeline\" agreed, talks on Afghanistan go on";
    article.summary =
        "Russia and Pakistan signed an agreement on a gas pipeline from Karachi to Lahore, the "
        "ministers said on Wednesday – the first visit of a Russian foreign minister in nine "
        "years. Talks about Afghanistan go on.";
    article.authors = {"A. Writer"};
    article.categories = {"World", "South Asia"};
    article.language = "en";
    article.published = Instant{std::chrono::hours{450'000}};
    alert.feed_title = "The Wire";
    alert.feed_url = "https://example.org/wire.xml";
    alert.hit.spans = {{Field::title, 0, 0, 6, "Lavrov", "lavrov"},
                       {Field::title, 0, 21, 33, "gas pipeline", "\"gas pipeline\""},
                       {Field::summary, 0, 0, 6, "Russia", "russia"},
                       {Field::summary, 0, 11, 19, "Pakistan", "pakistan"}};
    alert.story = {article.key, 1, alert.committed};
    return alert;
}

double seconds_since(std::chrono::steady_clock::time_point start) {
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

/// The least that writes the same JSON: appended by hand, every text escaped byte by byte.
std::string by_hand(const Alert& alert, std::string_view deployment) {
    std::string out;
    const auto text = [&](std::string_view value) {
        for (const char byte : value) {
            if (byte == '"' || byte == '\\') {
                out.push_back('\\');
                out.push_back(byte);
            } else if (static_cast<unsigned char>(byte) < 0x20) {
                char escape[8];
                std::snprintf(escape, sizeof escape, "\\u%04x", static_cast<unsigned>(byte));
                out.append(escape);
            } else {
                out.push_back(byte);
            }
        }
    };
    const auto list = [&](const std::vector<std::string>& items) {
        out.push_back('[');
        for (std::size_t i = 0; i < items.size(); ++i) {
            out.append(i == 0 ? "\"" : ",\"");
            text(items[i]);
            out.push_back('"');
        }
        out.push_back(']');
    };
    out.append(R"({"specversion":"1.0","id":")").append(to_text(alert.uuid));
    out.append(R"(","source":"urn:wirewatch:)");
    text(deployment);
    out.append(R"(","type":"wirewatch.alert.v1","subject":")");
    text(alert.rule.id);
    out.append(R"(","time":")").append(to_rfc3339(alert.committed));
    out.append(R"(","sequence":")").append(std::to_string(alert.seq));
    out.append(R"(","data":{"seq":)").append(std::to_string(alert.seq));
    out.append(R"(,"rule":{"id":")");
    text(alert.rule.id);
    out.append(R"(","title":")");
    text(alert.rule.title);
    out.append(R"(","severity":")").append(to_text(alert.rule.severity)).append(R"(","tags":)");
    list(alert.rule.tags);
    out.append(R"(},"article":{"key":")");
    text(alert.article.key);
    out.append(R"(","title":")");
    text(alert.article.title);
    out.append(R"(","url":")");
    text(alert.article.url);
    out.append(R"(","summary":")");
    text(alert.article.summary);
    out.append(R"(","authors":)");
    list(alert.article.authors);
    out.append(R"(,"categories":)");
    list(alert.article.categories);
    out.append(R"(,"language":")");
    text(alert.article.language);
    out.append(R"(","published":")").append(to_rfc3339(*alert.article.published));
    out.append(R"(","updated":null,"feed":{"id":")");
    text(alert.article.feed_id);
    out.append(R"(","title":")");
    text(alert.feed_title);
    out.append(R"(","url":")");
    text(alert.feed_url);
    out.append(R"("}},"matches":[)");
    bool first = true;
    for (const Span& span : alert.hit.spans) {
        out.append(std::exchange(first, false) ? "" : ",").append(R"({"field":")");
        out.append(to_text(span.field)).append(R"(","start":)").append(std::to_string(span.start));
        out.append(R"(,"end":)").append(std::to_string(span.end)).append(R"(,"text":")");
        text(span.text);
        out.append(R"(","term":")");
        text(span.term);
        out.append(R"("})");
    }
    out.append(R"(],"score":null,"story":{"id":")");
    text(alert.story.id);
    out.append(R"(","size":)").append(std::to_string(alert.story.size));
    out.append(R"(,"first_seen":")").append(to_rfc3339(alert.story.first_seen)).append(R"("}}})");
    return out;
}

template <class Make>
double microseconds_each(const Alert& alert, Make make) {
    constexpr int kBodies = 20'000;
    double best = 1e9;
    std::size_t bytes = 0;
    for (int round = 0; round < 5; ++round) {
        const auto start = std::chrono::steady_clock::now();
        for (int i = 0; i < kBodies; ++i) {
            bytes += make(alert).size();
        }
        best = std::min(best, seconds_since(start) * 1e6 / kBodies);
    }
    return bytes == 0 ? 0 : best;
}

}  // namespace

int main() {
    const Alert alert = sample();
    const auto ours = [](const Alert& a) { return alert_body(a, "local", kMaxBodyBytes); };
    const auto hand = [](const Alert& a) { return by_hand(a, "local"); };
    if (hand(alert) != ours(alert)) {
        std::fprintf(stderr, "body_bench: the two bodies differ:\n%s\n%s\n", hand(alert).c_str(),
                     ours(alert).c_str());
        return 1;
    }
    const double ours_us = microseconds_each(alert, ours);
    const double hand_us = microseconds_each(alert, hand);
    std::printf("body: %zu bytes, %.2f us, appended by hand %.2f us, ratio %.2f\n",
                hand(alert).size(), ours_us, hand_us, ours_us / hand_us);
    return 0;
}
