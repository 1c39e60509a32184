// SPDX-License-Identifier: MIT
#include "feeds/date_letters.hpp"

#include "base/utf8.hpp"
#include "feeds/letters.hpp"

#include <algorithm>
#include <cstddef>
#include <string>

namespace wirewatch::feeds {

namespace {

struct Range {
    char32_t first;
    char32_t last;
};

// U+00C0 to U+017F: the letter below the accent.
constexpr std::string_view kLatin =
    "aaaaaaaceeeeiiiidnooooo*ouuuuytsaaaaaaaceeeeiiiidnooooo*ouuuuyty"
    "aaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiiiiijjkkklllllll"
    "lllnnnnnnnnnoooooooorrrrrrssssssssttttttuuuuuuuuuuuuwwyyyzzzzzzs";
static_assert(kLatin.size() == 0x180 - 0xC0);

// The digit 0 of each script; 1 to 9 follow it.
constexpr std::array<char32_t, 17> kZeros{0x0660, 0x06F0, 0x0966, 0x09E6, 0x0A66, 0x0AE6,
                                          0x0B66, 0x0BE6, 0x0C66, 0x0CE6, 0x0D66, 0x0E50,
                                          0x0ED0, 0x0F20, 0x1040, 0x17E0, 0xFF10};

constexpr auto kSpaces = std::to_array<Range>({{0x85, 0x85},
                                               {0xA0, 0xA0},
                                               {0xAB, 0xAB},
                                               {0xB7, 0xB7},
                                               {0xBB, 0xBB},
                                               {0x2000, 0x200A},
                                               {0x2022, 0x2022},
                                               {0x2028, 0x2029},
                                               {0x202F, 0x202F},
                                               {0x205F, 0x205F},
                                               {0x3000, 0x3000}});

// Soft hyphens, ordinal signs, accents that stand alone, vowel signs, marks of direction.
constexpr auto kNothing = std::to_array<Range>({{0xAA, 0xAA},
                                                {0xAD, 0xAD},
                                                {0xBA, 0xBA},
                                                {0x0300, 0x036F},
                                                {0x0640, 0x0640},
                                                {0x064B, 0x0655},
                                                {0x200B, 0x200F},
                                                {0x202A, 0x202E},
                                                {0x2066, 0x2069},
                                                {0xFEFF, 0xFEFF}});

struct Pair {
    char32_t from;
    char32_t to;
};

constexpr auto kPairs = std::to_array<Pair>({
    {0x01A0, U'o'},   {0x01A1, U'o'},   {0x01AF, U'u'},   {0x01B0, U'u'},   {0x0218, U's'},
    {0x0219, U's'},   {0x021A, U't'},   {0x021B, U't'},   {U'ά', U'α'},     {U'έ', U'ε'},
    {U'ή', U'η'},     {U'ί', U'ι'},     {U'ό', U'ο'},     {U'ύ', U'υ'},     {U'ώ', U'ω'},
    {U'Ά', U'α'},     {U'Έ', U'ε'},     {U'Ή', U'η'},     {U'Ί', U'ι'},     {U'Ό', U'ο'},
    {U'Ύ', U'υ'},     {U'Ώ', U'ω'},     {U'ϊ', U'ι'},     {U'ΐ', U'ι'},     {U'ϋ', U'υ'},
    {U'ς', U'σ'},     {0x0622, 0x0627}, {0x0623, 0x0627}, {0x0625, 0x0627}, {0x0649, 0x06CC},
    {0x064A, 0x06CC}, {0x0643, 0x06A9}, {0x06D5, 0x0647}, {0x060C, U','},   {0x066B, U'.'},
    {0x2019, U'\''},  {0x02BC, U'\''},  {0x2212, U'-'},   {0x3001, U','},   {0x3002, U'.'},
});

constexpr bool is_in(const auto& ranges, char32_t c) {
    return std::any_of(ranges.begin(), ranges.end(),
                       [&](Range range) { return c >= range.first && c <= range.last; });
}

/// The plain letter; 0: nothing is left of it.
char32_t plain(char32_t c) {
    if (c >= 0xC0 && c < 0x180) {
        return static_cast<char32_t>(kLatin[c - 0xC0]);
    }
    if ((c >= 0x0410 && c <= 0x042F) || (c >= 0x0391 && c <= 0x03A9)) {
        return c + 0x20;  // Cyrillic and Greek capitals
    }
    if (c >= 0x0400 && c <= 0x040F) {
        return c + 0x50;
    }
    if (c >= 0xFF01 && c <= 0xFF5E) {
        return c - 0xFEE0;
    }
    if (c >= 0x2010 && c <= 0x2015) {
        return U'-';
    }
    if (is_in(kSpaces, c)) {
        return U' ';
    }
    if (is_in(kNothing, c)) {
        return 0;
    }
    const auto pair =
        std::find_if(kPairs.begin(), kPairs.end(), [&](Pair known) { return known.from == c; });
    return pair == kPairs.end() ? c : pair->to;
}

}  // namespace

PlainDate::PlainDate(std::string_view text) {
    for (std::size_t at = 0; at < text.size() && at < kMaxDateBytes;) {
        const char c = text[at];
        if (static_cast<unsigned char>(c) < 0x80) {
            bytes_[size_++] = lower(c);
            ++at;
            continue;
        }
        const std::size_t before = at;
        const char32_t code_point = utf8::next(text, at);
        // U+FFFD may be longer than the byte that it stands for.
        add(code_point == 0xFFFD && at - before < 3 ? U'*' : code_point);
    }
}

void PlainDate::add(char32_t code_point) {
    for (const char32_t zero : kZeros) {
        if (code_point >= zero && code_point <= zero + 9) {
            bytes_[size_++] = static_cast<char>('0' + (code_point - zero));
            has_persian_digits_ |= zero == 0x06F0;
            return;
        }
    }
    if (const char32_t letter = plain(code_point); letter != 0) {
        std::string encoded;  // never longer than what it was made of
        utf8::append(encoded, letter);
        std::copy(encoded.begin(), encoded.end(),
                  bytes_.begin() + static_cast<std::ptrdiff_t>(size_));
        size_ += encoded.size();
    }
}

}  // namespace wirewatch::feeds
