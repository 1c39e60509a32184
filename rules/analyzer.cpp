// SPDX-License-Identifier: MIT
#include "rules/analyzer.hpp"

#include "rules/folding.hpp"
#include "rules/segmenter.hpp"

#include <utility>

namespace wirewatch::rules {

std::vector<Word> analyze(std::string_view text, const Stemmer& stemmer) {
    std::vector<Word> words;
    for (const Segment& segment : segments(text, Wildcards::apart)) {
        Word word{.folded = fold(segment.text),
                  .exact = composed(segment.text),
                  .stem = stemmer.stem(segment.text),
                  .start = segment.start,
                  .end = segment.end,
                  .sentence = segment.sentence,
                  .paragraph = segment.paragraph};
        if (!word.folded.empty()) {
            words.push_back(std::move(word));
        }
    }
    return words;
}

}  // namespace wirewatch::rules
