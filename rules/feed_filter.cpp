// SPDX-License-Identifier: MIT
#include "rules/feed_filter.hpp"

#include "rules/glob.hpp"

#include <algorithm>
#include <string_view>

namespace wirewatch::rules {

bool admits(const std::vector<std::string>& patterns, const Feed& feed) {
    constexpr std::string_view kTag = "tag:";
    const auto one_admits = [&](std::string_view pattern) {
        if (!pattern.starts_with(kTag)) {
            return glob(pattern, feed.id);
        }
        return std::any_of(feed.tags.begin(), feed.tags.end(), [&](const std::string& tag) {
            return glob(pattern.substr(kTag.size()), tag);
        });
    };
    return patterns.empty() || std::any_of(patterns.begin(), patterns.end(), one_admits);
}

}  // namespace wirewatch::rules
