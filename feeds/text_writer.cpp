// SPDX-License-Identifier: MIT
#include "feeds/text_writer.hpp"

#include "base/byte_lanes.hpp"
#include "base/utf8.hpp"
#include "feeds/windows_1252.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
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

constexpr std::size_t kStep = 2 * ByteLanes::kCount;

/// The bits of those of kStep bytes that are odd. Reads one byte more.
std::uint32_t odd_among(const char* bytes) {
    const auto half = [&](std::size_t at) {
        const ByteLanes lanes{bytes + at};
        const ByteLanes next{bytes + at + 1};
        const ByteLanes control = lanes.at_most(0x1F) | lanes.equal('\x7F');
        const ByteLanes spaces = lanes.equal(' ') & next.at_most(' ');
        const ByteLanes markup = lanes.equal('<') | lanes.equal('&');
        const ByteLanes looks = (lanes.equal('\xC2') | lanes.equal('\xE2')) | lanes.equal('\xEF');
        return ((control | spaces) | (markup | looks)).mask();
    };
    return half(0) | half(ByteLanes::kCount) << ByteLanes::kCount;
}

/// The first byte from `at` on that is not to be copied without a look; the end: none.
std::size_t find_odd(std::string_view text, std::size_t at) {
    for (; text.size() - at > kStep; at += kStep) {
        if (const std::uint32_t odd = odd_among(text.data() + at); odd != 0) {
            return at + first_lane(odd);
        }
    }
    std::array<char, kStep + 1> last{};  // zeros are odd
    text.copy(last.data(), kStep, at);
    return std::min(at + first_lane(odd_among(last.data())), text.size());
}

/// Just past the letters from `at` on, and the single spaces among them.
std::size_t end_of_letters(std::string_view text, std::size_t at) {
    const std::size_t start = at;
    while ((at = find_odd(text, at)) < text.size() && kind_at(text, at) == Byte::look &&
           is_letter_after_all(text, at)) {
        ++at;
    }
    // A space is one between letters only where a letter follows.
    return at > start && text[at - 1] == ' ' ? at - 1 : at;
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
    if (is_c1(c)) {
        c = windows_1252(c);
    }
    if (c < 0x20 || c == 0x7F) {
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
