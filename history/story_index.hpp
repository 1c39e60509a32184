// SPDX-License-Identifier: MIT
// Finds texts that may be alike without looking at all of them: by keys that they share. In memory,
// 64 bytes an article and as much again for the chains' heads at worst. Pure.
#pragma once

#include "base/time.hpp"
#include "history/text_print.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace wirewatch::history {

/// Articles come in the order of their ids. One thread.
class StoryIndex {
  public:
    /// Holds at most `most` articles, and forgets the oldest beyond.
    explicit StoryIndex(std::size_t most);

    void add(std::int64_t id, Instant first_seen, const PrintKeys& keys);

    /// Takes back the last `count` additions.
    void take_back(std::size_t count);

    /// Those first seen at `since` or later that share a key, at most `most`: the ones that share
    /// most first, and of these the newest. Of a key that many share only the newest count.
    [[nodiscard]] std::vector<std::int64_t> candidates(const PrintKeys& keys, Instant since,
                                                       std::size_t most) const;

    [[nodiscard]] std::size_t size() const { return entries_.size(); }

  private:
    struct Entry {
        std::int64_t id = 0;
        Instant first_seen;
        PrintKeys keys{};
        std::array<std::uint32_t, kPrintKeys> older{};  ///< the next with that key's head, + 1
    };

    struct Sharer {
        std::uint32_t entry = 0;  ///< its index
        std::uint32_t keys = 0;   ///< that it shares
    };

    [[nodiscard]] std::size_t slot(std::uint32_t key) const;
    [[nodiscard]] std::uint32_t older_than(const Entry& entry, std::uint32_t key) const;
    void note_sharers(std::uint32_t key, Instant since, std::vector<Sharer>& found) const;
    void link(std::size_t index);
    void grow();
    void forget_oldest();

    std::size_t most_;
    std::vector<Entry> entries_;        ///< oldest first
    std::vector<std::uint32_t> heads_;  ///< index + 1 of the newest entry; 0: none
    unsigned shift_ = 0;
};

}  // namespace wirewatch::history
