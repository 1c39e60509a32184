// SPDX-License-Identifier: MIT
#include "feeds/xml_people.hpp"

#include "feeds/html_elements.hpp"
#include "feeds/html_text.hpp"
#include "feeds/letters.hpp"
#include "feeds/short_list.hpp"
#include "feeds/url.hpp"

#include <algorithm>
#include <cstddef>
#include <utility>

#include <pugixml.hpp>

namespace wirewatch::feeds {

namespace {

constexpr std::size_t kNowhere = std::string_view::npos;

/// The parts of an Atom person that can name it, the best first; url and homepage are Atom 0.3's.
constexpr auto kPersonParts =
    names("atom:name", "name", "foaf:name", "itunes:name", "atom:email", "email", "itunes:email",
          "googleplay:email", "atom:uri", "atom:url", "atom:homepage", "uri", "url", "homepage");
constexpr auto kLists = names("rdf:bag", "rdf:seq", "rdf:alt");

bool is_address(std::string_view text) {
    return text.find('@') != kNowhere && text.find_first_of(" <>") == kNowhere;
}

std::string_view without_mailto(std::string_view text) {
    constexpr std::string_view kMailto = "mailto:";
    if (equal_ignoring_case(text.substr(0, kMailto.size()), kMailto)) {
        text.remove_prefix(kMailto.size());
    }
    return text;
}

/// "Jane Roe" of " (Jane Roe)".
std::string_view in_brackets(std::string_view text) {
    text = trimmed(text);
    return text.starts_with('(') && text.ends_with(')') ? trimmed(text.substr(1, text.size() - 2))
                                                        : std::string_view{};
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
        const std::string_view name = before.empty() ? in_brackets(text.substr(end + 1)) : before;
        return name.empty() ? within : name;
    }
    return is_address(before) ? within : std::string_view{};
}

/// Whether a part of a list ends within no brackets, tag or quotes.
bool is_whole(std::string_view part) {
    const auto count = [&](char c) { return std::count(part.begin(), part.end(), c); };
    return count('(') == count(')') && count('<') == count('>') && count('"') % 2 == 0;
}

/// "a@example.com (A), b@example.com (B)": several, each with an address. Else the text alone: a
/// comma stands in many a name.
std::vector<std::string_view> people_listed_in(std::string_view text) {
    std::vector<std::string_view> people;
    for (std::string_view rest = text; !rest.empty() && people.size() < kMaxListed;) {
        const std::size_t end = std::min(rest.find_first_of(",;"), rest.size());
        people.push_back(rest.substr(0, end));
        rest.remove_prefix(std::min(end + 1, rest.size()));
        if (people.back().find('@') == kNowhere || !is_whole(people.back())) {
            return {text};
        }
    }
    return people;
}

/// Whether all there is in it are elements that HTML does not know.
bool is_in_parts(pugi::xml_node person) {
    if (!has_elements(person) || !text_in(person).empty()) {
        return false;
    }
    const pugi::xml_node html = person.find_child(
        [](pugi::xml_node part) { return !html_element(part.name()).name.empty(); });
    return !html;
}

/// "<firstname>Jane</firstname><lastname>Roe</lastname>": elements that no table knows, in a row;
/// an address is the name only where there is nothing else.
std::string name_in_parts(pugi::xml_node person) {
    std::string name;
    std::string address;
    for (const pugi::xml_node part : person.children()) {
        std::string text = person_name(html_in(part).view());
        if (is_address(text)) {
            address = address.empty() ? std::move(text) : address;
        } else if (!text.empty()) {
            name += (name.empty() ? "" : " ") + text;
        }
    }
    return name.empty() ? address : name;
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
    const pugi::xml_node element = person.parent();
    return is_in_parts(element) ? name_in_parts(element) : person_name(html_in(element).view());
}

void add_people(const Field& field, std::vector<std::string>& people) {
    if (const auto names = only_text(field)) {
        if (names->find('@') == kNowhere) {
            add_once(people, person_name(*names));  // nearly all of them
            return;
        }
        for (const std::string_view name : people_listed_in(*names)) {
            add_once(people, person_name(name));
        }
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

void drop_addresses_beside_names(std::vector<std::string>& people) {
    const auto is_no_name = [](const std::string& one) {
        return is_address(one) || is_web_url(one);
    };
    if (!std::all_of(people.begin(), people.end(), is_no_name)) {
        std::erase_if(people, is_no_name);
    }
}

}  // namespace

std::string person_name(std::string_view text) {
    text = trimmed(text);
    // Before anything else: to HTML, "<jane@example.com>" is a tag.
    if (const std::string_view name = name_beside_address(text, '<', '>'); !name.empty()) {
        return html_to_line(without_mailto(name));
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
    drop_addresses_beside_names(people);
    return people;
}

}  // namespace wirewatch::feeds
