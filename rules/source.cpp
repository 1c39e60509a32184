// SPDX-License-Identifier: MIT
#include "rules/source.hpp"

#include "base/utf8.hpp"

#include <algorithm>

namespace wirewatch::rules {

Problem locate(const Source& source, Weight weight, const Complaint& complaint) {
    const std::size_t at = std::min(complaint.place.begin, source.text.size());
    const std::string_view before = source.text.substr(0, at);
    const std::size_t line_start =
        before.rfind('\n') == std::string_view::npos ? 0 : before.rfind('\n') + 1;
    const auto lines = static_cast<int>(std::count(before.begin(), before.end(), '\n'));
    const auto caret = static_cast<int>(utf8::length(before.substr(line_start))) + 1;

    std::string_view line = source.text.substr(line_start);
    line = line.substr(0, line.find_first_of("\r\n"));
    Position position = source.at;
    position.line = std::max(source.at.line, 1) + lines;
    position.column = lines == 0 ? std::max(source.at.column, 1) + caret - 1 : caret;
    return {.weight = weight,
            .rule_id = source.name,
            .at = position,
            .text = complaint.text,
            .source = std::string{line},
            .caret = caret};
}

}  // namespace wirewatch::rules
