// SPDX-License-Identifier: MIT
#include "rules/warnings.hpp"

#include "base/utf8.hpp"
#include "rules/term.hpp"

#include <algorithm>
#include <string>

namespace wirewatch::rules {

namespace {

constexpr std::size_t kMaxCompared = 200;      // each with each; our choice
constexpr std::size_t kMaxReadingBytes = 200;  // of the query as read back

std::string_view written(const Node& node, std::string_view query) {
    return query.substr(node.place.begin, node.place.end - node.place.begin);
}

bool is_bare_and(const Node& node) {
    return node.kind == Kind::all && !node.grouped;
}

/// The query with the parentheses that its reading amounts to.
std::string reading(const Node& any, std::string_view query) {
    std::string text;
    for (const Node& alternative : any.children) {
        text += text.empty() ? "" : " OR ";
        const std::string part{written(alternative, query)};
        text += is_bare_and(alternative) ? "(" + part + ")" : part;
    }
    const std::string_view cut = utf8::cut(text, kMaxReadingBytes);
    return cut.size() < text.size() ? std::string{cut} + "…" : text;
}

/// The alternative that makes `one` needless; none: it has its own use. Of two equals the later.
const Node* container(const Node& any, std::size_t one, std::size_t count) {
    const Node& narrow = any.children[one];
    for (std::size_t other = 0; other < count; ++other) {
        const Node& wide = any.children[other];
        if (other == one || wide.kind != Kind::term || !term_covers(wide.term, narrow.term)) {
            continue;
        }
        if (other < one || !term_covers(narrow.term, wide.term)) {
            return &wide;
        }
    }
    return nullptr;
}

}  // namespace

std::vector<Complaint> warnings_about_alternatives(const Node& any, std::string_view query) {
    std::vector<Complaint> warnings;
    const auto mixed = std::find_if(any.children.begin(), any.children.end(), is_bare_and);
    if (mixed != any.children.end()) {
        warnings.push_back({mixed->place, "AND binds more strongly than OR; this is read as " +
                                              reading(any, query)});
    }
    const std::size_t count = std::min(any.children.size(), kMaxCompared);
    for (std::size_t i = 0; i < count; ++i) {
        const Node& narrow = any.children[i];
        const Node* wide = narrow.kind == Kind::term ? container(any, i, count) : nullptr;
        if (wide != nullptr) {
            warnings.push_back({narrow.place, "'" + std::string{written(narrow, query)} +
                                                  "' is contained in '" +
                                                  std::string{written(*wide, query)} + "'"});
        }
    }
    return warnings;
}

}  // namespace wirewatch::rules
