// SPDX-License-Identifier: MIT
#include "feeds/html_elements.hpp"

#include "feeds/letters.hpp"

#include <array>
#include <cstdint>

namespace wirewatch::feeds {

namespace {

using enum Role;
using enum Sight;

constexpr std::array kElements = std::to_array<HtmlElement>({
    {},
    // Known, so that "<b" is a tag where "x<y" is none.
    {"a"},
    {"abbr"},
    {"acronym"},
    {"b"},
    {"bdi"},
    {"bdo"},
    {"big"},
    {"cite"},
    {"code"},
    {"data"},
    {"del"},
    {"dfn"},
    {"em"},
    {"font"},
    {"i"},
    {"ins"},
    {"kbd"},
    {"label"},
    {"legend"},
    {"mark"},
    {"nobr"},
    {"output"},
    {"picture"},
    {"q"},
    {"s"},
    {"samp"},
    {"small"},
    {"span"},
    {"strike"},
    {"strong"},
    {"sub"},
    {"sup"},
    {"time"},
    {"tt"},
    {"u"},
    {"var"},

    {"br", empty, Gap::line},
    {"hr", empty, Gap::paragraph},
    {"img", empty},
    {"wbr", empty},

    {"address", block, Gap::paragraph},
    {"article", block, Gap::paragraph},
    {"aside", block, Gap::paragraph},
    {"blockquote", block, Gap::paragraph},
    {"center", block, Gap::line},
    {"details", block, Gap::line},
    {"dir", block, Gap::paragraph},
    {"div", block, Gap::line},
    {"dl", block, Gap::paragraph},
    {"fieldset", block, Gap::line},
    {"figcaption", block, Gap::line},
    {"figure", block, Gap::paragraph},
    {"footer", block, Gap::line},
    {"header", block, Gap::line},
    {"hgroup", block, Gap::line},
    {"menu", block, Gap::paragraph},
    {"nav", block, Gap::line},
    {"ol", block, Gap::paragraph},
    {"pre", block, Gap::paragraph},
    {"section", block, Gap::paragraph},
    {"summary", block, Gap::line},
    {"ul", block, Gap::paragraph},

    {"p", paragraph, Gap::paragraph},
    {"li", list_item, Gap::line},
    {"dd", term, Gap::line},
    {"dt", term, Gap::line},
    {"h1", heading, Gap::paragraph},
    {"h2", heading, Gap::paragraph},
    {"h3", heading, Gap::paragraph},
    {"h4", heading, Gap::paragraph},
    {"h5", heading, Gap::paragraph},
    {"h6", heading, Gap::paragraph},

    // What stands between their tags is for programs, or for those that cannot play a film.
    {"iframe", raw, Gap::none, unseen},
    {"script", raw, Gap::none, unseen},
    {"style", raw, Gap::none, unseen},

    {"annotation", intricate, Gap::none, unseen},
    {"annotation-xml", intricate, Gap::none, unseen},
    {"applet", intricate, Gap::none, unseen},
    {"area", intricate},
    {"audio", intricate, Gap::none, unseen},
    {"base", intricate},
    {"basefont", intricate},
    {"bgsound", intricate},
    {"body", intricate},
    {"button", intricate},
    {"canvas", intricate, Gap::none, unseen},
    {"caption", intricate, Gap::line},
    {"col", intricate},
    {"colgroup", intricate},
    {"command", intricate},
    {"datalist", intricate, Gap::none, unseen},
    {"dialog", intricate, Gap::line},
    {"embed", intricate},
    {"form", intricate, Gap::line},
    {"frame", intricate},
    {"frameset", intricate},
    {"head", intricate},
    {"html", intricate},
    {"image", intricate},
    {"input", intricate},
    {"isindex", intricate},
    {"keygen", intricate},
    {"link", intricate},
    {"listing", intricate, Gap::paragraph},
    {"main", intricate, Gap::line},  // a block, but gumbo nests it like <span>
    {"marquee", intricate, Gap::line},
    {"math", intricate},
    {"menuitem", intricate},
    {"meta", intricate},
    {"noembed", intricate, Gap::none, unseen},
    {"noframes", intricate, Gap::none, unseen},
    {"noscript", intricate},
    {"object", intricate, Gap::none, unseen},
    {"optgroup", intricate},
    {"option", intricate, Gap::line},
    {"param", intricate},
    {"plaintext", intricate, Gap::paragraph},
    {"rb", intricate},
    {"rp", intricate},
    {"rt", intricate},
    {"rtc", intricate},
    {"ruby", intricate},
    {"search", intricate, Gap::line},
    {"select", intricate},
    {"source", intricate},
    {"svg", intricate},
    {"table", intricate, Gap::paragraph},
    {"tbody", intricate},
    {"td", intricate, Gap::space},
    {"template", intricate, Gap::none, unseen},
    {"textarea", intricate, Gap::none, unseen},
    {"tfoot", intricate},
    {"th", intricate, Gap::space},
    {"thead", intricate},
    {"title", intricate, Gap::none, unseen},
    {"tr", intricate, Gap::line},
    {"track", intricate},
    {"video", intricate, Gap::none, unseen},
    {"xmp", intricate, Gap::paragraph},
});

constexpr std::size_t kMaxName = 16;

/// A name of at most kMaxName letters, packed: comparing two is comparing two numbers each.
struct Key {
    std::uint64_t front = 0;
    std::uint64_t back = 0;

    constexpr bool operator==(const Key&) const = default;
};

constexpr Key key_of(std::string_view name) {
    Key key;
    for (std::size_t i = 0; i < name.size(); ++i) {
        std::uint64_t& half = i < 8 ? key.front : key.back;
        half = half << 8 | static_cast<unsigned char>(lower(name[i]));
    }
    return key;
}

constexpr std::size_t kSlots = 512;

constexpr std::size_t slot_of(const Key& key) {
    constexpr std::uint64_t kGolden = 0x9E3779B97F4A7C15;  // 2^64 over the golden ratio
    return static_cast<std::size_t>((key.front ^ key.back << 1) * kGolden >> 55);
}

struct Slot {
    Key key;
    unsigned char element = 0;  ///< in kElements; 0: the slot is free
};

constexpr auto kTable = [] {
    static_assert(kElements.size() < 256);
    std::array<Slot, kSlots> table{};
    for (std::size_t i = 1; i < kElements.size(); ++i) {
        const Key key = key_of(kElements[i].name);
        std::size_t slot = slot_of(key);
        while (table[slot].element != 0) {
            slot = (slot + 1) % kSlots;
        }
        table[slot] = {key, static_cast<unsigned char>(i)};
    }
    return table;
}();

/// The elements <p>, <a>, <b> … by their letter.
constexpr auto kOfOneLetter = [] {
    std::array<unsigned char, 256> table{};
    for (std::size_t i = 1; i < kElements.size(); ++i) {
        if (kElements[i].name.size() == 1) {
            const char letter = kElements[i].name[0];
            table[static_cast<unsigned char>(letter)] = static_cast<unsigned char>(i);
            table[static_cast<unsigned char>(letter - 'a' + 'A')] = static_cast<unsigned char>(i);
        }
    }
    return table;
}();

}  // namespace

const HtmlElement& html_element(std::string_view name) {
    if (name.size() == 1) {
        return kElements[kOfOneLetter[static_cast<unsigned char>(name[0])]];  // most of them
    }
    if (name.size() > kMaxName) {
        return kElements[0];
    }
    const Key key = key_of(name);
    std::size_t slot = slot_of(key);
    while (kTable[slot].element != 0 && !(kTable[slot].key == key)) {
        slot = (slot + 1) % kSlots;
    }
    return kElements[kTable[slot].element];
}

}  // namespace wirewatch::feeds
