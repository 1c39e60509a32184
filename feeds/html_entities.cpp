// SPDX-License-Identifier: MIT
#include "feeds/html_entities.hpp"

#include "base/utf8.hpp"
#include "feeds/letters.hpp"
#include "feeds/windows_1252.hpp"

#include <algorithm>
#include <array>

namespace wirewatch::feeds {

namespace {

struct Named {
    std::string_view name;
    char32_t code_point;
    char32_t second;
    bool may_lack_end;
};

constexpr std::array kNamed = std::to_array<Named>({
#include "feeds/html_entity_table.inc"
});

static_assert(std::is_sorted(kNamed.begin(), kNamed.end(),
                             [](const Named& a, const Named& b) { return a.name < b.name; }));

constexpr std::size_t kMaxName = 31;    // "CounterClockwiseContourIntegral"
constexpr std::size_t kMaxEndless = 6;  // "Aacute", "frac12"

/// Where the names that begin with a letter stand; the letters as offsets from 'A'.
constexpr auto kStarts = [] {
    std::array<std::size_t, 'z' - 'A' + 2> starts{};
    for (std::size_t letter = 0; letter < starts.size(); ++letter) {
        const auto first = std::find_if(kNamed.begin(), kNamed.end(), [&](const Named& entry) {
            return static_cast<std::size_t>(entry.name[0] - 'A') >= letter;
        });
        starts[letter] = static_cast<std::size_t>(first - kNamed.begin());
    }
    return starts;
}();

/// The entities that feeds are full of.
constexpr auto kUsual = [] {
    std::array<const Named*, 6> usual{};
    std::size_t count = 0;
    for (const std::string_view name : {"nbsp", "amp", "lt", "gt", "quot", "apos"}) {
        usual[count++] = std::find_if(kNamed.begin(), kNamed.end(),
                                      [&](const Named& entry) { return entry.name == name; });
    }
    return usual;
}();

static_assert(std::find(kUsual.begin(), kUsual.end(), kNamed.end()) == kUsual.end());

const Named* named(std::string_view name) {
    for (const Named* usual : kUsual) {
        if (usual->name == name) {
            return usual;
        }
    }
    if (name.empty() || !is_letter(name[0])) {
        return nullptr;
    }
    const auto letter = static_cast<std::size_t>(name[0] - 'A');
    const Named* const end = kNamed.data() + kStarts[letter + 1];
    const Named* const found =
        std::lower_bound(kNamed.data() + kStarts[letter], end, name,
                         [](const Named& entry, std::string_view key) { return entry.name < key; });
    return found != end && found->name == name ? found : nullptr;
}

int hex_value(char c) {
    if (is_digit(c)) {
        return c - '0';
    }
    return lower(c) >= 'a' && lower(c) <= 'f' ? lower(c) - 'a' + 10 : -1;
}

std::optional<Entity> numeric(std::string_view text, EntityPlace place) {
    const bool hex = text.size() > 2 && lower(text[2]) == 'x';
    const int base = hex ? 16 : 10;
    std::size_t at = hex ? 3 : 2;
    const std::size_t first = at;
    char32_t value = 0;
    for (; at < text.size(); ++at) {
        const int digit = hex_value(text[at]);
        if (digit < 0 || digit >= base) {
            break;
        }
        value = std::min<char32_t>(
            value * static_cast<char32_t>(base) + static_cast<char32_t>(digit), 0x110000);
    }
    if (at == first) {
        return std::nullopt;
    }
    if (at < text.size() && text[at] == ';') {
        ++at;
    }
    if (is_c1(value) && windows_1252(value) != 0) {
        value = windows_1252(value);
    }
    if (value == 0 && place != EntityPlace::xml) {
        value = 0xFFFD;
    }
    return Entity{value, 0, at};
}

/// "&copy" without its ";". The longest name counts: "&notit" begins with "&not".
std::optional<Entity> endless(std::string_view text, std::size_t name_bytes, EntityPlace place) {
    for (std::size_t bytes = std::min(name_bytes, kMaxEndless); bytes >= 2; --bytes) {
        const Named* found = named(text.substr(1, bytes));
        if (found == nullptr || !found->may_lack_end) {
            continue;
        }
        const std::string_view rest = text.substr(bytes + 1);
        if (place == EntityPlace::attribute && !rest.empty() &&
            (rest[0] == '=' || is_letter(rest[0]) || is_digit(rest[0]))) {
            return std::nullopt;
        }
        return Entity{found->code_point, found->second, bytes + 1};
    }
    return std::nullopt;
}

}  // namespace

std::optional<Entity> read_entity(std::string_view text, EntityPlace place) {
    if (text.size() < 3 || text[0] != '&') {
        return std::nullopt;
    }
    if (text[1] == '#') {
        return numeric(text, place);
    }
    std::size_t end = 1;
    while (end < text.size() && end <= kMaxName + 1 &&
           (is_letter(text[end]) || is_digit(text[end]))) {
        ++end;
    }
    if (end < text.size() && text[end] == ';') {
        if (const Named* found = named(text.substr(1, end - 1))) {
            return Entity{found->code_point, found->second, end + 1};
        }
    }
    return place == EntityPlace::xml ? std::nullopt : endless(text, end - 1, place);
}

std::string without_entities(std::string_view text, EntityPlace place) {
    std::string out;
    out.reserve(text.size());
    while (!text.empty()) {
        const std::size_t plain = std::min(text.find('&'), text.size());
        out.append(text.substr(0, plain));
        text.remove_prefix(plain);
        if (const auto entity = read_entity(text, place)) {
            utf8::append(out, entity->code_point);
            if (entity->second != 0) {
                utf8::append(out, entity->second);
            }
            text.remove_prefix(entity->bytes);
        } else if (!text.empty()) {
            out += '&';
            text.remove_prefix(1);
        }
    }
    return out;
}

}  // namespace wirewatch::feeds
