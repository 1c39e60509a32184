// SPDX-License-Identifier: MIT
#include "review/history_filters.hpp"

#include "base/printable.hpp"
#include "review/exit_code.hpp"
#include "review/moment.hpp"
#include "rules/nearest.hpp"

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
    if (*since && *until && **since > **until) {
        return fail(Errc::invalid, std::string{kSinceAfterUntil});
    }
    query.since = *since;
    query.until = *until;
    query.articles = std::move(*articles);
    return query;
}

template <class Named>
std::vector<std::string> ids_of(const std::vector<Named>& all) {
    std::vector<std::string> ids;
    for (const Named& one : all) {
        ids.push_back(one.id);
    }
    return ids;
}

void print_unknown(const Session& session, const std::string& kind,
                   const std::vector<std::string>& wanted, const std::vector<std::string>& known) {
    for (const std::string& id : wanted) {
        if (std::find(known.begin(), known.end(), id) == known.end()) {
            const std::string meant = rules::nearest(id, known);
            session.terminal.err << "there is no " << kind << " '" << printable(id, 80)
                                 << "' in the configuration"
                                 << (meant.empty() ? "" : "; did you mean '" + meant + "'?")
                                 << '\n';
        }
    }
}

}  // namespace

std::string FilterArguments::query_text() const {
    std::string text;
    for (const std::string& word : query) {
        text += (text.empty() ? "" : " ") + word;
    }
    return text;
}

void add_filters(CLI::App& command, FilterArguments& arguments, FilteredBy kind) {
    const auto add_list = [&](const char* name, const char* type, std::vector<std::string>& list,
                              const char* does) {
        return command.add_option(name, list, does)->type_name(type)->allow_extra_args(false);
    };
    auto* rule =
        add_list("--rule", "RULE", arguments.rules, "only hits of this rule (may be repeated)");
    add_list("--feed", "FEED", arguments.feeds, "only articles of this feed (may be repeated)");
    auto* tag = add_list("--tag", "TAG", arguments.tags,
                         "only hits of rules with this tag (may be repeated)");
    auto* severity = add_list("--severity", "SEVERITY", arguments.severities,
                              "low, normal, high or critical (may be repeated)");
    if (kind == FilteredBy::articles) {
        for (CLI::Option* option : {rule, tag, severity}) {
            option->group("");
        }
    }
    add_list("--lang", "LANG", arguments.languages,
             "only articles in this language: en, ur (may be repeated)");
    add_list("--status", "STATUS", arguments.statuses,
             "unread, read, starred, dismissed, noted or all (may be repeated); without it all but "
             "dismissed ones");
    command
        .add_option(
            "--since", arguments.since,
            "since then: 7d, 24h, 2021-04-06, 2021-04-06T12:00Z, 2021-04-06T12:00:00.5+02:00")
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

void print_unknown_rules(const Session& session, const std::vector<std::string>& ids,
                         const std::vector<Rule>& rules) {
    print_unknown(session, "rule", ids, ids_of(rules));
}

void print_unknown_names(const Session& session, const FilterArguments& arguments,
                         const Setup& setup) {
    print_unknown_rules(session, arguments.rules, setup.rules);
    print_unknown(session, "feed", arguments.feeds, ids_of(setup.feeds));
}

}  // namespace wirewatch::review
