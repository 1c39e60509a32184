// SPDX-License-Identifier: MIT
#include "rules/source.hpp"

#include "base/utf8.hpp"

#include <algorithm>

namespace wirewatch::rules {

namespace {

/// Counted from the last place before `at` that is known.
Position position_of(const Source& source, std::size_t at) {
    Bend from{0, std::max(source.at.line, 1), std::max(source.at.column, 1)};
    for (const Bend& bend : source.bends) {
        from = bend.offset <= at ? bend : from;
    }
    const std::string_view text = source.text.substr(from.offset, at - from.offset);
    const auto lines = static_cast<int>(std::count(text.begin(), text.end(), '\n'));
    const auto letters =
        static_cast<int>(utf8::length(lines == 0 ? text : text.substr(text.rfind('\n') + 1)));
    return {source.at.file, from.line + lines, lines == 0 ? from.column + letters : letters + 1};
}

}  // namespace

Problem locate(const Source& source, Weight weight, const Complaint& complaint) {
    const std::size_t at = std::min(complaint.place.begin, source.text.size());
    const std::string_view before = source.text.substr(0, at);
    const std::size_t line_start =
        before.rfind('\n') == std::string_view::npos ? 0 : before.rfind('\n') + 1;
    const auto caret = static_cast<int>(utf8::length(before.substr(line_start))) + 1;
    std::string_view line = source.text.substr(line_start);
    line = line.substr(0, line.find('\n'));
    if (line.ends_with('\r')) {
        line.remove_suffix(1);
    }
    return {.weight = weight,
            .rule_id = source.name,
            .at = position_of(source, at),
            .text = complaint.text,
            .source = std::string{line},
            .caret = caret};
}

}  // namespace wirewatch::rules
