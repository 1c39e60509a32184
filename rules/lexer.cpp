// SPDX-License-Identifier: MIT
#include "rules/lexer.hpp"

#include "base/utf8.hpp"
#include "rules/character.hpp"
#include "rules/keyword.hpp"

#include <algorithm>
#include <utility>

namespace wirewatch::rules {

namespace {

constexpr std::u32string_view kDoubleQuotes = U"\"“”„‟«»＂";
constexpr std::u32string_view kSingleQuotes = U"‘’‚‹›";  // curly ones: ' alone is an apostrophe

bool is_space(char32_t point) {
    return point == U' ' || (point >= U'\t' && point <= U'\r') || point == 0xA0 ||
           point == 0x3000 || point == 0xFEFF;
}

bool is_in(std::u32string_view set, char32_t point) {
    return set.find(point) != std::u32string_view::npos;
}

class Lexer {
  public:
    explicit Lexer(std::string_view query) : query_{query} {}
    Token next();
    Lexed result() &&;

  private:
    [[nodiscard]] char32_t peek(std::size_t at) const;
    void skip_space_and_comments();
    void look_for_hashtag();
    Token minus();
    Token apostrophe();
    Token phrase(Form form);
    Token slop(Token token);
    Token regex();
    Token set();
    Token weight();
    Token word(Form form);
    Token sign(Token::Type type, std::size_t bytes);
    [[nodiscard]] std::size_t word_end(std::size_t from) const;
    [[nodiscard]] std::string_view since(std::size_t begin) const {
        return query_.substr(begin, at_ - begin);
    }
    /// Complains of what stands from `begin` to where reading goes on.
    void complain(std::size_t begin, std::string text) {
        complaints_.push_back({{begin, at_}, std::move(text)});
    }
    /// The same, and there is no token that could stand for it.
    Token broken(std::size_t begin, std::string text) {
        complain(begin, std::move(text));
        return sign(Token::Type::broken, 0);
    }
    Token unclosed(std::string text);

    std::string_view query_;
    std::size_t at_ = 0;
    std::size_t start_ = 0;  // of the token in hand
    std::vector<Complaint> complaints_;
    bool cut_short_ = false;
    Place hashtag_{};
};

/// The code point at a byte; 0 at the end.
char32_t Lexer::peek(std::size_t at) const {
    return at < query_.size() ? utf8::next(query_, at) : 0;
}

void Lexer::skip_space_and_comments() {
    while (at_ < query_.size()) {
        std::size_t after = at_;
        const char32_t point = utf8::next(query_, after);
        if (point == U'#') {
            look_for_hashtag();
            at_ = std::min(query_.find('\n', at_), query_.size());
        } else if (is_space(point)) {
            at_ = after;
        } else {
            return;
        }
    }
}

/// #gas. Whoever comments mostly leaves a space behind the sign.
void Lexer::look_for_hashtag() {
    if (hashtag_.begin != hashtag_.end || !is_alphabetic(peek(at_ + 1))) {
        return;
    }
    hashtag_ = {at_, at_ + 1};
    for (std::size_t after = hashtag_.end; after < query_.size(); hashtag_.end = after) {
        const char32_t point = utf8::next(query_, after);
        if (character_kind(point) == Character::other && point != U'_') {
            break;
        }
    }
}

Token Lexer::next() {
    skip_space_and_comments();
    start_ = at_;
    const char32_t point = peek(at_);
    if (at_ == query_.size()) {
        return sign(Token::Type::end, 0);
    }
    if (is_in(kDoubleQuotes, point) || is_in(kSingleQuotes, point)) {
        return phrase(Form::folded);
    }
    const bool twice = at_ + 1 < query_.size() && query_[at_ + 1] == query_[at_];
    switch (point) {
        case U'(':
            return sign(Token::Type::open, 1);
        case U')':
            return sign(Token::Type::close, 1);
        case U',':
            return sign(Token::Type::comma, 1);
        case U'&':
            return sign(Token::Type::all, twice ? 2 : 1);
        case U'|':
            return sign(Token::Type::any, twice ? 2 : 1);
        case U'-':
        case U'!':
            return minus();
        case U'^':
            return weight();
        case U'/':
            return regex();
        case U'@':
            return set();
        case U'\'':
            return apostrophe();
        case U'=': {
            ++at_;
            const char32_t quote = peek(at_);
            const bool quoted = is_in(kDoubleQuotes, quote) || is_in(kSingleQuotes, quote);
            return quoted ? phrase(Form::exact) : word(Form::exact);
        }
        default:
            return word(Form::bare);
    }
}

Token Lexer::sign(Token::Type type, std::size_t bytes) {
    at_ += bytes;
    return Token{.type = type, .place = {start_, at_}, .text = std::string{since(start_)}};
}

/// -cricket. In "Russia - Pakistan" it is a dash, and NOT the last thing that was meant.
Token Lexer::minus() {
    const char32_t after = peek(at_ + 1);
    if (after == 0 || is_space(after)) {
        const std::string sign_text{query_.substr(at_, 1)};
        const std::size_t begin = at_++;
        return broken(begin, "'" + sign_text + "' stands alone; write " + sign_text +
                                 "cricket or NOT cricket");
    }
    return sign(Token::Type::negation, 1);
}

/// 'gas pipeline': read as the phrase that it was meant to be.
Token Lexer::apostrophe() {
    const std::size_t begin = at_++;
    const std::size_t quote = query_.find('\'', at_);
    at_ = quote == std::string_view::npos ? at_ : quote + 1;
    return broken(begin, "write double quotes around a phrase: \"gas pipeline\"");
}

/// The rest belongs to a quote or expression that ends nowhere.
Token Lexer::unclosed(std::string text) {
    at_ = start_ + 1;
    complain(start_, std::move(text));
    at_ = query_.size();
    cut_short_ = true;
    return sign(Token::Type::broken, 0);
}

Token Lexer::phrase(Form form) {
    const bool single = is_in(kSingleQuotes, utf8::next(query_, at_));
    const std::size_t begin = at_;
    while (at_ < query_.size()) {
        const std::size_t quote = at_;
        const char32_t point = utf8::next(query_, at_);
        const bool closes =
            single ? is_in(kSingleQuotes, point) && character_kind(peek(at_)) == Character::other
                   : is_in(kDoubleQuotes, point);
        if (closes) {
            return slop(Token{.type = Token::Type::phrase,
                              .place = {start_, at_},
                              .text = std::string{query_.substr(begin, quote - begin)},
                              .form = form});
        }
    }
    return unclosed("this quote is never closed");
}

/// The ~4 after a phrase, if it is there.
Token Lexer::slop(Token token) {
    if (peek(at_) != U'~') {
        return token;
    }
    const std::size_t tilde = at_++;
    const std::size_t begin = at_;
    at_ = word_end(at_);
    const auto words = whole_number(since(begin), kMaxDistance);
    if (!words) {
        complain(tilde,
                 "after a phrase, ~ takes how many other words may stand between, 0 "
                 "to 1000: \"gas pipeline\"~4");
    }
    token.slop = words;
    token.place.end = at_;
    return token;
}

Token Lexer::regex() {
    std::string pattern;
    for (std::size_t at = at_ + 1; at < query_.size(); ++at) {
        if (query_[at] == '\\' && at + 1 < query_.size()) {
            // \/ is a slash; any other escape is RE2's.
            pattern += query_[at + 1] == '/' ? "" : "\\";
            pattern += query_[++at];
        } else if (query_[at] == '/') {
            at_ = at + 1;
            const std::size_t flags = at_;
            while (at_ < query_.size() && is_alphabetic(static_cast<unsigned char>(query_[at_]))) {
                ++at_;
            }
            return Token{.type = Token::Type::regex,
                         .place = {start_, at_},
                         .text = std::move(pattern),
                         .flags = std::string{since(flags)}};
        } else {
            pattern += query_[at];
        }
    }
    return unclosed("this regular expression is never closed; it ends in / too");
}

Token Lexer::set() {
    constexpr std::string_view kNameLetters = "abcdefghijklmnopqrstuvwxyz0123456789_-";
    ++at_;
    const std::size_t begin = at_;
    at_ = word_end(at_);
    const std::string_view name = since(begin);
    if (name.empty() || name.find_first_not_of(kNameLetters) != std::string_view::npos) {
        return broken(start_, "after @ comes the name of a set: small letters, digits, - and _");
    }
    return Token{.type = Token::Type::set, .place = {start_, at_}, .text = std::string{name}};
}

Token Lexer::weight() {
    ++at_;
    const std::size_t begin = at_;
    at_ = word_end(at_);
    const auto number = decimal_number(since(begin));
    if (!number) {
        complain(start_, "after ^ comes a weight, at most 1000000: russia^5, cricket^-50");
    }
    return Token{
        .type = Token::Type::weight, .place = {start_, at_}, .number = number.value_or(kMaxWeight)};
}

/// One past a bare word: it ends at a space or at a sign that can never be part of it.
std::size_t Lexer::word_end(std::size_t from) const {
    constexpr std::u32string_view kStops = U"()&|,^~";
    while (from < query_.size()) {
        std::size_t after = from;
        const char32_t point = utf8::next(query_, after);
        if (is_space(point) || is_in(kStops, point) || is_in(kDoubleQuotes, point)) {
            break;
        }
        from = after;
    }
    return from;
}

Token Lexer::word(Form form) {
    const std::size_t begin = at_;
    if (const std::size_t name = field_prefix(query_.substr(begin));
        form == Form::bare && name > 0) {
        at_ = begin + name + 1;
        if (query_.substr(at_).starts_with("//")) {
            at_ = word_end(at_);
            return broken(begin, "put a URL in quotes, or search for its host: domain:example.com");
        }
        return Token{.type = Token::Type::field,
                     .place = {start_, at_},
                     .text = std::string{query_.substr(begin, name)}};
    }
    const std::size_t end = word_end(at_);
    const std::string_view whole = query_.substr(begin, end - begin);
    at_ = end;
    if (form == Form::bare) {
        if (auto known = keyword(whole)) {
            if (!*known) {
                return broken(begin, std::move(known->error()));
            }
            (*known)->place = {start_, at_};
            (*known)->text = std::string{whole};
            return std::move(**known);
        }
    }
    if (peek(at_) == U'~') {
        ++at_;
        if (form == Form::exact || word_end(at_) != at_) {
            at_ = word_end(at_);
            complain(end, "after a word, ~ stands alone and asks for its inflections");
        }
        form = Form::inflected;
    }
    return Token{.type = Token::Type::word,
                 .place = {start_, at_},
                 .text = std::string{query_.substr(begin, end - begin)},
                 .form = form};
}

Lexed Lexer::result() && {
    std::vector<Token> found;
    do {
        found.push_back(next());
    } while (found.back().type != Token::Type::end);
    return {std::move(found), std::move(complaints_), cut_short_, hashtag_};
}

}  // namespace

Lexed tokens(std::string_view query) {
    return Lexer{query}.result();
}

}  // namespace wirewatch::rules
