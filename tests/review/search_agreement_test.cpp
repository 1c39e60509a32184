// SPDX-License-Identifier: MIT
// Searching history finds what matching every article finds: many queries over a stored corpus.
#include "history/reader.hpp"
#include "history/writer.hpp"
#include "review/article_file.hpp"
#include "rules/language.hpp"
#include "rules/matcher.hpp"
#include "rules/required_words.hpp"
#include "rules/rule_set.hpp"
#include "rules/stem_beginning.hpp"
#include "support/temp_dir.hpp"
#include "tests/rules/random_rules.hpp"

#include "base/digest.hpp"

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <map>
#include <random>
#include <set>
#include <string>
#include <vector>

#include <catch2/catch.hpp>

using namespace wirewatch;

namespace {

const Feed kFeed{.id = "voa-world"};

/// Articles in a database, as the daemon stores them.
class Store {
  public:
    explicit Store(std::vector<Article> articles) : articles_{std::move(articles)} {
        history::Turn turn;
        turn.state.feed_id = kFeed.id;
        turn.state.url = "https://voa.example/rss";
        std::size_t number = 0;
        for (Article& article : articles_) {
            article.feed_id = kFeed.id;
            article.key = to_hex(sha256(std::to_string(number++))).substr(0, 32);
            history::MatchedArticle stored;
            stored.article = article;
            stored.language = rules::language_of(article, kFeed);
            stored.stems = rules::stems_begin_alike(stored.language) ? history::Stems::alike
                                                                     : history::Stems::anyhow;
            turn.articles.push_back(std::move(stored));
        }
        auto writer = history::Writer::open(file_, {}).value();
        REQUIRE(
            writer.commit({turn}, Instant{std::chrono::sys_days{std::chrono::April / 7 / 2021}}));
        reader_.emplace(history::Reader::open(file_).value());
    }

    [[nodiscard]] const std::vector<Article>& articles() const { return articles_; }

    /// The keys of what may satisfy a requirement.
    [[nodiscard]] std::set<std::string> candidates(const Requirement& words) const {
        history::ArticleSearch search;
        search.filter.words = words;
        search.looks = 7;  // many batches, so that their seams are tried too
        search = reader_->find_articles(search).value();
        std::set<std::string> keys;
        while (true) {
            const auto batch = reader_->candidates(search);
            REQUIRE(batch);
            for (const history::Candidate& one : batch->articles) {
                CHECK(keys.insert(one.article.key).second);
            }
            if (batch->over) {
                return keys;
            }
            search = batch->rest;
        }
    }

  private:
    support::TempDir directory_;
    std::filesystem::path file_ = directory_ / "wirewatch.db";
    std::vector<Article> articles_;
    std::optional<history::Reader> reader_;
};

/// Every rule over every article, against what the index leaves over. Gives the share that it left.
double compare(const Store& store, const rules::RuleSet& rules) {
    rules::Matcher matcher{rules};
    std::map<std::string, std::set<std::string>> matched;
    for (const Article& article : store.articles()) {
        for (const Rule* rule : matcher.matching(article, kFeed)) {
            matched[rule->id].insert(article.key);
        }
    }
    std::size_t left = 0;
    for (const Rule* rule : rules.rules()) {
        const auto found = store.candidates(rules::required_words(rules, rule->id));
        left += found.size();
        for (const std::string& key : matched[rule->id]) {
            if (!found.contains(key)) {
                const auto article =
                    std::find_if(store.articles().begin(), store.articles().end(),
                                 [&](const Article& one) { return one.key == key; });
                FAIL_CHECK("the search leaves out what '"
                           << rule->query << "' matches: " << article->title << " | "
                           << article->summary << " | " << article->content);
            }
        }
    }
    return static_cast<double>(left) /
           static_cast<double>(rules.rules().size() * store.articles().size());
}

/// The words of a text, as they stand there.
std::vector<std::string> words_in(const std::string& text) {
    std::vector<std::string> words(1);
    for (const char c : text) {
        const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                            static_cast<unsigned char>(c) >= 0x80;
        if (letter) {
            words.back() += c;
        } else if (!words.back().empty()) {
            words.emplace_back();
        }
    }
    words.pop_back();
    return words;
}

/// Queries out of the words of these articles: bare ones, phrases, beginnings, in one field.
std::vector<Rule> rules_from(const std::vector<Article>& articles, std::size_t count,
                             std::mt19937& random) {
    std::vector<Rule> rules;
    while (rules.size() < count) {
        const Article& article = articles[random() % articles.size()];
        const auto words = words_in(article.title + " " + article.summary);
        if (words.size() < 3) {
            continue;
        }
        const std::size_t at = random() % (words.size() - 2);
        const std::string quoted = "\"" + words[at] + "\"~";  // "and" is an operator, "and"~ a word
        std::string query;
        switch (random() % 6) {
            case 0:
                query = quoted + " AND \"" + words[(at + 7) % words.size()] + "\"~";
                break;
            case 1:
                query = "\"" + words[at] + " " + words[at + 1] + "\"";
                break;
            case 2:
                query = words[at].size() > 4 ? words[at].substr(0, 4) + "*" : quoted;
                break;
            case 3:
                query = "title:" + quoted;
                break;
            default:
                query = quoted;
        }
        rules.push_back({.id = "w" + std::to_string(rules.size()), .query = query});
    }
    return rules;
}

}  // namespace

TEST_CASE("a search leaves out nothing that a rule with its text would match") {
    const auto seed = GENERATE(1u, 2u, 3u);
    CAPTURE(seed);
    rules::RandomRules made{seed};
    std::vector<Rule> rules;
    for (std::size_t i = 0; i < 400; ++i) {
        rules.push_back(made.rule(i));
        rules.back().feeds.clear();
    }
    std::vector<Article> articles;
    for (std::size_t i = 0; i < 250; ++i) {
        articles.push_back(made.article());
    }
    const auto compiled = rules::RuleSet::compile(std::move(rules), rules::RandomRules::sets());
    REQUIRE(compiled.set.rules().size() > 150);  // not every one has something positive
    // These articles are odd on purpose, and these queries broad: much is left, but not all.
    CHECK(compare(Store{std::move(articles)}, compiled.set) < 0.9);
}

TEST_CASE("inflected words, phrases and beginnings of real news are found by the index") {
    const char* shared = std::getenv("WIREWATCH_SHARED");
    const std::filesystem::path corpus =
        std::filesystem::path{shared != nullptr ? shared : WIREWATCH_TEST_DATA "/../../../shared"} /
        "corpora/news/sample.jsonl";
    auto file = review::ArticleFile::open(corpus.string());
    if (!file) {
        WARN("skipped: there is no " << corpus.string());
        return;
    }
    std::vector<Article> articles;
    while (articles.size() < 2'000) {
        auto article = file->next();
        if (!article || !*article) {
            break;
        }
        articles.push_back(std::move(**article));
    }
    REQUIRE(articles.size() == 2'000);
    std::mt19937 random{7};
    const auto compiled = rules::RuleSet::compile(rules_from(articles, 500, random), {});
    REQUIRE(compiled.set.rules().size() > 100);
    // Half of these words are rare: the index leaves little to look at.
    CHECK(compare(Store{std::move(articles)}, compiled.set) < 0.1);
}

TEST_CASE("what a search requires") {
    const auto [query, kind] = GENERATE(table<std::string, Requirement::Kind>({
        {"pipelines", Requirement::Kind::word},
        {"\"gas pipeline\"", Requirement::Kind::all},
        {"gas OR oil", Requirement::Kind::any},
        {"gas NOT oil", Requirement::Kind::word},
        {"gas NEAR/5 (oil OR coal)", Requirement::Kind::all},
        {"=SCO", Requirement::Kind::word},
        {"russia*", Requirement::Kind::word},
        {"*stan", Requirement::Kind::nothing},
        {"/gas/", Requirement::Kind::nothing},
        {"gas OR /oil/", Requirement::Kind::nothing},
        {"gas AND /oil/", Requirement::Kind::word},
        {"title:gas", Requirement::Kind::word},
        {"author:gas", Requirement::Kind::nothing},
        {"domain:example.com", Requirement::Kind::nothing},
        {"中国", Requirement::Kind::word},
        {"US", Requirement::Kind::nothing},  // too short a beginning
        {"ATLEAST/2(gas, oil, coal)", Requirement::Kind::any},
        {"SCORE/5(gas^5, oil^-5)", Requirement::Kind::word},
    }));
    CAPTURE(query);
    const auto compiled = rules::RuleSet::compile({{.id = "r", .query = query}}, {});
    REQUIRE(compiled.set.rules().size() == 1);
    CHECK(rules::required_words(compiled.set, "r").kind == kind);
    CHECK(rules::required_words(compiled.set, "none").kind == Requirement::Kind::nothing);
}
