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
    void report(Weight weight, Place place, std::string text);
    void report(const std::vector<Finding>& findings);
    /// Findings about a part in which something was wrong would only be its echo.
    void report_if_sound(std::size_t errors_before, const std::vector<Finding>& findings) {
        if (errors_ == errors_before) {
            report(findings);
        }
    }

    const Source& source_;
    Regexes& regexes_;
    TokenStream stream_;
    bool cut_short_;
    bool unclosed_ = false;  // a group: told once, of the innermost
    int depth_ = 0;
    std::size_t errors_ = 0;
    std::size_t warnings_ = 0;
    std::optional<std::size_t> last_error_;  // where it stands
    std::vector<Problem> problems_;
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
      cut_short_{lexed.cut_short} {
    for (const Complaint& complaint : lexed.complaints) {
        report(Weight::error, complaint.place, complaint.text);
    }
}

void Parser::report(Weight weight, Place place, std::string text) {
    const bool error = weight == Weight::error;
    std::size_t& count = error ? errors_ : warnings_;
    if (error) {
        last_error_ = place.begin;
    }
    if (++count > kMaxProblems) {
        if (error && count == kMaxProblems + 1) {
            problems_.push_back(
                locate(source_, weight, {place, "and more: the rest shows when these are mended"}));
        }
        return;
    }
    problems_.push_back(locate(source_, weight, {place, std::move(text)}));
}

void Parser::report(const std::vector<Finding>& findings) {
    for (const Finding& finding : findings) {
        report(finding.weight, finding.complaint.place, finding.complaint.text);
    }
}

Parsed Parser::whole() && {
    Node tree = any();
    pass_leftovers(Type::end);
    report_if_sound(0, findings_in_group(tree));
    Parsed parsed{std::nullopt, std::move(problems_), {}};
    if (errors_ == 0) {
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
        report(Weight::error, complaint.place, complaint.text);
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
        const bool known = last_error_ == complaint.place.begin;  // "a word was expected before it"
        if (!known && complaint.text != told) {
            report(Weight::error, complaint.place, complaint.text);
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
    const bool told = unclosed_ || cut_short_ || last_error_ == open.begin;
    if (!stream_.accept(Type::close) && !told) {
        unclosed_ = true;
        report(Weight::error, open, "this '(' is never closed");
    }
}

Node Parser::any() {
    Node node = begin_node(Kind::any);
    const std::size_t errors = errors_;
    do {
        node.children.push_back(all());
    } while (stream_.accept(Type::any));
    if (node.children.size() == 1) {
        return std::move(node.children.front());
    }
    for (const Node& alternative : node.children) {
        report_if_sound(errors, findings_in_group(alternative));
    }
    finish(node);
    report_if_sound(errors, findings_in_alternatives(node, source_.text));
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
        report(Weight::error, place,
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
    sets_.push_back(node);
    return node;
}

/// Has been complained of. What is in parentheses behind it was meant as its list.
Tree Parser::broken() {
    Node node = begin_node(Kind::term);
    stream_.take();
    if (is(Type::open)) {
        stream_.take();
        stream_.skip_operand();
        while (is(Type::all) || is(Type::any) || is(Type::comma)) {
            stream_.take();
            stream_.skip_operand();
        }
        stream_.accept(Type::close);
    }
    finish(node);
    return node;
}

Tree Parser::group() {
    const Place open = stream_.take().place;
    const std::size_t errors = errors_;
    Node inner = any();
    read_to_close(open);
    report_if_sound(errors, findings_in_group(inner));
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
    const std::size_t errors = errors_;
    do {
        add_part(node);
    } while (stream_.accept(Type::comma));
    read_to_close(open);
    finish(node);
    report_if_sound(errors, findings_in_list(node));
    return node;
}

/// Reads one part of the list, with its weight in a SCORE.
void Parser::add_part(Node& list) {
    const std::size_t errors = errors_;
    Node part = any();
    report_if_sound(errors, findings_in_group(part));
    if (list.kind == Kind::score) {
        if (!is(Type::weight)) {
            report_if_sound(
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
