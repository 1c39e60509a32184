// SPDX-License-Identifier: MIT
// request  {"command":"refresh","feeds":["voa-world"]}
// answer   {"ok":true,"message":"1 feed is polled now","details":[],"status":{…}}
#include "review/control_wire.hpp"

#include "base/id.hpp"

#include <algorithm>
#include <cstdint>
#include <initializer_list>
#include <utility>

#include <nlohmann/json.hpp>

namespace wirewatch::review {

namespace {

using Json = nlohmann::ordered_json;

constexpr std::array<std::pair<ControlCommand, const char*>, 8> kWords{{
    {ControlCommand::status, "status"},
    {ControlCommand::reload, "reload"},
    {ControlCommand::refresh, "refresh"},
    {ControlCommand::pause, "pause"},
    {ControlCommand::resume, "resume"},
    {ControlCommand::mark, "mark"},
    {ControlCommand::undo, "undo"},
    {ControlCommand::rules, "rules"},
}};

std::string line_of(const Json& json) {
    return json.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n";
}

/// An object, or nothing. Depth needs no limit here: the parser does not recurse, and a line is
/// short.
std::optional<Json> object_of(std::string_view line) {
    Json json = Json::parse(line, nullptr, false);
    return json.is_object() ? std::optional{std::move(json)} : std::nullopt;
}

Result<ControlCommand> command_of(const Json& json) {
    const auto named = json.find("command");
    const std::string word =
        named != json.end() && named->is_string() ? named->get<std::string>() : std::string{};
    const auto known = std::find_if(kWords.begin(), kWords.end(),
                                    [&](const auto& pair) { return pair.second == word; });
    if (known == kWords.end()) {
        return fail(Errc::invalid,
                    "'command' is one of status, reload, refresh, pause, resume, mark, undo and "
                    "rules");
    }
    return known->first;
}

Result<std::vector<std::string>> feeds_of(const Json& json) {
    std::vector<std::string> ids;
    const auto list = json.find("feeds");
    if (list == json.end()) {
        return ids;
    }
    if (!list->is_array() || list->size() > kMaxNamedFeeds) {
        return fail(Errc::invalid, "'feeds' is a list of at most " +
                                       std::to_string(kMaxNamedFeeds) + " ids of feeds");
    }
    for (const Json& one : *list) {
        if (!one.is_string() || !is_id(one.get_ref<const std::string&>())) {
            return fail(Errc::invalid, "'feeds' has something in it that is no id of a feed");
        }
        const auto& id = one.get_ref<const std::string&>();
        if (std::find(ids.begin(), ids.end(), id) == ids.end()) {
            ids.push_back(id);
        }
    }
    return ids;
}

bool is_key(const Json& json) {
    constexpr std::size_t kKeyDigits = 32;
    return json.is_string() && json.get_ref<const std::string&>().size() == kKeyDigits &&
           json.get_ref<const std::string&>().find_first_not_of("0123456789abcdef") ==
               std::string::npos;
}

Json to_json(const MarkOrder& order) {
    Json json{{"by", order.by}};
    if (!order.articles.empty()) {
        json["articles"] = order.articles;
        json["batch"] = order.batch;
    }
    for (const auto& [name, flag] : {std::pair{"read", order.read},
                                     {"starred", order.starred},
                                     {"dismissed", order.dismissed}}) {
        if (flag) {
            json[name] = *flag;
        }
    }
    if (order.note) {
        json["note"] = *order.note;
    }
    return json;
}

/// A string of at most so many bytes, and not empty.
Result<std::string> name_in(const Json& json, const char* key) {
    const auto found = json.find(key);
    if (found == json.end() || !found->is_string() ||
        found->get_ref<const std::string&>().empty() ||
        found->get_ref<const std::string&>().size() > kMaxNameBytes) {
        return fail(Errc::invalid, "'" + std::string{key} + "' is a text of 1 to " +
                                       std::to_string(kMaxNameBytes) + " bytes");
    }
    return found->get<std::string>();
}

Result<std::optional<bool>> flag_in(const Json& json, const char* key) {
    const auto found = json.find(key);
    if (found == json.end()) {
        return std::nullopt;
    }
    if (!found->is_boolean()) {
        return fail(Errc::invalid, "'" + std::string{key} + "' is true or false");
    }
    return found->get<bool>();
}

Result<MarkOrder> marks_in(const Json& json) {
    constexpr std::array kKeys{"read", "starred", "dismissed", "note", "articles", "batch", "by"};
    for (const auto& [key, value] : json.items()) {
        if (std::find(kKeys.begin(), kKeys.end(), key) == kKeys.end()) {
            return fail(Errc::invalid,
                        "'marks' has 'articles', 'read', 'starred', 'dismissed', 'note', 'by' and "
                        "'batch', and nothing else");
        }
    }
    MarkOrder order;
    for (const auto& [key, flag] : {std::pair{"read", &order.read},
                                    {"starred", &order.starred},
                                    {"dismissed", &order.dismissed}}) {
        const auto read = flag_in(json, key);
        if (!read) {
            return tl::unexpected{read.error()};
        }
        *flag = *read;
    }
    if (const auto note = json.find("note"); note != json.end()) {
        if (!note->is_string() || note->get_ref<const std::string&>().size() > kMaxNoteBytes) {
            return fail(Errc::invalid,
                        "'note' is a text of at most " + std::to_string(kMaxNoteBytes) + " bytes");
        }
        order.note = note->get<std::string>();
    }
    auto by = name_in(json, "by");
    if (!by) {
        return fail(std::move(by));
    }
    order.by = std::move(*by);
    const auto list = json.find("articles");
    if (list == json.end()) {
        return order;
    }
    if (!list->is_array() || list->empty() || list->size() > kMaxMarkedArticles ||
        !std::all_of(list->begin(), list->end(), is_key)) {
        return fail(Errc::invalid, "'articles' is a list of 1 to " +
                                       std::to_string(kMaxMarkedArticles) +
                                       " keys of articles, 32 hex digits each");
    }
    order.articles = list->get<std::vector<std::string>>();
    auto batch = name_in(json, "batch");
    if (!batch) {
        return fail(std::move(batch));
    }
    order.batch = std::move(*batch);
    return order;
}

/// Of mark and undo; of other commands there must be none.
Result<MarkOrder> marks_of(const Json& json, ControlCommand command) {
    const bool wanted = command == ControlCommand::mark || command == ControlCommand::undo;
    const auto marks = json.find("marks");
    if (!wanted && marks == json.end()) {
        return MarkOrder{};
    }
    if (!wanted || marks == json.end() || !marks->is_object()) {
        return fail(Errc::invalid, "'marks' is an object that goes with mark and undo");
    }
    auto order = marks_in(*marks);
    if (!order) {
        return order;
    }
    const bool changes =
        order->read || order->starred || order->dismissed || order->note.has_value();
    if (command == ControlCommand::mark && (order->articles.empty() || !changes)) {
        return fail(Errc::invalid, "mark needs 'articles', and what to change of them");
    }
    if (command == ControlCommand::undo && (!order->articles.empty() || changes)) {
        return fail(Errc::invalid, "undo takes back the last batch of 'by', and needs no more");
    }
    return order;
}

Json time(const std::optional<Instant>& at) {
    return at ? Json(at->time_since_epoch().count()) : Json(nullptr);
}

std::optional<Instant> time_of(const Json& json) {
    return json.is_null()
               ? std::nullopt
               : std::optional{Instant{std::chrono::milliseconds{json.get<std::int64_t>()}}};
}

Json to_json(const std::optional<Standstill>& standstill) {
    return standstill ? Json{{"since_ms", time(standstill->since)}, {"why", standstill->why}}
                      : Json(nullptr);
}

bool is_standstill(const Json& json) {
    return json.is_null() || (json.is_object() && json.contains("since_ms") &&
                              json.at("since_ms").is_number_integer() && json.contains("why") &&
                              json.at("why").is_string());
}

std::optional<Standstill> standstill_of(const Json& json) {
    if (json.is_null()) {
        return std::nullopt;
    }
    return Standstill{.since = time_of(json.at("since_ms")).value_or(Instant{}),
                      .why = json.at("why").get<std::string>()};
}

Json to_json(const DaemonStatus& status) {
    return {{"pid", status.pid},
            {"version", status.version},
            {"since_ms", time(status.since)},
            {"feeds", status.feeds},
            {"ok", status.ok},
            {"failing", status.failing},
            {"waiting", status.waiting},
            {"paused", status.paused},
            {"stopped", status.stopped},
            {"rules", status.rules},
            {"matched_articles", status.matched_articles},
            {"candidates", status.candidates},
            {"evaluations", status.evaluations},
            {"matches", status.matches},
            {"slow_rules", status.slow_rules},
            {"given_up_rules", status.given_up_rules},
            {"cut_articles", status.cut_articles},
            {"backfill_rules", status.backfill_rules},
            {"backfill_left", status.backfill_left},
            {"subscribers", status.subscribers},
            {"in_flight", status.in_flight},
            {"next_due_ms", time(status.next_due)},
            {"standstill", to_json(status.standstill)}};
}

/// nlohmann would take 1.5 or 1e300 for a count.
bool has_counts(const Json& json, std::initializer_list<const char*> keys) {
    return json.is_object() && std::all_of(keys.begin(), keys.end(), [&](const char* key) {
               return json.contains(key) && json.at(key).is_number_unsigned();
           });
}

bool is_status(const Json& json) {
    return has_counts(json, {"pid", "feeds", "ok", "failing", "waiting", "paused", "stopped",
                             "rules", "matched_articles", "candidates", "evaluations", "matches",
                             "slow_rules", "given_up_rules", "cut_articles", "backfill_rules",
                             "backfill_left", "subscribers", "in_flight"}) &&
           json.contains("version") && json.at("version").is_string() &&
           json.contains("since_ms") && json.at("since_ms").is_number_integer() &&
           json.contains("next_due_ms") &&
           (json.at("next_due_ms").is_null() || json.at("next_due_ms").is_number_integer()) &&
           json.contains("standstill") && is_standstill(json.at("standstill"));
}

DaemonStatus status_of(const Json& json) {
    DaemonStatus status;
    json.at("pid").get_to(status.pid);
    json.at("version").get_to(status.version);
    status.since = time_of(json.at("since_ms")).value_or(Instant{});
    json.at("feeds").get_to(status.feeds);
    json.at("ok").get_to(status.ok);
    json.at("failing").get_to(status.failing);
    json.at("waiting").get_to(status.waiting);
    json.at("paused").get_to(status.paused);
    json.at("stopped").get_to(status.stopped);
    json.at("rules").get_to(status.rules);
    json.at("matched_articles").get_to(status.matched_articles);
    json.at("candidates").get_to(status.candidates);
    json.at("evaluations").get_to(status.evaluations);
    json.at("matches").get_to(status.matches);
    json.at("slow_rules").get_to(status.slow_rules);
    json.at("given_up_rules").get_to(status.given_up_rules);
    json.at("cut_articles").get_to(status.cut_articles);
    json.at("backfill_rules").get_to(status.backfill_rules);
    json.at("backfill_left").get_to(status.backfill_left);
    json.at("subscribers").get_to(status.subscribers);
    json.at("in_flight").get_to(status.in_flight);
    status.next_due = time_of(json.at("next_due_ms"));
    status.standstill = standstill_of(json.at("standstill"));
    return status;
}

Json to_json(const RuleReport& report) {
    Json listed = Json::array();
    for (const RuleCost& rule : report.costliest) {
        listed.push_back({{"id", rule.id},
                          {"candidates", rule.candidates},
                          {"evaluations", rule.evaluations},
                          {"matches", rule.matches},
                          {"given_up", rule.given_up},
                          {"time_us", static_cast<std::uint64_t>(rule.time.count())},
                          {"slow", rule.slow},
                          {"always_asked", rule.always_asked}});
    }
    return {{"since_ms", time(report.since)},
            {"articles", report.articles},
            {"cut", report.cut},
            {"rules", report.rules},
            {"costliest", std::move(listed)}};
}

bool is_report(const Json& json) {
    const auto is_cost = [](const Json& rule) {
        return has_counts(rule, {"candidates", "evaluations", "matches", "given_up", "time_us"}) &&
               rule.contains("id") && rule.at("id").is_string() && rule.contains("slow") &&
               rule.at("slow").is_boolean() && rule.contains("always_asked") &&
               rule.at("always_asked").is_boolean();
    };
    return has_counts(json, {"articles", "cut", "rules"}) && json.contains("since_ms") &&
           json.at("since_ms").is_number_integer() && json.contains("costliest") &&
           json.at("costliest").is_array() &&
           std::all_of(json.at("costliest").begin(), json.at("costliest").end(), is_cost);
}

RuleReport report_of(const Json& json) {
    RuleReport report;
    report.since = time_of(json.at("since_ms")).value_or(Instant{});
    json.at("articles").get_to(report.articles);
    json.at("cut").get_to(report.cut);
    json.at("rules").get_to(report.rules);
    for (const Json& one : json.at("costliest")) {
        RuleCost& rule = report.costliest.emplace_back();
        one.at("id").get_to(rule.id);
        one.at("candidates").get_to(rule.candidates);
        one.at("evaluations").get_to(rule.evaluations);
        one.at("matches").get_to(rule.matches);
        one.at("given_up").get_to(rule.given_up);
        rule.time = std::chrono::microseconds{one.at("time_us").get<std::uint64_t>()};
        one.at("slow").get_to(rule.slow);
        one.at("always_asked").get_to(rule.always_asked);
    }
    return report;
}

}  // namespace

std::string encode(const ControlRequest& request) {
    const auto word = std::find_if(kWords.begin(), kWords.end(),
                                   [&](const auto& pair) { return pair.first == request.command; });
    Json json{{"command", word->second}};
    if (!request.feeds.empty()) {
        json["feeds"] = request.feeds;
    }
    if (request.command == ControlCommand::mark || request.command == ControlCommand::undo) {
        json["marks"] = to_json(request.marks);
    }
    return line_of(json);
}

std::string encode(const ControlAnswer& answer) {
    Json json{{"ok", answer.ok}, {"message", answer.message}};
    if (!answer.details.empty()) {
        json["details"] = answer.details;
    }
    if (answer.status) {
        json["status"] = to_json(*answer.status);
    }
    if (answer.rules) {
        json["rules"] = to_json(*answer.rules);
    }
    return line_of(json);
}

Result<ControlRequest> decode_request(std::string_view line) {
    const auto json = object_of(line);
    if (!json) {
        return fail(Errc::invalid,
                    R"(a request is one JSON object on a line, like {"command":"status"})");
    }
    for (const auto& [key, value] : json->items()) {
        if (key != "command" && key != "feeds" && key != "marks") {
            return fail(Errc::invalid,
                        "a request has 'command', 'feeds' and 'marks', and nothing else");
        }
    }
    const auto command = command_of(*json);
    if (!command) {
        return tl::unexpected{command.error()};
    }
    auto feeds = feeds_of(*json);
    if (!feeds) {
        return fail(std::move(feeds));
    }
    const bool of_feeds = *command == ControlCommand::pause || *command == ControlCommand::resume;
    if (of_feeds && feeds->empty()) {
        return fail(Errc::invalid, "name the feeds: \"feeds\":[\"ID\"]");
    }
    if (!of_feeds && *command != ControlCommand::refresh && !feeds->empty()) {
        return fail(Errc::invalid, "this command is not about single feeds: leave 'feeds' out");
    }
    auto marks = marks_of(*json, *command);
    if (!marks) {
        return fail(std::move(marks));
    }
    return ControlRequest{
        .command = *command, .feeds = std::move(*feeds), .marks = std::move(*marks)};
}

Result<ControlAnswer> decode_answer(std::string_view line) {
    constexpr const char* kStrange =
        "what answers at the control socket is no wirewatchd of this version";
    const auto json = object_of(line);
    if (!json) {
        return fail(Errc::invalid, kStrange);
    }
    try {
        ControlAnswer answer;
        json->at("ok").get_to(answer.ok);
        json->at("message").get_to(answer.message);
        if (json->contains("details")) {
            json->at("details").get_to(answer.details);
        }
        if (json->contains("status")) {
            if (!is_status(json->at("status"))) {
                return fail(Errc::invalid, kStrange);
            }
            answer.status = status_of(json->at("status"));
        }
        if (json->contains("rules")) {
            if (!is_report(json->at("rules"))) {
                return fail(Errc::invalid, kStrange);
            }
            answer.rules = report_of(json->at("rules"));
        }
        return answer;
    } catch (const Json::exception&) {
        return fail(Errc::invalid, kStrange);
    }
}

}  // namespace wirewatch::review
