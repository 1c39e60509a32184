// SPDX-License-Identifier: MIT
#include "review/trial.hpp"

#include "review/terminal.hpp"

#include <string_view>
#include <utility>
#include <vector>

namespace wirewatch::review {

namespace {

std::string day_of(const std::optional<Instant>& at) {
    constexpr std::string_view kDate = "2021-04-07";
    return local_time(at, "").substr(0, kDate.size());
}

/// A file may name a feed a line; what comes after so many is counted together.
const std::string& name_within(const std::map<std::string, Tally>& feeds, const std::string& id) {
    constexpr std::size_t kMaxFeeds = 10'000;  // our choice
    static const std::string kOthers = "(other feeds)";
    return feeds.size() < kMaxFeeds || feeds.contains(id) ? id : kOthers;
}

std::optional<Hit> hit_of(rules::Matcher& rule, const TrialArticle& one) {
    std::vector<rules::Match> matches = rule.match(one.article, one.feed);
    return matches.empty() ? std::nullopt : std::optional{std::move(matches.front().hit)};
}

}  // namespace

Trial::Trial(const rules::RuleSet& tested, const rules::RuleSet* loaded, Kept kept,
             std::size_t limit)
    : tested_{tested}, kept_{kept}, limit_{limit} {
    if (loaded != nullptr) {
        loaded_.emplace(*loaded);
    }
}

std::size_t Trial::given_up() const {
    const auto counters = tested_.counters();
    return counters.empty() ? 0 : counters.front().given_up;
}

void Trial::look_at(TrialArticle one) {
    std::optional<Hit> hit = hit_of(tested_, one);
    Tally* const tallies[] = {&total_, &days_[day_of(one.at)],
                              &feeds_[name_within(feeds_, one.feed.id)]};
    for (Tally* tally : tallies) {
        ++tally->articles;
        tally->matched += hit ? 1 : 0;
    }
    std::optional<Hit> former;
    if (loaded_) {
        former = hit_of(*loaded_, one);
    }
    if (hit) {
        TrialHit found{std::move(one.article), one.at, std::move(*hit)};
        if (loaded_ && !former) {
            ++add_count_;
            keep(adds_, found);
        }
        keep(hits_, std::move(found));
    } else if (former) {
        ++drop_count_;
        keep(drops_, {std::move(one.article), one.at, std::move(*former)});
    }
}

void Trial::keep(std::deque<TrialHit>& hits, TrialHit hit) const {
    if (hits.size() < limit_) {
        hits.push_back(std::move(hit));
    } else if (kept_ == Kept::last && limit_ > 0) {
        hits.pop_front();
        hits.push_back(std::move(hit));
    }
}

}  // namespace wirewatch::review
