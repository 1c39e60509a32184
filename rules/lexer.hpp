// SPDX-License-Identifier: MIT
// Cuts a query into tokens. Knows quotes, slashes and comments; not what fits together.
#pragma once

#include "rules/query.hpp"
#include "rules/source.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <tl/expected.hpp>

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

/// The tokens, an `end` last; or the first thing that is none.
[[nodiscard]] tl::expected<std::vector<Token>, Complaint> tokens(std::string_view query);

}  // namespace wirewatch::rules
