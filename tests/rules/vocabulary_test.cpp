// SPDX-License-Identifier: MIT
// What wildcards stand for: as their rule has them, and in the words of articles.
#include "rules/vocabulary.hpp"
#include "rules/wording.hpp"
#include "tests/rules/query_cases.hpp"

#include <catch2/catch.hpp>

using namespace wirewatch;
using namespace wirewatch::rules;

namespace {

std::string listed(const std::vector<Vocabulary::Entry>& entries) {
    std::string text;
    for (const Vocabulary::Entry& entry : entries) {
        text += (text.empty() ? "" : " ") + entry.word + ":" + std::to_string(entry.times);
    }
    return text;
}

}  // namespace

TEST_CASE("the words of a shape are counted over title, summary and content") {
    Vocabulary words;
    Article article = titled("Russia and RUSSIAN gas");
    article.summary = "Russian Prussia";
    article.content = "Россия, russia’s Müller";
    article.authors = {"Russiano"};
    words.add(article);
    words.add(titled("Russian"));
    CHECK(listed(words.like("russia*")) == "russian:3 russia:2");
    CHECK(listed(words.like("*ussia")) == "russia:2 prussia:1");
    CHECK(listed(words.like("росси?")) == "россия:1");
    CHECK(listed(words.like("m?ller")) == "muller:1");
    CHECK(words.like("zz*").empty());
}

TEST_CASE("a rule names the wildcards that it and its sets are written with, each once") {
    const RuleSet set =
        RuleSet::compile({rule_of("@r Russia* OR \"gas pipe*\" NOT 中 title:russia*")},
                         {set_of("r", "Müll?r OR gas")})
            .set;
    std::string found;
    for (const TermWord& word : set.wildcards("r")) {
        found += word.exact + "=" + word.folded + " ";
    }
    CHECK(found == "Müll?r=mull?r Russia*=russia* pipe*=pipe* ");
    CHECK(set.wildcards("none").empty());
}

TEST_CASE("a shape is said in words") {
    CHECK(shape_in_words("russia*") == "words that begin with 'russia'");
    CHECK(shape_in_words("*stan") == "words that end in 'stan'");
    CHECK(shape_in_words("*pak*") == "words that have 'pak' in them");
    CHECK(shape_in_words("defen?e") ==
          "words like 'defen?e', where * is any letters, also none, and ? is one letter");
    CHECK(shape_in_words("r*ia*").starts_with("words like 'r*ia*'"));
}
