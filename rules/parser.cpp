// SPDX-License-Identifier: MIT
#include "rules/parser.hpp"

#include "base/utf8.hpp"
#include "rules/lexer.hpp"
#include "rules/nearest.hpp"
#include "rules/term.hpp"
#include "rules/warnings.hpp"

#include <algorithm>
#include <utility>

namespace wirewatch::rules {

namespace {

using Type = Token::Type;
using Tree = tl::expected<Node, Complaint>;

/// Whether the node finds something, rather than only taking away.
bool is_positive(const Node& node) {
    switch (node.kind) {
        case Kind::negation:
            return false;
        case Kind::all:
            return std::any_of(node.children.begin(), node.children.end(), is_positive);
        default:
            return true;  // groups have been looked at when they were made
    }
}

/// One function for each strength of operator, the weakest first.
class Parser {
  public:
    Parser(const Source& source, Regexes& regexes, std::vector<Token> tokens)
        : source_{source}, regexes_{regexes}, tokens_{std::move(tokens)} {}

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
    tl::expected<void, Complaint> item(Node& list, double& reachable);
    tl::expected<void, Complaint> end_of_list(const Node& list, double reachable);

    [[nodiscard]] const Token& token() const { return tokens_[at_]; }
    [[nodiscard]] bool is(Type type) const { return token().type == type; }
    [[nodiscard]] bool begins_operand() const;
    bool accept(Type type);
    [[nodiscard]] Node begin_node(Kind kind) const;
    Node& finish(Node& node) const;
    [[nodiscard]] std::string written(Place place) const;
    [[nodiscard]] tl::unexpected<Complaint> out_of_place() const;
    void report(Weight weight, Place place, std::string text);
    void require_positive(const Node& node);

    const Source& source_;
    Regexes& regexes_;
    std::vector<Token> tokens_;
    std::size_t at_ = 0;
    int depth_ = 0;
    std::vector<Problem> problems_;
};

tl::unexpected<Complaint> complaint(Place place, std::string text) {
    return tl::unexpected<Complaint>{Complaint{place, std::move(text)}};
}

bool Parser::accept(Type type) {
    if (!is(type)) {
        return false;
    }
    ++at_;
    return true;
}

bool Parser::begins_operand() const {
    switch (token().type) {
        case Type::word:
        case Type::phrase:
        case Type::regex:
        case Type::field:
        case Type::set:
        case Type::at_least:
        case Type::score:
        case Type::negation:
        case Type::open:
            return true;
        default:
            return false;
    }
}

/// A node that begins at the token in hand.
Node Parser::begin_node(Kind kind) const {
    Node node;
    node.kind = kind;
    node.place.begin = token().place.begin;
    return node;
}

/// Ends the node at the last token taken.
Node& Parser::finish(Node& node) const {
    node.place.end = tokens_[at_ - 1].place.end;
    node.written = written(node.place);
    return node;
}

std::string Parser::written(Place place) const {
    return std::string{source_.text.substr(place.begin, place.end - place.begin)};
}

void Parser::report(Weight weight, Place place, std::string text) {
    problems_.push_back(locate(source_, weight, {place, std::move(text)}));
}

void Parser::require_positive(const Node& node) {
    if (!is_positive(node)) {
        report(Weight::error, node.place,
               "nothing positive to match: NOT only takes away; put beside it what shall be found");
    }
}

/// The token in hand stands where a word was expected.
tl::unexpected<Complaint> Parser::out_of_place() const {
    const Place place = token().place;
    const std::string before = at_ > 0 ? tokens_[at_ - 1].text : "";
    switch (token().type) {
        case Type::end:
            return complaint(at_ > 0 ? tokens_[at_ - 1].place : place,
                             before.empty() ? "the query ends where a word was expected"
                                            : "'" + before + "' has nothing to its right");
        case Type::close:
            return complaint(place, before == "(" ? "nothing stands between these parentheses"
                                                  : "a word was expected before this ')'");
        case Type::comma:
            return complaint(place, "a word was expected before this comma");
        case Type::weight:
            return complaint(place, "a weight follows a word: russia^5");
        default:
            return complaint(place, "'" + token().text +
                                        "' has nothing to its left; to search "
                                        "for the word itself, put it in quotes");
    }
}

Tree Parser::whole() {
    if (is(Type::end)) {
        return complaint(token().place, "the query is empty");
    }
    Tree tree = any();
    if (!tree) {
        return tree;
    }
    switch (token().type) {
        case Type::end:
            require_positive(*tree);
            return tree;
        case Type::close:
            return complaint(token().place, "this ')' closes nothing");
        case Type::comma:
            return complaint(token().place,
                             "a comma separates only the parts of ATLEAST and SCORE; write OR");
        case Type::weight:
            return complaint(token().place, "weights belong into SCORE/20(russia^5, energy^10)");
        default:
            return out_of_place();
    }
}

Tree Parser::any() {
    Node node = begin_node(Kind::any);
    do {
        Tree alternative = all();
        if (!alternative) {
            return alternative;
        }
        node.children.push_back(std::move(*alternative));
    } while (accept(Type::any));
    if (node.children.size() == 1) {
        return std::move(node.children.front());
    }
    std::for_each(node.children.begin(), node.children.end(),
                  [this](const Node& alternative) { require_positive(alternative); });
    for (const Complaint& warning : warnings_about_alternatives(finish(node), source_.text)) {
        report(Weight::warning, warning.place, warning.text);
    }
    node.written.clear();
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
    } while (accept(Type::all) || begins_operand());
    if (node.children.size() == 1) {
        return std::move(node.children.front());
    }
    finish(node).written.clear();
    return node;
}

Tree Parser::negation() {
    if (!is(Type::negation)) {
        return near();
    }
    Node node = begin_node(Kind::negation);
    ++at_;
    if (is(Type::negation)) {
        return complaint(token().place, "NOT twice in a row; leave both out");
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
        node.links.push_back(token().link);
        ++at_;
        if (is(Type::negation)) {
            return complaint(token().place, "NOT cannot stand beside NEAR; write a NEAR/5 b NOT c");
        }
        Tree next = operand();
        if (!next) {
            return next;
        }
        node.children.push_back(std::move(*next));
    }
    finish(node);
    return node;
}

Tree Parser::operand() {
    if (depth_ >= kMaxDepth) {
        return complaint(token().place,
                         "more than " + std::to_string(kMaxDepth) + " groups inside each other");
    }
    ++depth_;
    Tree tree = [this]() -> Tree {
        switch (token().type) {
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
                return out_of_place();
        }
    }();
    --depth_;
    return tree;
}

Tree Parser::word_or_phrase() {
    Node node = begin_node(Kind::term);
    Result<Term> term = make_term(token().text, token().form);
    if (term) {
        node.term = std::move(*term);
        node.term.slop = token().slop;
    } else {
        report(Weight::error, token().place, term.error().text);
    }
    ++at_;
    finish(node);
    if (has_leading_wildcard(node.term)) {
        report(
            Weight::warning, node.place,
            "a wildcard at the beginning matches the ends of many words: '" + node.written + "'");
    }
    return node;
}

Tree Parser::regex() {
    Node node = begin_node(Kind::regex);
    const Result<std::size_t> number = regexes_.add(token().text, token().flags);
    if (number) {
        node.regex = *number;
    } else {
        report(Weight::error, token().place, number.error().text);
    }
    ++at_;
    finish(node);
    return node;
}

Tree Parser::field() {
    Node node = begin_node(Kind::field);
    const Token name = token();
    if (const auto known = parse_field(name.text)) {
        node.fields = only(*known);
    } else {
        const std::vector<std::string> names = field_names();
        const std::string meant = nearest(name.text, names);
        report(Weight::error, name.place,
               "there is no field '" + name.text + "'" +
                   (meant.empty() ? "; to search for the colon, put it all in quotes"
                                  : "; did you mean '" + meant + "'?"));
    }
    ++at_;
    Tree inner = operand();
    if (!inner) {
        return inner;
    }
    node.children.push_back(std::move(*inner));
    finish(node).written = name.text;
    return node;
}

Tree Parser::set() {
    Node node = begin_node(Kind::set);
    const std::string name = token().text;
    ++at_;
    finish(node).written = name;
    return node;
}

Tree Parser::group() {
    const Place open = token().place;
    ++at_;
    Tree inner = any();
    if (!inner) {
        return inner;
    }
    if (is(Type::end)) {
        return complaint(open, "this '(' is never closed");
    }
    if (!accept(Type::close)) {
        return is(Type::comma)
                   ? complaint(token().place,
                               "a comma separates only the parts of ATLEAST and "
                               "SCORE; write OR")
                   : (is(Type::weight)
                          ? complaint(token().place, "weights belong into SCORE/20(russia^5, …)")
                          : out_of_place());
    }
    require_positive(*inner);
    inner->place = {open.begin, tokens_[at_ - 1].place.end};
    inner->grouped = true;
    return inner;
}

/// ATLEAST/2(a, b, c) and SCORE/20(a^5, b^10).
Tree Parser::counted() {
    Node node = begin_node(is(Type::score) ? Kind::score : Kind::at_least);
    node.threshold = token().number;
    const Token name = token();
    ++at_;
    const Token open = token();
    if (!accept(Type::open)) {
        return complaint(name.place, "after '" + name.text +
                                         "' comes a list in parentheses: " + name.text + "(a, b)");
    }
    double reachable = 0;
    do {
        if (auto one = item(node, reachable); !one) {
            return tl::unexpected<Complaint>{std::move(one.error())};
        }
    } while (accept(Type::comma));
    if (is(Type::end)) {
        return complaint(open.place, "this '(' is never closed");
    }
    if (!accept(Type::close)) {
        return out_of_place();
    }
    finish(node);
    if (auto good = end_of_list(node, reachable); !good) {
        return tl::unexpected<Complaint>{std::move(good.error())};
    }
    return node;
}

/// One part of the list, with its weight in a SCORE. `reachable` grows by what it may add.
tl::expected<void, Complaint> Parser::item(Node& list, double& reachable) {
    Tree part = any();
    if (!part) {
        return tl::unexpected<Complaint>{std::move(part.error())};
    }
    require_positive(*part);
    const bool weighted = is(Type::weight);
    if (weighted != (list.kind == Kind::score)) {
        return complaint(weighted ? token().place : part->place,
                         weighted ? "weights belong into SCORE/20(russia^5, energy^10)"
                                  : "each part of SCORE takes a weight: russia^5");
    }
    if (weighted) {
        list.weights.push_back(token().number);
        ++at_;
    }
    reachable += weighted ? std::max(list.weights.back(), 0.0) : 1.0;
    list.children.push_back(std::move(*part));
    return {};
}

tl::expected<void, Complaint> Parser::end_of_list(const Node& list, double reachable) {
    if (list.threshold <= 0) {
        return complaint(list.place, "the number must be above 0, or every article would match");
    }
    if (reachable < list.threshold && list.kind == Kind::score) {
        report(Weight::warning, list.place,
               "this sum can never be reached: the weights add up to less");
    } else if (reachable < list.threshold) {
        return complaint(list.place, "this can never match: there are only " +
                                         std::to_string(list.children.size()) + " parts");
    }
    return {};
}

}  // namespace

Parsed parse(const Source& source, Regexes& regexes) {
    const auto refuse = [&](const Complaint& what, std::vector<Problem> others) {
        others.push_back(locate(source, Weight::error, what));
        return Parsed{std::nullopt, std::move(others)};
    };
    if (source.text.size() > kMaxQueryBytes) {
        return refuse({{}, "the query is longer than 64 KiB"}, {});
    }
    if (!utf8::valid(source.text)) {
        return refuse({{}, "the query is not valid UTF-8"}, {});
    }
    auto lexed = tokens(source.text);
    if (!lexed) {
        return refuse(lexed.error(), {});
    }
    Parser parser{source, regexes, std::move(*lexed)};
    Tree tree = parser.whole();
    std::vector<Problem> problems = std::move(parser).problems();
    if (!tree) {
        return refuse(tree.error(), std::move(problems));
    }
    const bool good = std::none_of(problems.begin(), problems.end(), [](const Problem& problem) {
        return problem.weight == Weight::error;
    });
    return {good ? std::optional{std::move(*tree)} : std::nullopt, std::move(problems)};
}

}  // namespace wirewatch::rules
