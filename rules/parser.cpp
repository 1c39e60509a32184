// SPDX-License-Identifier: MIT
#include "rules/parser.hpp"

#include "base/utf8.hpp"
#include "rules/findings.hpp"
#include "rules/foreign_operators.hpp"
#include "rules/lexer.hpp"
#include "rules/nearest.hpp"
#include "rules/problem_log.hpp"
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
    Parser(const Source& source, Regexes& regexes, Lexed lexed);

    Parsed whole() &&;

  private:
    Node any();
    Node all();
    Tree negation();
    Tree near();
    Tree operand();
    Tree word_or_phrase();
    Tree regex();
    Tree field();
    Tree set();
    Tree group();
    Tree counted();
    void add_part(Node& list);
    Tree broken();

    Node recovered(std::size_t begin, const Complaint& complaint);
    void pass_leftovers(Type closing);
    void read_to_close(Place open);

    [[nodiscard]] bool is(Type type) const { return stream_.is(type); }
    [[nodiscard]] Node begin_node(Kind kind) const;
    void finish(Node& node) const { node.place.end = stream_.last_end(); }
    [[nodiscard]] std::string written(const Node& node) const;
    const Source& source_;
    Regexes& regexes_;
    TokenStream stream_;
    bool cut_short_;
    bool unclosed_ = false;  // a group: told once, of the innermost
    int depth_ = 0;
    ProblemLog log_;
    std::vector<Node> sets_;
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

Parser::Parser(const Source& source, Regexes& regexes, Lexed lexed)
    : source_{source},
      regexes_{regexes},
      stream_{std::move(lexed.tokens)},
      cut_short_{lexed.cut_short},
      log_{source} {
    for (const Complaint& complaint : lexed.complaints) {
        log_.report(Weight::error, complaint.place, complaint.text);
    }
    log_.report(findings_in_comment(lexed.hashtag, source.text));
}

Parsed Parser::whole() && {
    Node tree = any();
    pass_leftovers(Type::end);
    log_.report_if_sound(0, findings_in_group(tree));
    Parsed parsed{std::nullopt, std::move(log_).take(), {}};
    if (log_.errors() == 0) {
        parsed.query = std::move(tree);
    } else {
        parsed.sets = std::move(sets_);
    }
    return parsed;
}

/// Complains, and passes what cannot be understood. The node stands for it.
Node Parser::recovered(std::size_t begin, const Complaint& complaint) {
    // The end of a text that a quote has swallowed is not where something is missing.
    if (!cut_short_ || !is(Type::end)) {
        log_.report(Weight::error, complaint.place, complaint.text);
    }
    stream_.skip_operand();
    Node node;
    node.place = {begin, std::max(begin, stream_.last_end())};
    return node;
}

/// What stands before `closing` and belongs nowhere: each kind of it is told once, and what follows
/// is read for what else may be wrong.
void Parser::pass_leftovers(Type closing) {
    std::string told;
    while (!is(closing) && !is(Type::end)) {
        const Complaint complaint = stream_.leftover();
        const bool known = log_.ends_at(complaint.place);  // "a word was expected before it"
        if (!known && complaint.text != told) {
            log_.report(Weight::error, complaint.place, complaint.text);
            told = complaint.text;
        }
        stream_.take();
        while (is(Type::all) || is(Type::any)) {
            stream_.take();
        }
        if (stream_.begins_operand()) {
            any();
        }
    }
}

/// The rest of a group, with its parenthesis.
void Parser::read_to_close(Place open) {
    pass_leftovers(Type::close);
    const bool told = unclosed_ || cut_short_ || log_.ends_at(open);
    if (!stream_.accept(Type::close) && !told) {
        unclosed_ = true;
        log_.report(Weight::error, open, "this '(' is never closed");
    }
}

Node Parser::any() {
    Node node = begin_node(Kind::any);
    const std::size_t errors = log_.errors();
    do {
        node.children.push_back(all());
    } while (stream_.accept(Type::any));
    if (node.children.size() == 1) {
        return std::move(node.children.front());
    }
    for (const Node& alternative : node.children) {
        log_.report_if_sound(errors, findings_in_group(alternative));
    }
    finish(node);
    log_.report_if_sound(errors, findings_in_alternatives(node, source_.text));
    return node;
}

Node Parser::all() {
    Node node = begin_node(Kind::all);
    do {
        const std::size_t begin = stream_.token().place.begin;
        Tree part = negation();
        node.children.push_back(part ? std::move(*part) : recovered(begin, part.error()));
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
        const Place place = stream_.token().place;
        log_.report(Weight::error, place,
                    "more than " + std::to_string(kMaxDepth) + " groups inside each other");
        stream_.skip_all();
        cut_short_ = true;  // nothing more can be said of this text
        return begin_node(Kind::term);
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
            case Type::broken:
                return broken();
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
    if (token.type == Type::word) {
        const std::string doubt = foreign_operator(token.text, is(Type::open));
        if (!doubt.empty()) {
            log_.report(Weight::warning, token.place, doubt);
        }
    }
    Result<Term> term = make_term(token.text, token.form);
    if (!term) {
        log_.report(Weight::error, token.place, term.error().text);
        return node;
    }
    node.term = std::move(*term);
    node.term.slop = token.slop;
    if (has_leading_wildcard(node.term)) {
        log_.report(
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
        log_.report(Weight::error, token.place, number.error().text);
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
        log_.report(Weight::error, name.place,
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
    sets_.push_back(node);
    return node;
}

/// Has been complained of. What is in parentheses behind it was meant as its list.
Tree Parser::broken() {
    Node node = begin_node(Kind::term);
    stream_.take();
    stream_.skip_group();
    finish(node);
    return node;
}

Tree Parser::group() {
    const Place open = stream_.take().place;
    const std::size_t errors = log_.errors();
    Node inner = any();
    read_to_close(open);
    log_.report_if_sound(errors, findings_in_group(inner));
    inner.place = {open.begin, stream_.last_end()};
    inner.grouped = true;
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
    const std::size_t errors = log_.errors();
    do {
        add_part(node);
    } while (stream_.accept(Type::comma));
    read_to_close(open);
    finish(node);
    log_.report_if_sound(errors, findings_in_list(node));
    return node;
}

/// Reads one part of the list, with its weight in a SCORE.
void Parser::add_part(Node& list) {
    const std::size_t errors = log_.errors();
    Node part = any();
    log_.report_if_sound(errors, findings_in_group(part));
    if (list.kind == Kind::score) {
        if (!is(Type::weight)) {
            log_.report_if_sound(
                errors,
                {{Weight::error, {part.place, "each part of SCORE takes a weight: russia^5"}}});
        }
        list.weights.push_back(is(Type::weight) ? stream_.take().number : 1);
    }
    list.children.push_back(std::move(part));
}

}  // namespace

Parsed parse(const Source& source, Regexes& regexes) {
    const auto unusable = [&](std::string text) {
        return Parsed{std::nullopt, {locate(source, Weight::error, {{}, std::move(text)})}, {}};
    };
    if (source.text.size() > kMaxQueryBytes) {
        return unusable("the query is longer than 64 KiB");
    }
    if (!utf8::valid(source.text)) {
        return unusable("the query is not valid UTF-8");
    }
    return Parser{source, regexes, tokens(source.text)}.whole();
}

}  // namespace wirewatch::rules
