// SPDX-License-Identifier: MIT
#include "rules/regexes.hpp"

#include "rules/folding.hpp"
#include "rules/required_text.hpp"

#include <algorithm>
#include <chrono>
#include <ctime>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include <re2/filtered_re2.h>
#include <re2/re2.h>

namespace wirewatch::rules {

namespace {

/// By RE2's own filter: where none of its atoms is there, the expression cannot match.
std::vector<std::string> required_in(const std::string& pattern, const RE2::Options& options) {
    re2::FilteredRE2 filter{static_cast<int>(kMinRequired)};
    int id = 0;
    std::vector<std::string> atoms;
    if (filter.Add(pattern, options, &id) != RE2::NoError) {
        return {};
    }
    filter.Compile(&atoms);
    std::vector<int> possible;
    filter.AllPotentials({}, &possible);
    if (!possible.empty()) {
        return {};  // it may match without any
    }
    std::vector<std::string> runs;
    for (const std::string& atom : atoms) {
        // In any case an s may be written ſ, to name one: words are compared folded.
        std::string run = required_run(fold(atom));
        if (run.empty()) {
            return {};
        }
        if (std::find(runs.begin(), runs.end(), run) == runs.end()) {
            runs.push_back(std::move(run));
        }
    }
    return runs;
}

// RE2 at its worst, where its automaton outgrows its memory: some 2.4 ns for a step and a byte
// (measured). A stretch takes some 7 ms then, or 15 ms for the largest expressions.
constexpr std::size_t kWorstPicoseconds = 2'400;
constexpr std::size_t kStretchSteps = 3'000'000;
constexpr std::size_t kLeastStretch = 3u << 9;
constexpr std::size_t kLongestStretch = 1u << 20;

std::size_t steps_of(const RE2& expression) {
    return static_cast<std::size_t>(std::max(1, expression.ProgramSize()));
}

std::size_t stretch_of(const RE2& expression) {
    return std::clamp(kStretchSteps / steps_of(expression), kLeastStretch, kLongestStretch);
}

std::chrono::nanoseconds thread_time() {
    timespec now{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return std::chrono::seconds{now.tv_sec} + std::chrono::nanoseconds{now.tv_nsec};
}

/// In a part of the text; what stands around it counts for ^, $ and \b.
std::optional<Regexes::Range> search(const RE2& expression, std::string_view text,
                                     Regexes::Range part, Effort* effort) {
    constexpr std::chrono::nanoseconds kShort{2'000};  // no need to look at a clock
    const std::chrono::nanoseconds worst{(part.end - part.begin) * steps_of(expression) *
                                         kWorstPicoseconds / 1'000};
    // A search cannot be broken off. It is nearly always a thousand times as fast as at worst, so
    // that the largest are begun as long as the rules before them have left half of the article's.
    constexpr int kWorthTrying = 3;
    if (effort != nullptr && worst > kWorthTrying * effort->left() * Effort::kUnit) {
        effort->give_up();
        return std::nullopt;
    }
    const bool timed = effort != nullptr && worst > kShort;
    const auto start = timed ? thread_time() : std::chrono::nanoseconds{};
    re2::StringPiece found;
    const bool matched = expression.Match(text, part.begin, part.end, RE2::UNANCHORED, &found, 1);
    if (effort != nullptr) {
        effort->spend(timed ? thread_time() - start : worst);
    }
    if (!matched) {
        return std::nullopt;
    }
    const auto begin = static_cast<std::size_t>(found.data() - text.data());
    return Regexes::Range{begin, begin + found.size()};
}

}  // namespace

struct Regexes::Impl {
    std::vector<std::unique_ptr<RE2>> compiled;
    std::vector<std::vector<std::string>> required;
    std::map<std::string, std::size_t, std::less<>> numbers;
};

Regexes::Regexes() : impl_{std::make_unique<Impl>()} {}
Regexes::~Regexes() = default;
Regexes::Regexes(Regexes&&) noexcept = default;
Regexes& Regexes::operator=(Regexes&&) noexcept = default;

Result<std::size_t> Regexes::add(std::string_view pattern, std::string_view flags) {
    if (flags.find_first_not_of("ims") != std::string_view::npos) {
        return fail(Errc::invalid, "after a regular expression only the flags i, m and s are read");
    }
    std::string whole{pattern};
    if (!flags.empty()) {
        whole.insert(0, "(?" + std::string{flags} + ")");
    }
    if (const auto known = impl_->numbers.find(whole); known != impl_->numbers.end()) {
        return known->second;
    }
    RE2::Options options;
    options.set_log_errors(false);
    options.set_max_mem(kMaxRegexBytes);
    auto compiled = std::make_unique<RE2>(whole, options);
    if (!compiled->ok()) {
        return fail(Errc::invalid, "the regular expression cannot be read: " + compiled->error());
    }
    if (RE2::PartialMatch("", *compiled)) {
        return fail(Errc::invalid,
                    "the regular expression matches the empty text, and so every article");
    }
    if (compiled->ProgramSize() > kMaxRegexSteps) {
        return fail(Errc::invalid,
                    "the regular expression is too large: it has " +
                        std::to_string(compiled->ProgramSize()) + " steps, and may have " +
                        std::to_string(kMaxRegexSteps) +
                        "; shorten counted repetitions like {1,1000}, or write NEAR");
    }
    impl_->compiled.push_back(std::move(compiled));
    impl_->required.push_back(required_in(whole, options));
    const std::size_t number = impl_->compiled.size() - 1;
    impl_->numbers.emplace(std::move(whole), number);
    return number;
}

const std::vector<std::string>& Regexes::required(std::size_t number) const {
    return impl_->required[number];
}

std::optional<Regexes::Range> Regexes::find(std::size_t number, std::string_view text,
                                            std::size_t from, Effort* effort) const {
    const RE2& expression = *impl_->compiled[number];
    const std::size_t stretch = stretch_of(expression);
    const auto used_up = [effort] { return effort != nullptr && effort->used_up(); };
    while (from <= text.size() && !used_up()) {
        const std::size_t end = std::min(text.size(), from + stretch);
        const auto found = search(expression, text, {from, end}, effort);
        if (used_up()) {
            return std::nullopt;
        }
        const bool may_go_on = found && found->end == end && end < text.size();
        if (may_go_on && found->begin > from) {
            from = found->begin;
        } else if (found || end == text.size()) {
            return found;
        } else {
            from = end - stretch / 2;
        }
    }
    return std::nullopt;
}

}  // namespace wirewatch::rules
