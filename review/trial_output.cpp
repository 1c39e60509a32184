// SPDX-License-Identifier: MIT
#include "review/trial_output.hpp"

#include "base/columns.hpp"
#include "base/printable.hpp"
#include "review/found_output.hpp"
#include "review/heading.hpp"
#include "review/hit_output.hpp"

#include <algorithm>
#include <array>
#include <cstdio>
#include <ostream>
#include <string_view>
#include <utility>
#include <vector>

#include <nlohmann/json.hpp>

namespace wirewatch::review {

namespace {

constexpr std::size_t kShownDays = 31;   // a month; our choice
constexpr std::size_t kShownFeeds = 30;  // the others are counted together
constexpr std::size_t kBar = 30;         // columns of the longest bar

using Hits = std::deque<TrialHit>;
using Named = std::pair<std::string, Tally>;

/// "0.07 %"; small shares matter, so that two digits always say something.
std::string share(const Tally& tally) {
    const double percent = tally.articles == 0 ? 0
                                               : 100.0 * static_cast<double>(tally.matched) /
                                                     static_cast<double>(tally.articles);
    std::array<char, 32> text{};
    std::snprintf(text.data(), text.size(), percent < 1 ? "%.2f %%" : "%.1f %%", percent);
    return text.data();
}

Tally sum(std::vector<Named>::const_iterator from, std::vector<Named>::const_iterator to) {
    Tally tally;
    for (; from != to; ++from) {
        tally.articles += from->second.articles;
        tally.matched += from->second.matched;
    }
    return tally;
}

void print_tallies(const Terminal& terminal, const char* heading, const std::vector<Named>& rows) {
    std::size_t most = 1;
    for (const auto& [name, tally] : rows) {
        most = std::max(most, tally.matched);
    }
    Table table{{heading, "ARTICLES", "MATCHED", ""}};
    for (const auto& [name, tally] : rows) {
        const std::size_t bar = (tally.matched * kBar + most - 1) / most;
        table.add({name, std::to_string(tally.articles), std::to_string(tally.matched),
                   std::string(bar, '#')});
    }
    terminal.out << '\n';
    table.print(terminal);
}

/// The last month or so; what lies before it in one row.
void print_days(const Terminal& terminal, const Trial& trial) {
    std::vector<Named> days;
    Tally undated;
    for (const auto& [day, tally] : trial.days()) {
        if (day.empty()) {
            undated = tally;
        } else {
            days.emplace_back(day, tally);
        }
    }
    if (days.size() > kShownDays) {
        const auto first = days.end() - static_cast<std::ptrdiff_t>(kShownDays);
        const Tally earlier = sum(days.begin(), first);
        days.erase(days.begin(), first);
        days.insert(days.begin(), {"earlier", earlier});
    }
    if (undated.articles > 0) {
        days.emplace_back("no date", undated);
    }
    print_tallies(terminal, "DAY", days);
}

/// Those with most matches first; those with none, and what is past the limit, in one row.
void print_feeds(const Terminal& terminal, const Trial& trial) {
    std::vector<Named> feeds{trial.feeds().begin(), trial.feeds().end()};
    std::stable_sort(feeds.begin(), feeds.end(), [](const Named& a, const Named& b) {
        return a.second.matched > b.second.matched;
    });
    const auto shown = std::find_if(
        feeds.begin(),
        feeds.begin() + static_cast<std::ptrdiff_t>(std::min(feeds.size(), kShownFeeds)),
        [](const Named& one) { return one.second.matched == 0; });
    if (const auto rest = feeds.end() - shown; rest > 1) {
        const Tally others = sum(shown, feeds.end());
        feeds.erase(shown, feeds.end());
        feeds.emplace_back(std::to_string(rest) + " others", others);
    }
    for (auto& [name, tally] : feeds) {
        name = name.empty() ? "no feed" : name;
    }
    print_tallies(terminal, "FEED", feeds);
}

/// Title, and below it the first place of summary and content that matched.
void print_hit(const Terminal& terminal, std::string_view sign, const TrialHit& one) {
    constexpr std::size_t kShownKey = 10;  // as `wirewatch history` shows it
    const std::string lead = std::string{sign} + local_time(one.at, "no date") + "  ";
    const std::string title = one.article.title.empty() ? printable(heading(one.article))
                                                        : highlighted(terminal, one.article.title,
                                                                      Field::title, one.hit.spans);
    terminal.out << lead << styled(terminal, Style::dim, one.article.key.substr(0, kShownKey))
                 << "  " << title << '\n';
    if (const std::string part = snippet(terminal, one.article, one.hit.spans); !part.empty()) {
        terminal.out << std::string(columns(lead), ' ') << part << '\n';
    }
}

void print_hits(const Terminal& terminal, std::string_view sign, const Hits& hits,
                TrialSubject::Order order) {
    if (order == TrialSubject::Order::newest_first) {
        std::for_each(hits.rbegin(), hits.rend(),
                      [&](const TrialHit& one) { print_hit(terminal, sign, one); });
    } else {
        for (const TrialHit& one : hits) {
            print_hit(terminal, sign, one);
        }
    }
}

void print_kind(const Terminal& terminal, std::string_view words, std::string_view sign,
                std::size_t count, const Hits& hits, TrialSubject::Order order) {
    if (count == 0) {
        return;
    }
    terminal.out << '\n' << styled(terminal, Style::strong, words);
    if (hits.size() < count) {
        terminal.out << " (" << hits.size() << " of " << count << ')';
    }
    terminal.out << ":\n";
    print_hits(terminal, sign, hits, order);
}

using Json = nlohmann::ordered_json;

Json tallies(const std::map<std::string, Tally>& rows, const char* name) {
    Json list = Json::array();
    for (const auto& [key, tally] : rows) {
        list.push_back({{name, key.empty() ? Json(nullptr) : Json(key)},
                        {"articles", tally.articles},
                        {"matched", tally.matched}});
    }
    return list;
}

Json to_json(const TrialHit& one) {
    Json json{{"key", one.article.key},
              {"title", one.article.title},
              {"url", one.article.url},
              {"feed", one.article.feed_id},
              {"at", one.at ? Json(to_rfc3339(*one.at)) : Json(nullptr)},
              {"matches", Json::parse(spans_json(one.hit.spans))}};
    if (one.hit.score) {
        json["score"] = *one.hit.score;
    }
    return json;
}

Json to_json(const Hits& hits, TrialSubject::Order order) {
    Json list = Json::array();
    for (const TrialHit& one : hits) {
        list.push_back(to_json(one));
    }
    if (order == TrialSubject::Order::newest_first) {
        std::reverse(list.begin(), list.end());
    }
    return list;
}

}  // namespace

void print_trial(const Terminal& terminal, const TrialSubject& subject, const Trial& trial) {
    const Tally total = trial.total();
    terminal.out << styled(terminal, Style::strong, printable(subject.rule_id))
                 << " would have matched " << total.matched << " of " << total.articles
                 << (total.articles == 1 ? " article" : " articles") << " (" << share(total)
                 << "): " << printable(subject.source) << '\n';
    const bool compared = subject.compared == TrialSubject::Compared::with_loaded;
    if (compared) {
        terminal.out << "against the rule as loaded: adds " << trial.add_count() << ", drops "
                     << trial.drop_count() << '\n';
    }
    if (trial.given_up() > 0) {
        terminal.out << styled(terminal, Style::bad, "given up") << " for " << trial.given_up()
                     << (trial.given_up() == 1 ? " article" : " articles")
                     << ": it would take too long to tell, and counts as no match\n";
    }
    if (trial.cut() > 0) {
        terminal.out << trial.cut() << (trial.cut() == 1 ? " article is" : " articles are")
                     << " longer than what rules look at\n";
    }
    if (total.matched > 0) {
        print_days(terminal, trial);
        print_feeds(terminal, trial);
    }
    if (compared) {
        print_kind(terminal, "added", "+ ", trial.add_count(), trial.adds(), subject.order);
        print_kind(terminal, "dropped", "- ", trial.drop_count(), trial.drops(), subject.order);
    } else {
        print_kind(terminal, "hits", "", total.matched, trial.hits(), subject.order);
    }
}

void write_json(std::ostream& out, const TrialSubject& subject, const Trial& trial) {
    Json json{{"rule", subject.rule_id},
              {"query", subject.query},
              {"source", subject.source},
              {"articles", trial.total().articles},
              {"matched", trial.total().matched},
              {"given_up", trial.given_up()},
              {"cut", trial.cut()},
              {"days", tallies(trial.days(), "day")},
              {"feeds", tallies(trial.feeds(), "feed")},
              {"hits", to_json(trial.hits(), subject.order)}};
    if (subject.compared == TrialSubject::Compared::with_loaded) {
        json["diff"] = {{"adds", trial.add_count()},
                        {"drops", trial.drop_count()},
                        {"added", to_json(trial.adds(), subject.order)},
                        {"dropped", to_json(trial.drops(), subject.order)}};
    }
    out << json.dump(2, ' ', false, Json::error_handler_t::replace) << '\n';
}

}  // namespace wirewatch::review
