// SPDX-License-Identifier: MIT
// An article, analysed once for all rules.
#pragma once

#include "base/article.hpp"
#include "base/feed.hpp"
#include "base/hit.hpp"
#include "rules/analyzer.hpp"
#include "rules/article_parts.hpp"
#include "rules/stemmer.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace wirewatch::rules {

/// A part of the article (rules/article_parts.hpp) with its words.
struct Part {
    Field field = Field::title;
    std::uint32_t item = 0;
    std::string text;
    std::size_t first_word = 0;  ///< in Document::words()
    std::size_t end_word = 0;
};

/// For one thread at a time.
class Document {
  public:
    /// Stems are of the article's language, as rules/language.hpp finds it.
    Document(const Article& article, const Feed& feed);

    /// In order of field and item.
    [[nodiscard]] const std::vector<Part>& parts() const { return parts_; }
    /// Of all parts; sentences and paragraphs are counted on from part to part.
    [[nodiscard]] const std::vector<Word>& words() const { return words_; }
    /// A primary subtag, never empty.
    [[nodiscard]] const std::string& language() const { return language_; }
    /// The article has more text than is looked at (rules/article_parts.hpp).
    [[nodiscard]] bool is_cut() const { return cut_; }

    [[nodiscard]] const Stemmer& stemmer() const { return stemmer_; }

  private:
    void add(const PartText& text);

    std::string language_;
    Stemmer stemmer_;
    std::vector<Part> parts_;
    bool cut_ = false;
    std::vector<Word> words_;
};

}  // namespace wirewatch::rules
