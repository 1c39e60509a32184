// SPDX-License-Identifier: MIT
// Says in the log which rules take too long, and which articles are too long for them.
#pragma once

#include "base/article.hpp"
#include "rules/matcher.hpp"

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace wirewatch::daemon {

/// One thread. A slow rule is told once, one that is given up at the 1st, 10th, 100th … article:
/// `wirewatch rules` has the counts.
class RuleTroubles {
  public:
    void tell(const std::vector<rules::MatchTrouble>& troubles, const Article& article);

  private:
    std::map<std::string, std::string> slow_;        // rule id: the query that was slow
    std::map<std::string, std::uint64_t> given_up_;  // rule id: articles
};

}  // namespace wirewatch::daemon
