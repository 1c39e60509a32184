// SPDX-License-Identifier: MIT
// An article, analysed once for all rules.
#pragma once

#include "base/article.hpp"
#include "base/feed.hpp"
#include "base/hit.hpp"
#include "rules/analyzer.hpp"
#include "rules/stemmer.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace wirewatch::rules {

/// Of one field; the rest of a longer text is not looked at. Our choice.
inline constexpr std::size_t kMaxFieldBytes = 1u << 20;
/// Authors or categories; the rest is not looked at. Our choice.
inline constexpr std::size_t kMaxItems = 200;

/// One text that nothing runs across: a field, or one author or category of several. Of the feed
/// field, item 0 is its id and item 1 its title.
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
    [[nodiscard]] const Stemmer& stemmer() const { return stemmer_; }

  private:
    void add(Field field, std::uint32_t item, std::string_view text);

    std::string language_;
    Stemmer stemmer_;
    std::vector<Part> parts_;
    std::vector<Word> words_;
};

/// The host of a URL in lower case, without "www."; empty where there is none.
[[nodiscard]] std::string host_of(std::string_view url);

}  // namespace wirewatch::rules
