// SPDX-License-Identifier: MIT
#include "rules/stem_beginning.hpp"

#include "rules/folding.hpp"
#include "rules/stemmer.hpp"

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include <catch2/catch.hpp>

namespace wirewatch::rules {

namespace {

/// Endings that Snowball's English and Russian rules know, and some that they do not.
const std::vector<std::string_view> kEnglishEndings{
    "",        "s",       "es",     "ies",     "ied",   "ed",      "edly",     "eed",   "eedly",
    "ing",     "ingly",   "y",      "ly",      "li",    "tional",  "ational",  "ation", "ator",
    "ate",     "ization", "izer",   "ize",     "izing", "ability", "able",     "ably",  "abli",
    "ibility", "ible",    "bility", "fulness", "ful",   "fully",   "ousness",  "ousli", "ously",
    "iveness", "iviti",   "ivity",  "ive",     "alism", "aliti",   "ality",    "ally",  "alize",
    "icate",   "iciti",   "icity",  "ical",    "ness",  "ance",    "ancy",     "ence",  "ency",
    "ement",   "ment",    "ent",    "ant",     "ism",   "ion",     "ological", "logy",  "logist",
    "lessli",  "lessly",  "er",     "or",      "e",     "al",      "ss",       "us",    "ying"};
const std::vector<std::string_view> kEnglishBases{
    "",      "d",      "l",      "t",     "sk",    "g",       "a",     "re",       "trad",
    "energ", "capab",  "cap",    "rel",   "nat",   "organ",   "happ",  "hop",      "hopp",
    "gas",   "gass",   "us",     "un",    "gener", "commun",  "arsen", "polit",    "econom",
    "vis",   "visit",  "talk",   "pip",   "gwad",  "rus",     "russ",  "pakistan", "iran",
    "kiev",  "sky",    "news",   "inn",   "proc",  "succ",    "exc",   "early",    "on",
    "ugl",   "gent",   "sing",   "idl",   "yel",   "say",     "sayy",  "boy",      "crab",
    "stab",  "nob",    "doub",   "trebl", "able",  "agreeab", "c",     "sanct",    "defen",
    "def",   "terror", "negoti", "agre",  "deni",  "appl",    "mobil"};
const std::vector<std::string_view> kRussianEndings{
    "",      "а",    "ы",    "ов",   "ами", "ах",   "ий",   "ая",     "ого", "ость",   "остью",
    "ейший", "ейше", "нный", "нная", "нн",  "ется", "ются", "ить",    "ила", "ившись", "вши",
    "ь",     "й",    "ей",   "иями", "ёт",  "ёнок", "ие",   "ческий", "ски", "ом",     "ует"};
const std::vector<std::string_view> kRussianBases{
    "росс",      "москв",     "лавров", "газ",  "нефт",    "ёлк",   "переговор",
    "мир",       "эн",        "энерг",  "у",    "я",       "стран", "вой",
    "договорен", "договорён", "быстр",  "силь", "пакистан"};

bool begins_with_one_of(std::string_view word, const std::vector<std::string>& beginnings) {
    return std::any_of(beginnings.begin(), beginnings.end(),
                       [&](const std::string& beginning) { return word.starts_with(beginning); });
}

std::vector<std::string> words_of(const std::vector<std::string_view>& bases,
                                  const std::vector<std::string_view>& endings) {
    std::vector<std::string> words;
    for (const std::string_view base : bases) {
        for (const std::string_view one : endings) {
            for (const std::string_view two : endings) {
                words.push_back(std::string{base}.append(one).append(two));
            }
        }
    }
    return words;
}

}  // namespace

TEST_CASE("every English word begins with what is left of its stem") {
    const Stemmer english{"en"};
    for (const std::string& word : words_of(kEnglishBases, kEnglishEndings)) {
        const std::string beginning = english_beginning(english.stem(word));
        if (!word.starts_with(beginning)) {
            FAIL_CHECK(word << " has the stem " << english.stem(word)
                            << ", but does not begin with " << beginning);
        }
    }
}

TEST_CASE("every Russian word begins with its stem") {
    const Stemmer russian{"ru"};
    for (const std::string& word : words_of(kRussianBases, kRussianEndings)) {
        if (!word.empty() && !fold(word).starts_with(russian.stem(word))) {
            FAIL_CHECK(word << " has the stem " << russian.stem(word));
        }
    }
}

TEST_CASE("words with one stem share a beginning, which is long enough to look up") {
    const auto [word, other] = GENERATE(table<std::string, std::string>({
        {"energy", "energies"},
        {"capability", "capable"},
        {"trade", "trading"},
        {"dying", "die"},
        {"sky", "skies"},
        {"Россия", "Россией"},
        {"ёлка", "елки"},
        {"café", "cafés"},
        {"پاکستان", "پاکستان"},
    }));
    CAPTURE(word);
    CHECK(begins_with_one_of(fold(other), stem_beginnings(word)));
    CHECK(begins_with_one_of(fold(word), stem_beginnings(other)));
    CHECK(stem_beginnings("pipelines") == std::vector<std::string>{"pipelin"});
    CHECK(stem_beginnings("gas") == std::vector<std::string>{"gas"});
    CHECK(stem_beginnings("Россия") == std::vector<std::string>{"росс"});
}

TEST_CASE("only of languages that are known is it said that stems begin alike") {
    for (const char* language : {"en", "en-GB", "ru", "ur", "fa", "zh", "uk"}) {
        CAPTURE(language);
        CHECK(stems_begin_alike(language));
    }
    for (const char* language : {"", "ar", "de", "fr", "id", "sr", "english", "porter", "!"}) {
        CAPTURE(language);
        CHECK_FALSE(stems_begin_alike(language));
    }
}

}  // namespace wirewatch::rules
