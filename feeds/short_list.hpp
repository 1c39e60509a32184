// SPDX-License-Identifier: MIT
// The lists of an article (authors, categories, enclosures) stay short, whatever a feed sends.
#pragma once

#include <algorithm>
#include <cstddef>
#include <string>
#include <utility>
#include <vector>

namespace wirewatch::feeds {

/// Of each kind in one article; more are left out. Our choice.
inline constexpr std::size_t kMaxListed = 200;

/// Adds `text` where it is not empty and not in the list yet.
inline void add_once(std::vector<std::string>& list, std::string text) {
    if (!text.empty() && list.size() < kMaxListed &&
        std::find(list.begin(), list.end(), text) == list.end()) {
        list.push_back(std::move(text));
    }
}

}  // namespace wirewatch::feeds
