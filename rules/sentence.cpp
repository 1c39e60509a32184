// SPDX-License-Identifier: MIT
#include "rules/sentence.hpp"

#include "rules/character.hpp"
#include "rules/folding.hpp"

#include <algorithm>
#include <array>
#include <string>

namespace wirewatch::rules {

namespace {

constexpr std::size_t kLookahead = 8;  // quotes, brackets and spaces between two sentences

constexpr std::array<std::string_view, 20> kTitles{
    "mr",  "mrs", "ms",  "dr",  "prof", "gen", "maj", "col", "lt", "capt",
    "sgt", "sen", "rep", "gov", "st",   "no",  "vs",  "jr",  "sr", "inc"};

/// Ends a sentence wherever it stands: scripts without capitals, written without spaces.
bool is_full_stop(char32_t point) {
    constexpr std::u32string_view kStops = U"。！？｡؟۔।॥።၊။";
    return kStops.find(point) != std::u32string_view::npos;
}

bool is_space(char32_t point) {
    return point == U' ' || point == U'\n' || point == U'\t' || point == U'\r' || point == 0xA0;
}

/// "J." and "Gen." go on.
bool is_shortened(std::string_view word) {
    const std::string small = fold(word);
    return small.size() == 1 || std::find(kTitles.begin(), kTitles.end(), small) != kTitles.end();
}

/// Whether what follows a stop at `at` can begin a sentence: a space, then no small letter.
bool begins_anew(std::u32string_view text, std::size_t at) {
    bool space = at + 1 >= text.size();
    for (std::size_t i = at + 1; i < std::min(text.size(), at + 1 + kLookahead); ++i) {
        if (character_kind(text[i]) != Character::other) {
            return space && !is_lower_case(text[i]);
        }
        space = space || is_space(text[i]);
    }
    return space;
}

}  // namespace

void SentenceCounter::pass(std::u32string_view text, std::size_t at, std::string_view last_word) {
    const char32_t point = text[at];
    if (point == U'\n') {
        ++line_ends_;
        ended_ = true;
    } else if (is_full_stop(point)) {
        ended_ = true;
    } else if (point == U'.') {
        ended_ = ended_ || (begins_anew(text, at) && !is_shortened(last_word));
    } else if (point == U'!' || point == U'?' || point == 0x2026) {
        ended_ = ended_ || begins_anew(text, at);
    }
}

void SentenceCounter::word() {
    if (ended_) {
        ++sentence_;
    }
    if (line_ends_ > 1) {
        ++paragraph_;
    }
    ended_ = false;
    line_ends_ = 0;
}

}  // namespace wirewatch::rules
