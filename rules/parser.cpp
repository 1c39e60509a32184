// SPDX-License-Identifier: MIT
#include "rules/parser.hpp"

#include "base/utf8.hpp"
#include "rules/findings.hpp"
#include "rules/lexer.hpp"
#include "rules/nearest.hpp"
#include "rules/term.hpp"
#include "rules/token_stream.hpp"

#include <algorithm>
#include <utility>

namespace wirewatch::rules {

namespace {

using Type = Token::Type;
using Tree = tl::expected<Node, Complaint>;

/// One function for each strength of operator, the weakest first.
class Parser {
  public:
    Parser(const Source& source, Regexes& regexes, std::vector<Token> tokens)
        : source_{source}, regexes_{regexes}, stream_{std::move(tokens)} {}

    Tree whole();
    std::vector<Problem> problems() && { return std::move(problems_); }

  private:
    Tree any();
    Tree all();
    Tree negation();
    Tree near();
    Tree operand();
    Tree word_or_phrase();
    Tree regex();
    Tree field();
    Tree set();
    Tree group();
    Tree counted();
    tl::expected<void, Complaint> add_part(Node& list);

    [[nodiscard]] bool is(Type type) const { return stream_.is(type); }
    [[nodiscard]] Node begin_node(Kind kind) const;
    void finish(Node& node) const { node.place.end = stream_.last_end(); }
    [[nodiscard]] std::string written(const Node& node) const;
    void report(Weight weight, Place place, std::string text);
    void report(const std::vector<Finding>& findings);

    const Source& source_;
    Regexes& regexes_;
    TokenStream stream_;
    int depth_ = 0;
    std::vector<Problem> problems_;
};

tl::unexpected<Complaint> refuse(Complaint complaint) {
    return tl::unexpected<Complaint>{std::move(complaint)};
}

/// A node that begins at the token in hand.
Node Parser::begin_node(Kind kind) const {
    Node node;
    node.kind = kind;
    node.place.begin = stream_.token().place.begin;
    return node;
}

std::string Parser::written(const Node& node) const {
    return std::string{source_.text.substr(node.place.begin, node.place.end - node.place.begin)};
}

void Parser::report(Weight weight, Place place, std::string text) {
    problems_.push_back(locate(source_, weight, {place, std::move(text)}));
}

void Parser::report(const std::vector<Finding>& findings) {
    for (const Finding& finding : findings) {
        problems_.push_back(locate(source_, finding.weight, finding.complaint));
    }
}

Tree Parser::whole() {
    Tree tree = any();
    if (tree && !is(Type::end)) {
        return refuse(stream_.leftover());
    }
    if (tree) {
        report(findings_in_group(*tree));
    }
    return tree;
}

Tree Parser::any() {
    Node node = begin_node(Kind::any);
    do {
        Tree alternative = all();
        if (!alternative) {
            return alternative;
        }
        node.children.push_back(std::move(*alternative));
    } while (stream_.accept(Type::any));
    if (node.children.size() == 1) {
        return std::move(node.children.front());
    }
    for (const Node& alternative : node.children) {
        report(findings_in_group(alternative));
    }
    finish(node);
    report(findings_in_alternatives(node, source_.text));
    return node;
}

Tree Parser::all() {
    Node node = begin_node(Kind::all);
    do {
        Tree part = negation();
        if (!part) {
            return part;
        }
        node.children.push_back(std::move(*part));
    } while (stream_.accept(Type::all) || stream_.begins_operand());
    if (node.children.size() == 1) {
        return std::move(node.children.front());
    }
    finish(node);
    return node;
}

Tree Parser::negation() {
    if (!is(Type::negation)) {
        return near();
    }
    Node node = begin_node(Kind::negation);
    stream_.take();
    if (is(Type::negation)) {
        return refuse({stream_.token().place, "NOT twice in a row; leave both out"});
    }
    Tree taken_away = near();
    if (!taken_away) {
        return taken_away;
    }
    node.children.push_back(std::move(*taken_away));
    finish(node);
    return node;
}

Tree Parser::near() {
    Node node = begin_node(Kind::near);
    Tree first = operand();
    if (!first || !is(Type::link)) {
        return first;
    }
    node.children.push_back(std::move(*first));
    while (is(Type::link)) {
        node.links.push_back(stream_.take().link);
        if (is(Type::negation)) {
            return refuse(
                {stream_.token().place, "NOT cannot stand beside NEAR; write a NEAR/5 b NOT c"});
        }
        Tree next = operand();
        if (!next) {
            return next;
        }
        node.children.push_back(std::move(*next));
    }
    finish(node);
    node.written = written(node);
    return node;
}

Tree Parser::operand() {
    if (depth_ >= kMaxDepth) {
        return refuse({stream_.token().place,
                       "more than " + std::to_string(kMaxDepth) + " groups inside each other"});
    }
    ++depth_;
    Tree tree = [this]() -> Tree {
        switch (stream_.token().type) {
            case Type::word:
            case Type::phrase:
                return word_or_phrase();
            case Type::regex:
                return regex();
            case Type::field:
                return field();
            case Type::set:
                return set();
            case Type::open:
                return group();
            case Type::at_least:
            case Type::score:
                return counted();
            default:
                return refuse(stream_.no_operand());
        }
    }();
    --depth_;
    return tree;
}

Tree Parser::word_or_phrase() {
    Node node = begin_node(Kind::term);
    const Token& token = stream_.take();
    finish(node);
    node.written = written(node);
    Result<Term> term = make_term(token.text, token.form);
    if (!term) {
        report(Weight::error, token.place, term.error().text);
        return node;
    }
    node.term = std::move(*term);
    node.term.slop = token.slop;
    if (has_leading_wildcard(node.term)) {
        report(
            Weight::warning, node.place,
            "a wildcard at the beginning matches the ends of many words: '" + node.written + "'");
    }
    return node;
}

Tree Parser::regex() {
    Node node = begin_node(Kind::regex);
    const Token& token = stream_.take();
    finish(node);
    node.written = written(node);
    const Result<std::size_t> number = regexes_.add(token.text, token.flags);
    if (number) {
        node.regex = *number;
    } else {
        report(Weight::error, token.place, number.error().text);
    }
    return node;
}

Tree Parser::field() {
    Node node = begin_node(Kind::field);
    const Token& name = stream_.take();
    node.written = name.text;
    if (const auto known = parse_field(name.text)) {
        node.fields = only(*known);
    } else {
        const std::string meant = nearest(name.text, field_names());
        report(Weight::error, name.place,
               "there is no field '" + name.text + "'" +
                   (meant.empty() ? "; to search for the colon, put it all in quotes"
                                  : "; did you mean '" + meant + "'?"));
    }
    Tree inner = operand();
    if (!inner) {
        return inner;
    }
    node.children.push_back(std::move(*inner));
    finish(node);
    return node;
}

Tree Parser::set() {
    Node node = begin_node(Kind::set);
    node.written = stream_.take().text;
    finish(node);
    return node;
}

Tree Parser::group() {
    const Place open = stream_.take().place;
    Tree inner = any();
    if (!inner) {
        return inner;
    }
    if (is(Type::end)) {
        return refuse({open, "this '(' is never closed"});
    }
    if (!stream_.accept(Type::close)) {
        return refuse(stream_.leftover());
    }
    report(findings_in_group(*inner));
    inner->place = {open.begin, stream_.last_end()};
    inner->grouped = true;
    return inner;
}

/// ATLEAST/2(a, b, c) and SCORE/20(a^5, b^10).
Tree Parser::counted() {
    Node node = begin_node(is(Type::score) ? Kind::score : Kind::at_least);
    const Token& name = stream_.take();
    node.threshold = name.number;
    const Place open = stream_.token().place;
    if (!stream_.accept(Type::open)) {
        return refuse({name.place, "after '" + name.text +
                                       "' comes a list in parentheses: " + name.text + "(a, b)"});
    }
    do {
        if (auto added = add_part(node); !added) {
            return refuse(std::move(added.error()));
        }
    } while (stream_.accept(Type::comma));
    if (is(Type::end)) {
        return refuse({open, "this '(' is never closed"});
    }
    if (!stream_.accept(Type::close)) {
        return refuse(stream_.leftover());
    }
    finish(node);
    report(findings_in_list(node));
    return node;
}

/// Reads one part of the list, with its weight in a SCORE.
tl::expected<void, Complaint> Parser::add_part(Node& list) {
    Tree part = any();
    if (!part) {
        return refuse(std::move(part.error()));
    }
    report(findings_in_group(*part));
    if (is(Type::weight) && list.kind == Kind::at_least) {
        return refuse(stream_.leftover());
    }
    if (!is(Type::weight) && list.kind == Kind::score) {
        return refuse({part->place, "each part of SCORE takes a weight: russia^5"});
    }
    if (is(Type::weight)) {
        list.weights.push_back(stream_.take().number);
    }
    list.children.push_back(std::move(*part));
    return {};
}

}  // namespace

Parsed parse(const Source& source, Regexes& regexes) {
    const auto unusable = [&](const Complaint& what, std::vector<Problem> others) {
        others.push_back(locate(source, Weight::error, what));
        return Parsed{std::nullopt, std::move(others)};
    };
    if (source.text.size() > kMaxQueryBytes) {
        return unusable({{}, "the query is longer than 64 KiB"}, {});
    }
    if (!utf8::valid(source.text)) {
        return unusable({{}, "the query is not valid UTF-8"}, {});
    }
    auto lexed = tokens(source.text);
    if (!lexed) {
        return unusable(lexed.error(), {});
    }
    Parser parser{source, regexes, std::move(*lexed)};
    Tree tree = parser.whole();
    std::vector<Problem> problems = std::move(parser).problems();
    if (!tree) {
        return unusable(tree.error(), std::move(problems));
    }
    const bool good = std::none_of(problems.begin(), problems.end(), [](const Problem& problem) {
        return problem.weight == Weight::error;
    });
    return {good ? std::optional{std::move(*tree)} : std::nullopt, std::move(problems)};
}

}  // namespace wirewatch::rules
