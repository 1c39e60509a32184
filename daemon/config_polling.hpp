// SPDX-License-Identifier: MIT
// How often feeds are polled, as the configuration says it.
#pragma once

#include "base/feed.hpp"
#include "daemon/config.hpp"
#include "daemon/toml_table.hpp"

#include <chrono>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace wirewatch::daemon {

/// "15m", or "adaptive".
struct Interval {
    std::optional<std::chrono::milliseconds> fixed;  ///< none: adaptive
};

/// None where the key is absent, or wrong and complained of. `otherwise`: what --print-config shows
/// for an absent one.
[[nodiscard]] std::optional<Interval> read_interval(TomlTable& table, std::string_view key,
                                                    std::string_view otherwise = {});

using TagIntervals = std::map<std::string, Interval, std::less<>>;

/// The keys of [fetch] on when feeds are polled.
[[nodiscard]] TagIntervals read_polling(TomlTable& fetch, Config& config);

/// Gives each feed without an interval that of the first of its tags that has one.
void apply_tag_intervals(const TagIntervals& of_tags, std::vector<Feed>& feeds);

}  // namespace wirewatch::daemon
