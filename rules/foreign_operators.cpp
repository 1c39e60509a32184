// SPDX-License-Identifier: MIT
#include "rules/foreign_operators.hpp"

#include "rules/folding.hpp"
#include "rules/keyword.hpp"
#include "rules/query.hpp"

#include <algorithm>
#include <array>
#include <optional>

namespace wirewatch::rules {

namespace {

struct Foreign {
    std::string_view word;
    std::string_view instead;
};

/// In capitals, in front of a group.
constexpr std::array kFunctions{
    Foreign{"AROUND", "NEAR/5"},
    Foreign{"HEADLINE", "title:(…)"},
    Foreign{"HLEAD", "title:(…) OR summary:(…)"},
    Foreign{"LEAD", "summary:(…)"},
    Foreign{"BYLINE", "author:(…)"},
    Foreign{"ALLCAPS", "=SCO, which keeps the case,"},
    Foreign{"CAPS", "=Turkey, which keeps the case,"},
};

/// In front of "=".
constexpr std::array kFields{
    Foreign{"hd", "title:"},  Foreign{"hl", "title:"}, Foreign{"lp", "summary:"},
    Foreign{"by", "author:"}, Foreign{"la", "lang:"},  Foreign{"sn", "feed:"},
};

template <class Table>
std::string_view found_in(const Table& table, std::string_view word) {
    const auto found = std::find_if(table.begin(), table.end(),
                                    [&](const Foreign& one) { return one.word == word; });
    return found == table.end() ? std::string_view{} : found->instead;
}

/// "adj5" and "near5" count the second word too.
std::string distance_instead(std::string_view small) {
    for (const Foreign& head : {Foreign{"adj", "ONEAR/"}, Foreign{"near", "NEAR/"}}) {
        if (!small.starts_with(head.word) || small.size() == head.word.size()) {
            continue;
        }
        if (const auto words = whole_number(small.substr(head.word.size()), kMaxDistance)) {
            return std::string{head.instead} + std::to_string(std::max(*words - 1, 0));
        }
    }
    return {};
}

bool is_number(std::string_view text) {
    return text.empty() || whole_number(text, kMaxDistance).has_value();
}

std::string instead_of(std::string_view word, bool before_group) {
    if (before_group) {
        if (const std::string_view function = found_in(kFunctions, word); !function.empty()) {
            return std::string{function};
        }
        constexpr std::string_view kAtLeast = "ATLEAST";
        if (word.size() > kAtLeast.size() && word.starts_with(kAtLeast) &&
            is_number(word.substr(kAtLeast.size()))) {
            return "ATLEAST/2(a, b, c), which counts what of them is there";
        }
    }
    const std::string small = fold(word);
    if (std::string instead = distance_instead(small); !instead.empty()) {
        return instead;
    }
    if (const std::size_t equals = word.find('='); equals != std::string_view::npos) {
        const std::string_view field = found_in(kFields, fold(word.substr(0, equals)));
        return field.empty() ? std::string{} : std::string{field}.append(word.substr(equals + 1));
    }
    const std::size_t dollar = word.find('$');  // of pipelin$3, not of US$300
    const bool truncates = dollar != std::string_view::npos && dollar > 1 &&
                           word[dollar - 1] >= 'a' && word[dollar - 1] <= 'z';
    if (truncates && is_number(word.substr(dollar + 1))) {
        return std::string{word.substr(0, dollar)} + "*";
    }
    return {};
}

}  // namespace

std::string foreign_operator(std::string_view word, bool before_group) {
    if (!before_group && word.find_first_of("0123456789=$") == std::string_view::npos) {
        return {};  // as nearly every word of nearly every rule
    }
    const std::string instead = instead_of(word, before_group);
    return instead.empty() ? std::string{}
                           : "'" + std::string{word} + "' is searched for as it stands; write " +
                                 instead + " if that is meant, or put it in quotes";
}

}  // namespace wirewatch::rules
