// SPDX-License-Identifier: MIT
#include "rules/program_hit.hpp"

#include "rules/evaluate.hpp"

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

namespace wirewatch::rules {

namespace {

struct Found {
    WordPlaces::Stretch where;
    std::string_view written;

    [[nodiscard]] auto key() const {
        return std::tuple{where.part, where.start, where.end, written};
    }
};

class Collector {
  public:
    Collector(const Programs& programs, ProgramRunner& runner, const WordPlaces& places)
        : programs_{programs}, runner_{runner}, places_{places} {}

    /// `step` holds.
    void visit(const Step& step) {
        switch (step.op) {
            case Op::word:
            case Op::phrase:
                add(step, runner_.places_of(step));
                return;
            case Op::near:
                visit_near(step);
                return;
            case Op::score:
                visit_score(step);
                return;
            case Op::all:
            case Op::any:
            case Op::at_least:
                for (const Step& part : programs_.steps_of(step)) {
                    visit_if_holds(part);
                }
                return;
            case Op::negation:
            case Op::maybe:
                return;
        }
    }

    std::vector<Found> found;
    std::optional<double> score;

  private:
    void visit_if_holds(const Step& step) {
        if (runner_.holds(step) && !runner_.effort().used_up()) {
            visit(step);
        }
    }

    void visit_near(const Step& near) {
        std::vector<const Step*> leaves;
        for (const Operand& operand : runner_.near_places(near, leaves)) {
            add_operand(operand, leaves);
        }
    }

    void add_operand(const Operand& operand, const std::vector<const Step*>& leaves) {
        if (!operand.places.empty()) {
            add(*leaves[operand.leaf], operand.places);
        }
        for (const Operand& part : operand.parts) {
            add_operand(part, leaves);
        }
    }

    void visit_score(const Step& step) {
        const double sum = runner_.sum(step);
        score = std::max(score.value_or(sum), sum);
        const std::span<const double> weights = programs_.weights_of(step);
        std::size_t i = 0;
        for (const Step& part : programs_.steps_of(step)) {
            if (weights[i++] > 0) {
                visit_if_holds(part);
            }
        }
    }

    void add(const Step& leaf, const std::vector<Occurrence>& places) {
        // The first of all leaves are among the first of each.
        const std::size_t count = std::min(places.size(), kMaxSpans);
        for (std::size_t i = 0; i < count; ++i) {
            found.push_back({places_.stretch(static_cast<std::uint32_t>(places[i].first_word),
                                             static_cast<std::uint32_t>(places[i].last_word)),
                             programs_.written(leaf)});
        }
    }

    const Programs& programs_;
    ProgramRunner& runner_;
    const WordPlaces& places_;
};

}  // namespace

Hit program_hit(const Programs& programs, const Step& root, ProgramRunner& runner,
                std::span<const PartText> parts, const WordPlaces& places) {
    Collector collector{programs, runner, places};
    collector.visit(root);
    std::vector<Found>& found = collector.found;
    std::sort(found.begin(), found.end(),
              [](const Found& a, const Found& b) { return a.key() < b.key(); });
    const auto twice = std::unique(found.begin(), found.end(), [](const Found& a, const Found& b) {
        return a.key() == b.key();
    });
    found.erase(twice, found.end());
    found.resize(std::min(found.size(), kMaxSpans));

    Hit hit{.rule_id = {}, .spans = {}, .score = collector.score};
    hit.spans.reserve(found.size());
    for (const Found& one : found) {
        const PartText& part = parts[one.where.part];
        hit.spans.push_back({.field = part.field,
                             .item = part.item,
                             .start = one.where.start,
                             .end = one.where.end,
                             .text = std::string{one.where.text},
                             .term = std::string{one.written}});
    }
    return hit;
}

}  // namespace wirewatch::rules
