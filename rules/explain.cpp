// SPDX-License-Identifier: MIT
#include "rules/explain.hpp"

#include "base/printable.hpp"
#include "rules/evaluate.hpp"
#include "rules/wording.hpp"

#include <algorithm>
#include <string_view>
#include <vector>

namespace wirewatch::rules {

namespace {

constexpr std::size_t kMaxShownPlaces = 5;     // of one leaf
constexpr std::size_t kMaxShownChildren = 50;  // of one node
constexpr std::size_t kMaxShownDepth = 40;
constexpr std::size_t kMaxReasons = 10;
constexpr std::size_t kMaxSpanBytes = 80;

/// "title: 'Russia', content: 'Russian' and 3 more"
std::string places_text(const std::vector<Located>& places, const Document& document) {
    const std::vector<Span> spans = spans_of(places, document);
    std::string text;
    for (std::size_t i = 0; i < std::min(spans.size(), kMaxShownPlaces); ++i) {
        text += (i == 0 ? "" : ", ") + std::string{to_text(spans[i].field)} + ": '" +
                printable(spans[i].text, kMaxSpanBytes) + "'";
    }
    const bool more = spans.size() > kMaxShownPlaces;
    return more ? text + " and " + std::to_string(spans.size() - kMaxShownPlaces) + " more" : text;
}

std::string where(const Node& node, const Reading& reading) {
    if (node.kind == Kind::near) {
        return places_text(near_places(node, reading), reading.document);
    }
    std::vector<Located> places;
    for (const Occurrence& place : occurrences(node, reading, kMaxSpans)) {
        places.push_back({&node, place});
    }
    return places_text(places, reading.document);
}

std::string label(const Node& node, const Reading& reading) {
    switch (node.kind) {
        case Kind::term:
        case Kind::regex:
        case Kind::host:
        case Kind::near:
            return printable(node.written, kMaxSpanBytes);
        case Kind::all:
            return "all of";
        case Kind::any:
            return "one of";
        case Kind::negation:
            return "not";
        case Kind::at_least:
            return "at least " + number_text(node.threshold) + " of " +
                   std::to_string(node.children.size()) + ": " +
                   std::to_string(holding_children(node, reading));
        case Kind::score:
            return "score of " + number_text(node.threshold) + ": " +
                   number_text(score_of(node, reading));
        case Kind::field:
            return "in " + node.written;
        case Kind::set:
            return "@" + node.written;
    }
    return {};
}

void draw(const Node& node, const Reading& reading, std::size_t depth, std::string& text) {
    const bool held = holds(node, reading);
    text += (text.empty() ? "" : "\n") + std::string(2 * depth, ' ');
    text += (held ? "✓ " : "✗ ") + label(node, reading);
    if (held && (is_leaf(node) || node.kind == Kind::near)) {
        text += "  " + where(node, reading);
    }
    if (depth == kMaxShownDepth && !node.children.empty()) {
        text += " …";
        return;
    }
    const std::size_t shown = std::min(node.children.size(), kMaxShownChildren);
    for (std::size_t i = 0; i < shown; ++i) {
        draw(node.children[i], reading, depth + 1, text);
    }
    if (shown < node.children.size()) {
        text += "\n" + std::string(2 * depth + 2, ' ') + "… and " +
                std::to_string(node.children.size() - shown) + " more";
    }
}

std::string field_list(const FieldSet& fields) {
    std::string text;
    for (std::size_t i = 0; i < kFieldCount; ++i) {
        if (fields.test(i)) {
            text += (text.empty() ? "" : ", ") + std::string{to_text(static_cast<Field>(i))};
        }
    }
    return text;
}

/// The parts of `node`, which does not hold, that are to blame.
void blame(const Node& node, const Reading& reading, std::vector<std::string>& reasons) {
    if (reasons.size() >= kMaxReasons) {
        return;
    }
    switch (node.kind) {
        case Kind::term:
        case Kind::regex:
        case Kind::host:
            reasons.push_back(short_name(node) + " is not in " + field_list(node.fields));
            return;
        case Kind::any:
            reasons.push_back("none of " + std::to_string(node.children.size()) + ": " +
                              short_name(node.children[0]) + ", " + short_name(node.children[1]) +
                              (node.children.size() > 2 ? ", …" : ""));
            return;
        case Kind::negation: {
            const Hit hit = hit_of(node.children.front(), reading);
            reasons.push_back(short_name(node) + ", but " +
                              (hit.spans.empty()
                                   ? "it holds"
                                   : std::string{to_text(hit.spans[0].field)} + " has '" +
                                         printable(hit.spans[0].text, kMaxSpanBytes) + "'"));
            return;
        }
        case Kind::near: {
            const std::size_t before = reasons.size();
            for (const Node& operand : node.children) {
                if (!holds(operand, reading)) {
                    blame(operand, reading, reasons);
                }
            }
            if (reasons.size() == before) {
                reasons.push_back("not so close together: " + short_name(node));
            }
            return;
        }
        case Kind::at_least:
        case Kind::score:
            reasons.push_back("not reached: " + label(node, reading));
            return;
        case Kind::set:
        case Kind::field:
        case Kind::all:
            for (const Node& child : node.children) {
                if (!holds(child, reading)) {
                    blame(child, reading, reasons);
                }
            }
            return;
    }
}

}  // namespace

std::string explain(const Node& query, const Reading& reading) {
    std::string text;
    draw(query, reading, 0, text);
    if (!holds(query, reading)) {
        std::vector<std::string> reasons;
        blame(query, reading, reasons);
        for (const std::string& reason : reasons) {
            text += "\nwhy not: " + reason;
        }
    }
    return text;
}

}  // namespace wirewatch::rules
