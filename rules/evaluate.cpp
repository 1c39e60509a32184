// SPDX-License-Identifier: MIT
#include "rules/evaluate.hpp"

#include "base/utf8.hpp"

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>

namespace wirewatch::rules {

namespace {

/// Walks through what holds, and keeps where and how much.
class Collector {
  public:
    explicit Collector(const Reading& reading) : reading_{reading} {}

    /// `node` holds.
    void visit(const Node& node);

    std::vector<Located> places;
    std::optional<double> score;

  private:
    void visit_if_holds(const Node& node) {
        if (holds(node, reading_) && (reading_.effort == nullptr || !reading_.effort->used_up())) {
            visit(node);
        }
    }
    void visit_score(const Node& node);

    const Reading& reading_;
};

void Collector::visit(const Node& node) {
    switch (node.kind) {
        case Kind::term:
        case Kind::regex:
        case Kind::host:
            // The first 200 of all leaves are among the first 200 of each.
            for (const Occurrence& place : occurrences(node, reading_, kMaxSpans)) {
                places.push_back({&node, place});
            }
            return;
        case Kind::near: {
            const std::vector<Located> found = near_places(node, reading_);
            places.insert(places.end(), found.begin(), found.end());
            return;
        }
        case Kind::negation:
            return;
        case Kind::score:
            visit_score(node);
            return;
        case Kind::all:
        case Kind::any:
        case Kind::at_least:
        case Kind::field:
        case Kind::set:
            for (const Node& child : node.children) {
                visit_if_holds(child);
            }
            return;
    }
}

void Collector::visit_score(const Node& node) {
    const double sum = score_of(node, reading_);
    score = std::max(score.value_or(sum), sum);
    for (std::size_t i = 0; i < node.children.size(); ++i) {
        if (node.weights[i] > 0) {
            visit_if_holds(node.children[i]);
        }
    }
}

}  // namespace

bool holds(const Node& node, const Reading& reading) {
    const auto remembered = [&](const auto& ask) {
        return reading.answers == nullptr ? ask() : reading.answers->of(node, ask);
    };
    const auto child_holds = [&](const Node& child) { return holds(child, reading); };
    switch (node.kind) {
        case Kind::term:
        case Kind::regex:
        case Kind::host:
            return remembered([&] { return !occurrences(node, reading, 1).empty(); });
        case Kind::near:
            return remembered([&] { return !near_places(node, reading).empty(); });
        case Kind::negation:
            return !holds(node.children.front(), reading);
        case Kind::any:
            return std::any_of(node.children.begin(), node.children.end(), child_holds);
        case Kind::all:
        case Kind::field:
        case Kind::set:
            return std::all_of(node.children.begin(), node.children.end(), child_holds);
        case Kind::at_least:
            return static_cast<double>(holding_children(node, reading)) >= node.threshold;
        case Kind::score:
            return score_of(node, reading) >= node.threshold;
    }
    return false;
}

std::size_t holding_children(const Node& node, const Reading& reading) {
    return static_cast<std::size_t>(
        std::count_if(node.children.begin(), node.children.end(),
                      [&](const Node& child) { return holds(child, reading); }));
}

double score_of(const Node& score, const Reading& reading) {
    double sum = 0;
    for (std::size_t i = 0; i < score.children.size(); ++i) {
        sum += holds(score.children[i], reading) ? score.weights[i] : 0;
    }
    return sum;
}

Hit hit_of(const Node& query, const Reading& reading) {
    Collector collector{reading};
    collector.visit(query);
    return {.rule_id = {},
            .spans = spans_of(std::move(collector.places), reading.document),
            .score = collector.score};
}

std::vector<Span> spans_of(std::vector<Located> places, const Document& document) {
    const auto key = [](const Located& place) {
        return std::tie(place.where.part, place.where.start, place.where.end, place.leaf->written);
    };
    std::sort(places.begin(), places.end(),
              [&](const Located& a, const Located& b) { return key(a) < key(b); });
    const auto twice =
        std::unique(places.begin(), places.end(),
                    [&](const Located& a, const Located& b) { return key(a) == key(b); });
    places.erase(twice, places.end());
    places.resize(std::min(places.size(), kMaxSpans));

    std::vector<Span> spans;
    std::optional<utf8::Offsets> offsets;  // of the part of the place before
    for (std::size_t i = 0; i < places.size(); ++i) {
        const Located& place = places[i];
        const Part& part = document.parts()[place.where.part];
        if (i == 0 || place.where.part != places[i - 1].where.part) {
            offsets.emplace(part.text);
        }
        const std::size_t begin = offsets->of(place.where.start);
        const std::string_view rest = std::string_view{part.text}.substr(begin);
        const std::size_t length = utf8::offset(rest, place.where.end - place.where.start);
        spans.push_back({.field = part.field,
                         .item = part.item,
                         .start = place.where.start,
                         .end = place.where.end,
                         .text = std::string{rest.substr(0, length)},
                         .term = place.leaf->written});
    }
    return spans;
}

}  // namespace wirewatch::rules
