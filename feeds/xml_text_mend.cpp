// SPDX-License-Identifier: MIT
#include "feeds/xml_text_mend.hpp"

#include "base/utf8.hpp"
#include "feeds/html_entities.hpp"
#include "feeds/letters.hpp"

#include <algorithm>
#include <iterator>
#include <optional>

namespace wirewatch::feeds {

namespace {

// In the order of XmlFlaw.
constexpr std::array<std::string_view, 10> kFlawWords{
    "HTML entities that XML does not know",
    "'&' that stands for itself",
    "'<' that stands for itself",
    "control characters",
    "attributes without quotes or value",
    "closing tags that close nothing",
    "elements without their closing tag",
    "comments or CDATA sections without their end",
    "the document breaks off: the field in which it does was left out",
    "text after the end of the document",
};

bool is_control(char c) {
    return static_cast<unsigned char>(c) < 0x20 && c != '\n' && c != '\t' && c != '\r';
}

bool is_xml_entity(std::string_view text) {
    constexpr std::array<std::string_view, 5> kNames{"&amp;", "&lt;", "&gt;", "&quot;", "&apos;"};
    return std::any_of(kNames.begin(), kNames.end(),
                       [&](std::string_view name) { return text.starts_with(name); });
}

/// Past U+10FFFF there is no character, but somebody meant one: it becomes U+FFFD.
bool is_allowed_in_xml(char32_t c) {
    return c == '\n' || c == '\t' || c == '\r' || c >= 0x20;
}

/// How a character stands that would be markup as itself; empty: it is none.
std::string_view escaped_markup(char32_t c) {
    switch (c) {
        case '<':
            return "&lt;";
        case '&':
            return "&amp;";
        case '"':
            return "&quot;";
        case '\'':
            return "&apos;";
        default:
            return {};
    }
}

/// Appends what the "&" at the start of `text` means; how many bytes it took.
std::size_t append_reference(std::string& out, std::string_view text, XmlFlaws& flaws) {
    const bool may_be_one = text.size() > 1 && (is_letter(text[1]) || text[1] == '#');
    const auto entity = may_be_one ? read_entity(text) : std::nullopt;
    if (!entity) {
        flaws.note(XmlFlaw::bare_ampersand);
        out += "&amp;";
        return 1;
    }
    if (is_xml_entity(text)) {
        out.append(text.substr(0, entity->bytes));
        return entity->bytes;
    }
    if (text[1] != '#') {
        flaws.note(XmlFlaw::html_entity);
    }
    if (const std::string_view escaped = escaped_markup(entity->code_point); !escaped.empty()) {
        out += escaped;
    } else if (is_allowed_in_xml(entity->code_point)) {
        utf8::append(out, entity->code_point);
    } else {
        flaws.note(XmlFlaw::control_character);
    }
    if (entity->second != 0) {
        utf8::append(out, entity->second);
    }
    return entity->bytes;
}

}  // namespace

std::vector<std::string> XmlFlaws::words() const {
    static_assert(kFlawWords.size() == kCount);
    std::vector<std::string> words;
    for (std::size_t i = 0; i < kCount; ++i) {
        if (met_[i]) {
            words.emplace_back(kFlawWords[i]);
        }
    }
    return words;
}

void append_mended(std::string& out, std::string_view text, XmlFlaws& flaws) {
    while (!text.empty()) {
        const auto plain_end = std::find_if(text.begin(), text.end(),
                                            [](char c) { return c == '&' || is_control(c); });
        const auto plain = static_cast<std::size_t>(plain_end - text.begin());
        out.append(text.substr(0, plain));
        text.remove_prefix(plain);
        if (text.starts_with('&')) {
            text.remove_prefix(append_reference(out, text, flaws));
        } else if (!text.empty()) {
            flaws.note(XmlFlaw::control_character);
            text.remove_prefix(1);
        }
    }
}

void append_without_controls(std::string& out, std::string_view section, XmlFlaws& flaws) {
    const std::size_t before = out.size();
    std::remove_copy_if(section.begin(), section.end(), std::back_inserter(out), is_control);
    if (out.size() - before != section.size()) {
        flaws.note(XmlFlaw::control_character);
    }
}

}  // namespace wirewatch::feeds
