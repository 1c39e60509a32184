// SPDX-License-Identifier: MIT
// The pages about rules name all that the program knows, and show nothing that it refuses.
#include "tests/rules/query_cases.hpp"

#include "rules/fields.hpp"
#include "rules/keyword.hpp"
#include "rules/lexer.hpp"

#include <algorithm>
#include <cctype>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <regex>

#include <catch2/catch.hpp>

using namespace wirewatch;
using namespace wirewatch::rules;

namespace {

std::string page(const std::string& name) {
    const std::filesystem::path tests = std::filesystem::path{WIREWATCH_TEST_DATA}.parent_path();
    std::ifstream in{tests.parent_path() / "docs" / name};
    REQUIRE(in);
    return {std::istreambuf_iterator<char>{in}, {}};
}

std::string between(const std::string& text, const std::string& from, const std::string& to) {
    const std::size_t begin = text.find(from);
    REQUIRE(begin != std::string::npos);
    const std::size_t end = text.find(to, begin + from.size());
    REQUIRE(end != std::string::npos);
    return text.substr(begin, end - begin);
}

std::vector<std::string> all_matches(const std::string& text, const std::regex& pattern) {
    std::vector<std::string> found;
    std::transform(std::sregex_iterator{text.begin(), text.end(), pattern}, {},
                   std::back_inserter(found),
                   [](const std::smatch& match) { return match[1].str(); });
    return found;
}

bool has_word(const std::string& text, std::string_view word) {
    for (std::size_t at = text.find(word); at != std::string::npos; at = text.find(word, at + 1)) {
        const auto is_part = [&](std::size_t i) {
            return i < text.size() && std::isalnum(static_cast<unsigned char>(text[i])) != 0;
        };
        if (!is_part(at - 1) && !is_part(at + word.size())) {
            return true;
        }
    }
    return false;
}

std::vector<std::string> errors_of(const std::string& query, const std::vector<NamedSet>& sets) {
    std::vector<std::string> lines;
    for (const Problem& problem : RuleSet::compile({rule_of(query)}, sets).problems) {
        lines.push_back(to_text(problem));
    }
    return lines;
}

/// The sets that the page builds its examples on.
std::vector<NamedSet> sets_of_page(const std::string& examples) {
    std::vector<NamedSet> sets;
    const std::string toml = between(examples, "[sets]", "```");
    const std::regex line{"(\\w+) *= '([^']*)'"};
    for (std::sregex_iterator at{toml.begin(), toml.end(), line}; at != std::sregex_iterator{};
         ++at) {
        sets.push_back(set_of((*at)[1].str(), (*at)[2].str()));
    }
    REQUIRE(sets.size() == 4);
    return sets;
}

}  // namespace

TEST_CASE("each operator and each field stands in the page and in the manual") {
    for (const char* name : {"rules.md", "man/wirewatch-rules.5"}) {
        const std::string text = page(name);
        for (const std::string_view example : operator_examples()) {
            CAPTURE(name, example);
            CHECK(has_word(text, example));
        }
        for (const std::string& field : field_names()) {
            CAPTURE(name, field);
            CHECK(has_word(text, field));
        }
        for (const char* key :
             {"id", "title", "severity", "tags", "query", "feeds", "enabled", "stemming"}) {
            CAPTURE(name, key);
            CHECK(has_word(text, key));
        }
    }
}

TEST_CASE("the examples of operators are operators, and there is one of each kind") {
    std::vector<Token::Type> types;
    for (const std::string_view example : operator_examples()) {
        CAPTURE(example);
        const auto known = keyword(example);
        REQUIRE(known);
        REQUIRE(*known);
        types.push_back((*known)->type);
    }
    for (const auto type : {Token::Type::all, Token::Type::any, Token::Type::negation,
                            Token::Type::link, Token::Type::at_least, Token::Type::score}) {
        CHECK(std::count(types.begin(), types.end(), type) > 0);
    }
}

TEST_CASE("the queries that the page teaches by are good, and warn of nothing") {
    const std::string examples =
        between(page("rules.md"), "## From a question to a rule", "## What you can write");
    const auto sets = sets_of_page(examples);
    auto queries = all_matches(examples, std::regex{"```\\n([^`]*)```"});
    CHECK(queries.size() >= 6);
    for (const NamedSet& set : sets) {
        queries.push_back("@" + set.name);
    }
    for (const std::string& query : queries) {
        CAPTURE(query);
        CHECK(errors_of(query, sets).empty());
    }
}

TEST_CASE("what the page gives for other syntaxes can be written") {
    const std::string table =
        between(page("rules.md"), "### From other search boxes", "### Closeness");
    std::size_t tried = 0;
    for (const std::string& cell :
         all_matches(table, std::regex{"\\| ([^|]*(?:\\\\\\|[^|]*)*) \\|\\n"})) {
        for (std::string query : all_matches(cell, std::regex{"`([^`]*)`"})) {
            if (query.starts_with("--") || query == "^") {
                continue;
            }
            query = std::regex_replace(query, std::regex{"\\\\\\|"}, "|");
            CAPTURE(cell, query);
            CHECK(errors_of(query, {}).empty());
            ++tried;
        }
    }
    CHECK(tried > 25);
}

TEST_CASE("the limits that the page names are the program's") {
    const std::string limits = between(page("rules.md"), "## Limits", "memory of a compiled");
    CHECK(has_word(limits, std::to_string(kMaxQueryBytes >> 10) + " KiB"));
    CHECK(has_word(limits, std::to_string(kMaxDepth)));
    CHECK(has_word(limits, "20,000"));
    CHECK(kMaxNodes == 20'000);
    CHECK(has_word(limits, "1,000"));
    CHECK(kMaxDistance == 1'000);
    CHECK(has_word(limits, std::to_string(kMaxTermWords)));
}
