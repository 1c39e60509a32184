// SPDX-License-Identifier: MIT
#include "feeds/feed_schedule.hpp"

#include "feeds/letters.hpp"
#include "feeds/xml_fields.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>
#include <string>
#include <string_view>

#include <pugixml.hpp>

namespace wirewatch::feeds {

namespace {

using std::chrono::seconds;

constexpr int kMinutesOfYear = 366 * 24 * 60;

std::optional<int> number(std::string_view text) {
    int value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    const bool whole = error == std::errc{} && end == text.data() + text.size();
    return whole && value >= 0 ? std::optional{value} : std::nullopt;
}

struct Period {
    std::string_view name;
    seconds length;
};

constexpr std::array kPeriods{
    Period{"hourly", std::chrono::hours{1}}, Period{"daily", std::chrono::days{1}},
    Period{"weekly", std::chrono::weeks{1}}, Period{"monthly", std::chrono::days{30}},
    Period{"yearly", std::chrono::days{365}}};

/// The first child of that name that says something.
std::string first_said(pugi::xml_node channel, const char* name) {
    for (const pugi::xml_node child : channel.children(name)) {
        if (Piece text = text_in(child); !text.empty()) {
            return text.take();
        }
    }
    return {};
}

/// Either element may be missing: daily, and once, are what the module then means.
seconds update_period(pugi::xml_node channel) {
    const std::string name = lower(first_said(channel, "sy:updateperiod"));
    const std::string frequency = first_said(channel, "sy:updatefrequency");
    if (name.empty() && frequency.empty()) {
        return seconds{0};
    }
    const auto* period = std::find_if(kPeriods.begin(), kPeriods.end(), [&](const Period& known) {
        return known.name == (name.empty() ? "daily" : name);
    });
    const int times = number(frequency).value_or(1);  // what is no number says nothing
    if (period == kPeriods.end() || times == 0) {
        return seconds{0};
    }
    return std::max(period->length / times, seconds{1});
}

std::optional<std::chrono::weekday> weekday(std::string_view name) {
    constexpr std::array<std::string_view, 7> kDays{"sunday",   "monday", "tuesday", "wednesday",
                                                    "thursday", "friday", "saturday"};
    const auto* found = std::find(kDays.begin(), kDays.end(), lower(name));
    return found == kDays.end()
               ? std::nullopt
               : std::optional{std::chrono::weekday{static_cast<unsigned>(found - kDays.begin())}};
}

template <class Value>
void add_once(std::vector<Value>& list, Value value) {
    if (std::find(list.begin(), list.end(), value) == list.end()) {
        list.push_back(value);
    }
}

}  // namespace

FeedSchedule read_schedule(pugi::xml_node channel) {
    FeedSchedule schedule;
    schedule.update_period = update_period(channel);
    schedule.ttl = std::chrono::minutes{
        std::min(number(first_said(channel, "ttl")).value_or(0), kMinutesOfYear)};
    for (const pugi::xml_node hours : channel.children("skiphours")) {
        for (const pugi::xml_node hour : hours.children("hour")) {
            // RSS 0.91 counts 1 to 24, RSS 2.0 0 to 23.
            if (const auto value = number(text_in(hour).view()); value && *value <= 24) {
                add_once(schedule.skip_hours, *value % 24);
            }
        }
    }
    for (const pugi::xml_node days : channel.children("skipdays")) {
        for (const pugi::xml_node day : days.children("day")) {
            if (const auto value = weekday(text_in(day).view())) {
                add_once(schedule.skip_days, *value);
            }
        }
    }
    return schedule;
}

}  // namespace wirewatch::feeds
