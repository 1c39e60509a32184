// SPDX-License-Identifier: MIT
#include "rules/anchor.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

namespace wirewatch::rules {

namespace {

/// Hooks, and how often a document has one of them.
struct Anchor {
    std::vector<Hook> hooks;
    float frequency = 0;
};

using Maybe = std::optional<Anchor>;

class Chooser {
  public:
    Chooser(const Programs& programs, std::span<const float> frequency)
        : programs_{programs}, frequency_{frequency} {}

    Maybe anchor(const Step& step) const {
        switch (step.op) {
            case Op::word:
                return Anchor{{{step.first, kNoWord, true}}, frequency_[step.first]};
            case Op::phrase:
                return of_phrase(step);
            case Op::all:
            case Op::near:
                return of_all(step);
            case Op::any:
                return union_of(anchors(step));
            case Op::at_least:
                return of_at_least(step);
            case Op::score:
                return of_score(step);
            case Op::negation:
            case Op::maybe:
                return std::nullopt;
        }
        return std::nullopt;
    }

  private:
    std::vector<Maybe> anchors(const Step& group) const {
        std::vector<Maybe> found;
        for (const Step& step : programs_.steps_of(group)) {
            found.push_back(anchor(step));
        }
        return found;
    }

    Anchor of_phrase(const Step& phrase) const {
        const std::span<const WordId> words = programs_.words_of(phrase);
        const auto rarer = [&](WordId a, WordId b) { return frequency_[a] < frequency_[b]; };
        const WordId rarest = *std::min_element(words.begin(), words.end(), rarer);
        WordId second = kNoWord;
        for (const WordId word : words) {
            if (word != rarest && (second == kNoWord || rarer(word, second))) {
                second = word;
            }
        }
        return {{{rarest, second, false}}, frequency_[rarest]};
    }

    /// The rarest child; the rarest single word of the others is the second.
    Maybe of_all(const Step& group) const {
        const std::vector<Maybe> found = anchors(group);
        std::size_t best = found.size();
        for (std::size_t i = 0; i < found.size(); ++i) {
            if (found[i] &&
                (best == found.size() || found[i]->frequency < found[best]->frequency)) {
                best = i;
            }
        }
        if (best == found.size()) {
            return std::nullopt;
        }
        WordId second = kNoWord;
        for (std::size_t i = 0; i < found.size(); ++i) {
            if (i != best && found[i] && found[i]->hooks.size() == 1) {
                const WordId word = found[i]->hooks.front().word;
                if (second == kNoWord || frequency_[word] < frequency_[second]) {
                    second = word;
                }
            }
        }
        // Two words are all there is to it where the hook asks for both.
        const bool is_pair = group.op == Op::all && found.size() == 2 && found[1 - best] &&
                             found[1 - best]->hooks.size() == 1 &&
                             found[1 - best]->hooks.front().sure &&
                             found[1 - best]->hooks.front().second == kNoWord;
        Anchor anchor = *found[best];
        for (Hook& hook : anchor.hooks) {
            const bool rarer =
                second != kNoWord && second != hook.word &&
                (hook.second == kNoWord || frequency_[second] < frequency_[hook.second]);
            hook.sure = hook.sure && is_pair && hook.second == kNoWord && rarer;
            hook.second = rarer ? second : hook.second;
        }
        return anchor;
    }

    /// The hooks of some children, which do not make the whole group hold.
    static Maybe unsure(Maybe anchor) {
        if (anchor) {
            for (Hook& hook : anchor->hooks) {
                hook.sure = false;
            }
        }
        return anchor;
    }

    /// One of the children holds: all their hooks. None where one of them has none.
    static Maybe union_of(const std::vector<Maybe>& children) {
        Anchor all;
        for (const Maybe& child : children) {
            if (!child) {
                return std::nullopt;
            }
            all.hooks.insert(all.hooks.end(), child->hooks.begin(), child->hooks.end());
            all.frequency += child->frequency;
        }
        return all.hooks.empty() ? std::nullopt : Maybe{std::move(all)};
    }

    /// Of m children n hold, so one of any m - n + 1 does.
    Maybe of_at_least(const Step& group) const {
        std::vector<Maybe> found = anchors(group);
        const double needed = programs_.number_of(group);
        if (needed < 1 || needed > static_cast<double>(found.size())) {
            return std::nullopt;
        }
        sort_by_frequency(found);
        found.resize(found.size() - static_cast<std::size_t>(needed) + 1);
        return unsure(union_of(found));
    }

    /// Without these children the others cannot reach the sum.
    Maybe of_score(const Step& group) const {
        const std::vector<Maybe> found = anchors(group);
        const std::span<const double> weights = programs_.weights_of(group);
        // Sums of decimal weights are rounded: what comes as close as this may be reached.
        double needed = programs_.number_of(group);
        for (const double weight : weights) {
            needed -= std::abs(weight) * 1e-9;
        }
        double rest = 0;
        std::vector<std::size_t> order;
        for (std::size_t i = 0; i < found.size(); ++i) {
            rest += std::max(weights[i], 0.0);
            if (found[i] && weights[i] > 0) {
                order.push_back(i);
            }
        }
        // What brings down the reachable sum most, for what it costs, goes first.
        std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
            return weights[a] * static_cast<double>(found[b]->frequency) >
                   weights[b] * static_cast<double>(found[a]->frequency);
        });
        std::vector<Maybe> chosen;
        for (const std::size_t i : order) {
            if (rest < needed) {
                break;
            }
            rest -= weights[i];
            chosen.push_back(found[i]);
        }
        return rest < needed ? unsure(union_of(chosen)) : std::nullopt;
    }

    static void sort_by_frequency(std::vector<Maybe>& anchors) {
        std::stable_sort(anchors.begin(), anchors.end(), [](const Maybe& a, const Maybe& b) {
            return a && (!b || a->frequency < b->frequency);
        });
    }

    const Programs& programs_;
    std::span<const float> frequency_;
};

}  // namespace

bool looks_into(const Programs& programs, const Step& step, std::uint16_t fields) {
    if (step.op == Op::word || step.op == Op::phrase) {
        return step.fields == fields;
    }
    const std::span<const Step> steps =
        step.op == Op::maybe ? std::span<const Step>{} : programs.steps_of(step);
    return std::all_of(steps.begin(), steps.end(),
                       [&](const Step& part) { return looks_into(programs, part, fields); });
}

std::optional<std::vector<Hook>> hooks_of(const Programs& programs, std::uint32_t root,
                                          std::span<const float> frequency) {
    Maybe anchor = Chooser{programs, frequency}.anchor(programs.step(root));
    if (!anchor) {
        return std::nullopt;
    }
    return std::move(anchor->hooks);
}

}  // namespace wirewatch::rules
