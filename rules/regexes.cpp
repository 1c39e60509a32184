// SPDX-License-Identifier: MIT
#include "rules/regexes.hpp"

#include "rules/folding.hpp"
#include "rules/required_text.hpp"

#include <algorithm>
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
                                            std::size_t from) const {
    re2::StringPiece found;
    if (from > text.size() ||
        !impl_->compiled[number]->Match(text, from, text.size(), RE2::UNANCHORED, &found, 1)) {
        return std::nullopt;
    }
    const auto begin = static_cast<std::size_t>(found.data() - text.data());
    return Range{begin, begin + found.size()};
}

}  // namespace wirewatch::rules
