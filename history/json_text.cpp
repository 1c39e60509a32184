// SPDX-License-Identifier: MIT
#include "history/json_text.hpp"

#include <charconv>
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

/// Reads what our own arrays mostly are, without a tree: strings with quotes at most, numbers,
/// and arrays of these. Where it meets anything else good() is false, and the library has the word.
class PlainArray {
  public:
    explicit PlainArray(std::string_view text) : text_{text} {}

    /// Whether that is what comes next; then it is passed.
    bool take(char sign) {
        if (at_ < text_.size() && text_[at_] == sign) {
            ++at_;
            return true;
        }
        return false;
    }
    void need(char sign) { good_ = take(sign) && good_; }

    std::string string() {
        need('"');
        std::string value;
        while (good_) {
            const std::size_t end = text_.find_first_of("\"\\", at_);
            if (end == std::string_view::npos) {
                good_ = false;
                break;
            }
            value.append(text_, at_, end - at_);
            at_ = end + 1;
            if (text_[end] == '"') {
                break;
            }
            // A quoted phrase is common; what is escaped otherwise is not.
            good_ = take('"') ? (value.push_back('"'), true)
                              : take('\\') && (value.push_back('\\'), true);
        }
        return value;
    }

    std::uint32_t number() {
        std::uint32_t value = 0;
        const char* const begin = text_.data() + at_;
        const auto [rest, error] = std::from_chars(begin, text_.data() + text_.size(), value);
        good_ = good_ && error == std::errc{};
        at_ += static_cast<std::size_t>(rest - begin);
        return value;
    }

    /// Reads "[…]" to the end of the text, an element by each call of `read`.
    template <class Read>
    bool elements(Read read) {
        need('[');
        if (!take(']')) {
            do {
                read();
            } while (good_ && take(','));
            need(']');
        }
        return good_ && at_ == text_.size();
    }

    [[nodiscard]] bool good() const { return good_; }

  private:
    std::string_view text_;
    std::size_t at_ = 0;
    bool good_ = true;
};

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
    std::vector<std::string> list;
    PlainArray plain{text};
    if (plain.elements([&] { list.push_back(plain.string()); })) {
        return list;
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
    std::vector<Span> list;
    PlainArray plain{text};
    const bool read = plain.elements([&] {
        Span& span = list.emplace_back();
        plain.need('[');
        span.field = field_of(plain.string());
        for (std::uint32_t* number : {&span.item, &span.start, &span.end}) {
            plain.need(',');
            *number = plain.number();
        }
        plain.need(',');
        span.text = plain.string();
        plain.need(',');
        span.term = plain.string();
        plain.need(']');
    });
    if (read) {
        return list;
    }
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
