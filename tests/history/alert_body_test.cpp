// SPDX-License-Identifier: MIT
#include "history/alert_body.hpp"

#include "base/message.hpp"
#include "base/utf8.hpp"
#include "history/alert_sample.hpp"

#include <numeric>

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

namespace wirewatch::history {

namespace {

using Json = nlohmann::json;

/// The body as it goes out; checks that it keeps its bound.
std::string published(const Alert& alert) {
    const std::string body = alert_body(alert, "test", kMaxBodyBytes);
    CHECK(body.size() <= kMaxBodyBytes);
    CHECK(utf8::valid(body));
    return body;
}

}  // namespace

TEST_CASE("a body is a CloudEvent with all that docs/alerts.md promises, in that order") {
    CHECK(alert_body(sample_alert(), "desk-3", kMaxBodyBytes) ==
          R"({"specversion":"1.0","id":"00112233-4455-6677-8899-aabbccddeeff",)"
          R"("source":"urn:wirewatch:desk-3","type":"wirewatch.alert.v1",)"
          R"("subject":"pakistan-russia","time":"2021-04-07T09:30:00Z",)"
          R"("sequence":"72623859790382856","data":{"seq":72623859790382856,)"
          R"("rule":{"id":"pakistan-russia","title":"Pakistan and Russia","severity":"high",)"
          R"("tags":["energy","csp"]},)"
          R"("article":{"key":"0123456789abcdef0123456789abcdef",)"
          R"("title":"Lavrov \"in\" Islamabad","url":"https://example.org/a?b=1&c=2",)"
          R"("summary":"Gas, für alle: روس","authors":["A. Writer","B. Writer"],)"
          R"("categories":["World"],"language":"en","published":"2021-04-07T08:30:00Z",)"
          R"("updated":null,"feed":{"id":"voa-world","title":"VOA World",)"
          R"("url":"https://example.org/voa.xml"}},)"
          R"("matches":[{"field":"title","start":0,"end":6,"text":"Lavrov","term":"lavrov"},)"
          R"({"field":"author","item":1,"start":3,"end":9,"text":"Writer","term":"writer"}],)"
          R"("score":12.5,"story":{"id":"0123456789abcdef0123456789abcdef","size":1,)"
          R"("first_seen":"2021-04-07T09:30:00Z"}}})");
}

TEST_CASE("a summary that does not fit is cut at a code point and fills the room") {
    const std::string unit = GENERATE(as<std::string>{}, "a", "ü", "روس ", "\"", "\n", "\x01", "😀");
    CAPTURE(unit);
    Alert alert = sample_alert();
    alert.article.summary.clear();
    for (int i = 0; i < 70'000; ++i) {
        alert.article.summary += unit;
    }
    const std::string body = published(alert);
    CHECK(body.size() > kMaxBodyBytes - 50);
    const Json article = Json::parse(body).at("data").at("article");
    const std::string summary = article.at("summary");
    CHECK(alert.article.summary.starts_with(summary));
    CHECK(article.at("truncated") == true);
    CHECK(article.at("title") == alert.article.title);
}

TEST_CASE("a body that just fits is left whole") {
    Alert alert = sample_alert();
    alert.article.summary.clear();
    const std::size_t bare = alert_body(alert, "test", kMaxBodyBytes).size();
    alert.article.summary.assign(kMaxBodyBytes - bare, 'x');
    CHECK(alert_body(alert, "test", kMaxBodyBytes).find("truncated") == std::string::npos);
    alert.article.summary += 'x';
    CHECK(alert_body(alert, "test", kMaxBodyBytes).find("truncated") != std::string::npos);
}

TEST_CASE("where other fields are too long, they are shortened and the summary still gets room") {
    Alert alert = sample_alert();
    alert.article.summary.assign(5'000, 's');
    alert.hit.spans.assign(200, Span{Field::content, 0, 1, 2, std::string(900, 't'), "term"});
    const Json data = Json::parse(published(alert)).at("data");
    CHECK(data.at("matches").size() == 50);
    CHECK(data.at("article").at("summary").get<std::string>().size() == 5'000);
    CHECK(data.at("article").at("title") == alert.article.title);
}

TEST_CASE("an alert is published whatever it carries") {
    const std::string huge =
        GENERATE(as<std::string>{}, std::string(20'000, 'z'), std::string(20'000, '\x01'),
                 std::string(20'000, '"'), std::string(20'000, '\xff'));
    Alert alert = sample_alert();
    alert.rule.title = alert.article.title = alert.article.url = alert.article.summary = huge;
    alert.article.key = alert.article.language = alert.article.feed_id = huge;
    alert.feed_title = alert.feed_url = alert.story.id = huge;
    alert.rule.tags.assign(20, huge);
    alert.article.authors.assign(20, huge);
    alert.article.categories.assign(20, huge);
    alert.hit.spans.assign(20, Span{Field::content, 0, 1, 2, huge, huge});
    const Json event = Json::parse(published(alert));
    CHECK(event.at("data").at("article").at("truncated") == true);
    CHECK(event.at("id") == to_text(alert.uuid));
}

TEST_CASE("what is absent is null or empty, never missing") {
    Alert alert = sample_alert();
    alert.hit.score.reset();
    alert.article.published.reset();
    alert.article.authors.clear();
    const Json data = Json::parse(published(alert)).at("data");
    CHECK(data.at("score").is_null());
    CHECK(data.at("article").at("published").is_null());
    CHECK(data.at("article").at("authors") == Json::array());
}

}  // namespace wirewatch::history
