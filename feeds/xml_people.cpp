// SPDX-License-Identifier: MIT
#include "feeds/xml_people.hpp"

#include "feeds/html_text.hpp"
#include "feeds/letters.hpp"
#include "feeds/short_list.hpp"

#include <algorithm>
#include <cstddef>
#include <utility>

#include <pugixml.hpp>

namespace wirewatch::feeds {

namespace {

constexpr std::size_t kNowhere = std::string_view::npos;

/// The parts of an Atom person that can name it, the best first; url and homepage are Atom 0.3's.
constexpr auto kPersonParts =
    names("atom:name", "name", "foaf:name", "atom:email", "email", "atom:uri", "atom:url",
          "atom:homepage", "uri", "url", "homepage");
constexpr auto kLists = names("rdf:bag", "rdf:seq", "rdf:alt");

bool is_address(std::string_view text) {
    return text.find('@') != kNowhere && text.find(' ') == kNowhere;
}

std::string_view without_mailto(std::string_view text) {
    constexpr std::string_view kMailto = "mailto:";
    if (equal_ignoring_case(text.substr(0, kMailto.size()), kMailto)) {
        text.remove_prefix(kMailto.size());
    }
    return text;
}

/// The name, where `text` is a name and an address, one of them between `open` and `close`.
std::string_view name_beside_address(std::string_view text, char open, char close) {
    if (text.find('@') == kNowhere) {
        return {};  // nearly all of them
    }
    const std::size_t begin = text.find(open);
    const std::size_t end = text.rfind(close);
    if (begin == kNowhere || end == kNowhere || end < begin) {
        return {};
    }
    const std::string_view before = trimmed(text.substr(0, begin));
    const std::string_view within = trimmed(text.substr(begin + 1, end - begin - 1));
    if (is_address(within)) {
        return before.empty() ? within : before;
    }
    return is_address(before) ? within : std::string_view{};
}

/// One person of an Atom person, or of an element that holds its name.
std::string person_in(const Children& person) {
    for (const FieldName part : kPersonParts.list) {
        std::string text =
            person.has(part) ? person_name(text_in(person.first(part)).view()) : std::string{};
        if (!text.empty()) {
            return text;
        }
    }
    return person_name(html_in(person.parent()).view());
}

void add_people(const Field& field, std::vector<std::string>& people) {
    if (const auto name = only_text(field)) {
        add_once(people, person_name(*name));
        return;
    }
    const Children parts{field.element()};
    bool is_list = false;
    for (const FieldName list : kLists.list) {
        if (!parts.has(list)) {
            continue;
        }
        for (const pugi::xml_node one : parts.first(list).element().children("rdf:li")) {
            add_once(people, person_in(Children{one}));
            is_list = true;
        }
    }
    if (!is_list) {
        add_once(people, person_in(parts));
    }
}

}  // namespace

std::string person_name(std::string_view text) {
    text = trimmed(text);
    // Before anything else: to HTML, "<jane@example.com>" is a tag.
    if (const std::string_view name = name_beside_address(text, '<', '>'); !name.empty()) {
        return plain_to_line(without_mailto(name));
    }
    std::string line = html_to_line(text);
    for (const auto& [open, close] : {std::pair{'(', ')'}, {'<', '>'}}) {
        if (const std::string_view name = name_beside_address(line, open, close); !name.empty()) {
            return std::string{without_mailto(name)};
        }
    }
    return std::string{without_mailto(line)};
}

std::vector<std::string> people_in(const Children& parent, std::span<const Names> rows) {
    std::vector<std::string> people;
    for (const Names& row : rows) {
        if (!parent.has_any(row)) {
            continue;
        }
        for (const FieldName name : row.list) {
            for (auto at = parent.find(name); at != Children::kNone;
                 at = parent.find(name, at + 1)) {
                add_people(parent[at], people);
            }
        }
        if (!people.empty()) {
            break;
        }
    }
    if (std::any_of(people.begin(), people.end(),
                    [](const std::string& one) { return !is_address(one); })) {
        std::erase_if(people, [](const std::string& one) { return is_address(one); });
    }
    return people;
}

}  // namespace wirewatch::feeds
