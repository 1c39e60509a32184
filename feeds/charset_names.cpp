// SPDX-License-Identifier: MIT
#include "feeds/charset_names.hpp"

#include "feeds/letters.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace wirewatch::feeds {

namespace {

struct Alias {
    std::string_view declared;  ///< letters and digits alone, small, without "x" or "cs" in front
    std::string_view meant;
};

constexpr auto kAliases = std::to_array<Alias>({
    {"utf8", "UTF-8"},
    {"utf8mb4", "UTF-8"},
    {"unicode11utf8", "UTF-8"},
    {"ascii", "windows-1252"},
    {"usascii", "windows-1252"},
    {"ansi", "windows-1252"},
    {"latin1", "windows-1252"},
    {"l1", "windows-1252"},
    {"iso88591", "windows-1252"},
    {"isolatin1", "windows-1252"},
    {"88591", "windows-1252"},
    {"latin2", "ISO-8859-2"},
    {"l2", "ISO-8859-2"},
    {"latin3", "ISO-8859-3"},
    {"latin4", "ISO-8859-4"},
    {"cyrillic", "ISO-8859-5"},
    {"arabic", "ISO-8859-6"},
    {"greek", "ISO-8859-7"},
    {"hebrew", "ISO-8859-8"},
    {"logical", "ISO-8859-8"},
    {"visual", "ISO-8859-8"},
    {"iso88598i", "ISO-8859-8"},
    {"iso88598e", "ISO-8859-8"},
    {"latin6", "ISO-8859-10"},
    {"866", "CP866"},
    {"ibm866", "CP866"},
    {"latin5", "windows-1254"},
    {"iso88599", "windows-1254"},
    {"latin9", "ISO-8859-15"},
    {"iso885911", "CP874"},
    {"tis620", "CP874"},
    {"windows874", "CP874"},
    {"dos874", "CP874"},
    {"koi8", "KOI8-R"},
    {"koi8r", "KOI8-R"},
    {"koi8u", "KOI8-U"},
    {"koi8ru", "KOI8-U"},
    {"koi8t", "KOI8-T"},
    {"gb2312", "GB18030"},
    {"gb231280", "GB18030"},
    {"gbk", "GB18030"},
    {"cp936", "GB18030"},
    {"windows936", "GB18030"},
    {"euccn", "GB18030"},
    {"chinese", "GB18030"},
    {"gb18030", "GB18030"},
    {"big5", "BIG5-HKSCS"},
    {"xbig5", "BIG5-HKSCS"},
    {"cnbig5", "BIG5-HKSCS"},
    {"cp950", "BIG5-HKSCS"},
    {"big5hkscs", "BIG5-HKSCS"},
    {"shiftjis", "CP932"},
    {"sjis", "CP932"},
    {"sjiswin", "CP932"},
    {"mskanji", "CP932"},
    {"windows31j", "CP932"},
    {"ms932", "CP932"},
    {"eucjp", "EUC-JP"},
    {"iso2022jp", "ISO-2022-JP"},
    {"iso2022jp1", "ISO-2022-JP-2"},  // which holds all of it
    {"iso2022jp2", "ISO-2022-JP-2"},
    {"iso2022jp3", "ISO-2022-JP-3"},
    {"iso2022kr", "ISO-2022-KR"},
    {"iso2022cn", "ISO-2022-CN"},
    {"euckr", "CP949"},
    {"ksc56011987", "CP949"},
    {"ksc5601", "CP949"},
    {"windows949", "CP949"},
    {"uhc", "CP949"},
    {"korean", "CP949"},
    {"macroman", "MACINTOSH"},
    {"macintosh", "MACINTOSH"},
    {"mac", "MACINTOSH"},
    {"maccyrillic", "MAC-CYRILLIC"},
    {"maccentraleurope", "MAC-CENTRALEUROPE"},
});

/// "x-sjis" is "sjis", "ISO_8859-1:1987" is "iso88591".
std::string key_of(std::string_view declared) {
    declared = declared.substr(0, declared.find(':'));
    std::string key;
    for (const char c : declared) {
        if (is_letter(c) || is_digit(c)) {
            key += lower(c);
        }
    }
    for (const std::string_view prefix : {"x", "cs"}) {
        if (key.starts_with(prefix)) {
            key.erase(0, prefix.size());
            break;
        }
    }
    return key;
}

bool begins_with_one_of(std::string_view name, const auto& families) {
    return std::any_of(families.begin(), families.end(),
                       [&](std::string_view family) { return name.starts_with(family); });
}

/// "windows-1251" for "win1251" and "cp1251", "ISO-8859-5" for "iso88595".
std::string with_number(std::string_view key) {
    constexpr std::array<std::string_view, 5> kWindows{"windows125", "win125", "cp125", "ms125",
                                                       "ibm125"};
    if (begins_with_one_of(key, kWindows)) {
        return "windows-" + std::string{key.substr(key.find("125"))};
    }
    constexpr std::string_view kIso = "iso8859";
    return key.starts_with(kIso) && key.size() > kIso.size()
               ? "ISO-8859-" + std::string{key.substr(kIso.size())}
               : std::string{};
}

CharsetKind kind_of(std::string_view key, std::string_view name) {
    constexpr std::array<std::string_view, 7> kWide{"utf16", "utf32",   "ucs2",    "ucs4",
                                                    "utf7",  "unicode", "iso10646"};
    constexpr std::array<std::string_view, 6> kSingle{"windows-", "ISO-8859-", "KOI8",
                                                      "MAC",      "CP874",     "TCVN"};
    if (name == "UTF-8") {
        return CharsetKind::utf8;
    }
    if (begins_with_one_of(key, kWide)) {
        return CharsetKind::wide;
    }
    return begins_with_one_of(name, kSingle) ? CharsetKind::single_byte : CharsetKind::other;
}

}  // namespace

Charset charset_named(std::string_view declared) {
    const bool is_name = std::none_of(declared.begin(), declared.end(), [](char c) {
        return c == '/' || static_cast<unsigned char>(c) >= 0x80;
    });
    const std::string key = is_name ? key_of(declared) : std::string{};
    const auto alias = std::find_if(kAliases.begin(), kAliases.end(),
                                    [&](const Alias& known) { return known.declared == key; });
    Charset charset{std::string{declared}};
    if (alias != kAliases.end()) {
        charset.name = alias->meant;
    } else if (std::string numbered = with_number(key); !numbered.empty()) {
        charset.name = std::move(numbered);
    }
    charset.kind = kind_of(key, charset.name);
    return charset;
}

}  // namespace wirewatch::feeds
