// SPDX-License-Identifier: MIT
// All that the desk does to a feed, without a schedule: fetched, parsed, matched, stored, as many
// at once as are allowed.
#pragma once

#include "bench/clocks.hpp"
#include "daemon/plan.hpp"
#include "daemon/rule_troubles.hpp"
#include "feeds/curl_fetcher.hpp"
#include "history/writer.hpp"
#include "rules/matcher.hpp"

#include <cstddef>
#include <filesystem>
#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

namespace wirewatch::bench {

/// Where a run's time went; the rest is bookkeeping.
struct Shares {
    Cost all;
    Cost fetching;  ///< starting, waiting, receiving, inflating
    Cost reading;   ///< parsing, keys, looking up what is known, matching
    Cost storing;   ///< the transactions
    std::size_t articles = 0;
    std::size_t hits = 0;
};

class Poller {
  public:
    /// Stores in a database in `directory`. Throws where it cannot.
    Poller(std::vector<Feed> feeds, std::vector<Rule> rules, std::size_t in_flight,
           const std::filesystem::path& directory);

    /// Polls every feed once; every answer must have `status`.
    Shares poll(int status);

    /// Fetches every feed once, with its validators, and judges the answers: nothing is stored.
    Cost fetch(int status);

  private:
    void start(std::size_t index);
    void commit(std::vector<history::Turn>& turns, Shares& shares);

    std::shared_ptr<const daemon::Plan> plan_;
    rules::Matcher matcher_;  // of plan_
    daemon::RuleTroubles troubles_;
    feeds::Random random_{1};
    std::size_t in_flight_;
    history::Writer writer_;
    feeds::CurlFetcher fetcher_;
    std::unordered_map<std::string, FeedState> states_;
};

}  // namespace wirewatch::bench
