// SPDX-License-Identifier: MIT
// The words of many articles, to show what a wildcard stands for.
#pragma once

#include "base/article.hpp"

#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace wirewatch::rules {

class Vocabulary {
  public:
    /// Different words that are kept; later ones are left out. Our choice.
    static constexpr std::size_t kMaxWords = 500'000;

    struct Entry {
        std::string word;  ///< folded
        std::size_t times = 0;
    };

    /// Counts the words of title, summary and content.
    void add(const Article& article);

    /// The words that have a folded shape, the most frequent first.
    [[nodiscard]] std::vector<Entry> like(std::string_view shape) const;

  private:
    std::map<std::string, std::size_t, std::less<>> times_;
};

}  // namespace wirewatch::rules
