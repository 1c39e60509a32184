// SPDX-License-Identifier: MIT
#include "review/control_marks.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <nlohmann/json.hpp>

namespace wirewatch::review {

namespace {

using Json = nlohmann::ordered_json;

bool is_key(const Json& json) {
    constexpr std::size_t kKeyDigits = 32;
    return json.is_string() && json.get_ref<const std::string&>().size() == kKeyDigits &&
           json.get_ref<const std::string&>().find_first_not_of("0123456789abcdef") ==
               std::string::npos;
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

}  // namespace

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

Result<MarkOrder> marks_of(const Json& request, ControlCommand command) {
    const bool wanted = command == ControlCommand::mark || command == ControlCommand::undo;
    const auto marks = request.find("marks");
    if (!wanted && marks == request.end()) {
        return MarkOrder{};
    }
    if (!wanted || marks == request.end() || !marks->is_object()) {
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

}  // namespace wirewatch::review
