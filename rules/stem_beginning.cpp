// SPDX-License-Identifier: MIT
#include "rules/stem_beginning.hpp"

#include "rules/folding.hpp"
#include "rules/stemmer.hpp"

#include <algorithm>
#include <array>

namespace wirewatch::rules {

bool stems_begin_alike(std::string_view language) {
    const std::string subtag = primary_subtag(language);
    // Snowball knows languages under their names too ("english"); as subtags they are nonsense.
    return subtag == "en" || subtag == "ru" ||
           (!subtag.empty() && !Stemmer{subtag}.changes_words());
}

std::string english_beginning(std::string_view stem) {
    constexpr std::array<std::string_view, 3> kWithY{"die", "lie", "tie"};  // dying, lying, tying
    if (std::find(kWithY.begin(), kWithY.end(), stem) != kWithY.end()) {
        return std::string{stem.substr(0, 1)};
    }
    if (stem == "sky") {  // skies
        return "sk";
    }
    for (const std::string_view put : {"ble", "bl"}) {  // for "bil" of "ability"
        if (stem.ends_with(put)) {
            return std::string{stem.substr(0, stem.size() - put.size() + 1)};
        }
    }
    // "e" of "trade" stands for "ing", "i" of "energi" for "y".
    const bool put = stem.ends_with('e') || stem.ends_with('i');
    return std::string{stem.substr(0, stem.size() - (put ? 1 : 0))};
}

std::vector<std::string> stem_beginnings(std::string_view word) {
    // Russian takes endings away and puts nothing in their place.
    std::vector<std::string> all{english_beginning(Stemmer{"en"}.stem(word)),
                                 Stemmer{"ru"}.stem(word), fold(word)};
    std::sort(all.begin(), all.end());  // a beginning stands right before what begins with it
    const auto covers = [](const std::string& shorter, const std::string& longer) {
        return longer.starts_with(shorter);
    };
    all.erase(std::unique(all.begin(), all.end(), covers), all.end());
    return all;
}

}  // namespace wirewatch::rules
