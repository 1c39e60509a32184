// SPDX-License-Identifier: MIT
#include "rules/word_places.hpp"

#include "base/utf8.hpp"
#include "rules/folding.hpp"
#include "rules/seen_words.hpp"
#include "rules/segmenter.hpp"
#include "rules/word_scanner.hpp"

#include <algorithm>

namespace wirewatch::rules {

/// Code points are counted on from word to word.
class PlaceSink {
  public:
    PlaceSink(std::string_view text, WordPlaces& places) : text_{text}, places_{places} {}

    void ascii(const AsciiWord& word) {
        const std::uint32_t start = count_to(word.begin);
        add(start, start + static_cast<std::uint32_t>(word.end - word.begin), word.begin, word.end);
    }

    void region(std::string_view region, std::size_t begin) {
        const std::uint32_t first = count_to(begin);
        utf8::Offsets offsets{region};
        for (const Segment& one : segments(region, Wildcards::apart)) {
            const std::size_t from = offsets.of(one.start);
            if (fold(one.text).empty()) {
                continue;
            }
            const std::size_t size = utf8::offset(region.substr(from), one.end - one.start);
            add(first + one.start, first + one.end, begin + from, begin + from + size);
        }
    }

  private:
    std::uint32_t count_to(std::size_t byte) {
        points_ +=
            static_cast<std::uint32_t>(utf8::length(text_.substr(counted_to_, byte - counted_to_)));
        counted_to_ = byte;
        return points_;
    }

    void add(std::uint32_t start, std::uint32_t end, std::size_t begin_byte, std::size_t end_byte) {
        places_.words_.push_back({start, end, static_cast<std::uint32_t>(begin_byte),
                                  static_cast<std::uint32_t>(end_byte)});
    }

    std::string_view text_;
    WordPlaces& places_;
    std::size_t counted_to_ = 0;
    std::uint32_t points_ = 0;
};

WordPlaces::WordPlaces(std::span<const PartText> parts) {
    std::uint32_t position = 0;
    for (const PartText& part : parts) {
        position += SeenWords::kPartGap;
        const std::size_t first = words_.size();
        parts_.push_back({position + 1, first, part.text});
        PlaceSink sink{part.text, *this};
        WordScanner{part.text, sink}.run();
        position += static_cast<std::uint32_t>(words_.size() - first);
    }
}

WordPlaces::Stretch WordPlaces::stretch(std::uint32_t first, std::uint32_t last) const {
    const auto behind = std::partition_point(parts_.begin(), parts_.end(), [&](const Part& part) {
        return part.first_position <= first;
    });
    const Part& part = *(behind - 1);
    const Word& from = words_[part.first_word + (first - part.first_position)];
    const Word& to = words_[part.first_word + (last - part.first_position)];
    return {static_cast<std::size_t>(behind - 1 - parts_.begin()), from.start, to.end,
            part.text.substr(from.begin_byte, to.end_byte - from.begin_byte)};
}

}  // namespace wirewatch::rules
