// SPDX-License-Identifier: MIT
#include "rules/sets.hpp"

#include "rules/nearest.hpp"
#include "rules/parser.hpp"

#include <algorithm>
#include <utility>

namespace wirewatch::rules {

namespace {

constexpr std::size_t kMaxNameLength = 64;  // base/rule.hpp

bool is_name(const std::string& name) {
    return !name.empty() && name.size() <= kMaxNameLength &&
           name.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789_-") == std::string::npos;
}

/// The set nodes of a query as parsed, in order.
std::vector<const Node*> references(const Node& query) {
    std::vector<const Node*> found;
    std::vector<const Node*> waiting{&query};
    while (!waiting.empty()) {
        const Node* node = waiting.back();
        waiting.pop_back();
        if (node->kind == Kind::set) {
            found.push_back(node);
        }
        std::for_each(node->children.rbegin(), node->children.rend(),
                      [&](const Node& child) { waiting.push_back(&child); });
    }
    return found;
}

std::string joined(const std::vector<std::string>& path, const std::string& last) {
    std::string text;
    const auto from = std::find(path.begin(), path.end(), last);
    std::for_each(from, path.end(), [&](const std::string& name) { text += "@" + name + " → "; });
    return text + "@" + last;
}

}  // namespace

Sets::Sets(const std::vector<NamedSet>& sets, Regexes& regexes) {
    parse_all(sets, regexes);
    for (const auto& [name, entry] : entries_) {
        std::vector<std::string> path;
        check(name, path);
    }
}

void Sets::parse_all(const std::vector<NamedSet>& sets, Regexes& regexes) {
    for (const NamedSet& set : sets) {
        const Source source{"@" + set.name, set.query, set.at, set.bends};
        if (!is_name(set.name)) {
            problems_.push_back(locate(source, Weight::error,
                                       {{},
                                        "the name of a set has 1 to 64 small letters, digits, "
                                        "- and _"}));
            continue;
        }
        if (entries_.contains(set.name)) {
            problems_.push_back(
                locate(source, Weight::error, {{}, "there is another set of this name"}));
            continue;
        }
        Parsed parsed = parse(source, regexes);
        problems_.insert(problems_.end(), parsed.problems.begin(), parsed.problems.end());
        entries_.emplace(
            set.name,
            Entry{source, std::move(parsed.query), std::move(parsed.sets), State::unseen, {}});
    }
}

/// Whether the set can be used. `path` names the sets that are being checked around it.
bool Sets::check(const std::string& name, std::vector<std::string>& path) {
    Entry& entry = entries_.at(name);
    if (entry.state != State::unseen) {
        return entry.state == State::good;
    }
    entry.state = State::open;
    path.push_back(name);
    bool good = entry.query.has_value();
    std::size_t bad = 0;  // references that have been complained of
    if (good) {
        for (const Node* reference : references(*entry.query)) {
            bad += bad == kMaxProblems || check_reference(entry, *reference, path) ? 0 : 1;
        }
        good = bad == 0;
    }
    for (const Node& reference : entry.sets) {
        bad += bad == kMaxProblems || check_reference(entry, reference, path) ? 0 : 1;
    }
    path.pop_back();
    if (good) {
        entry.size = measure(*entry.query);
    }
    entry.state = good ? State::good : State::bad;
    return good;
}

bool Sets::check_reference(const Entry& entry, const Node& reference,
                           std::vector<std::string>& path) {
    const std::string& name = reference.written;
    std::string wrong;
    const auto found = entries_.find(name);
    if (found == entries_.end()) {
        wrong = unknown(name);
    } else if (found->second.state == State::open) {
        wrong = "this set contains itself: " + joined(path, name);
    } else if (path.size() >= static_cast<std::size_t>(kMaxDepth)) {
        wrong = "more than " + std::to_string(kMaxDepth) + " sets inside each other";
    } else if (!check(name, path)) {
        wrong = "the set @" + name + " cannot be used; see its own error";
    }
    if (!wrong.empty()) {
        problems_.push_back(locate(entry.source, Weight::error, {reference.place, wrong}));
    }
    return wrong.empty();
}

std::string Sets::unknown(const std::string& name) const {
    std::vector<std::string> names;
    for (const auto& [known, entry] : entries_) {
        names.push_back(known);
    }
    const std::string meant = nearest(name, names);
    return "there is no set @" + name + (meant.empty() ? "" : "; did you mean @" + meant + "?");
}

/// How large the tree becomes with its sets, which are good.
Sets::Size Sets::measure(const Node& node) const {
    Size size{1, 1};
    const auto add = [&size](const Size& child) {
        size.nodes = std::min(size.nodes + child.nodes, kMaxNodes + 1);
        size.depth = std::max(size.depth, std::min(child.depth, kMaxTreeDepth) + 1);
    };
    if (node.kind == Kind::set) {
        add(entries_.at(node.written).size);
    }
    for (const Node& child : node.children) {
        add(measure(child));
    }
    return size;
}

std::vector<Complaint> Sets::complaints_about(const std::vector<Node>& sets) const {
    std::vector<Complaint> complaints;
    for (const Node& reference : sets) {
        if (complaints.size() == kMaxProblems) {
            break;
        }
        if (auto complaint = complaint_about(reference)) {
            complaints.push_back(std::move(*complaint));
        }
    }
    return complaints;
}

std::optional<Complaint> Sets::complaint_about(const Node& reference) const {
    const auto found = entries_.find(reference.written);
    if (found == entries_.end()) {
        return Complaint{reference.place, unknown(reference.written)};
    }
    return found->second.state == State::good
               ? std::nullopt
               : std::optional{Complaint{
                     reference.place,
                     "the set @" + reference.written + " cannot be used; see its own error"}};
}

std::vector<Complaint> Sets::complaints_about(const Node& query) const {
    std::vector<Complaint> complaints;
    for (const Node* reference : references(query)) {
        if (complaints.size() == kMaxProblems) {
            break;
        }
        if (auto complaint = complaint_about(*reference)) {
            complaints.push_back(std::move(*complaint));
        }
    }
    if (!complaints.empty()) {
        return complaints;
    }
    const Size size = measure(query);
    if (size.nodes > kMaxNodes) {
        complaints.push_back({query.place, "with its sets this rule has more than " +
                                               std::to_string(kMaxNodes) + " parts"});
    } else if (size.depth > kMaxTreeDepth) {
        complaints.push_back({query.place, "with its sets this rule is too deep"});
    }
    return complaints;
}

Resolved Sets::resolve(const Node& query, Stemming stemming) const {
    std::vector<Complaint> complaints = complaints_about(query);
    if (!complaints.empty()) {
        return {std::nullopt, std::move(complaints)};
    }
    const auto query_of = [this](const std::string& name) -> const Node& {
        return *entries_.at(name).query;
    };
    return resolve_tree(query, stemming, query_of);
}

}  // namespace wirewatch::rules
