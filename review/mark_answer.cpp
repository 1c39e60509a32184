// SPDX-License-Identifier: MIT
#include "review/mark_answer.hpp"

#include <cstddef>
#include <string>

namespace wirewatch::review {

namespace {

std::string articles(std::size_t count) {
    return count == 1 ? "1 article" : std::to_string(count) + " articles";
}

}  // namespace

ControlAnswer answer_of(const Result<history::Marked>& marked) {
    if (!marked) {
        return {.message = "nothing was marked: " + marked.error().text};
    }
    ControlAnswer answer{.ok = marked->unknown.empty()};
    answer.message = articles(marked->changed) + " marked";
    if (marked->unchanged > 0) {
        answer.message += ", " + std::to_string(marked->unchanged) +
                          (marked->unchanged == 1 ? " was so already" : " were so already");
    }
    if (!marked->unknown.empty()) {
        answer.message += ", " + articles(marked->unknown.size()) + " not found";
    }
    for (const std::string& key : marked->unknown) {
        answer.details.push_back("there is no article " + key);
    }
    return answer;
}

ControlAnswer answer_of(const Result<history::Unmarked>& undone) {
    if (!undone) {
        return {.message = undone.error().text};
    }
    ControlAnswer answer{.ok = true};
    answer.message = "taken back: " + articles(undone->restored);
    if (undone->left > 0) {
        answer.message += "; " + articles(undone->left) + " left as somebody has marked them since";
    }
    return answer;
}

}  // namespace wirewatch::review
