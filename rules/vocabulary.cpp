// SPDX-License-Identifier: MIT
#include "rules/vocabulary.hpp"

#include "rules/folding.hpp"
#include "rules/glob.hpp"
#include "rules/segmenter.hpp"

#include <algorithm>

namespace wirewatch::rules {

void Vocabulary::add(const Article& article) {
    for (const std::string* text : {&article.title, &article.summary, &article.content}) {
        for (const Segment& segment : segments(*text, Wildcards::apart)) {
            const std::string word = fold(segment.text);
            if (times_.size() < kMaxWords || times_.contains(word)) {
                ++times_[word];
            }
        }
    }
}

std::vector<Vocabulary::Entry> Vocabulary::like(std::string_view shape) const {
    // Words that begin as the shape does stand together.
    const std::string_view prefix = shape.substr(0, shape.find_first_of("*?"));
    std::vector<Entry> found;
    for (auto at = times_.lower_bound(prefix); at != times_.end() && at->first.starts_with(prefix);
         ++at) {
        if (glob(shape, at->first)) {
            found.push_back({at->first, at->second});
        }
    }
    std::stable_sort(found.begin(), found.end(),
                     [](const Entry& a, const Entry& b) { return a.times > b.times; });
    return found;
}

}  // namespace wirewatch::rules
