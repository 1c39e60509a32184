// SPDX-License-Identifier: MIT
// Random rules and articles over small vocabularies, so that they meet: every operator of the
// language, several scripts, and the punctuation at which words are split.
#pragma once

#include "base/article.hpp"
#include "base/feed.hpp"
#include "base/rule.hpp"

#include <array>
#include <cstddef>
#include <random>
#include <string>
#include <string_view>
#include <vector>

namespace wirewatch::rules {

class RandomRules {
  public:
    explicit RandomRules(std::uint32_t seed) : random_{seed} {}

    Rule rule(std::size_t number) {
        language_ = below(kWords.size());
        Rule made;
        made.id = "r" + std::to_string(number);
        made.query = any(2);
        made.stemming = below(4) != 0;
        if (below(20) == 0) {
            made.feeds = {below(2) == 0 ? "voa-*" : "tag:nowhere"};
        }
        return made;
    }

    Article article() {
        language_ = below(kWords.size());
        Article made;
        constexpr std::array<const char*, 3> kLanguages{"en", "ru", "ur"};
        made.language = below(8) == 0 ? (below(2) == 0 ? "tr" : "de") : kLanguages[language_];
        made.title = text(1 + below(8));
        made.summary = below(5) == 0 ? "" : text(below(25));
        made.content = below(3) == 0 ? text(below(60)) : "";
        for (auto more = below(3); more > 0; --more) {
            made.authors.push_back(text(2));
            made.categories.push_back(text(1 + below(2)));
        }
        made.url = "https://www.news.example/" + std::string{word()} + "/" + std::string{word()};
        return made;
    }

    static std::vector<NamedSet> sets() {
        return {{"energy", "energy OR gas OR oil* OR \"gas pipeline\"", {}},
                {"russia", "russia* OR moscow OR росси* OR =SCO", {}},
                {"deep", "@energy NEAR/5 @russia OR talks", {}},
                {"shape", "/ga[sz]/ OR visit", {}}};
    }

    std::size_t below(std::size_t limit) { return random_() % limit; }

  private:
    static constexpr std::array<std::array<std::string_view, 24>, 3> kWords{{
        {"Russia", "russian", "Pakistan", "pakistani", "gas",   "pipeline", "pipelines", "energy",
         "oil",    "Moscow",  "talks",    "talk",      "visit", "visited",  "US",        "SCO",
         "café",   "Müller",  "counter",  "terrorism", "north", "south",    "I",         "and"},
        {"Россия", "России",     "Пакистан", "пакистана", "газ",     "газопровод", "нефть", "нефти",
         "Москва", "переговоры", "визит",    "визита",    "ёлка",    "елка",       "США",   "мир",
         "мира",   "йод",        "иод",      "Лавров",    "Лаврова", "север",      "юг",    "и"},
        {"روس",   "پاکستان",           "پاكستان", "گیس",  "پائپ", "لائن",  "توانائی",  "تیل",
         "ماسکو", "مذاکرات",           "دورہ",    "دوره", "امن",  "افغان", "شمال",     "جنوب",
         "میں",   "مي‌خواهم", "کے",      "ك",    "٢٠٢١", "۲۰۲۱",  "中国政府", "日本"},
    }};

    std::string_view word() {
        // Most rules and articles are in one language; some words come from another.
        const std::size_t from = below(12) == 0 ? below(kWords.size()) : language_;
        return kWords[from][below(kWords[from].size())];
    }

    std::string text(std::size_t words) {
        constexpr std::array<std::string_view, 20> kBetween{
            " ",   " ",  " ",  " ",   " ",    " ",  ", ",     ". ", "-",   "’s ",
            "'s ", " “", "” ", " – ", "\n\n", ". ", "\u00AD", "/",  "...", "’"};
        std::string out;
        for (std::size_t i = 0; i < words; ++i) {
            if (below(30) == 0) {
                constexpr std::array<std::string_view, 8> kOdd{"U.S.",           "U.S", "u.s.’s",
                                                               "e\u0301t\u0301", "3.5", "1990's",
                                                               "O'Brien's",      "ﬁnal"};
                out += kOdd[below(kOdd.size())];
            }
            out += word();
            out += kBetween[below(kBetween.size())];
        }
        return out;
    }

    std::string any(int depth) {
        std::string query = all(depth);
        for (auto more = below(3); more > 1; --more) {
            query += " OR " + all(depth);
        }
        return query;
    }

    std::string all(int depth) {
        std::string query = operand(depth);
        for (auto more = below(3); more > 0; --more) {
            query += below(4) == 0 ? " NOT " : " AND ";
            query += operand(depth);
        }
        return query;
    }

    std::string operand(int depth) {
        if (depth > 0 && below(3) == 0) {
            return "(" + any(depth - 1) + ")";
        }
        switch (below(18)) {
            case 0:
                return near_operand() + " NEAR/" + std::to_string(below(6)) + " " + near_operand();
            case 1:
                return near_operand() + " ONEAR/" + std::to_string(below(6)) + " " + near_operand();
            case 2:
                return near_operand() + (below(2) == 0 ? " SAME " : " w/p ") + near_operand();
            case 3:
                return "ATLEAST/" + std::to_string(1 + below(3)) + "(" + list(depth) + ")";
            case 4:
                return "SCORE/" + std::to_string(below(12)) + "(" + scored(depth) + ")";
            case 5: {
                constexpr std::array<std::string_view, 7> kFields{
                    "title", "summary", "content", "author", "category", "url", "feed"};
                return std::string{kFields[below(kFields.size())]} + ":" + leaf();
            }
            case 6:
                return "@" + std::string{kSets[below(kSets.size())]};
            case 7:
                return below(3) == 0 ? "domain:news.example" : "/" + std::string{word()} + "/i";
            default:
                return leaf();
        }
    }

    std::string near_operand() {
        switch (below(5)) {
            case 0:
                return "(" + leaf() + " OR " + leaf() + ")";
            case 1:
                return "(" + leaf() + " " + leaf() + ")";
            case 2:
                return below(2) == 0 ? "@energy" : "@russia";
            default:
                return leaf();
        }
    }

    std::string list(int depth) {
        std::string query = operand(depth - 1);
        for (auto more = 1 + below(3); more > 0; --more) {
            query += ", " + operand(depth - 1);
        }
        return query;
    }

    std::string scored(int depth) {
        std::string query;
        for (auto more = 1 + below(4); more > 0; --more) {
            constexpr std::array<std::string_view, 6> kWeights{"5", "10", "-50", "0.1", "2.5", "0"};
            query += query.empty() ? "" : ", ";
            query += "(" + any(depth - 1) + ")^" + std::string{kWeights[below(kWeights.size())]};
        }
        return query;
    }

    std::string leaf() {
        const std::string one{word()};
        switch (below(12)) {
            case 0:
                return "\"" + one + " " + std::string{word()} + "\"";
            case 1:
                return "\"" + one + " " + std::string{word()} + "\"~" + std::to_string(below(5));
            case 2:
                return "=" + (one == "and" ? std::string{"US"} : one);
            case 3:
                return prefix(one) + "*";
            case 4:
                return "\"" + one + " " + prefix(std::string{word()}) + "*\"";
            case 5:
                return "\"" + one + "\"~";
            case 6:
                return "counter-terrorism";
            case 7:
                return below(2) == 0 ? "*stan" : "pip?line*";
            default:
                return "\"" + one + "\"" == "\"and\"" ? "\"and\"" : one == "I" ? "\"I\"" : one;
        }
    }

    /// The first half of a word, at least two letters of it.
    static std::string prefix(const std::string& word) {
        std::size_t letters = 0;
        std::size_t bytes = 0;
        while (bytes < word.size() && (letters < 3 || bytes * 2 < word.size())) {
            ++bytes;
            while (bytes < word.size() &&
                   (static_cast<unsigned char>(word[bytes]) & 0xC0) == 0x80) {
                ++bytes;
            }
            ++letters;
        }
        return letters < 2 ? "xx" : word.substr(0, bytes);
    }

    static constexpr std::array<std::string_view, 4> kSets{"energy", "russia", "deep", "shape"};

    std::mt19937 random_;
    std::size_t language_ = 0;
};

}  // namespace wirewatch::rules
