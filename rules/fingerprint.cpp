// SPDX-License-Identifier: MIT
#include "rules/fingerprint.hpp"

#include <charconv>
#include <string_view>

namespace wirewatch::rules {

namespace {

class Printer {
  public:
    std::string text;

    void print(const Node& node) {
        if (node.kind == Kind::set || node.kind == Kind::field) {
            print(node.children.front());  // the leaves below know their fields
            return;
        }
        number(static_cast<double>(node.kind));
        if (is_leaf(node)) {
            print_leaf(node);
        }
        number(node.threshold);
        for (const double weight : node.weights) {
            number(weight);
        }
        for (const Link& link : node.links) {
            number(static_cast<double>(link.kind));
            number(link.distance);
        }
        text += '(';
        for (const Node& child : node.children) {
            print(child);
        }
        text += ')';
    }

  private:
    void print_leaf(const Node& leaf) {
        number(static_cast<double>(leaf.fields.to_ulong()));
        if (leaf.kind != Kind::term) {
            quoted(leaf.written);
            return;
        }
        number(leaf.term.slop.value_or(-1));
        for (const TermWord& word : leaf.term.words) {
            number(static_cast<double>(word.form));
            quoted(word.folded);
            quoted(word.exact);
        }
    }

    void number(double value) {
        char digits[32];
        const auto end = std::to_chars(digits, digits + sizeof digits, value).ptr;
        text.append(digits, end).append(" ");
    }

    /// With its length in front: no word can be taken for two.
    void quoted(std::string_view word) {
        number(static_cast<double>(word.size()));
        text += word;
    }
};

}  // namespace

std::string fingerprint(const Node& query) {
    Printer printer;
    printer.print(query);
    return std::move(printer.text);
}

}  // namespace wirewatch::rules
