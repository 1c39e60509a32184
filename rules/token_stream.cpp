// SPDX-License-Identifier: MIT
#include "rules/token_stream.hpp"

#include "base/check.hpp"

#include <string>
#include <utility>

namespace wirewatch::rules {

using Type = Token::Type;

TokenStream::TokenStream(std::vector<Token> tokens) : tokens_{std::move(tokens)} {
    WIREWATCH_CHECK(!tokens_.empty() && tokens_.back().type == Type::end);
}

const Token& TokenStream::take() {
    const Token& taken = token();
    at_ += taken.type == Type::end ? 0 : 1;
    return taken;
}

bool TokenStream::accept(Type type) {
    if (!is(type)) {
        return false;
    }
    take();
    return true;
}

bool TokenStream::begins_operand() const {
    switch (token().type) {
        case Type::word:
        case Type::phrase:
        case Type::regex:
        case Type::field:
        case Type::set:
        case Type::at_least:
        case Type::score:
        case Type::negation:
        case Type::broken:
        case Type::open:
            return true;
        default:
            return false;
    }
}

void TokenStream::skip_operand() {
    std::size_t open = 0;
    for (; !is(Type::end); take()) {
        const bool stops = is(Type::all) || is(Type::any) || is(Type::comma) || is(Type::close);
        if (open == 0 && stops) {
            return;
        }
        if (is(Type::open)) {
            ++open;
        } else if (is(Type::close)) {
            --open;
        }
    }
}

void TokenStream::skip_group() {
    if (!accept(Type::open)) {
        return;
    }
    skip_operand();
    while (accept(Type::all) || accept(Type::any) || accept(Type::comma)) {
        skip_operand();
    }
    accept(Type::close);
}

void TokenStream::skip_all() {
    at_ = tokens_.size() - 1;
}

Complaint TokenStream::no_operand() const {
    const Place place = token().place;
    if (at_ == 0 && is(Type::end)) {
        return {place, "the query is empty"};
    }
    const Token* before = at_ == 0 ? nullptr : &tokens_[at_ - 1];
    switch (token().type) {
        case Type::end:
            return {before->place, "'" + before->text + "' has nothing to its right"};
        case Type::close:
            return {place, before != nullptr && before->type == Type::open
                               ? "nothing stands between these parentheses"
                               : "a word was expected before this ')'"};
        case Type::comma:
            return {place, "a word was expected before this comma"};
        case Type::weight:
            return {place, "a weight follows a word: russia^5"};
        default:
            return {place, "'" + token().text +
                               "' has nothing to its left; to search for the word itself, put it "
                               "in quotes"};
    }
}

Complaint TokenStream::leftover() const {
    switch (token().type) {
        case Type::close:
            return {token().place, "this ')' closes nothing"};
        case Type::comma:
            return {token().place,
                    "a comma separates only the parts of ATLEAST and SCORE; write OR"};
        case Type::weight:
            return {token().place, "weights belong into SCORE/20(russia^5, energy^10)"};
        default:
            return no_operand();
    }
}

}  // namespace wirewatch::rules
