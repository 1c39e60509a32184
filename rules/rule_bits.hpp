// SPDX-License-Identifier: MIT
// A set of rule numbers that is filled, read in rising order and emptied for every article.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace wirewatch::rules {

/// A bit a number, and a bit for each 64 of these: small enough for the nearest cache, and what is
/// not there costs next to nothing.
class RuleBits {
  public:
    explicit RuleBits(std::size_t size)
        : bits_((size + 63) / 64), groups_((bits_.size() + 63) / 64) {}

    [[nodiscard]] bool has(std::uint32_t number) const {
        return (bits_[number / 64] >> (number % 64) & 1) != 0;
    }

    /// False: it was there already.
    bool add(std::uint32_t number) {
        std::uint64_t& bits = bits_[number / 64];
        const std::uint64_t bit = std::uint64_t{1} << (number % 64);
        if ((bits & bit) != 0) {
            return false;
        }
        bits |= bit;
        groups_[number / 4096] |= std::uint64_t{1} << (number / 64 % 64);
        return true;
    }

    /// Calls `take` for each number, rising, and leaves none.
    void drain(auto take) {
        for (std::size_t group = 0; group < groups_.size(); ++group) {
            for (std::uint64_t left = groups_[group]; left != 0; left &= left - 1) {
                const std::size_t at =
                    group * 64 + static_cast<std::size_t>(std::countr_zero(left));
                for (std::uint64_t bits = bits_[at]; bits != 0; bits &= bits - 1) {
                    take(static_cast<std::uint32_t>(at * 64) +
                         static_cast<std::uint32_t>(std::countr_zero(bits)));
                }
                bits_[at] = 0;
            }
            groups_[group] = 0;
        }
    }

    void clear() {
        for (std::size_t group = 0; group < groups_.size(); ++group) {
            for (std::uint64_t left = groups_[group]; left != 0; left &= left - 1) {
                bits_[group * 64 + static_cast<std::size_t>(std::countr_zero(left))] = 0;
            }
            groups_[group] = 0;
        }
    }

    [[nodiscard]] std::size_t bytes() const {
        return (bits_.capacity() + groups_.capacity()) * sizeof(std::uint64_t);
    }

  private:
    std::vector<std::uint64_t> bits_;
    std::vector<std::uint64_t> groups_;
};

}  // namespace wirewatch::rules
