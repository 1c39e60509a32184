// SPDX-License-Identifier: MIT
#include "feeds/text_writer.hpp"

#include "base/utf8.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace wirewatch::feeds {

namespace {

/// What a byte of UTF-8 is for a run of text: most are copied without a look at what they mean.
enum class Byte : unsigned char {
    plain,
    look,   ///< may begin a code point that is no plain letter
    odd,    ///< white space or a control character
    markup  ///< "<" or "&"
};

constexpr auto kBytes = [] {
    std::array<Byte, 256> bytes{};
    for (std::size_t c = 0; c <= ' '; ++c) {
        bytes[c] = Byte::odd;
    }
    bytes[0x7F] = Byte::odd;
    bytes['<'] = Byte::markup;
    bytes['&'] = Byte::markup;
    bytes[0xC2] = Byte::look;  // U+0080 to U+009F, no-break space, soft hyphen
    bytes[0xE2] = Byte::look;  // line and paragraph separator
    bytes[0xEF] = Byte::look;  // byte order mark
    return bytes;
}();

unsigned char byte_at(std::string_view text, std::size_t at) {
    return at < text.size() ? static_cast<unsigned char>(text[at]) : '\0';
}

Byte kind_at(std::string_view text, std::size_t at) {
    return kBytes[byte_at(text, at)];
}

/// Whether what begins with a byte to look at is a letter like any other.
bool is_letter_after_all(std::string_view text, std::size_t at) {
    const unsigned char second = byte_at(text, at + 1);
    switch (byte_at(text, at)) {
        case 0xC2:
            return second > 0xA0 && second != 0xAD;
        case 0xE2:
            return second != 0x80 || (byte_at(text, at + 2) | 1u) != 0xA9;
        default:
            return second != 0xBB || byte_at(text, at + 2) != 0xBF;
    }
}

/// Whether `block` and the byte behind it are letters and single spaces, nothing else. Of a fixed
/// size, without branches and all in bytes, so that compilers look at many of them at once: `least`
/// is zero as soon as one is what we look for.
template <std::size_t kBlock>
bool is_plain_block(const char* block) {
    unsigned char least = 0xFF;
    for (std::size_t i = 0; i < kBlock; ++i) {
        const auto c = static_cast<unsigned char>(block[i]);
        const auto next = static_cast<unsigned char>(block[i + 1]);
        const auto differs = [](unsigned char one, unsigned char other) {
            return static_cast<unsigned char>(one ^ other);
        };
        const auto low = static_cast<unsigned char>(c & 0xE0);  // controls
        const auto space = static_cast<unsigned char>(differs(c, ' ') | differs(next, ' '));
        const unsigned char markup = std::min(differs(c, '<'), differs(c, '&'));
        const unsigned char looks =
            std::min(std::min(differs(c, 0xC2), differs(c, 0xE2)), differs(c, 0xEF));
        const unsigned char control = std::min(low, differs(c, 0x7F));
        least = std::min(least, std::min(std::min(space, markup), std::min(looks, control)));
    }
    return least != 0;
}

/// Goes on from `at` block by block, as long as they are plain.
template <std::size_t kBlock>
std::size_t past_plain_blocks(std::string_view text, std::size_t at) {
    while (text.size() - at > kBlock && is_plain_block<kBlock>(text.data() + at)) {
        // A space at the end of a block is decided by what follows it.
        at += text[at + kBlock - 1] == ' ' ? kBlock - 1 : kBlock;
    }
    return at;
}

/// Just past the letters from `at` on, and the single spaces among them.
std::size_t end_of_letters(std::string_view text, std::size_t at) {
    while (at < text.size()) {
        at = past_plain_blocks<32>(text, at);
        at = past_plain_blocks<8>(text, at);
        // What is odd stands in the next few bytes, or the text ends there.
        const std::size_t looked_at = std::min(at + 9, text.size());
        while (at < looked_at) {
            if (kind_at(text, at) == Byte::plain) {
                ++at;
            } else if (text[at] == ' ' && kind_at(text, at + 1) == Byte::plain) {
                at += 2;
            } else if (kind_at(text, at) == Byte::look && is_letter_after_all(text, at)) {
                ++at;
            } else {
                return at;
            }
        }
    }
    return at;
}

}  // namespace

void TextWriter::fill_gap() {
    if (gap_ == Gap::none) {
        return;
    }
    if (!text_.empty()) {
        constexpr std::array<std::string_view, 4> kGaps{"", " ", "\n", "\n\n"};
        text_ += lines_ == Lines::one ? " " : kGaps[static_cast<std::size_t>(gap_)];
    }
    gap_ = Gap::none;
}

void TextWriter::letter(char32_t c) {
    switch (c) {
        case ' ':
        case '\t':
        case '\n':
        case '\r':
        case '\f':
        case 0xA0:
            gap(Gap::space);
            return;
        case 0x2028:
            gap(Gap::line);
            return;
        case 0x2029:
            gap(Gap::paragraph);
            return;
        case 0xAD:    // a soft hyphen would split a word for the rules
        case 0xFEFF:  // likewise a stray byte order mark
            return;
        default:
            break;
    }
    if (c < 0x20 || (c >= 0x7F && c < 0xA0)) {
        return;
    }
    fill_gap();
    utf8::append(text_, c);
}

std::size_t TextWriter::run(std::string_view text, std::size_t at) {
    while (at < text.size()) {
        const Byte kind = kind_at(text, at);
        if (kind == Byte::markup) {
            return at;
        }
        if (kind == Byte::plain || (kind == Byte::look && is_letter_after_all(text, at))) {
            const std::size_t end = end_of_letters(text, at);
            fill_gap();
            text_.append(text, at, end - at);
            at = end;
        } else {
            letter(utf8::next(text, at));
        }
    }
    return at;
}

void TextWriter::all(std::string_view text) {
    for (std::size_t at = run(text, 0); at < text.size(); at = run(text, at)) {
        letter(static_cast<unsigned char>(text[at++]));
    }
}

std::string TextWriter::take() {
    if (text_.capacity() > 2 * text_.size()) {
        text_.shrink_to_fit();  // most of the HTML was tags
    }
    return std::move(text_);
}

}  // namespace wirewatch::feeds
