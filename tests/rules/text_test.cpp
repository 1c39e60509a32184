// SPDX-License-Identifier: MIT
// How text is read: folded, cut into words, sentences and paragraphs.
#include "tests/rules/query_cases.hpp"

#include "rules/analyzer.hpp"
#include "rules/folding.hpp"
#include "rules/segmenter.hpp"

#include <catch2/catch.hpp>

using namespace wirewatch;
using namespace wirewatch::rules;

namespace {

std::vector<std::string> exact_words(std::string_view text) {
    std::vector<std::string> words;
    for (const Segment& segment : segments(text, Wildcards::apart)) {
        words.push_back(segment.text);
    }
    return words;
}

}  // namespace

TEST_CASE("folding joins the writings of one word, script by script") {
    const auto [word, folded] = GENERATE(table<const char*, const char*>({
        {"Müller", "muller"},
        {"MU\u0308LLER", "muller"},
        {"Straße", "strasse"},
        {"STRASSE", "strasse"},
        {"Erdoğan", "erdogan"},
        {"İstanbul", "istanbul"},
        {"ISPARTA", "isparta"},
        {"ısparta", "isparta"},
        {"Việt", "viet"},
        {"ＲＵＳＳＩＡ", "russia"},
        {"ﬁnance", "finance"},
        {"Αθήνα", "αθηνα"},
        {"ΑΘΗΝΑΣ", "αθηνασ"},
        {"Ёлка", "елка"},
        {"Росси\u0301я", "россия"},
        {"Толстой", "толстой"},
        {"Україна", "україна"},
        {"Ўзбекистон", "ўзбекистон"},
        {"и\u0306", "й"},
        {"پاكستان", "پاکستان"},
        {"علي", "علی"},
        {"على", "علی"},
        {"أحمد", "احمد"},
        {"إيران", "ایران"},
        {"آب", "اب"},
        {"ٱلله", "الله"},
        {"مُحَمَّد", "محمد"},
        {"محـــمد", "محمد"},
        {"حكومة", "حکومه"},
        {"ہے", "هے"},
        {"بھارت", "بھارت"},
        {"می\u200Cخواهم", "میخواهم"},
        {"ﻣﺼﺮ", "مصر"},
        {"٢٠٢١", "2021"},
        {"۲۰۲۱", "2021"},
        {"२०२१", "2021"},
        {"हिन्दी", "हिन्दी"},
        {"বাংলাদেশ", "বাংলাদেশ"},
        {"ﾛｼｱ", "ロシア"},
        {"ﾀﾞﾑ", "ダム"},
        {"한국", "한국"},
        {"\u0640", ""},
    }));
    CAPTURE(word);
    CHECK(fold(word) == folded);
}

TEST_CASE("a text is cut into words") {
    using Words = std::vector<std::string>;
    const auto [text, words] = GENERATE(table<const char*, Words>({
        {"counter-terrorism unit", Words{"counter", "terrorism", "unit"}},
        {"Russia's gas, Putin’s plan", Words{"Russia", "gas", "Putin", "plan"}},
        {"Russia's2", Words{"Russia", "s2"}},
        {"the U.S. and the U.S.-led, J.P. Morgan",
         Words{"the", "US", "and", "the", "US", "led", "JP", "Morgan"}},
        {"U.S.'s plan", Words{"US", "plan"}},
        {"end. A start", Words{"end", "A", "start"}},
        {"G20 5G 3.5", Words{"G20", "5G", "3", "5"}},
        {"rus\u00ADsia", Words{"russia"}},
        {"l’été", Words{"l", "été"}},
        {"中国", Words{"中国"}},
        {"巴基斯坦。中", Words{"巴基", "基斯", "斯坦", "中"}},
        {"日本の首相", Words{"日本", "本の", "の首", "首相"}},
        {"iPhone手机", Words{"iPhone", "手机"}},
        {"ﾀﾞﾑ", Words{"ﾀﾞﾑ"}},
        {"รัฐบาลไทย", Words{"รัฐบาล", "ไทย"}},
        {"می\u200Cخواهم", Words{"میخواهم"}},
        {"हिन्दी में", Words{"हिन्दी", "में"}},
        {"", Words{}},
        {"... — !", Words{}},
    }));
    CAPTURE(text);
    CHECK(exact_words(text) == words);
}

TEST_CASE("offsets count code points of the text") {
    const std::vector<Word> words = analyze("Größe: U.S. ロシア 😀 end", Stemmer{"de"});
    REQUIRE(words.size() == 5);
    CHECK((words[0].start == 0 && words[0].end == 5));
    CHECK((words[1].start == 7 && words[1].end == 11));
    CHECK((words[2].start == 12 && words[2].end == 14));
    CHECK((words[3].start == 13 && words[3].end == 15));
    CHECK((words[4].start == 18 && words[4].end == 21));
}

TEST_CASE("sentences and paragraphs are told apart") {
    const auto [text, sentences, paragraphs] =
        GENERATE(table<const char*, std::uint32_t, std::uint32_t>({
            {"One two three", 1, 1},
            {"One. Two", 2, 1},
            {"One! Two? Three… Four", 4, 1},
            {"\"Stop!\" he said", 1, 1},
            {"He left. \"Why?\" asked she.", 2, 1},
            {"Mr. Khan met Gen. Bajwa and J. Smith", 1, 1},
            {"the U.S. Senate", 1, 1},
            {"It cost 3.5 million", 1, 1},
            {"example.com and more", 1, 1},
            {"One\nTwo", 2, 1},
            {"One\n\nTwo", 2, 2},
            {"One.\n\nTwo. Three", 3, 2},
            {"俄罗斯。中国", 2, 1},
            {"پاکستان۔ روس", 2, 1},
            {"भारत। रूस", 2, 1},
        }));
    CAPTURE(text);
    const std::vector<Segment> found = segments(text, Wildcards::apart);
    REQUIRE_FALSE(found.empty());
    CHECK(found.back().sentence + 1 == sentences);
    CHECK(found.back().paragraph + 1 == paragraphs);
}

TEST_CASE("a word without end is cut, and goes on as the next") {
    const std::vector<Segment> found = segments(std::string(1000, 'a'), Wildcards::apart);
    REQUIRE(found.size() == 4);
    CHECK(found[0].text.size() == kMaxWordLength);
    CHECK(found[3].end == 1000);
}

TEST_CASE("the stemmer leaves languages alone that it does not know") {
    CHECK(Stemmer{"en-GB"}.stem("Elections") == "elect");
    CHECK(Stemmer{"nb"}.stem("havnene") == Stemmer{"no"}.stem("havnene"));
    CHECK(Stemmer{"ur"}.stem("Elections") == "elections");
    CHECK(Stemmer{""}.stem("Elections") == "elections");
    CHECK(primary_subtag("EN-us") == "en");
    CHECK(primary_subtag("../../etc").empty());
}
