// SPDX-License-Identifier: MIT
#include "rules/resolver.hpp"

#include "rules/folding.hpp"

#include <algorithm>
#include <cctype>
#include <string_view>
#include <utility>

namespace wirewatch::rules {

namespace {

/// What a node inherits from those above it.
struct Context {
    FieldSet fields = default_fields();
    const Node* set = nullptr;  ///< the outermost set around it: complaints name its place
    const Node* near = nullptr;
};

class TreeResolver {
  public:
    TreeResolver(Stemming stemming, const QueryOf& query_of)
        : stemming_{stemming}, query_of_{query_of} {}

    Node copy(const Node& node, Context context);
    std::vector<Complaint> complaints() && { return std::move(complaints_); }

  private:
    void settle_leaf(Node& leaf, const Context& context) const;
    void check_beside_near(const Node& node, const Context& context);

    Stemming stemming_;
    const QueryOf& query_of_;
    std::vector<Complaint> complaints_;
};

/// The node without its children.
Node shell(const Node& node) {
    Node copy;
    copy.kind = node.kind;
    copy.place = node.place;
    copy.written = node.written;
    copy.fields = node.fields;
    copy.term = node.term;
    copy.regex = node.regex;
    copy.links = node.links;
    copy.threshold = node.threshold;
    copy.weights = node.weights;
    copy.grouped = node.grouped;
    return copy;
}

/// domain:example.com, rather than domain:exam* or domain:"example com".
bool is_host(const Node& leaf) {
    constexpr std::string_view kHostLetters = "-._";
    return leaf.kind == Kind::term && leaf.fields == only(Field::domain) &&
           std::all_of(leaf.written.begin(), leaf.written.end(), [&](char letter) {
               return std::isalnum(static_cast<unsigned char>(letter)) != 0 ||
                      static_cast<unsigned char>(letter) >= 0x80 ||
                      kHostLetters.find(letter) != std::string_view::npos;
           });
}

Node TreeResolver::copy(const Node& node, Context context) {
    Node made = shell(node);
    if (context.near != nullptr) {
        check_beside_near(node, context);
    }
    if (is_leaf(node)) {
        settle_leaf(made, context);
        return made;
    }
    if (node.kind == Kind::field) {
        context.fields = node.fields;  // the innermost field counts
    } else if (node.kind == Kind::near) {
        context.near = &node;
    } else if (node.kind == Kind::set) {
        context.set = context.set == nullptr ? &node : context.set;
        made.children.push_back(copy(query_of_(node.written), context));
        return made;
    }
    made.children.reserve(node.children.size());
    for (const Node& child : node.children) {
        made.children.push_back(copy(child, context));
    }
    return made;
}

void TreeResolver::settle_leaf(Node& leaf, const Context& context) const {
    leaf.fields = context.fields;
    if (is_host(leaf) && context.near == nullptr) {
        leaf.kind = Kind::host;
        leaf.written = fold(leaf.written);
        if (leaf.written.starts_with("www.")) {  // Document's hosts have none
            leaf.written.erase(0, 4);
        }
        return;
    }
    for (TermWord& word : leaf.term.words) {
        if (word.form == Form::bare) {
            word.form = stemming_ == Stemming::on ? Form::inflected : Form::folded;
        }
    }
}

void TreeResolver::check_beside_near(const Node& node, const Context& context) {
    switch (node.kind) {
        case Kind::term:
        case Kind::any:
        case Kind::all:
        case Kind::field:
        case Kind::set:
            return;
        default:
            break;
    }
    if (complaints_.size() == kMaxProblems) {
        return;
    }
    std::string text = "beside NEAR stand words, phrases, wildcards, sets and groups of these";
    if (node.kind == Kind::near) {
        text += "; write a chain: a NEAR/5 b NEAR/5 c";
    }
    if (context.set != nullptr) {
        text += "; the set @" + context.set->written + " holds something else";
    }
    complaints_.push_back({context.set != nullptr ? context.set->place : node.place, text});
}

}  // namespace

Resolved resolve_tree(const Node& query, Stemming stemming, const QueryOf& query_of) {
    TreeResolver resolver{stemming, query_of};
    Node tree = resolver.copy(query, {});
    std::vector<Complaint> complaints = std::move(resolver).complaints();
    if (!complaints.empty()) {
        return {std::nullopt, std::move(complaints)};
    }
    return {std::move(tree), {}};
}

}  // namespace wirewatch::rules
