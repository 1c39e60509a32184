// SPDX-License-Identifier: MIT
// Sixteen bytes looked at together, each in a lane of its own. Tests give lanes that are all ones
// where the answer is yes; mask() makes a number of them.
#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace wirewatch {

/// For any machine. Loops of a fixed size without branches, which compilers know to widen.
class PortableLanes {
  public:
    static constexpr std::size_t kCount = 16;

    /// The kCount bytes from `bytes` on.
    explicit PortableLanes(const char* bytes) {
        for (std::size_t i = 0; i < kCount; ++i) {
            lanes_[i] = static_cast<unsigned char>(bytes[i]);
        }
    }

    [[nodiscard]] PortableLanes equal(char c) const {
        return each([c](unsigned char lane) { return lane == static_cast<unsigned char>(c); });
    }

    /// Below or equal.
    [[nodiscard]] PortableLanes at_most(unsigned char most) const {
        return each([most](unsigned char lane) { return lane <= most; });
    }

    [[nodiscard]] PortableLanes operator|(const PortableLanes& other) const {
        PortableLanes both = *this;
        for (std::size_t i = 0; i < kCount; ++i) {
            both.lanes_[i] = static_cast<unsigned char>(both.lanes_[i] | other.lanes_[i]);
        }
        return both;
    }

    [[nodiscard]] PortableLanes operator&(const PortableLanes& other) const {
        PortableLanes both = *this;
        for (std::size_t i = 0; i < kCount; ++i) {
            both.lanes_[i] = static_cast<unsigned char>(both.lanes_[i] & other.lanes_[i]);
        }
        return both;
    }

    /// The highest bit of each lane: bit 0 is that of the first byte. Of bytes themselves, what is
    /// not ASCII.
    [[nodiscard]] std::uint32_t mask() const {
        std::uint32_t mask = 0;
        for (std::size_t i = 0; i < kCount; ++i) {
            mask |= static_cast<std::uint32_t>(lanes_[i] >> 7) << i;
        }
        return mask;
    }

  private:
    template <class Test>
    [[nodiscard]] PortableLanes each(Test test) const {
        PortableLanes answers = *this;
        for (unsigned char& lane : answers.lanes_) {
            lane = test(lane) ? 0xFF : 0;
        }
        return answers;
    }

    std::array<unsigned char, kCount> lanes_{};
};

#if defined(__SSE2__)
/// The same in one register; all x86-64 has it.
class Sse2Lanes {
  public:
    static constexpr std::size_t kCount = 16;

    explicit Sse2Lanes(const char* bytes)
        : lanes_{_mm_loadu_si128(reinterpret_cast<const __m128i*>(bytes))} {}

    [[nodiscard]] Sse2Lanes equal(char c) const {
        return Sse2Lanes{_mm_cmpeq_epi8(lanes_, _mm_set1_epi8(c))};
    }
    [[nodiscard]] Sse2Lanes at_most(unsigned char most) const {
        const __m128i limit = _mm_set1_epi8(static_cast<char>(most));
        return Sse2Lanes{_mm_cmpeq_epi8(_mm_max_epu8(lanes_, limit), limit)};
    }
    [[nodiscard]] Sse2Lanes operator|(const Sse2Lanes& other) const {
        return Sse2Lanes{_mm_or_si128(lanes_, other.lanes_)};
    }
    [[nodiscard]] Sse2Lanes operator&(const Sse2Lanes& other) const {
        return Sse2Lanes{_mm_and_si128(lanes_, other.lanes_)};
    }
    [[nodiscard]] std::uint32_t mask() const {
        return static_cast<std::uint32_t>(_mm_movemask_epi8(lanes_));
    }

  private:
    explicit Sse2Lanes(__m128i lanes) : lanes_{lanes} {}

    __m128i lanes_;
};

using ByteLanes = Sse2Lanes;
#else
using ByteLanes = PortableLanes;
#endif

/// Which byte the first bit of a mask that is not zero stands for.
[[nodiscard]] inline std::size_t first_lane(std::uint32_t mask) {
    return static_cast<std::size_t>(std::countr_zero(mask));
}

}  // namespace wirewatch
