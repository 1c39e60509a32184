// SPDX-License-Identifier: MIT
#include "rules/program.hpp"

#include "rules/required_text.hpp"

#include <algorithm>

namespace wirewatch::rules {

namespace {

/// A single word, a phrase or a group: no expression, host or sentence, which only texts know.
bool is_plain_leaf(const Node& node) {
    return node.kind == Kind::regex || node.kind == Kind::host ||
           (node.kind == Kind::term && node.term.slop);
}

bool is_of_units(const Node& near) {
    return std::any_of(near.links.begin(), near.links.end(), [](const Link& link) {
        return link.kind == Link::Kind::sentence || link.kind == Link::Kind::paragraph;
    });
}

bool is_whole(const Node& node) {
    return !is_plain_leaf(node) && !(node.kind == Kind::near && is_of_units(node)) &&
           std::all_of(node.children.begin(), node.children.end(), is_whole);
}

}  // namespace

/// Where a program cannot say all that the query says, it says what must hold besides: nothing
/// under NOT, no weights below zero, no nearness.
class ProgramWriter {
  public:
    ProgramWriter(Programs& programs, const Regexes& regexes, RuleVocabulary& vocabulary,
                  bool whole)
        : programs_{programs}, regexes_{regexes}, vocabulary_{vocabulary}, whole_{whole} {}

    std::uint32_t write(const Node& query) {
        const std::uint32_t root = reserve(1);
        write(query, root);
        return root;
    }

  private:
    std::uint32_t reserve(std::size_t count) {
        const auto first = static_cast<std::uint32_t>(programs_.steps_.size());
        programs_.steps_.resize(programs_.steps_.size() + count);
        return first;
    }

    void write(const Node& node, std::uint32_t at) {
        switch (node.kind) {
            case Kind::term:
                write_term(node, at);
                return;
            case Kind::field:
            case Kind::set:
                write(node.children.front(), at);
                return;
            case Kind::all:
                write_group(Op::all, node.children, at);
                return;
            case Kind::any:
                write_group(Op::any, node.children, at);
                return;
            case Kind::negation:
                if (whole_) {
                    write_group(Op::negation, node.children, at);
                }
                return;
            case Kind::near:
                write_near(node, at);
                return;
            case Kind::at_least:
                write_group(Op::at_least, node.children, at);
                programs_.steps_[at].number = add_number(node.threshold);
                return;
            case Kind::score:
                write_score(node, at);
                return;
            case Kind::regex:
                write_required(node, regexes_.required(node.regex), at);
                return;
            case Kind::host:
                write_required(node, {required_run(node.written)}, at);
                return;
        }
    }

    void write_group(Op op, const std::vector<Node>& children, std::uint32_t at) {
        if (children.size() == 1 && (op == Op::all || op == Op::any)) {
            write(children.front(), at);
            return;
        }
        const std::uint32_t first = reserve(children.size());
        programs_.steps_[at] = {op, 0, first, static_cast<std::uint32_t>(children.size()), 0};
        for (std::size_t i = 0; i < children.size(); ++i) {
            write(children[i], first + static_cast<std::uint32_t>(i));
        }
    }

    void write_term(const Node& leaf, std::uint32_t at) {
        const auto fields = static_cast<std::uint16_t>(leaf.fields.to_ulong());
        const std::uint32_t written = add_text(leaf.written);
        const std::vector<TermWord>& words = leaf.term.words;
        if (words.size() == 1) {
            programs_.steps_[at] = {Op::word, fields, vocabulary_.add(words.front()), 1, written};
            return;
        }
        const auto first = static_cast<std::uint32_t>(programs_.words_.size());
        for (const TermWord& word : words) {
            programs_.words_.push_back(vocabulary_.add(word));
        }
        const auto count = static_cast<std::uint32_t>(words.size());
        if (!leaf.term.slop) {
            programs_.steps_[at] = {Op::phrase, fields, first, count, written};
            return;
        }
        const std::uint32_t steps = reserve(count);
        programs_.steps_[at] = {Op::all, 0, steps, count, 0};
        for (std::uint32_t i = 0; i < count; ++i) {
            programs_.steps_[steps + i] = {Op::word, fields, programs_.words_[first + i], 1,
                                           written};
        }
        programs_.words_.resize(first);
    }

    /// One of the runs stands in some word; where none is known the step stays a "maybe".
    void write_required(const Node& leaf, const std::vector<std::string>& runs, std::uint32_t at) {
        if (runs.empty() || runs.front().empty()) {
            return;
        }
        const auto fields = static_cast<std::uint16_t>(leaf.fields.to_ulong());
        const auto count = static_cast<std::uint32_t>(runs.size());
        const std::uint32_t written = add_text(leaf.written);
        const std::uint32_t first = reserve(count);
        programs_.steps_[at] = {Op::any, 0, first, count, 0};
        for (std::uint32_t i = 0; i < count; ++i) {
            const std::string shape = "*" + runs[i] + "*";
            const WordId word = vocabulary_.add({Form::wildcard, shape, shape});
            programs_.steps_[first + i] = {Op::word, fields, word, 1, written};
        }
    }

    void write_near(const Node& node, std::uint32_t at) {
        const bool by_words = !is_of_units(node);
        write_group(by_words && whole_ ? Op::near : Op::all, node.children, at);
        if (programs_.steps_[at].op == Op::near) {
            programs_.steps_[at].number = static_cast<std::uint32_t>(programs_.links_.size());
            programs_.links_.insert(programs_.links_.end(), node.links.begin(), node.links.end());
        }
    }

    void write_score(const Node& node, std::uint32_t at) {
        std::vector<Node> children;
        std::vector<double> weights;
        for (std::size_t i = 0; i < node.children.size(); ++i) {
            if (whole_ || node.weights[i] > 0) {
                children.push_back(node.children[i]);
                weights.push_back(node.weights[i]);
            }
        }
        write_group(Op::score, children, at);
        programs_.steps_[at].number = add_number(node.threshold);
        for (const double weight : weights) {
            add_number(weight);
        }
    }

    std::uint32_t add_text(const std::string& text) {
        const auto next = static_cast<std::uint32_t>(programs_.text_begins_.size() - 1);
        const auto [known, is_new] = programs_.text_numbers_.try_emplace(text, next);
        if (is_new) {
            programs_.texts_ += text;
            programs_.text_begins_.push_back(static_cast<std::uint32_t>(programs_.texts_.size()));
        }
        return known->second;
    }

    std::uint32_t add_number(double number) {
        programs_.numbers_.push_back(number);
        return static_cast<std::uint32_t>(programs_.numbers_.size() - 1);
    }

    Programs& programs_;
    const Regexes& regexes_;
    RuleVocabulary& vocabulary_;
    bool whole_;
};

Programs::Added Programs::add(const Node& query, const Regexes& regexes,
                              RuleVocabulary& vocabulary) {
    const bool whole = is_whole(query);
    return {ProgramWriter{*this, regexes, vocabulary, whole}.write(query), whole};
}

void Programs::shrink() {
    steps_.shrink_to_fit();
    words_.shrink_to_fit();
    numbers_.shrink_to_fit();
    links_.shrink_to_fit();
    texts_.shrink_to_fit();
    text_begins_.shrink_to_fit();
    text_numbers_ = {};
}

std::size_t Programs::bytes() const {
    return steps_.capacity() * sizeof(Step) + words_.capacity() * sizeof(WordId) +
           numbers_.capacity() * sizeof(double) + texts_.capacity() +
           text_begins_.capacity() * sizeof(std::uint32_t) + links_.capacity() * sizeof(Link);
}

}  // namespace wirewatch::rules
