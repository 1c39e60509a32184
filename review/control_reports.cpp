// SPDX-License-Identifier: MIT
#include "review/control_reports.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <utility>

#include <nlohmann/json.hpp>

namespace wirewatch::review {

namespace {

using Json = nlohmann::ordered_json;

template <class Owner, class Number>
using Count = std::pair<const char*, Number Owner::*>;

using StatusCount = Count<DaemonStatus, std::size_t>;
constexpr std::array kStatusCounts{
    StatusCount{"feeds", &DaemonStatus::feeds},
    StatusCount{"ok", &DaemonStatus::ok},
    StatusCount{"failing", &DaemonStatus::failing},
    StatusCount{"waiting", &DaemonStatus::waiting},
    StatusCount{"paused", &DaemonStatus::paused},
    StatusCount{"stopped", &DaemonStatus::stopped},
    StatusCount{"rules", &DaemonStatus::rules},
    StatusCount{"matched_articles", &DaemonStatus::matched_articles},
    StatusCount{"candidates", &DaemonStatus::candidates},
    StatusCount{"evaluations", &DaemonStatus::evaluations},
    StatusCount{"matches", &DaemonStatus::matches},
    StatusCount{"slow_rules", &DaemonStatus::slow_rules},
    StatusCount{"given_up_rules", &DaemonStatus::given_up_rules},
    StatusCount{"cut_articles", &DaemonStatus::cut_articles},
    StatusCount{"backfill_rules", &DaemonStatus::backfill_rules},
    StatusCount{"backfill_left", &DaemonStatus::backfill_left},
    StatusCount{"subscribers", &DaemonStatus::subscribers},
    StatusCount{"in_flight", &DaemonStatus::in_flight},
};

using CostCount = Count<RuleCost, std::uint64_t>;
constexpr std::array kCostCounts{
    CostCount{"candidates", &RuleCost::candidates},
    CostCount{"evaluations", &RuleCost::evaluations},
    CostCount{"matches", &RuleCost::matches},
    CostCount{"given_up", &RuleCost::given_up},
};

template <class Owner, class Counts>
void write_counts(Json& json, const Owner& owner, const Counts& counts) {
    for (const auto& [key, member] : counts) {
        json[key] = owner.*member;
    }
}

/// nlohmann would take 1.5 or 1e300 for a count.
bool is_count(const Json& json, const char* key) {
    return json.contains(key) && json.at(key).is_number_unsigned();
}

/// Whether all were there.
template <class Owner, class Counts>
bool read_counts(const Json& json, Owner& owner, const Counts& counts) {
    return std::all_of(counts.begin(), counts.end(), [&](const auto& count) {
        const auto& [key, member] = count;
        const bool good = is_count(json, key);
        if (good) {
            json.at(key).get_to(owner.*member);
        }
        return good;
    });
}

bool is_text(const Json& json, const char* key) {
    return json.contains(key) && json.at(key).is_string();
}

bool is_flag(const Json& json, const char* key) {
    return json.contains(key) && json.at(key).is_boolean();
}

bool is_time(const Json& json, const char* key) {
    return json.contains(key) && json.at(key).is_number_integer();
}

bool is_null(const Json& json, const char* key) {
    return json.contains(key) && json.at(key).is_null();
}

Json time(Instant at) {
    return at.time_since_epoch().count();
}

Instant time_in(const Json& json, const char* key) {
    return Instant{std::chrono::milliseconds{json.at(key).get<std::int64_t>()}};
}

Json to_json(const std::optional<Standstill>& standstill) {
    return standstill ? Json{{"since_ms", time(standstill->since)}, {"why", standstill->why}}
                      : Json(nullptr);
}

bool is_standstill(const Json& json) {
    return json.is_object() && is_time(json, "since_ms") && is_text(json, "why");
}

std::optional<RuleCost> cost_in(const Json& json) {
    RuleCost cost;
    if (!json.is_object() || !read_counts(json, cost, kCostCounts) || !is_count(json, "time_us") ||
        !is_text(json, "id") || !is_flag(json, "slow") || !is_flag(json, "always_asked")) {
        return std::nullopt;
    }
    json.at("id").get_to(cost.id);
    cost.time = std::chrono::microseconds{json.at("time_us").get<std::uint64_t>()};
    json.at("slow").get_to(cost.slow);
    json.at("always_asked").get_to(cost.always_asked);
    return cost;
}

Json to_json(const RuleCost& cost) {
    Json json{{"id", cost.id}};
    write_counts(json, cost, kCostCounts);
    json["time_us"] = static_cast<std::uint64_t>(cost.time.count());
    json["slow"] = cost.slow;
    json["always_asked"] = cost.always_asked;
    return json;
}

}  // namespace

Json to_json(const DaemonStatus& status) {
    Json json{{"pid", status.pid}, {"version", status.version}, {"since_ms", time(status.since)}};
    write_counts(json, status, kStatusCounts);
    json["next_due_ms"] = status.next_due ? time(*status.next_due) : Json(nullptr);
    json["standstill"] = to_json(status.standstill);
    return json;
}

std::optional<DaemonStatus> status_in(const Json& json) {
    DaemonStatus status;
    if (!json.is_object() || !is_count(json, "pid") || !is_text(json, "version") ||
        !is_time(json, "since_ms") || !read_counts(json, status, kStatusCounts)) {
        return std::nullopt;
    }
    json.at("pid").get_to(status.pid);
    json.at("version").get_to(status.version);
    status.since = time_in(json, "since_ms");
    if (is_time(json, "next_due_ms")) {
        status.next_due = time_in(json, "next_due_ms");
    } else if (!is_null(json, "next_due_ms")) {
        return std::nullopt;
    }
    if (is_null(json, "standstill")) {
        return status;
    }
    if (!json.contains("standstill") || !is_standstill(json.at("standstill"))) {
        return std::nullopt;
    }
    const Json& standstill = json.at("standstill");
    status.standstill = {.since = time_in(standstill, "since_ms"),
                         .why = standstill.at("why").get<std::string>()};
    return status;
}

Json to_json(const RuleReport& report) {
    Json costliest = Json::array();
    for (const RuleCost& cost : report.costliest) {
        costliest.push_back(to_json(cost));
    }
    return {{"since_ms", time(report.since)},
            {"articles", report.articles},
            {"cut", report.cut},
            {"rules", report.rules},
            {"costliest", std::move(costliest)}};
}

std::optional<RuleReport> report_in(const Json& json) {
    if (!json.is_object() || !is_time(json, "since_ms") || !is_count(json, "articles") ||
        !is_count(json, "cut") || !is_count(json, "rules") || !json.contains("costliest") ||
        !json.at("costliest").is_array()) {
        return std::nullopt;
    }
    RuleReport report;
    report.since = time_in(json, "since_ms");
    json.at("articles").get_to(report.articles);
    json.at("cut").get_to(report.cut);
    json.at("rules").get_to(report.rules);
    for (const Json& one : json.at("costliest")) {
        auto cost = cost_in(one);
        if (!cost) {
            return std::nullopt;
        }
        report.costliest.push_back(std::move(*cost));
    }
    return report;
}

}  // namespace wirewatch::review
