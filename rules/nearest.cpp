// SPDX-License-Identifier: MIT
#include "rules/nearest.hpp"

#include <algorithm>
#include <cstddef>

namespace wirewatch::rules {

namespace {

constexpr std::size_t kMaxLength = 64;  // names are no longer (base/rule.hpp)

/// Damerau's distance, in its short form that never edits a swapped pair again.
std::size_t distance(std::string_view from, std::string_view to) {
    std::vector<std::size_t> before(to.size() + 1);
    std::vector<std::size_t> last(to.size() + 1);
    std::vector<std::size_t> row(to.size() + 1);
    for (std::size_t j = 0; j <= to.size(); ++j) {
        last[j] = j;
    }
    for (std::size_t i = 1; i <= from.size(); ++i) {
        row[0] = i;
        for (std::size_t j = 1; j <= to.size(); ++j) {
            const std::size_t change = last[j - 1] + (from[i - 1] == to[j - 1] ? 0 : 1);
            row[j] = std::min({change, last[j] + 1, row[j - 1] + 1});
            if (i > 1 && j > 1 && from[i - 1] == to[j - 2] && from[i - 2] == to[j - 1]) {
                row[j] = std::min(row[j], before[j - 2] + 1);
            }
        }
        before.swap(last);
        last.swap(row);
    }
    return last[to.size()];
}

}  // namespace

std::string nearest(std::string_view word, const std::vector<std::string>& known) {
    if (word.size() > kMaxLength) {
        return {};
    }
    std::size_t fewest = std::max<std::size_t>(1, word.size() / 3) + 1;
    std::string best;
    for (const std::string& name : known) {
        const std::size_t steps = name.size() > kMaxLength ? fewest : distance(word, name);
        if (steps < fewest) {
            fewest = steps;
            best = name;
        }
    }
    return best;
}

}  // namespace wirewatch::rules
