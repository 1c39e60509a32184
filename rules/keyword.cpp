// SPDX-License-Identifier: MIT
#include "rules/keyword.hpp"

#include "rules/character.hpp"
#include "rules/folding.hpp"

#include <array>
#include <charconv>
#include <utility>

namespace wirewatch::rules {

namespace {

using Keyword = std::optional<tl::expected<Token, std::string>>;

Keyword operator_of(Token::Type type) {
    return Token{.type = type};
}

Keyword link_of(Link link) {
    return Token{.type = Token::Type::link, .link = link};
}

Keyword wrong(std::string text) {
    return tl::unexpected<std::string>{std::move(text)};
}

/// Operators without a number; `small` is `word` in small letters.
Keyword plain(std::string_view word, const std::string& small) {
    if (small == "and") {
        return operator_of(Token::Type::all);
    }
    if (small == "or") {
        return operator_of(Token::Type::any);
    }
    if (small == "not") {
        return operator_of(Token::Type::negation);
    }
    if (word == "NEAR") {
        return link_of({Link::Kind::near, 10});
    }
    if (word == "ONEAR") {
        return link_of({Link::Kind::ordered, 10});
    }
    if (word == "SAME") {
        return link_of({Link::Kind::sentence, 0});
    }
    if (word == "ATLEAST") {
        return wrong("ATLEAST takes a number: ATLEAST/2(a, b, c)");
    }
    if (word == "SCORE") {
        return wrong("SCORE takes the sum to reach: SCORE/20(russia^5, energy^10)");
    }
    return std::nullopt;
}

Keyword distance(std::string_view head, std::string_view number, Link::Kind kind) {
    const auto words = whole_number(number, kMaxDistance);
    if (!words) {
        return wrong(std::string{head} +
                     "/ takes a number of words, 0 to 1000: " + std::string{head} + "/5");
    }
    return link_of({kind, *words});
}

Keyword counted(Token::Type type, std::string_view number) {
    const auto value = decimal_number(number);
    if (type == Token::Type::score) {
        return value ? Keyword{Token{.type = type, .number = *value}}
                     : wrong("SCORE/ takes the sum to reach: SCORE/20(russia^5, energy^10)");
    }
    return value && whole_number(number, static_cast<int>(kMaxWeight))
               ? Keyword{Token{.type = type, .number = *value}}
               : wrong("ATLEAST/ takes a number: ATLEAST/2(a, b, c)");
}

}  // namespace

Keyword keyword(std::string_view word) {
    const std::size_t slash = word.find('/');
    const std::string head = fold(word.substr(0, slash));
    if (slash == std::string_view::npos) {
        return plain(word, head);
    }
    const std::string_view rest = word.substr(slash + 1);
    if (head == "near") {
        return distance("NEAR", rest, Link::Kind::near);
    }
    if (head == "onear") {
        return distance("ONEAR", rest, Link::Kind::ordered);
    }
    if (head == "pre") {
        return distance("pre", rest, Link::Kind::ordered);
    }
    if (head == "w") {
        const std::string unit = fold(rest);
        if (unit == "s") {
            return link_of({Link::Kind::sentence, 0});
        }
        return unit == "p" ? link_of({Link::Kind::paragraph, 0})
                           : distance("w", rest, Link::Kind::near);
    }
    if (head == "atleast") {
        return counted(Token::Type::at_least, rest);
    }
    return head == "score" ? counted(Token::Type::score, rest) : std::nullopt;
}

std::span<const std::string_view> operator_examples() {
    static constexpr std::array<std::string_view, 14> kExamples{
        "AND",   "OR",   "NOT", "NEAR", "NEAR/5", "ONEAR",     "ONEAR/5",
        "pre/5", "SAME", "w/5", "w/s",  "w/p",    "ATLEAST/2", "SCORE/20"};
    return kExamples;
}

std::size_t field_prefix(std::string_view word) {
    std::size_t letters = 0;
    while (letters < word.size() && is_alphabetic(static_cast<unsigned char>(word[letters]))) {
        ++letters;
    }
    return letters < word.size() && word[letters] == ':' ? letters : 0;
}

std::optional<int> whole_number(std::string_view digits, int max) {
    int value = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    const bool whole = error == std::errc{} && end == digits.data() + digits.size();
    return whole && value >= 0 && value <= max && digits.front() != '-' ? std::optional{value}
                                                                        : std::nullopt;
}

std::optional<double> decimal_number(std::string_view text) {
    if (text.size() > 1 && text.front() == '+' && text[1] != '-') {
        text.remove_prefix(1);
    }
    double value = 0;
    const auto [end, error] =
        std::from_chars(text.data(), text.data() + text.size(), value, std::chars_format::fixed);
    const bool whole = error == std::errc{} && end == text.data() + text.size();
    return whole && value >= -kMaxWeight && value <= kMaxWeight ? std::optional{value}
                                                                : std::nullopt;
}

}  // namespace wirewatch::rules
