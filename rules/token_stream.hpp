// SPDX-License-Identifier: MIT
// The tokens of a query on their way through the parser, and the words for those out of place.
#pragma once

#include "rules/lexer.hpp"
#include "rules/source.hpp"

#include <cstddef>
#include <vector>

namespace wirewatch::rules {

class TokenStream {
  public:
    /// `tokens` end in one of type `end`, which is never passed.
    explicit TokenStream(std::vector<Token> tokens);

    [[nodiscard]] const Token& token() const { return tokens_[at_]; }
    [[nodiscard]] bool is(Token::Type type) const { return token().type == type; }

    /// The token in hand; the next one then is.
    const Token& take();

    /// Takes the token where it is of `type`.
    bool accept(Token::Type type);

    /// Whether a word, a group or a NOT begins here.
    [[nodiscard]] bool begins_operand() const;

    /// Passes what stands before the next AND, OR, comma or `)` of this group, or the end; groups
    /// inside are passed whole.
    void skip_operand();

    /// Passes a group in parentheses, where one begins here.
    void skip_group();

    /// Passes everything.
    void skip_all();

    /// One past the last token taken.
    [[nodiscard]] std::size_t last_end() const { return at_ == 0 ? 0 : tokens_[at_ - 1].place.end; }

    /// About the token in hand, where an operand had to begin.
    [[nodiscard]] Complaint no_operand() const;

    /// About the token in hand, where an expression is at its end but the query is not.
    [[nodiscard]] Complaint leftover() const;

  private:
    std::vector<Token> tokens_;
    std::size_t at_ = 0;
};

}  // namespace wirewatch::rules
