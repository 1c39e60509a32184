// SPDX-License-Identifier: MIT
// request  {"command":"refresh","feeds":["voa-world"]}
// answer   {"ok":true,"message":"1 feed is polled now","details":[],"status":{…}}
#include "review/control_wire.hpp"

#include "base/id.hpp"
#include "review/control_marks.hpp"
#include "review/control_reports.hpp"

#include <algorithm>
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
            answer.status = status_in(json->at("status"));
            if (!answer.status) {
                return fail(Errc::invalid, kStrange);
            }
        }
        if (json->contains("rules")) {
            answer.rules = report_in(json->at("rules"));
            if (!answer.rules) {
                return fail(Errc::invalid, kStrange);
            }
        }
        return answer;
    } catch (const Json::exception&) {
        return fail(Errc::invalid, kStrange);
    }
}

}  // namespace wirewatch::review
