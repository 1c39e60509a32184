// SPDX-License-Identifier: MIT
// Rules and articles for measuring the matcher: from files, or made up here.
#pragma once

#include "base/article.hpp"
#include "base/rule.hpp"

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace wirewatch::bench {

/// The items of a JSONL file with title, summary, body and lang, as articles.
[[nodiscard]] std::optional<std::vector<Article>> read_articles(const std::filesystem::path& file);

/// Rules of a JSONL file in the neutral trees of make_rules.py, in our syntax; at most `most`.
[[nodiscard]] std::optional<std::vector<Rule>> read_rules(const std::filesystem::path& file,
                                                          std::size_t most);

/// English-like text over a made-up vocabulary whose words come as often as those of a language.
[[nodiscard]] std::vector<Article> make_articles(std::size_t count, std::uint32_t seed);

enum class Mix {
    analyst,   ///< words, phrases, NEAR, groups, prefixes, NOT
    words,     ///< word AND word
    prefixes,  ///< the same with prefixes
    stems      ///< the same, in any inflection
};

/// Rules over the words of `articles`.
[[nodiscard]] std::vector<Rule> make_rules(const std::vector<Article>& articles, std::size_t count,
                                           Mix mix, std::uint32_t seed);

/// Short: title and summary. Long: about 2.4 KB, several articles of one language in one.
[[nodiscard]] std::vector<Article> shortened(const std::vector<Article>& articles);
[[nodiscard]] std::vector<Article> lengthened(const std::vector<Article>& articles);

}  // namespace wirewatch::bench
