// SPDX-License-Identifier: MIT
#include "rules/findings.hpp"

#include "base/utf8.hpp"
#include "rules/term.hpp"

#include <algorithm>
#include <numeric>
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

/// Whether the node finds something, rather than only taking away.
bool is_positive(const Node& node) {
    switch (node.kind) {
        case Kind::negation:
            return false;
        case Kind::all:
            return std::any_of(node.children.begin(), node.children.end(), is_positive);
        default:
            return true;  // groups inside have been looked at when they were made
    }
}

}  // namespace

std::vector<Finding> findings_in_alternatives(const Node& any, std::string_view query) {
    std::vector<Finding> findings;
    const auto mixed = std::find_if(any.children.begin(), any.children.end(), is_bare_and);
    if (mixed != any.children.end()) {
        findings.push_back({Weight::warning,
                            {mixed->place, "AND binds more strongly than OR; this is read as " +
                                               reading(any, query)}});
    }
    const std::size_t count = std::min(any.children.size(), kMaxCompared);
    for (std::size_t i = 0; i < count; ++i) {
        const Node& narrow = any.children[i];
        const Node* wide = narrow.kind == Kind::term ? container(any, i, count) : nullptr;
        if (wide != nullptr) {
            findings.push_back(
                {Weight::warning,
                 {narrow.place, "'" + std::string{written(narrow, query)} + "' is contained in '" +
                                    std::string{written(*wide, query)} + "'"}});
        }
    }
    return findings;
}

std::vector<Finding> findings_in_list(const Node& list) {
    if (list.threshold <= 0) {
        return {{Weight::error,
                 {list.place, "the number must be above 0, or every article would match"}}};
    }
    if (list.kind == Kind::at_least) {
        const std::size_t count = list.children.size();
        const bool reached = static_cast<double>(count) >= list.threshold;
        return reached
                   ? std::vector<Finding>{}
                   : std::vector<Finding>{{Weight::error,
                                           {list.place, "this can never match: there are only " +
                                                            std::to_string(count) + " parts"}}};
    }
    const double most =
        std::accumulate(list.weights.begin(), list.weights.end(), 0.0,
                        [](double sum, double weight) { return sum + std::max(weight, 0.0); });
    // Only a warning: weights are tuned by trying, and a sum out of reach does no harm.
    return most >= list.threshold
               ? std::vector<Finding>{}
               : std::vector<Finding>{{Weight::warning,
                                       {list.place,
                                        "this sum can never be reached: the weights "
                                        "add up to less"}}};
}

std::vector<Finding> findings_in_comment(Place hashtag, std::string_view query) {
    // In several lines a comment is what it looks like, often a part that was taken out.
    query = query.substr(0, query.find_last_not_of(" \t\r\n") + 1);
    const std::size_t line_break = query.find('\n', query.find_first_not_of(" \t\r\n"));
    if (hashtag.begin == hashtag.end || line_break != std::string_view::npos) {
        return {};
    }
    const std::string tag{query.substr(hashtag.begin, hashtag.end - hashtag.begin)};
    return {{Weight::warning,
             {hashtag, "'" + tag +
                           "' is no hashtag here: '#' begins a comment, to the end of the "
                           "line; write " +
                           tag.substr(1) + ", which finds " + tag + " too, or /" + tag +
                           "/i to ask for the sign"}}};
}

std::vector<Finding> findings_in_group(const Node& group) {
    if (is_positive(group)) {
        return {};
    }
    return {{Weight::error,
             {group.place,
              "nothing positive to match: NOT only takes away; put beside it what "
              "shall be found"}}};
}

}  // namespace wirewatch::rules
