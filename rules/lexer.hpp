// SPDX-License-Identifier: MIT
// Cuts a query into tokens. Knows quotes, slashes and comments; not what fits together.
#pragma once

#include "rules/query.hpp"
#include "rules/source.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace wirewatch::rules {

struct Token {
    enum class Type {
        word,      ///< text; form: bare, inflected (word~) or exact (=word)
        phrase,    ///< text between the quotes; form: folded or exact; slop
        regex,     ///< text between the slashes, flags
        field,     ///< text: the name before the colon
        set,       ///< text: the name after the @
        link,      ///< NEAR, ONEAR, SAME, w/…, pre/…
        at_least,  ///< number
        score,     ///< number
        weight,    ///< number, after ^
        all,
        any,
        negation,
        open,
        close,
        comma,
        broken,  ///< what could not be read and has been complained of; stands for an operand
        end
    };
    Type type = Type::end;
    Place place{};
    std::string text{};
    std::string flags{};
    Form form = Form::bare;
    std::optional<int> slop{};
    Link link{};
    double number = 0;
};

struct Lexed {
    std::vector<Token> tokens;          ///< an `end` last
    std::vector<Complaint> complaints;  ///< about what is none; reading went on behind it
    /// A quote or expression that is never closed has swallowed the rest: what seems to be missing
    /// at the end may be in there.
    bool cut_short = false;
    /// The first comment that looks as if it were meant as a hashtag, with its sign; else empty.
    Place hashtag{};
};

[[nodiscard]] Lexed tokens(std::string_view query);

}  // namespace wirewatch::rules
