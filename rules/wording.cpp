// SPDX-License-Identifier: MIT
#include "rules/wording.hpp"

#include "base/utf8.hpp"

#include <algorithm>
#include <deque>
#include <set>
#include <string_view>
#include <vector>

namespace wirewatch::rules {

namespace {

constexpr std::size_t kMaxLines = 60;
constexpr std::size_t kMaxLineBytes = 500;
constexpr std::size_t kMaxNameBytes = 80;

std::string shortened(const std::string& text, std::size_t max_bytes) {
    const std::string_view cut = utf8::cut(text, max_bytes);
    return cut.size() < text.size() ? std::string{cut} + "…" : text;
}

std::string quoted(const std::string& written) {
    const bool phrase = written.size() > 1 && written.front() == '"' && written.back() == '"';
    return "'" + (phrase ? written.substr(1, written.size() - 2) : written) + "'";
}

std::string near_name(const Node& near) {
    std::string text = short_name(near.children.front());
    for (std::size_t i = 0; i < near.links.size(); ++i) {
        text += " " + in_words(near.links[i]) + " " + short_name(near.children[i + 1]);
    }
    return text;
}

/// Whether the name of the node leaves out what is in it.
bool is_counted(const Node& node) {
    return node.kind == Kind::any || node.kind == Kind::all || node.kind == Kind::at_least ||
           node.kind == Kind::score || node.kind == Kind::set;
}

/// The nodes in the name of `node` that are only counted there.
void find_counted(const Node& node, std::deque<const Node*>& found) {
    if (is_counted(node)) {
        found.push_back(&node);
        return;
    }
    for (const Node& child : node.children) {
        find_counted(child, found);
    }
}

std::string item(const Node& node, std::size_t i) {
    const std::string name = short_name(node.children[i]);
    return node.kind == Kind::score ? name + " (" + number_text(node.weights[i]) + ")" : name;
}

/// What is in a node, one after the other.
std::string listed(const Node& node, std::string_view separator) {
    std::string text;
    for (std::size_t i = 0; i < node.children.size() && text.size() < kMaxLineBytes; ++i) {
        text += (text.empty() ? std::string{} : std::string{separator}) + item(node, i);
    }
    return shortened(text, kMaxLineBytes);
}

/// A whole query, or that of a set: spelt out, where short_name() would only count.
std::string spelt_out(const Node& query) {
    if (query.kind == Kind::all || query.kind == Kind::any) {
        return listed(query, query.kind == Kind::all ? " and " : " or ");
    }
    return short_name(query);
}

/// What spelt_out() only counts.
void find_counted_in(const Node& query, std::deque<const Node*>& found) {
    if (query.kind != Kind::all && query.kind != Kind::any) {
        find_counted(query, found);
        return;
    }
    for (const Node& child : query.children) {
        find_counted(child, found);
    }
}

}  // namespace

std::string in_words(const Node& query) {
    std::string text = spelt_out(query);
    std::deque<const Node*> waiting;
    find_counted_in(query, waiting);
    std::set<std::string> written;
    while (!waiting.empty() && written.size() < kMaxLines) {
        const Node& node = *waiting.front();
        waiting.pop_front();
        const bool set = node.kind == Kind::set;
        const std::string line = "\n  " + short_name(node) + ": " +
                                 (set ? spelt_out(node.children.front()) : listed(node, ", "));
        if (!written.insert(line).second) {
            continue;  // a set used twice
        }
        text += line;
        for (const Node& child : node.children) {
            set ? find_counted_in(child, waiting) : find_counted(child, waiting);
        }
    }
    return waiting.empty() ? text : text + "\n  …";
}

std::string short_name(const Node& node) {
    const std::string count = std::to_string(node.children.size());
    switch (node.kind) {
        case Kind::term:
        case Kind::regex:
        case Kind::host:
            return shortened(quoted(node.written), kMaxNameBytes);
        case Kind::all:
            return "all of " + count;
        case Kind::any:
            return "one of " + count;
        case Kind::negation:
            return "not " + short_name(node.children.front());
        case Kind::near:
            return shortened(near_name(node), 4 * kMaxNameBytes);
        case Kind::at_least:
            return "at least " + number_text(node.threshold) + " of " + count;
        case Kind::score:
            return "a score of " + number_text(node.threshold) + " from " + count;
        case Kind::field:
            return short_name(node.children.front()) + " in " + node.written;
        case Kind::set:
            return "@" + node.written;
    }
    return {};
}

std::vector<TermWord> wildcards(const Node& query) {
    std::vector<TermWord> found;
    std::set<std::string> known;
    std::vector<const Node*> waiting{&query};
    while (!waiting.empty()) {
        const Node& node = *waiting.back();
        waiting.pop_back();
        for (const TermWord& word : node.term.words) {
            // A lone Han character is looked for by a shape too, but has no wildcard of its own.
            const bool written = word.exact.find_first_of("*?") != std::string::npos;
            if (word.form == Form::wildcard && written && known.insert(word.folded).second) {
                found.push_back(word);
            }
        }
        std::for_each(node.children.rbegin(), node.children.rend(),
                      [&](const Node& child) { waiting.push_back(&child); });
    }
    return found;
}

std::string shape_in_words(std::string_view shape) {
    std::string_view letters = shape;
    const bool begins = letters.starts_with('*');
    letters.remove_prefix(begins ? 1 : 0);
    const bool ends = letters.ends_with('*');
    letters.remove_suffix(ends ? 1 : 0);
    if (letters.find_first_of("*?") != std::string_view::npos || (!begins && !ends)) {
        return "words like '" + std::string{shape} +
               "', where * is any letters, also none, and ? is one letter";
    }
    const std::string where = begins && ends ? "have '" : begins ? "end in '" : "begin with '";
    return "words that " + where + std::string{letters} + (begins && ends ? "' in them" : "'");
}

std::string in_words(const Link& link) {
    const std::string words =
        "within " + std::to_string(link.distance) + (link.distance == 1 ? " word " : " words ");
    switch (link.kind) {
        case Link::Kind::near:
            return words + "of";
        case Link::Kind::ordered:
            return words + "before";
        case Link::Kind::sentence:
            return "in one sentence with";
        case Link::Kind::paragraph:
            return "in one paragraph with";
    }
    return {};
}

std::string number_text(double number) {
    std::string text = std::to_string(number);  // six digits after the point
    text.erase(text.find_last_not_of('0') + 1);
    if (text.back() == '.') {
        text.pop_back();
    }
    return text;
}

}  // namespace wirewatch::rules
