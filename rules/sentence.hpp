// SPDX-License-Identifier: MIT
// Counts sentences and paragraphs while the segmenter walks through a text.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace wirewatch::rules {

/// A sentence ends at . ! ? and their likes in other scripts, unless a small letter follows or the
/// dot belongs to an initial or a title ("J. Smith", "Gen. Bajwa"); and at the end of a line. A
/// paragraph ends at an empty line (base/article.hpp says how articles are laid out).
class SentenceCounter {
  public:
    /// The character at `at`, which belongs to no word; `last_word` stood before it.
    void pass(std::u32string_view text, std::size_t at, std::string_view last_word);

    /// A word begins.
    void word();

    [[nodiscard]] std::uint32_t sentence() const { return sentence_; }
    [[nodiscard]] std::uint32_t paragraph() const { return paragraph_; }

  private:
    std::uint32_t sentence_ = 0;
    std::uint32_t paragraph_ = 0;
    int line_ends_ = 0;  // since the last word
    bool ended_ = false;
};

}  // namespace wirewatch::rules
