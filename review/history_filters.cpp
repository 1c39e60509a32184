// SPDX-License-Identifier: MIT
#include "review/history_filters.hpp"

#include "base/printable.hpp"
#include "review/exit_code.hpp"
#include "review/moment.hpp"

#include <algorithm>
#include <array>
#include <ostream>
#include <utility>

#include <CLI/CLI.hpp>

namespace wirewatch::review {

namespace {

using history::Status;

constexpr std::array<std::pair<Status, std::string_view>, 5> kStatuses{{
    {Status::unread, "unread"},
    {Status::read, "read"},
    {Status::starred, "starred"},
    {Status::dismissed, "dismissed"},
    {Status::noted, "noted"},
}};

Result<Severity> parse_severity(const std::string& name) {
    for (const Severity severity :
         {Severity::low, Severity::normal, Severity::high, Severity::critical}) {
        if (name == to_text(severity)) {
            return severity;
        }
    }
    return fail(Errc::invalid, "'" + printable(name, 60) +
                                   "' is no severity; write one of low, normal, high, critical");
}

Result<std::optional<Instant>> parse_time(const std::string& text, Instant now) {
    if (text.empty()) {
        return std::nullopt;
    }
    const auto moment = parse_moment(text, now);
    return moment ? Result<std::optional<Instant>>{*moment} : tl::unexpected{moment.error()};
}

Result<> add_status(history::ArticleFilter& filter, const std::string& name) {
    if (name == "all") {
        filter.dismissed_too = true;
        return {};
    }
    const auto known = std::find_if(kStatuses.begin(), kStatuses.end(),
                                    [&](const auto& pair) { return pair.second == name; });
    if (known == kStatuses.end()) {
        return fail(
            Errc::invalid,
            "'" + printable(name, 60) +
                "' is no status; write one of unread, read, starred, dismissed, noted, all");
    }
    filter.statuses.push_back(known->first);
    return {};
}

Result<history::ArticleFilter> article_filter(const FilterArguments& arguments) {
    history::ArticleFilter filter;
    filter.feeds = arguments.feeds;
    for (std::string language : arguments.languages) {
        std::transform(language.begin(), language.end(), language.begin(), [](char c) {
            return c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c;
        });
        filter.languages.push_back(language.substr(0, language.find_first_of("-_")));
    }
    for (const std::string& name : arguments.statuses) {
        if (auto added = add_status(filter, name); !added) {
            return fail(std::move(added));
        }
    }
    return filter;
}

Result<history::HitQuery> read_hit_query(const FilterArguments& arguments, Instant now) {
    history::HitQuery query;
    query.rules = arguments.rules;
    query.tags = arguments.tags;
    for (const std::string& name : arguments.severities) {
        const auto severity = parse_severity(name);
        if (!severity) {
            return tl::unexpected{severity.error()};
        }
        query.severities.push_back(*severity);
    }
    auto since = parse_time(arguments.since, now);
    auto until = parse_time(arguments.until, now);
    auto articles = article_filter(arguments);
    if (!since || !until || !articles) {
        return tl::unexpected{!since ? since.error() : !until ? until.error() : articles.error()};
    }
    query.since = *since;
    query.until = *until;
    query.articles = std::move(*articles);
    return query;
}

}  // namespace

std::string FilterArguments::query_text() const {
    std::string text;
    for (const std::string& word : query) {
        text += (text.empty() ? "" : " ") + word;
    }
    return text;
}

void add_filters(CLI::App& command, FilterArguments& arguments) {
    const auto add_list = [&](const char* name, const char* type, std::vector<std::string>& list,
                              const char* does) {
        command.add_option(name, list, does)->type_name(type)->allow_extra_args(false);
    };
    add_list("--rule", "RULE", arguments.rules, "only hits of this rule (may be repeated)");
    add_list("--feed", "FEED", arguments.feeds, "only articles of this feed (may be repeated)");
    add_list("--tag", "TAG", arguments.tags, "only hits of rules with this tag (may be repeated)");
    add_list("--severity", "SEVERITY", arguments.severities,
             "low, normal, high or critical (may be repeated)");
    add_list("--lang", "LANG", arguments.languages,
             "only articles in this language: en, ur (may be repeated)");
    add_list("--status", "STATUS", arguments.statuses,
             "unread, read, starred, dismissed, noted or all (may be repeated); without it all but "
             "dismissed ones");
    command
        .add_option("--since", arguments.since,
                    "since then: 7d, 24h, 2021-04-06, 2021-04-06T12:00Z")
        ->type_name("WHEN");
    command.add_option("--until", arguments.until, "before then; as --since")->type_name("WHEN");
}

tl::expected<history::HitQuery, int> hit_query(const Session& session,
                                               const FilterArguments& arguments) {
    auto query = read_hit_query(arguments, session.clock.now());
    if (!query) {
        report(session, query.error());
        return tl::unexpected<int>{kUsage};
    }
    return std::move(*query);
}

tl::expected<history::ArticleSearch, int> article_search(const Session& session,
                                                         const FilterArguments& arguments) {
    if (!arguments.rules.empty() || !arguments.tags.empty() || !arguments.severities.empty()) {
        report(session, Error{Errc::invalid,
                              "--rule, --tag and --severity are about hits: 'wirewatch history' "
                              "without --all has them"});
        return tl::unexpected<int>{kUsage};
    }
    auto query = hit_query(session, arguments);
    if (!query) {
        return tl::unexpected<int>{query.error()};
    }
    return history::ArticleSearch{
        .filter = std::move(query->articles), .since = query->since, .until = query->until};
}

void print_unknown_names(const Session& session, const FilterArguments& arguments,
                         const Setup& setup) {
    auto& err = session.terminal.err;
    for (const std::string& id : arguments.rules) {
        if (std::none_of(setup.rules.begin(), setup.rules.end(),
                         [&](const Rule& rule) { return rule.id == id; })) {
            err << "there is no rule '" << printable(id, 80) << "' in the configuration\n";
        }
    }
    for (const std::string& id : arguments.feeds) {
        if (std::none_of(setup.feeds.begin(), setup.feeds.end(),
                         [&](const Feed& feed) { return feed.id == id; })) {
            err << "there is no feed '" << printable(id, 80) << "' in the configuration\n";
        }
    }
}

}  // namespace wirewatch::review
