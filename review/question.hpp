// SPDX-License-Identifier: MIT
// QUERY of a command line: compiled once, asked of one article after the other.
#pragma once

#include "base/article.hpp"
#include "base/hit.hpp"
#include "base/requirement.hpp"
#include "review/session.hpp"
#include "rules/matcher.hpp"
#include "rules/rule_set.hpp"

#include <memory>
#include <optional>
#include <string>
#include <unordered_map>

namespace wirewatch::review {

/// For one thread.
class Question {
  public:
    /// With the sets of the configuration. An exit code where the text is no query, after its
    /// problems were printed.
    [[nodiscard]] static tl::expected<Question, int> read(const Session& session,
                                                          const Setup& setup, std::string text);

    /// What matched, where the article satisfies it.
    [[nodiscard]] std::optional<Hit> ask(const Article& article);

    /// What any article has that satisfies it.
    [[nodiscard]] const Requirement& requirement() const { return requirement_; }

  private:
    Question(rules::RuleSet rules, const Setup& setup);

    std::unique_ptr<rules::RuleSet> rules_;  // the matcher looks into it
    rules::Matcher matcher_;
    Requirement requirement_;
    std::unordered_map<std::string, Feed> feeds_;
};

}  // namespace wirewatch::review
