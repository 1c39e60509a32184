// SPDX-License-Identifier: MIT
#include "review/word_diff.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>

namespace wirewatch::review {

namespace {

using Words = std::vector<std::string_view>;
using Kind = DiffPart::Kind;

// The table below has a cell of 2 bytes for each pair of words. Our choice: 8 MB at most.
constexpr std::size_t kMaxWords = 2'000;

bool is_space(char c) {
    return c == ' ' || c == '\n' || c == '\t' || c == '\r';
}

/// Each with the white space behind it; that before the first word counts as a word.
Words words_of(std::string_view text) {
    Words words;
    for (std::size_t at = 0; at < text.size();) {
        std::size_t end = at;
        while (end < text.size() && !is_space(text[end])) {
            ++end;
        }
        while (end < text.size() && is_space(text[end])) {
            ++end;
        }
        words.push_back(text.substr(at, end - at));
        at = end;
    }
    return words;
}

class Parts {
  public:
    void add(Kind kind, std::string_view text) {
        if (text.empty()) {
            return;
        }
        if (parts_.empty() || parts_.back().kind != kind) {
            parts_.push_back({kind, {}});
        }
        parts_.back().text.append(text);
    }
    void add(Kind kind, const Words& words, std::size_t from, std::size_t to) {
        for (; from < to; ++from) {
            add(kind, words[from]);
        }
    }
    std::vector<DiffPart> take() { return std::move(parts_); }

  private:
    std::vector<DiffPart> parts_;
};

/// Where two stretches of words differ, by the longest common subsequence of all their ends.
class Middle {
  public:
    Middle(const Words& before, const Words& after, std::size_t from, std::size_t end_before,
           std::size_t end_after)
        : before_{before},
          after_{after},
          from_{from},
          rows_{end_before - from},
          columns_{end_after - from} {}

    void tell(Parts& parts) {
        if (rows_ > kMaxWords || columns_ > kMaxWords) {
            parts.add(Kind::removed, before_, from_, from_ + rows_);
            parts.add(Kind::added, after_, from_, from_ + columns_);
            return;
        }
        fill();
        std::size_t row = 0;
        std::size_t column = 0;
        while (row < rows_ && column < columns_) {
            if (same(row, column)) {
                parts.add(Kind::same, after_[from_ + column]);
                ++row;
                ++column;
            } else if (length(row + 1, column) >= length(row, column + 1)) {
                parts.add(Kind::removed, before_[from_ + row++]);
            } else {
                parts.add(Kind::added, after_[from_ + column++]);
            }
        }
        parts.add(Kind::removed, before_, from_ + row, from_ + rows_);
        parts.add(Kind::added, after_, from_ + column, from_ + columns_);
    }

  private:
    [[nodiscard]] bool same(std::size_t row, std::size_t column) const {
        return before_[from_ + row] == after_[from_ + column];
    }
    [[nodiscard]] std::uint16_t& length(std::size_t row, std::size_t column) {
        return lengths_[row * (columns_ + 1) + column];
    }

    /// Of the longest common subsequence of what begins at each pair of words.
    void fill() {
        lengths_.assign((rows_ + 1) * (columns_ + 1), 0);
        for (std::size_t row = rows_; row-- > 0;) {
            for (std::size_t column = columns_; column-- > 0;) {
                length(row, column) =
                    same(row, column) ? static_cast<std::uint16_t>(length(row + 1, column + 1) + 1)
                                      : std::max(length(row + 1, column), length(row, column + 1));
            }
        }
    }

    const Words& before_;
    const Words& after_;
    std::size_t from_;
    std::size_t rows_;
    std::size_t columns_;
    std::vector<std::uint16_t> lengths_;
};

}  // namespace

std::vector<DiffPart> word_diff(std::string_view before, std::string_view after) {
    const Words old_words = words_of(before);
    const Words new_words = words_of(after);
    std::size_t begin = 0;
    std::size_t old_end = old_words.size();
    std::size_t new_end = new_words.size();
    while (begin < std::min(old_end, new_end) && old_words[begin] == new_words[begin]) {
        ++begin;
    }
    while (old_end > begin && new_end > begin && old_words[old_end - 1] == new_words[new_end - 1]) {
        --old_end;
        --new_end;
    }
    Parts parts;
    parts.add(Kind::same, new_words, 0, begin);
    Middle{old_words, new_words, begin, old_end, new_end}.tell(parts);
    parts.add(Kind::same, new_words, new_end, new_words.size());
    return parts.take();
}

}  // namespace wirewatch::review
