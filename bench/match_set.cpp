// SPDX-License-Identifier: MIT
#include "bench/match_set.hpp"

#include <algorithm>
#include <cmath>
#include <fstream>
#include <map>
#include <random>
#include <set>
#include <string_view>
#include <utility>

#include <nlohmann/json.hpp>

namespace wirewatch::bench {

namespace {

using Json = nlohmann::json;

std::string joined(const Json& children, std::string_view between);

/// A word that may be an operator of ours.
std::string quoted_if_needed(const std::string& word) {
    static const std::set<std::string> kOperators{"and", "or", "not", "near", "onear", "same"};
    return kOperators.contains(word) ? '"' + word + '"' : word;
}

std::string query_of(const Json& node) {
    const std::string type = node.at("t");
    if (type == "term") {
        const std::string word = node.at("v");
        const std::string field = node.contains("f") ? node.at("f").get<std::string>() + ":" : "";
        return field + (node.contains("cs") ? "=" + word : quoted_if_needed(word));
    }
    if (type == "phrase") {
        std::string words;
        for (const Json& word : node.at("v")) {
            words += (words.empty() ? "" : " ") + word.get<std::string>();
        }
        return '"' + words + '"';
    }
    if (type == "near") {  // theirs counts steps, ours the words between
        const std::string link = node.at("o") == 1 ? " ONEAR/" : " NEAR/";
        return quoted_if_needed(node.at("v")[0]) + link +
               std::to_string(node.at("n").get<int>() - 1) + " " +
               quoted_if_needed(node.at("v")[1]);
    }
    if (type == "prefix") {
        return node.at("v").get<std::string>() + "*";
    }
    if (type == "not") {
        return "NOT " + query_of(node.at("c"));
    }
    if (type == "min") {
        return "ATLEAST/" + std::to_string(node.at("n").get<int>()) + "(" +
               joined(node.at("c"), ", ") + ")";
    }
    return "(" + joined(node.at("c"), type == "and" ? " AND " : " OR ") + ")";
}

std::string joined(const Json& children, std::string_view between) {
    std::string out;
    for (const Json& child : children) {
        out.append(out.empty() ? "" : between).append(query_of(child));
    }
    return out;
}

Rule rule(std::size_t number, std::string query) {
    Rule made;
    made.id = "r" + std::to_string(number);
    made.query = std::move(query);
    made.stemming = false;
    return made;
}

/// Words of a language that nobody speaks, the commonest first.
std::vector<std::string> make_vocabulary(std::size_t count, std::mt19937& random) {
    constexpr std::string_view kConsonants = "bcdfghjklmnprstvwz";
    constexpr std::string_view kVowels = "aeiou";
    std::set<std::string> known;
    std::vector<std::string> words;
    while (words.size() < count) {
        std::string word;
        const std::size_t syllables = 1 + random() % 2 + (words.size() > 300 ? random() % 3 : 0);
        for (std::size_t i = 0; i < syllables; ++i) {
            word += kConsonants[random() % kConsonants.size()];
            word += kVowels[random() % kVowels.size()];
            if (random() % 3 == 0) {
                word += kConsonants[random() % kConsonants.size()];
            }
        }
        if (known.insert(word).second) {
            words.push_back(word);
        }
    }
    return words;
}

/// Zipf's law, nearly: the n-th word comes 1/(n + 3) as often as the first would.
std::size_t zipf(std::size_t count, std::mt19937& random) {
    const double u = static_cast<double>(random()) / 4294967296.0;
    const double place = 3 * std::exp(u * std::log((static_cast<double>(count) + 3) / 3)) - 3;
    return std::min(count - 1, static_cast<std::size_t>(place));
}

/// The lower-case ASCII words of an article.
std::vector<std::string> words_of(const Article& article) {
    std::vector<std::string> words;
    std::string word;
    for (const char c : article.title + " " + article.summary + " " + article.content + " ") {
        const bool capital = c >= 'A' && c <= 'Z';
        if (capital || (c >= 'a' && c <= 'z')) {
            word += capital ? static_cast<char>(c - 'A' + 'a') : c;
        } else if (!word.empty()) {
            words.push_back(std::exchange(word, {}));
        }
    }
    return words;
}

class RuleWriter {
  public:
    RuleWriter(const std::vector<Article>& articles, std::uint32_t seed) : random_{seed} {
        std::map<std::string, std::size_t> counts;
        for (const Article& article : articles) {
            texts_.push_back(words_of(article));
            for (const std::string& word :
                 std::set<std::string>(texts_.back().begin(), texts_.back().end())) {
                ++counts[word];
            }
        }
        std::erase_if(texts_, [](const auto& words) { return words.size() < 8; });
        // What an analyst looks for: no word that two in a hundred articles have.
        for (const auto& [word, count] : counts) {
            if (word.size() >= 4 && count >= 2 && count * 50 <= articles.size()) {
                selective_.push_back(word);
            }
        }
    }

    std::string query(Mix mix) {
        switch (mix) {
            case Mix::words:
            case Mix::stems:
                return word() + " AND " + word();
            case Mix::prefixes:
                return prefix() + " AND " + prefix();
            case Mix::analyst:
                break;
        }
        switch (random_() % 8) {
            case 0:
                return word();
            case 1:
            case 2:
                return word() + " AND " + word();
            case 3:
                return phrase();
            case 4:
                return word() + " NEAR/" + std::to_string(1 + random_() % 9) + " " + word();
            case 5:
                return prefix() + " AND " + word() + " NOT " + word();
            default:
                return word() + " AND " + group() + " AND " + group();
        }
    }

  private:
    std::string word() { return selective_[random_() % selective_.size()]; }
    std::string prefix() {
        const std::string whole = word();
        return whole.substr(0, std::max<std::size_t>(4, whole.size() - 1)) + "*";
    }
    std::string phrase() {
        const auto& words = texts_[random_() % texts_.size()];
        const std::size_t at = random_() % (words.size() - 1);
        return '"' + words[at] + " " + words[at + 1] + '"';
    }
    std::string group() {
        std::string out = "(" + word();
        for (std::size_t more = 1 + random_() % 5; more > 0; --more) {
            out += " OR " + (random_() % 5 == 0 ? phrase() : word());
        }
        return out + ")";
    }

    std::mt19937 random_;
    std::vector<std::vector<std::string>> texts_;
    std::vector<std::string> selective_;
};

}  // namespace

std::optional<std::vector<Article>> read_articles(const std::filesystem::path& file) {
    std::ifstream in{file};
    if (!in) {
        return std::nullopt;
    }
    std::vector<Article> articles;
    for (std::string line; std::getline(in, line);) {
        const Json item = Json::parse(line);
        Article& article = articles.emplace_back();
        article.title = item.value("title", "");
        article.summary = item.value("summary", "");
        article.content = item.value("body", "");
        article.language = item.value("lang", "");
    }
    return articles;
}

std::optional<std::vector<Rule>> read_rules(const std::filesystem::path& file, std::size_t most) {
    std::ifstream in{file};
    if (!in) {
        return std::nullopt;
    }
    std::vector<Rule> rules;
    for (std::string line; rules.size() < most && std::getline(in, line);) {
        rules.push_back(rule(rules.size(), query_of(Json::parse(line).at("q"))));
    }
    return rules;
}

std::vector<Article> make_articles(std::size_t count, std::uint32_t seed) {
    std::mt19937 random{seed};
    const std::vector<std::string> vocabulary = make_vocabulary(40'000, random);
    const auto text = [&](std::size_t words) {
        std::string out;
        for (std::size_t i = 0; i < words; ++i) {
            std::string word = vocabulary[zipf(vocabulary.size(), random)];
            if (random() % 6 == 0) {
                word[0] = static_cast<char>(word[0] - 'a' + 'A');
            }
            out += (i == 0 ? "" : random() % 9 == 0 ? ", " : " ") + word;
        }
        return out + ".";
    };
    std::vector<Article> articles(count);
    for (Article& article : articles) {
        article.title = text(8);
        article.summary = text(30);
        article.language = "en";
    }
    return articles;
}

std::vector<Rule> make_rules(const std::vector<Article>& articles, std::size_t count, Mix mix,
                             std::uint32_t seed) {
    RuleWriter writer{articles, seed};
    std::vector<Rule> rules;
    while (rules.size() < count) {
        rules.push_back(rule(rules.size(), writer.query(mix)));
        rules.back().stemming = mix == Mix::stems;
    }
    return rules;
}

std::vector<Article> shortened(const std::vector<Article>& articles) {
    std::vector<Article> made;
    for (const Article& article : articles) {
        if (article.title.size() + article.summary.size() < 150) {
            continue;
        }
        made.push_back(article);
        made.back().content.clear();
    }
    return made;
}

std::vector<Article> lengthened(const std::vector<Article>& articles) {
    constexpr std::size_t kBytes = 2'400;
    std::map<std::string, Article> growing;  // by language
    std::vector<Article> made;
    for (const Article& article : articles) {
        Article& one = growing[article.language];
        if (one.title.empty()) {
            one.title = article.title;
            one.language = article.language;
        }
        one.content += article.title + "\n\n" + article.summary + "\n\n" + article.content + "\n\n";
        if (one.content.size() >= kBytes) {
            std::size_t end = kBytes;
            while ((static_cast<unsigned char>(one.content[end]) & 0xC0) == 0x80) {
                --end;
            }
            one.content.resize(end);
            made.push_back(std::exchange(one, {}));
        }
    }
    return made;
}

}  // namespace wirewatch::bench
