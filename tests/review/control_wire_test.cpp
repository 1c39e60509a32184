// SPDX-License-Identifier: MIT
#include "review/control_wire.hpp"

#include <catch2/catch.hpp>

#include <string>
#include <vector>

using namespace wirewatch;
using namespace wirewatch::review;
using namespace std::chrono_literals;

namespace {

std::string without_break(std::string line) {
    REQUIRE(line.ends_with('\n'));
    line.pop_back();
    REQUIRE(line.find('\n') == std::string::npos);
    return line;
}

}  // namespace

TEST_CASE("what is said is what is understood") {
    const auto command =
        GENERATE(ControlCommand::status, ControlCommand::reload, ControlCommand::refresh,
                 ControlCommand::pause, ControlCommand::resume, ControlCommand::rules);
    ControlRequest request{.command = command};
    if (command == ControlCommand::refresh || command == ControlCommand::pause ||
        command == ControlCommand::resume) {
        request.feeds = {"voa-world", "a.b_c"};
    }
    const auto read = decode_request(without_break(encode(request)));
    REQUIRE(read);
    CHECK(read->command == request.command);
    CHECK(read->feeds == request.feeds);
}

TEST_CASE("an answer comes across with all that is in it") {
    ControlAnswer answer{.ok = true, .message = "line\nbreak", .details = {"a", "b"}};
    answer.status = DaemonStatus{.pid = 7,
                                 .version = "0.1.0",
                                 .since = Instant{1617796800123ms},
                                 .feeds = 10,
                                 .ok = 4,
                                 .failing = 3,
                                 .waiting = 2,
                                 .paused = 1,
                                 .stopped = 5,
                                 .rules = 6,
                                 .matched_articles = 9,
                                 .candidates = 11,
                                 .evaluations = 12,
                                 .matches = 13,
                                 .slow_rules = 14,
                                 .given_up_rules = 15,
                                 .cut_articles = 16,
                                 .backfill_rules = 17,
                                 .backfill_left = 18,
                                 .subscribers = 19,
                                 .in_flight = 8,
                                 .next_due = Instant{1617796801000ms},
                                 .standstill = Standstill{Instant{1617796802000ms}, "full"}};
    const auto read = decode_answer(without_break(encode(answer)));
    REQUIRE(read);
    CHECK(read->ok);
    CHECK(read->message == answer.message);
    CHECK(read->details == answer.details);
    REQUIRE(read->status);
    CHECK(read->status->pid == 7);
    CHECK(read->status->version == "0.1.0");
    CHECK(read->status->since == answer.status->since);
    CHECK(read->status->feeds == 10);
    CHECK(read->status->ok == 4);
    CHECK(read->status->failing == 3);
    CHECK(read->status->waiting == 2);
    CHECK(read->status->paused == 1);
    CHECK(read->status->stopped == 5);
    CHECK(read->status->rules == 6);
    CHECK(read->status->matched_articles == 9);
    CHECK(read->status->candidates == 11);
    CHECK(read->status->evaluations == 12);
    CHECK(read->status->matches == 13);
    CHECK(read->status->slow_rules == 14);
    CHECK(read->status->given_up_rules == 15);
    CHECK(read->status->cut_articles == 16);
    CHECK(read->status->backfill_rules == 17);
    CHECK(read->status->backfill_left == 18);
    CHECK(read->status->subscribers == 19);
    CHECK(read->status->in_flight == 8);
    CHECK(read->status->next_due == answer.status->next_due);
    REQUIRE(read->status->standstill);
    CHECK(read->status->standstill->since == answer.status->standstill->since);
    CHECK(read->status->standstill->why == "full");
    answer.status->standstill.reset();
    CHECK_FALSE(decode_answer(without_break(encode(answer)))->status->standstill);
    answer.status->next_due.reset();
    CHECK_FALSE(decode_answer(without_break(encode(answer)))->status->next_due);
    CHECK_FALSE(decode_answer(R"({"ok":false,"message":"no"})")->ok);
}

TEST_CASE("what rules cost comes across, and the longest answer fits") {
    ControlAnswer answer{.ok = true, .message = "running"};
    answer.rules = RuleReport{.since = Instant{1617796800123ms},
                              .articles = 5,
                              .cut = 1,
                              .rules = 2'000,
                              .costliest = {}};
    for (std::size_t i = 0; i < kMaxListedRules; ++i) {
        answer.rules->costliest.push_back({.id = std::string(64, 'x'),
                                           .candidates = 4'000'000'000 + i,
                                           .evaluations = 2,
                                           .matches = 3,
                                           .given_up = 4,
                                           .time = 5us,
                                           .slow = true,
                                           .always_asked = i == 0});
    }
    const std::string line = encode(answer);
    CHECK(line.size() < kMaxAnswerBytes);
    const auto read = decode_answer(without_break(line));
    REQUIRE(read);
    REQUIRE(read->rules);
    CHECK(read->rules->since == answer.rules->since);
    CHECK(read->rules->articles == 5);
    CHECK(read->rules->cut == 1);
    CHECK(read->rules->rules == 2'000);
    REQUIRE(read->rules->costliest.size() == kMaxListedRules);
    const RuleCost& last = read->rules->costliest.back();
    CHECK(last.id == std::string(64, 'x'));
    CHECK(last.candidates == 4'000'000'999);
    CHECK(last.evaluations == 2);
    CHECK(last.matches == 3);
    CHECK(last.given_up == 4);
    CHECK(last.time == 5us);
    CHECK(last.slow);
    CHECK_FALSE(last.always_asked);
    CHECK(read->rules->costliest.front().always_asked);
}

TEST_CASE("the longest list of the longest names fits a request") {
    ControlRequest request{.command = ControlCommand::refresh};
    for (std::size_t i = 0; i < kMaxNamedFeeds; ++i) {
        request.feeds.push_back(std::to_string(100 + i) + std::string(61, 'x'));
    }
    const std::string line = encode(request);
    CHECK(line.size() <= kMaxRequestBytes);
    CHECK(decode_request(without_break(line)).value().feeds.size() == kMaxNamedFeeds);
}

TEST_CASE("what is no request is refused in words") {
    const auto [line, words] = GENERATE(table<std::string, std::string>({
        {"", "one JSON object"},
        {"status", "one JSON object"},
        {"[\"status\"]", "one JSON object"},
        {"{\"command\":\"status\"", "one JSON object"},
        {"{\"command\":\"status\"} x", "one JSON object"},
        {std::string(4000, '['), "one JSON object"},
        {"{\"command\":\"st\xff\"}", "one JSON object"},
        {"{}", "'command' is one of"},
        {"{\"command\":7}", "'command' is one of"},
        {"{\"command\":\"stop\"}", "'command' is one of"},
        {"{\"command\":\"Status\"}", "'command' is one of"},
        {"{\"command\":\"status\",\"now\":true}", "nothing else"},
        {"{\"command\":\"status\",\"feeds\":[\"a\"]}", "not about single feeds"},
        {"{\"command\":\"reload\",\"feeds\":[\"a\"]}", "not about single feeds"},
        {"{\"command\":\"rules\",\"feeds\":[\"a\"]}", "not about single feeds"},
        {"{\"command\":\"pause\"}", "name the feeds"},
        {"{\"command\":\"resume\",\"feeds\":[]}", "name the feeds"},
        {"{\"command\":\"pause\",\"feeds\":\"a\"}", "'feeds' is a list"},
        {"{\"command\":\"pause\",\"feeds\":[7]}", "no id of a feed"},
        {"{\"command\":\"pause\",\"feeds\":[\"../a\"]}", "no id of a feed"},
        {"{\"command\":\"pause\",\"feeds\":[\"\"]}", "no id of a feed"},
    }));
    CAPTURE(line);
    const auto request = decode_request(line);
    REQUIRE_FALSE(request);
    CHECK(request.error().code == Errc::invalid);
    CHECK_THAT(request.error().text, Catch::Contains(words));
}

TEST_CASE("a feed that is named twice is meant once") {
    CHECK(decode_request(R"({"command":"pause","feeds":["a","b","a"]})")->feeds ==
          std::vector<std::string>{"a", "b"});
}

TEST_CASE("what is no answer is refused") {
    for (const char* line :
         {"", "ok", "{}", R"({"ok":1,"message":"a"})", R"({"ok":true})",
          R"({"ok":true,"message":"a","details":"b"})",
          R"({"ok":true,"message":"a","details":[1]})", R"({"ok":true,"message":"a","status":{}})",
          R"({"ok":true,"message":"a","status":7})", R"({"ok":true,"message":"a","rules":[]})",
          R"({"ok":true,"message":"a","rules":{"since_ms":1,"articles":1,"cut":0,"rules":1}})",
          R"({"ok":true,"message":"a","rules":{"since_ms":1,"articles":1,"cut":0,"rules":1,)"
          R"("costliest":[{"id":7}]}})"}) {
        CAPTURE(line);
        const auto answer = decode_answer(line);
        REQUIRE_FALSE(answer);
        CHECK(answer.error().code == Errc::invalid);
    }
}

TEST_CASE("an order to mark articles reads as it was written, however large") {
    ControlRequest request{.command = ControlCommand::mark};
    MarkOrder& order = request.marks;
    order.articles.assign(kMaxMarkedArticles, std::string(32, 'f'));
    order.read = true;
    order.dismissed = false;
    order.note = std::string(kMaxNoteBytes, '\x01');
    order.by = std::string(kMaxNameBytes, '\x02');
    order.batch = "b";
    const std::string line = encode(request);
    CHECK(line.size() <= kMaxRequestBytes);
    const auto read = decode_request(without_break(line)).value();
    CHECK(read.command == ControlCommand::mark);
    CHECK(read.marks.articles == order.articles);
    CHECK(read.marks.read == order.read);
    CHECK_FALSE(read.marks.starred);
    CHECK(read.marks.dismissed == order.dismissed);
    CHECK(read.marks.note == order.note);
    CHECK(read.marks.by == order.by);

    const auto undo = decode_request(
        without_break(encode({.command = ControlCommand::undo, .marks = {.by = "ann"}})));
    CHECK(undo.value().marks.by == "ann");
}

TEST_CASE("an order to mark that cannot be meant is refused in words") {
    const std::string key = "\"00000000000000000000000000000000\"";
    const auto [marks, words] = GENERATE_COPY(table<std::string, std::string>({
        {"", "goes with mark"},
        {",\"marks\":[]", "goes with mark"},
        {",\"marks\":{}", "'by'"},
        {",\"marks\":{\"by\":\"\"}", "'by'"},
        {",\"marks\":{\"by\":\"ann\"}", "needs 'articles'"},
        {",\"marks\":{\"by\":\"ann\",\"articles\":[" + key + "],\"batch\":\"b\"}",
         "what to change"},
        {",\"marks\":{\"by\":\"ann\",\"articles\":[],\"read\":true}", "1 to 1000"},
        {",\"marks\":{\"by\":\"ann\",\"articles\":[\"0\"],\"read\":true}", "32 hex digits"},
        {",\"marks\":{\"by\":\"ann\",\"articles\":[" + key + "],\"read\":true}", "'batch'"},
        {",\"marks\":{\"by\":\"ann\",\"read\":1}", "'read' is true or false"},
        {",\"marks\":{\"by\":\"ann\",\"note\":7}", "'note' is a text"},
        {",\"marks\":{\"by\":\"ann\",\"color\":\"red\"}", "nothing else"},
    }));
    CAPTURE(marks);
    const auto refused = decode_request("{\"command\":\"mark\"" + marks + "}");
    REQUIRE_FALSE(refused);
    CHECK_THAT(refused.error().text, Catch::Contains(words));
    CHECK_FALSE(decode_request("{\"command\":\"status\",\"marks\":{\"by\":\"ann\"}}"));
}
