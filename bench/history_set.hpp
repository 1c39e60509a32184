// SPDX-License-Identifier: MIT
// Articles and hits for measuring history: made from a seed, the same everywhere.
#pragma once

#include "base/rule.hpp"
#include "history/writer.hpp"

#include <cstddef>
#include <cstdint>
#include <random>
#include <string>
#include <vector>

namespace wirewatch::bench {

inline constexpr std::size_t kSetFeeds = 200;
inline constexpr std::size_t kSetRules = 20;

/// English-like articles of about 1.4 KB of text, from 200 feeds; the words come as often as those
/// of a language. One in 17 has a hit of one of 20 rules, one in 20 is an edited copy of a recent
/// one.
class HistorySet {
  public:
    explicit HistorySet(std::uint32_t seed);

    [[nodiscard]] history::MatchedArticle next();

    /// `count` articles as turns of their feeds.
    [[nodiscard]] std::vector<history::Turn> turns(std::size_t count);

    /// Of title, summary and content, so far.
    [[nodiscard]] std::size_t text_bytes() const { return text_bytes_; }

    /// The word of rank `rank`, from 0: the most frequent.
    [[nodiscard]] const std::string& word(std::size_t rank) const { return words_[rank]; }

    [[nodiscard]] static std::string feed_id(std::size_t number);
    [[nodiscard]] static std::string rule_id(std::size_t number);

  private:
    std::size_t below(std::size_t limit) { return random_() % limit; }
    std::string text(std::size_t words);
    std::string edited(std::string text);

    std::mt19937 random_;
    std::vector<std::string> words_;
    std::vector<double> cumulated_;
    std::vector<Rule> rules_;
    std::vector<std::string> recent_;  ///< texts that may be copied
    std::size_t made_ = 0;
    std::size_t text_bytes_ = 0;
};

}  // namespace wirewatch::bench
