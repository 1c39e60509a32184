// SPDX-License-Identifier: MIT
// What differs between two texts, word by word. Pure.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace wirewatch::review {

struct DiffPart {
    enum class Kind { same, removed, added };
    Kind kind = Kind::same;
    std::string text;  ///< words with the white space behind them

    friend bool operator==(const DiffPart&, const DiffPart&) = default;
};

/// The parts in order, neighbours of different kinds: those that are not `added` make up `before`,
/// those that are not `removed` make up `after`. As few words as may be differ, as long as at most
/// 2,000 words do; beyond, the middle of the texts is told as replaced.
[[nodiscard]] std::vector<DiffPart> word_diff(std::string_view before, std::string_view after);

}  // namespace wirewatch::review
