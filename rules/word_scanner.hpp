// SPDX-License-Identifier: MIT
// The quick way through a text: words of ASCII letters are found here, one byte after the other;
// whatever holds another letter is handed over whole, for the segmenter.
#pragma once

#include "base/utf8.hpp"
#include "rules/character.hpp"
#include "rules/segmenter.hpp"

#include <array>
#include <cstddef>
#include <string_view>

namespace wirewatch::rules {

namespace scanning {

/// The small letter or digit that an ASCII letter or digit is to a rule; 0: it ends a word.
inline constexpr auto kLower = [] {
    std::array<char, 256> lower{};
    for (char c = '0'; c <= '9'; ++c) {
        lower[static_cast<unsigned char>(c)] = c;
    }
    for (char c = 'a'; c <= 'z'; ++c) {
        lower[static_cast<unsigned char>(c)] = c;
        lower[static_cast<unsigned char>(c - 'a' + 'A')] = c;
    }
    return lower;
}();

[[nodiscard]] constexpr bool is_ascii(char c) {
    return static_cast<unsigned char>(c) < 0x80;
}

[[nodiscard]] constexpr char lower(char c) {
    return kLower[static_cast<unsigned char>(c)];
}

[[nodiscard]] constexpr bool is_letter(char c) {
    return lower(c) >= 'a';
}

struct Point {
    char32_t value = 0;
    std::size_t bytes = 1;
    Character kind = Character::other;
};

/// The character that begins at `at`, which is no ASCII.
[[nodiscard]] Point point_at(std::string_view text, std::size_t at);

}  // namespace scanning

struct AsciiWord {
    std::string_view lower;    ///< folded
    std::string_view written;  ///< without abbreviation dots; both live for the call alone
    std::size_t begin = 0;     ///< bytes of the text
    std::size_t end = 0;
};

/// Calls `sink` for every word of valid UTF-8 `text`, in order:
///   sink.ascii({lower, written, begin, end}): a word of ASCII letters and digits;
///   sink.region(text, begin): a stretch in which the segmenter finds the words that stand there.
/// The words are those of segments(text, Wildcards::apart).
template <class Sink>
class WordScanner {
  public:
    WordScanner(std::string_view text, Sink& sink) : text_{text}, sink_{sink} {}

    void run() {
        while (at_ < text_.size()) {
            const char c = text_[at_];
            if (scanning::lower(c) != 0) {
                word();
            } else if (scanning::is_ascii(c)) {
                ++at_;
            } else {
                beyond_ascii();
            }
        }
    }

  private:
    [[nodiscard]] bool ascii_letter_at(std::size_t at) const {
        return at < text_.size() && scanning::is_letter(text_[at]);
    }
    [[nodiscard]] bool ascii_word_at(std::size_t at) const {
        return at < text_.size() && scanning::lower(text_[at]) != 0;
    }
    [[nodiscard]] bool beyond_ascii_at(std::size_t at) const {
        return at < text_.size() && !scanning::is_ascii(text_[at]);
    }
    [[nodiscard]] bool dot_at(std::size_t at) const {
        return at < text_.size() && text_[at] == '.';
    }

    void word() {
        const std::size_t from = at_;
        if (dot_at(from + 1) && (ascii_letter_at(from + 2) || beyond_ascii_at(from + 2)) &&
            ascii_letter_at(from) && abbreviation()) {
            return;
        }
        std::size_t size = 0;
        for (char c = 0; size < kMaxWordLength && from + size < text_.size() &&
                         (c = scanning::lower(text_[from + size])) != 0;) {
            letters_[size++] = c;
        }
        at_ = from + size;
        if (beyond_ascii_at(at_) && scanning::point_at(text_, at_).kind != Character::other) {
            region(from);  // the word goes on
            return;
        }
        finish(from, {letters_.data(), size}, text_.substr(from, size));
    }

    /// "U.S.", as Segmenter::abbreviation_end() has it. False: no abbreviation begins here.
    bool abbreviation() {
        const std::size_t from = at_;
        std::size_t end = from;
        std::size_t count = 0;
        for (std::size_t i = from; count < kMaxWordLength; i += 2) {
            if (beyond_ascii_at(i) || (ascii_letter_at(i) && beyond_ascii_at(i + 1))) {
                region(from);  // another letter may be part of it
                return true;
            }
            if (!ascii_letter_at(i) || ascii_word_at(i + 1)) {
                break;
            }
            written_[count] = text_[i];
            letters_[count++] = scanning::lower(text_[i]);
            end = i + 1;
            if (!dot_at(i + 1)) {
                break;
            }
            end = i + 2;
        }
        if (count < 2) {
            return false;
        }
        at_ = end;
        finish(from, {letters_.data(), count}, {written_.data(), count});
        return true;
    }

    /// A word has been found that began at `from` and ends at at_.
    void finish(std::size_t from, std::string_view lower, std::string_view written) {
        std::size_t after = at_;  // the apostrophe
        if (after < text_.size() && text_[after] == '\'') {
            ++after;
        } else if (beyond_ascii_at(after)) {
            const scanning::Point point = scanning::point_at(text_, after);
            after += is_apostrophe(point.value) ? point.bytes : 0;
        }
        sink_.ascii(AsciiWord{lower, written, from, at_});
        const bool s = after > at_ && after < text_.size() && scanning::lower(text_[after]) == 's';
        if (s && scanning::is_letter(text_[from]) && !goes_on(after + 1)) {
            at_ = after + 1;  // the 's of "Russia's" belongs to no word
        }
    }

    [[nodiscard]] bool goes_on(std::size_t at) const {
        if (!beyond_ascii_at(at)) {
            return ascii_word_at(at);
        }
        const Character kind = scanning::point_at(text_, at).kind;
        return kind == Character::letter || kind == Character::mark;
    }

    void beyond_ascii() {
        const scanning::Point point = scanning::point_at(text_, at_);
        switch (point.kind) {
            case Character::other:
            case Character::mark:
            case Character::joiner:
                at_ += point.bytes;
                return;
            default:
                region(at_);
        }
    }

    /// From a word's first letter to what surely ends a word, wherever the words in it end.
    void region(std::size_t from) {
        std::size_t end = from;
        while (end < text_.size() &&
               (!scanning::is_ascii(text_[end]) || scanning::lower(text_[end]) != 0 ||
                text_[end] == '.' || text_[end] == '\'')) {
            ++end;
        }
        at_ = end;
        sink_.region(text_.substr(from, end - from), from);
    }

    std::string_view text_;
    Sink& sink_;
    std::size_t at_ = 0;
    std::array<char, kMaxWordLength> letters_{};
    std::array<char, kMaxWordLength> written_{};
};

}  // namespace wirewatch::rules
