// SPDX-License-Identifier: MIT
#include "review/question.hpp"

#include "review/exit_code.hpp"
#include "review/rules_commands.hpp"
#include "rules/required_words.hpp"

#include <utility>
#include <vector>

namespace wirewatch::review {

Question::Question(rules::RuleSet rules, const Setup& setup)
    : rules_{std::make_unique<rules::RuleSet>(std::move(rules))},
      matcher_{*rules_},
      requirement_{rules::required_words(*rules_, rules_->rules().front()->id)} {
    for (const Feed& feed : setup.feeds) {
        feeds_.emplace(feed.id, feed);
    }
}

tl::expected<Question, int> Question::read(const Session& session, const Setup& setup,
                                           std::string text) {
    auto compiled = compile_one(session, setup, {.query = std::move(text)});
    if (!compiled) {
        return tl::unexpected<int>{kUsage};
    }
    return Question{std::move(*compiled), setup};
}

std::optional<Hit> Question::ask(const Article& article) {
    const Feed& feed =
        feeds_.try_emplace(article.feed_id, Feed{.id = article.feed_id}).first->second;
    std::vector<rules::Match> matches = matcher_.match(article, feed);
    return matches.empty() ? std::nullopt : std::optional{std::move(matches.front().hit)};
}

}  // namespace wirewatch::review
