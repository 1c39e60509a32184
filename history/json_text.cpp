// SPDX-License-Identifier: MIT
#include "history/json_text.hpp"

#include <cstdint>

#include <nlohmann/json.hpp>

namespace wirewatch::history {

namespace {

using nlohmann::json;

std::string written(const json& array) {
    // Text is valid UTF-8 by contract; should it once not be, a mark is better than an exception.
    return array.dump(-1, ' ', false, json::error_handler_t::replace);
}

/// Reads `text` as an array whose elements `read` understands; any exception of the library means
/// that they are of another shape.
template <class Element, class Read>
std::optional<std::vector<Element>> read_array(std::string_view text, Read read) {
    try {
        const json array = json::parse(text);
        std::vector<Element> list;
        list.reserve(array.size());
        for (const json& element : array.get_ref<const json::array_t&>()) {
            list.push_back(read(element));
        }
        return list;
    } catch (const json::exception&) {
        return std::nullopt;
    }
}

Field field_of(const std::string& name) {
    for (const Field field : {Field::title, Field::summary, Field::content, Field::author,
                              Field::category, Field::url, Field::domain, Field::feed}) {
        if (to_text(field) == name) {
            return field;
        }
    }
    return Field::lang;
}

}  // namespace

std::string to_json(const std::vector<std::string>& list) {
    return list.empty() ? "[]" : written(json(list));
}

std::string to_json(const std::vector<Enclosure>& list) {
    if (list.empty()) {
        return "[]";
    }
    json array = json::array();
    for (const Enclosure& enclosure : list) {
        array.push_back(json::array({enclosure.url, enclosure.type, enclosure.length}));
    }
    return written(array);
}

std::string to_json(const std::vector<Span>& list) {
    json array = json::array();
    for (const Span& span : list) {
        array.push_back(json::array(
            {to_text(span.field), span.item, span.start, span.end, span.text, span.term}));
    }
    return written(array);
}

std::optional<std::vector<std::string>> strings_of(std::string_view text) {
    if (text == "[]") {
        return std::vector<std::string>{};
    }
    return read_array<std::string>(text, [](const json& e) { return e.get<std::string>(); });
}

std::optional<std::vector<Enclosure>> enclosures_of(std::string_view text) {
    if (text == "[]") {
        return std::vector<Enclosure>{};
    }
    return read_array<Enclosure>(text, [](const json& e) {
        return Enclosure{.url = e.at(0).get<std::string>(),
                         .type = e.at(1).get<std::string>(),
                         .length = e.at(2).get<std::uint64_t>()};
    });
}

std::optional<std::vector<Span>> spans_of(std::string_view text) {
    return read_array<Span>(text, [](const json& e) {
        return Span{.field = field_of(e.at(0).get<std::string>()),
                    .item = e.at(1).get<std::uint32_t>(),
                    .start = e.at(2).get<std::uint32_t>(),
                    .end = e.at(3).get<std::uint32_t>(),
                    .text = e.at(4).get<std::string>(),
                    .term = e.at(5).get<std::string>()};
    });
}

}  // namespace wirewatch::history
