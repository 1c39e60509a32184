// SPDX-License-Identifier: MIT
#include "rules/problem.hpp"

#include "base/columns.hpp"
#include "base/printable.hpp"
#include "base/utf8.hpp"

#include <algorithm>

namespace wirewatch::rules {

namespace {

constexpr std::size_t kShownBefore = 60;  // code points of a long line kept before the caret …
constexpr std::size_t kShownAfter = 30;   // … and after it

/// The part of the source line around the caret, with the caret below it.
std::string excerpt(const Problem& problem) {
    const auto caret = static_cast<std::size_t>(std::max(problem.caret, 1)) - 1;
    const std::size_t from = caret > kShownBefore ? caret - kShownBefore : 0;
    std::string text = problem.source;
    std::replace(text.begin(), text.end(), '\t', ' ');  // a tab has no width of its own
    const std::size_t begin = utf8::offset(text, from);
    const std::size_t at = utf8::offset(text, caret);
    const std::size_t end = utf8::offset(text, caret + kShownAfter);
    const std::string before = (from > 0 ? "…" : "") + printable(text.substr(begin, at - begin));
    const std::string after = printable(text.substr(at, end - at)) + (end < text.size() ? "…" : "");
    return "\n    " + before + after + "\n    " + std::string(columns(before), ' ') + "^";
}

}  // namespace

std::string to_text(const Position& at) {
    std::string text = printable(at.file);
    if (at.line > 0) {
        text +=
            (text.empty() ? "" : ":") + std::to_string(at.line) + ":" + std::to_string(at.column);
    }
    return text;
}

std::string to_text(const Problem& problem) {
    std::string text = to_text(problem.at);
    text += text.empty() ? "" : ": ";
    text += problem.weight == Weight::error ? "error: " : "warning: ";
    text += problem.rule_id.empty() ? "" : printable(problem.rule_id) + ": ";
    text += printable(problem.text);
    return problem.source.empty() ? text : text + excerpt(problem);
}

}  // namespace wirewatch::rules
