// SPDX-License-Identifier: MIT
// Where the words of an article stand in its texts: worked out for articles that matched.
#pragma once

#include "base/hit.hpp"
#include "rules/article_parts.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace wirewatch::rules {

/// Counts words and positions as SeenWords does. The texts must outlive it.
class WordPlaces {
  public:
    explicit WordPlaces(std::span<const PartText> parts);

    /// The stretch from the first to the last of these positions, both in one part.
    struct Stretch {
        std::size_t part = 0;     ///< in `parts`
        std::uint32_t start = 0;  ///< code points of the part's text
        std::uint32_t end = 0;
        std::string_view text;
    };
    [[nodiscard]] Stretch stretch(std::uint32_t first, std::uint32_t last) const;

  private:
    friend class PlaceSink;
    struct Word {
        std::uint32_t start = 0;  // code points
        std::uint32_t end = 0;
        std::uint32_t begin_byte = 0;
        std::uint32_t end_byte = 0;
    };
    struct Part {
        std::uint32_t first_position = 0;
        std::size_t first_word = 0;
        std::string_view text;
    };

    std::vector<Part> parts_;
    std::vector<Word> words_;
};

}  // namespace wirewatch::rules
