// SPDX-License-Identifier: MIT
#include "review/hit_stats.hpp"

#include "review/hit_output.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <ostream>
#include <utility>

#include <nlohmann/json.hpp>

namespace wirewatch::review {

namespace {

using Json = nlohmann::ordered_json;
using Rows = std::vector<std::pair<std::string, HitStats::PerDay>>;

constexpr std::size_t kSparkColumns = 31;  // a month at a column a day; our choice
constexpr std::size_t kShownRows = 40;  // of a table on a terminal; the others are counted together
constexpr std::size_t kMaxDays = 36'600;  // a century

std::string local_day(Instant at) {
    constexpr std::size_t kDate = 10;  // of "2021-04-07 12:00"
    return local_time(at).substr(0, kDate);
}

/// In steps of 6 h, so that a day of 23 or 25 hours is one day.
std::vector<std::string> days_between(const std::string& first, const std::string& last,
                                      Instant from) {
    std::vector<std::string> days{first};
    constexpr std::chrono::hours kStep{6};
    for (Instant at = from; days.back() < last && days.size() < kMaxDays; at += kStep) {
        if (std::string day = local_day(at); day != days.back()) {
            days.push_back(std::move(day));
        }
    }
    return days;
}

std::size_t sum(const HitStats::PerDay& counts) {
    std::size_t all = 0;
    for (const auto& [day, count] : counts) {
        all += count;
    }
    return all;
}

/// The most hits first.
Rows sorted(const std::map<std::string, HitStats::PerDay>& counts) {
    Rows rows{counts.begin(), counts.end()};
    std::stable_sort(rows.begin(), rows.end(),
                     [](const auto& a, const auto& b) { return sum(a.second) > sum(b.second); });
    return rows;
}

void print_rows(const Terminal& terminal, const char* heading, Rows rows, const HitStats& stats) {
    if (rows.empty()) {
        return;
    }
    if (terminal.width > 0 && rows.size() > kShownRows) {
        HitStats::PerDay others;
        for (auto row = rows.begin() + kShownRows; row != rows.end(); ++row) {
            for (const auto& [day, count] : row->second) {
                others[day] += count;
            }
        }
        const std::string name = std::to_string(rows.size() - kShownRows) + " others";
        rows.resize(kShownRows);
        rows.emplace_back(name, std::move(others));
    }
    Table table{{heading, "HITS", "DAY BY DAY"}};
    for (const auto& [name, counts] : rows) {
        table.add(
            {name, std::to_string(sum(counts)), sparkline(counts, stats.days(), kSparkColumns)});
    }
    terminal.out << '\n';
    table.print(terminal);
}

Json json_of(const std::map<std::string, HitStats::PerDay>& counts, const char* name) {
    Json list = Json::array();
    for (const auto& [key, days] : sorted(counts)) {
        list.push_back({{name, key}, {"hits", sum(days)}, {"days", Json(days)}});
    }
    return list;
}

}  // namespace

HitStats::HitStats(Instant since, Instant until)
    : since_{since},
      until_{until},
      days_{days_between(local_day(since),
                         local_day(std::max(since, until - std::chrono::milliseconds{1})), since)} {
}

void HitStats::add(const history::CountedHit& hit) {
    const std::string day = local_day(hit.at);
    ++total_;
    ++per_day_[day];
    ++rules_[hit.rule_id][day];
    ++feeds_[hit.feed_id][day];
    ++cells_[{day, hit.rule_id, hit.feed_id}];
}

std::string sparkline(const HitStats::PerDay& counts, const std::vector<std::string>& days,
                      std::size_t width) {
    constexpr std::array<const char*, 9> kBars{" ", "▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"};
    const std::size_t together =
        std::max<std::size_t>(1, (days.size() + width - 1) / std::max<std::size_t>(width, 1));
    std::vector<std::size_t> heights((days.size() + together - 1) / together);
    // The last column is whole: what is left over stands in the first one.
    const std::size_t missing = heights.size() * together - days.size();
    for (std::size_t i = 0; i < days.size(); ++i) {
        const auto found = counts.find(days[i]);
        heights[(i + missing) / together] += found == counts.end() ? 0 : found->second;
    }
    const std::size_t most =
        heights.empty() ? 0 : *std::max_element(heights.begin(), heights.end());
    std::string line;
    for (const std::size_t height : heights) {
        constexpr std::size_t kTallest = kBars.size() - 1;
        line += kBars[most == 0 ? 0 : (height * kTallest + most - 1) / most];
    }
    return line;
}

void print_stats(const Terminal& terminal, const HitStats& stats) {
    terminal.out << stats.total() << (stats.total() == 1 ? " hit" : " hits") << " from "
                 << stats.days().front() << " to " << stats.days().back() << "   "
                 << sparkline(stats.per_day(), stats.days(), kSparkColumns) << '\n';
    print_rows(terminal, "RULE", sorted(stats.rules()), stats);
    print_rows(terminal, "FEED", sorted(stats.feeds()), stats);
    Table table{{"DAY", "HITS", ""}};
    constexpr std::size_t kBar = 40;
    std::size_t most = 1;
    for (const auto& [day, count] : stats.per_day()) {
        most = std::max(most, count);
    }
    const std::size_t shown = std::min(stats.days().size(), kSparkColumns);
    for (std::size_t i = stats.days().size() - shown; i < stats.days().size(); ++i) {
        const auto found = stats.per_day().find(stats.days()[i]);
        const std::size_t count = found == stats.per_day().end() ? 0 : found->second;
        table.add({stats.days()[i], std::to_string(count),
                   std::string((count * kBar + most - 1) / most, '#')});
    }
    terminal.out << '\n';
    table.print(terminal);
}

void write_stats_json(std::ostream& out, const HitStats& stats) {
    Json days = Json::array();
    for (const std::string& day : stats.days()) {
        const auto found = stats.per_day().find(day);
        days.push_back(
            {{"day", day}, {"hits", found == stats.per_day().end() ? 0 : found->second}});
    }
    const Json json{{"since", to_rfc3339(stats.since())},
                    {"until", to_rfc3339(stats.until())},
                    {"hits", stats.total()},
                    {"days", std::move(days)},
                    {"rules", json_of(stats.rules(), "rule")},
                    {"feeds", json_of(stats.feeds(), "feed")}};
    out << json.dump(2, ' ', false, Json::error_handler_t::replace) << '\n';
}

void write_stats_csv(std::ostream& out, const HitStats& stats) {
    out << "day,rule,feed,hits\r\n";
    for (const auto& [cell, count] : stats.cells()) {
        out << csv_cell(cell.day) << ',' << csv_cell(cell.rule) << ',' << csv_cell(cell.feed) << ','
            << count << "\r\n";
    }
}

}  // namespace wirewatch::review
