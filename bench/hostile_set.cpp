// SPDX-License-Identifier: MIT
#include "bench/hostile_set.hpp"

#include <cstddef>
#include <random>
#include <string_view>
#include <utility>

namespace wirewatch::bench {

namespace {

constexpr std::size_t kLongest = 3u << 20;  // bytes of content: more than anybody looks at

std::string repeated(std::string_view text, std::size_t bytes) {
    std::string out;
    while (out.size() + text.size() <= bytes) {
        out += text;
    }
    return out;
}

/// "(p0* OR p0** OR …": as many terms, each of which stands for every word with these letters.
std::string alternatives(std::string_view prefix, int count) {
    std::string out = "(";
    for (int i = 0; i < count; ++i) {
        out.append(i == 0 ? "" : " OR ").append(prefix).append(std::string(1 + i, '*'));
    }
    return out + ")";
}

std::vector<Rule> rules_of(const std::vector<std::string>& queries) {
    std::vector<Rule> rules;
    for (const std::string& query : queries) {
        rules.push_back({.id = "r" + std::to_string(rules.size()), .query = query});
    }
    return rules;
}

Article article_of(std::string content, std::string language = "en") {
    Article article;
    article.title = "Gas talks";
    article.content = std::move(content);
    article.language = std::move(language);
    return article;
}

std::string random_letters(std::size_t bytes, std::string_view between) {
    std::mt19937 random{1};
    std::string text;
    while (text.size() < bytes) {
        for (auto letters = 1 + random() % 9; letters > 0; --letters) {
            text += static_cast<char>('a' + random() % 20);
        }
        text += between;
    }
    return text;
}

std::string many_terms(int count) {
    std::string query = "w0";
    for (int i = 1; i < count; ++i) {
        query += "|w" + std::to_string(i);
    }
    return query;
}

std::string nested(int depth) {
    std::string query = "gas";
    for (int i = 0; i < depth; ++i) {
        query = "(x OR y z NOT q NEAR/1 w OR " + query + ")";
    }
    return query;
}

std::vector<std::string> expressions(int count) {
    std::vector<std::string> queries;
    for (int i = 0; i < count; ++i) {
        queries.push_back("/[a-q][^u-z]{" + std::to_string(100 + i) + "}\\d/");
    }
    return queries;
}

}  // namespace

std::vector<HostileCase> hostile_cases() {
    const std::string words = repeated("zulu alpha ", kLongest);
    const std::string noise = random_letters(kLongest, " ");
    std::vector<HostileCase> cases;
    cases.push_back({"10,000 terms", rules_of({many_terms(10'000)}), article_of(noise + "w9999")});
    cases.push_back({"10,000 terms beside /x/", rules_of({many_terms(9'000) + "|/q[a-z]q/"}),
                     article_of(noise)});
    cases.push_back({"nested 190 deep", rules_of({nested(190)}), article_of(noise)});
    cases.push_back({"NEAR over groups of 100",
                     rules_of({alternatives("al", 100) + " NEAR/1 " + alternatives("zu", 100)}),
                     article_of(words)});
    cases.push_back({"the same, 50 rules",
                     rules_of(std::vector<std::string>(
                         50, alternatives("al", 100) + " ONEAR/1 " + alternatives("zu", 100))),
                     article_of(words)});
    cases.push_back({"a chain of 50 NEARs", rules_of({[] {
                         std::string query = "alpha";
                         for (int i = 0; i < 50; ++i) {
                             query += i % 2 == 0 ? " NEAR/1000 zulu" : " NEAR/1000 alpha";
                         }
                         return query;
                     }()}),
                     article_of(words)});
    cases.push_back(
        {"a phrase of 100 words",
         rules_of({"\"" + repeated("a ", 198) + "b\"", "\"" + repeated("a ", 200) + "\""}),
         article_of(repeated("a ", kLongest))});
    cases.push_back({"words within 1,000",
                     rules_of({"\"alpha zulu gas\"~1000 NOT cricket", "\"zulu alpha zulu\"~1000"}),
                     article_of(words)});
    cases.push_back({"SAME", rules_of({"alpha SAME zulu SAME alpha", "alpha w/p zulu"}),
                     article_of(repeated("zulu alpha. ", kLongest))});
    cases.push_back({"/[a-q][^u-z]{100}\\d/", rules_of(expressions(1)), article_of(noise)});
    cases.push_back({"the same, 100 rules", rules_of(expressions(100)), article_of(noise)});
    cases.push_back({"/(a+)+$b/, /(a|aa)+c/, /(a?){400}b/",
                     rules_of({"/(a+)+$b/", "/(a|aa)+c/", "/(a?){400}b/"}),
                     article_of(repeated("a", kLongest))});
    cases.push_back({"/./s, /.{1,400}/s, /\\w+/", rules_of({"/./s", "/.{1,400}/s", "/\\w+/"}),
                     article_of(noise)});
    cases.push_back(
        {"wildcards over everything",
         rules_of({"zu*", "*lu", "z?l*", "al*ha", "*lpha*", "zu* NEAR/3 al*", "\"zu* al* zu*\""}),
         article_of(words)});
    cases.push_back(
        {"SCORE of 5,000, ATLEAST of 5,000",
         rules_of({[] {
                       std::string query = "SCORE/4000(al*^1";
                       for (int i = 0; i < 5'000; ++i) {
                           query += ",al" + std::string(1, static_cast<char>('a' + i % 26)) + "*^1";
                       }
                       return query + ")";
                   }(),
                   [] {
                       std::string query = "ATLEAST/3(al*";
                       for (int i = 0; i < 5'000; ++i) {
                           query += ",w" + std::to_string(i);
                       }
                       return query + ")";
                   }()}),
         article_of(words)});
    cases.push_back({"1,000 plain rules, 3 MiB of different words",
                     [] {
                         std::vector<std::string> queries;
                         for (int i = 0; i < 1'000; ++i) {
                             queries.push_back("w" + std::to_string(i) + " NOT x");
                         }
                         return rules_of(queries);
                     }(),
                     article_of([] {
                         std::string text;
                         for (int i = 0; text.size() < kLongest; ++i) {
                             text += "w" + std::to_string(i) + " ";
                         }
                         return text;
                     }())});
    const std::vector<std::string> few{"gas NEAR/3 talks", "/t[a-z]lks/", "gas SAME talks"};
    cases.push_back({"3 MiB of Russian", rules_of(few),
                     article_of(repeated("Министры обсудили поставки газа. ", kLongest), "ru")});
    cases.push_back({"3 MiB of Urdu", rules_of(few),
                     article_of(repeated("پاکستان اور روس کے درمیان مذاکرات۔ ", kLongest), "ur")});
    cases.push_back({"3 MiB of Chinese", rules_of(few),
                     article_of(repeated("中国政府与俄罗斯就天然气管道举行会谈", kLongest), "zh")});
    cases.push_back({"3 MiB of Thai", rules_of(few),
                     article_of(repeated("รัฐบาลไทยหารือเรื่องท่อส่งก๊าซธรรมชาติ", kLongest), "th")});
    cases.push_back({"3 MiB of combining marks", rules_of(few),
                     article_of("a" + repeated("\u0301\u0327", kLongest))});
    cases.push_back({"3 MiB in one word", rules_of(few), article_of(repeated("a", kLongest))});
    Article names = article_of("text");
    for (int i = 0; i < 5'000; ++i) {
        names.authors.push_back(repeated("Müller-Lüdenscheid ", 2'000));
        names.categories.push_back(repeated("ё", 2'000));
    }
    cases.push_back({"5,000 long authors and categories",
                     rules_of({"author:muller", "category:/ё+/", "author:/ld.*d/"}), names});
    std::vector<std::string> all = expressions(50);
    all.push_back(many_terms(9'000) + "|/q[a-z]q/");
    all.push_back(nested(190));
    all.push_back(alternatives("ab", 100) + " NEAR/1 " + alternatives("ba", 100));
    all.push_back("ab* SAME ba* SAME ca* SAME \"中国\" SAME talks");
    all.insert(all.end(), {"/./s", "/.{1,400}/s", "/(a?){400}b/", "\"ab* ba* ca*\"~1000"});
    const std::string chinese = repeated("中国政府与俄罗斯就天然气管道举行会谈", 48u << 10);
    cases.push_back({"all of it, letters", rules_of(all), article_of(noise)});
    cases.push_back(
        {"all of it, Chinese and letters", rules_of(all), article_of(chinese + " " + noise, "zh")});
    return cases;
}

}  // namespace wirewatch::bench
