// SPDX-License-Identifier: MIT
// Ids for feeds that come without one.
#pragma once

#include "base/feed.hpp"

#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

namespace wirewatch::review {

class FeedIds {
  public:
    /// The ids of `feeds` are taken.
    explicit FeedIds(const std::vector<Feed>& feeds);
    ~FeedIds();

    /// False: somebody has it, or it is no id.
    bool take(const std::string& id);

    /// Takes an id made of the title ("gulf-news" of "Gulf News", "rossiia" of "Россия"), else of
    /// the host in `url`; with "-2", "-3", … behind it where that is taken.
    std::string make(std::string_view title, std::string_view url);

  private:
    struct Letters;

    std::unique_ptr<Letters> letters_;
    std::unordered_set<std::string> taken_;
    std::unordered_map<std::string, int> numbers_;  // the last one behind a base
};

}  // namespace wirewatch::review
