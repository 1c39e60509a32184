// SPDX-License-Identifier: MIT
// What history, search, export, stats and mark let a person ask: QUERY and filters, with one
// meaning for all of them.
#pragma once

#include "history/reader.hpp"
#include "review/session.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace CLI {
class App;
}

namespace wirewatch::review {

/// What is said where nothing can lie between two times.
inline constexpr std::string_view kSinceAfterUntil = "--since is later than --until";

/// As they stand on the command line.
struct FilterArguments {
    std::vector<std::string> query;
    std::vector<std::string> rules;
    std::vector<std::string> feeds;
    std::vector<std::string> tags;
    std::vector<std::string> severities;
    std::vector<std::string> languages;
    std::vector<std::string> statuses;
    std::string since;
    std::string until;

    /// QUERY as one text; empty: none.
    [[nodiscard]] std::string query_text() const;
};

/// What a command looks at: not every filter is about both.
enum class FilteredBy { hits, articles };

/// Puts the filters into a command. Those on hits, where it looks at articles, are not listed: they
/// are taken only to say so.
void add_filters(CLI::App& command, FilterArguments& arguments, FilteredBy kind = FilteredBy::hits);

/// What they ask of hits; its words are left to the caller. An exit code where one of them cannot
/// be read, after it was said.
[[nodiscard]] tl::expected<history::HitQuery, int> hit_query(const Session& session,
                                                             const FilterArguments& arguments);

/// What they ask of articles; those on rules, tags and severities are of hits, and refused.
[[nodiscard]] tl::expected<history::ArticleSearch, int> article_search(
    const Session& session, const FilterArguments& arguments);

/// Says which of `ids` the configuration has no rule for, and what may have been meant.
void print_unknown_rules(const Session& session, const std::vector<std::string>& ids,
                         const std::vector<Rule>& rules);

/// Says why there may be nothing: rules and feeds that the configuration does not have.
void print_unknown_names(const Session& session, const FilterArguments& arguments,
                         const Setup& setup);

}  // namespace wirewatch::review
