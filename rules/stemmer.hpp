// SPDX-License-Identifier: MIT
// The stem of a word in one language, by Snowball.
#pragma once

#include <memory>
#include <string>
#include <string_view>

namespace wirewatch::rules {

/// For one thread at a time: Snowball works in a buffer of its own.
class Stemmer {
  public:
    /// `language` is BCP 47; only its primary subtag counts. Where Snowball does not know it (Urdu,
    /// Persian, Chinese …), a word is its own stem.
    explicit Stemmer(std::string_view language);
    ~Stemmer();
    Stemmer(Stemmer&&) noexcept;
    Stemmer& operator=(Stemmer&&) noexcept;

    /// The folded stem of a word as written. The stem is taken before folding, because Snowball
    /// needs the letters that folding joins.
    [[nodiscard]] std::string stem(std::string_view word) const;

    /// False: every word is its own stem, folded.
    [[nodiscard]] bool changes_words() const;

  private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

/// "en" of "en-GB", in lower case; empty where `language` does not begin with 2 to 8 letters.
[[nodiscard]] std::string primary_subtag(std::string_view language);

}  // namespace wirewatch::rules
