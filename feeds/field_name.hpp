// SPDX-License-Identifier: MIT
// The names of all elements that the tables of RSS and Atom ask for, as numbers: an item is asked
// for some seventy of them, and has a dozen.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace wirewatch::feeds {

/// A place in kFieldNames. Zero: a name that no table asks for.
enum class FieldName : std::uint8_t { unknown };

/// As feeds/xml_names.hpp settles them.
inline constexpr auto kFieldNames = std::to_array<std::string_view>({
    "",
    "atom:author",
    "atom:category",
    "atom:content",
    "atom:created",
    "atom:description",
    "atom:email",
    "atom:entry",
    "atom:guid",
    "atom:homepage",
    "atom:icon",
    "atom:id",
    "atom:issued",
    "atom:item",
    "atom:link",
    "atom:logo",
    "atom:modified",
    "atom:name",
    "atom:pubdate",
    "atom:published",
    "atom:source",
    "atom:subtitle",
    "atom:summary",
    "atom:tagline",
    "atom:title",
    "atom:updated",
    "atom:uri",
    "atom:url",
    "author",
    "body",
    "category",
    "channel",
    "comments",
    "content",
    "content:encoded",
    "created",
    "date",
    "dc:author",
    "dc:creator",
    "dc:date",
    "dc:description",
    "dc:identifier",
    "dc:language",
    "dc:subject",
    "dc:title",
    "dcterms:abstract",
    "dcterms:created",
    "dcterms:date",
    "dcterms:issued",
    "dcterms:modified",
    "description",
    "email",
    "enclosure",
    "encoded",
    "entry",
    "feedburner:origenclosurelink",
    "feedburner:origlink",
    "foaf:name",
    "fullitem",
    "fulltext",
    "googleplay:author",
    "googleplay:description",
    "googleplay:email",
    "googleplay:image",
    "googleplay:owner",
    "guid",
    "homepage",
    "id",
    "image",
    "issued",
    "item",
    "itunes:author",
    "itunes:category",
    "itunes:email",
    "itunes:image",
    "itunes:keywords",
    "itunes:name",
    "itunes:owner",
    "itunes:subtitle",
    "itunes:summary",
    "itunes:title",
    "language",
    "link",
    "managingeditor",
    "media:category",
    "media:content",
    "media:description",
    "media:group",
    "media:keywords",
    "media:peerlink",
    "media:player",
    "media:thumbnail",
    "media:title",
    "modified",
    "name",
    "pheedo:origlink",
    "pubdate",
    "published",
    "rdf:alt",
    "rdf:bag",
    "rdf:seq",
    "summary",
    "title",
    "updated",
    "uri",
    "url",
    "webmaster",
});

/// The number of a settled name.
[[nodiscard]] FieldName field_name(std::string_view name);

/// "guid"_field. A name that is missing above does not compile.
consteval FieldName operator""_field(const char* text, std::size_t size) {
    for (std::size_t i = 1; i < kFieldNames.size(); ++i) {
        if (kFieldNames[i] == std::string_view{text, size}) {
            return static_cast<FieldName>(i);
        }
    }
    throw "this name is missing in kFieldNames";
}

/// A set of names: whether an element has any of a field's is one look.
class FieldNameSet {
  public:
    constexpr void insert(FieldName name) { words_[word(name)] |= bit(name); }
    constexpr void clear() { words_ = {}; }
    [[nodiscard]] constexpr bool contains(FieldName name) const {
        return (words_[word(name)] & bit(name)) != 0;
    }
    [[nodiscard]] constexpr bool meets(const FieldNameSet& other) const {
        return ((words_[0] & other.words_[0]) | (words_[1] & other.words_[1])) != 0;
    }

  private:
    static constexpr std::size_t word(FieldName name) {
        return static_cast<std::size_t>(name) / 64;
    }
    static constexpr std::uint64_t bit(FieldName name) {
        return std::uint64_t{1} << (static_cast<std::size_t>(name) % 64);
    }

    static_assert(kFieldNames.size() <= 128);
    std::array<std::uint64_t, 2> words_{};
};

/// A row of a table: the elements that can fill a field, the best first.
struct Names {
    std::span<const FieldName> list;
    FieldNameSet set;
};

template <std::size_t count>
struct NameRow {
    std::array<FieldName, count> list{};
    FieldNameSet set;

    // NOLINTNEXTLINE(google-explicit-constructor): a row is what it holds
    constexpr operator Names() const { return {list, set}; }
};

template <class... Field>
consteval NameRow<sizeof...(Field)> row(Field... names) {
    NameRow<sizeof...(Field)> made{{names...}, {}};
    for (const FieldName name : made.list) {
        made.set.insert(name);
    }
    return made;
}

/// A row by its texts: names("guid", "atom:id").
template <std::size_t... size>
consteval auto names(const char (&... text)[size]) {
    return row(operator""_field(text, size - 1)...);
}

}  // namespace wirewatch::feeds
