// SPDX-License-Identifier: MIT
#include "history/text_print.hpp"

#include "base/utf8.hpp"

#include <algorithm>
#include <iterator>
#include <limits>

#include <unicode/uchar.h>

namespace wirewatch::history {

namespace {

struct Word {
    std::uint64_t hash = 0;
    bool has_digit = false;
};

constexpr std::uint64_t kFnvStart = 0xCBF29CE484222325;  // FNV-1a
constexpr std::uint64_t kFnvPrime = 0x100000001B3;

/// Spreads all bits of a hash over all bits. Source: MurmurHash3's finalizer.
std::uint64_t mixed(std::uint64_t hash) {
    hash = (hash ^ hash >> 33) * 0xFF51AFD7ED558CCD;
    hash = (hash ^ hash >> 33) * 0xC4CEB9FE1A85EC53;
    return hash ^ hash >> 33;
}

/// Scripts that are written without spaces: Han, Kana, Thai, Lao, Khmer, Burmese.
bool stands_alone(char32_t c) {
    return (c >= 0x0E00 && c <= 0x0EFF) || (c >= 0x1000 && c <= 0x109F) ||
           (c >= 0x1780 && c <= 0x17FF) || (c >= 0x3040 && c <= 0x30FF) ||
           (c >= 0x3400 && c <= 0x9FFF) || (c >= 0xF900 && c <= 0xFAFF) ||
           (c >= 0x20000 && c <= 0x3FFFF);
}

bool is_letter(char32_t c) {
    const auto type = u_charType(static_cast<UChar32>(c));
    return u_isalnum(static_cast<UChar32>(c)) != 0 || type == U_NON_SPACING_MARK ||
           type == U_COMBINING_SPACING_MARK;
}

/// Splits a text into words as they come.
class WordReader {
  public:
    WordReader(std::vector<Word>& words, std::size_t most) : words_{words}, most_{most} {}

    void read(std::string_view text) {
        for (std::size_t at = 0; at < text.size() && words_.size() < most_;) {
            const auto byte = static_cast<unsigned char>(text[at]);
            if (byte < 0x80) {
                ++at;
                ascii(byte);
            } else {
                beyond_ascii(utf8::next(text, at));
            }
        }
        end();
    }

  private:
    void ascii(unsigned char c) {
        const bool digit = c >= '0' && c <= '9';
        const auto lower = static_cast<unsigned char>(c | 0x20);
        if (digit) {
            word_.has_digit = true;
            add(c);
        } else if (lower >= 'a' && lower <= 'z') {
            add(lower);
        } else if (c != '\'') {  // as in "it's", however it is written
            end();
        }
    }

    void beyond_ascii(char32_t c) {
        if (c == 0x2019 || c == 0xAD) {  // ’ and the soft hyphen
            return;
        }
        if (stands_alone(c)) {
            end();
            add(c);
            end();
        } else if (is_letter(c)) {
            word_.has_digit |= u_isdigit(static_cast<UChar32>(c)) != 0;
            add(static_cast<char32_t>(u_foldCase(static_cast<UChar32>(c), U_FOLD_CASE_DEFAULT)));
        } else {
            end();
        }
    }

    void add(char32_t c) {
        word_.hash = (word_.hash ^ c) * kFnvPrime;
        begun_ = true;
    }

    void end() {
        if (begun_ && words_.size() < most_) {
            words_.push_back(word_);
        }
        word_ = {kFnvStart, false};
        begun_ = false;
    }

    std::vector<Word>& words_;
    std::size_t most_;
    Word word_{kFnvStart, false};
    bool begun_ = false;
};

std::uint32_t shingle(const Word* words) {
    std::uint64_t hash = 0;
    for (std::size_t i = 0; i < kShingleWords; ++i) {
        hash = mixed(hash + words[i].hash);
    }
    return static_cast<std::uint32_t>(hash >> 32);
}

std::vector<std::uint32_t> shingles_of(const std::vector<Word>& words, std::size_t first_words) {
    std::vector<std::uint32_t> found;
    const std::size_t end = std::min(words.size(), first_words);
    found.reserve(end);
    for (std::size_t i = 0; i + kShingleWords <= end; ++i) {
        found.push_back(shingle(&words[i]));
    }
    return found;
}

void sort_once(std::vector<std::uint32_t>& values) {
    std::sort(values.begin(), values.end());
    values.erase(std::unique(values.begin(), values.end()), values.end());
}

std::size_t common(const std::vector<std::uint32_t>& one, const std::vector<std::uint32_t>& other) {
    std::size_t count = 0;
    for (auto a = one.begin(), b = other.begin(); a != one.end() && b != other.end();) {
        count += *a == *b ? 1U : 0U;
        const bool step_a = *a <= *b;
        const bool step_b = *b <= *a;
        a += step_a ? 1 : 0;
        b += step_b ? 1 : 0;
    }
    return count;
}

double share(std::size_t part, std::size_t whole) {
    return whole == 0 ? 1.0 : static_cast<double>(part) / static_cast<double>(whole);
}

}  // namespace

TextPrint print_of(std::string_view title, std::string_view summary, std::string_view content) {
    std::vector<Word> words;
    words.reserve(256);
    WordReader body{words, kPrintWords + 1};
    body.read(content.size() >= summary.size() ? content : summary);
    if (words.size() < kLeastWords) {
        body.read(title);
    }
    TextPrint print;
    if (words.size() < kLeastWords) {
        return print;
    }
    if (words.size() > kPrintWords) {
        print.whole = false;
        words.pop_back();
    }
    print.shingles = shingles_of(words, words.size());
    std::vector<std::uint32_t> lead{
        print.shingles.begin(),
        print.shingles.begin() + static_cast<std::ptrdiff_t>(
                                     std::min(print.shingles.size(), kLeadWords - kShingleWords))};
    sort_once(lead);
    sort_once(print.shingles);
    std::copy_n(lead.begin(), std::min(lead.size(), kPrintKeys), print.keys.begin());
    for (const Word& word : words) {
        if (word.has_digit) {
            print.numbers.push_back(static_cast<std::uint32_t>(mixed(word.hash)));
        }
    }
    sort_once(print.numbers);
    return print;
}

Likeness likeness(const TextPrint& one, const TextPrint& other) {
    if (one.empty() || other.empty()) {
        return {};
    }
    const std::size_t both = common(one.shingles, other.shingles);
    const std::size_t all = one.shingles.size() + other.shingles.size() - both;
    return {.shared = share(both, all),
            .contained = share(both, std::min(one.shingles.size(), other.shingles.size())),
            .numbers = share(common(one.numbers, other.numbers),
                             std::min(one.numbers.size(), other.numbers.size()))};
}

bool same_text(const TextPrint& one, const TextPrint& other) {
    // What a bulletin of every day or every earthquake changes is its figures.
    const Likeness alike = likeness(one, other);
    return alike.contained >= 0.55 && alike.numbers >= 0.6;
}

}  // namespace wirewatch::history
