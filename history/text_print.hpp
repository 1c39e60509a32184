// SPDX-License-Identifier: MIT
// The print of a text: what stays alike when a newsroom edits a copy of it. Pure.
//
// Runs of three words are hashed ("shingles"; Broder, On the resemblance and containment of
// documents, 1997); two texts are alike as far as they share them. The least hashes of the
// beginning are its keys: texts whose beginnings are alike share some of them, so that candidates
// are found without comparing with every text (MinHash, bottom-k).
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace wirewatch::history {

inline constexpr std::size_t kPrintKeys = 6;  ///< our choice; docs/history.md, "Stories"
inline constexpr std::size_t kShingleWords = 3;
inline constexpr std::size_t kPrintWords = 2'000;  ///< of a text; what comes behind does not count
inline constexpr std::size_t kLeadWords = 60;      ///< the beginning, which keys are of
inline constexpr std::size_t kLeastWords = 16;     ///< shorter ones are too alike by chance

using PrintKeys = std::array<std::uint32_t, kPrintKeys>;

struct TextPrint {
    std::vector<std::uint32_t> shingles;  ///< in rising order, each once; none: too short a text
    std::vector<std::uint32_t> numbers;   ///< hashes of the words with digits, likewise
    PrintKeys keys{};                     ///< in rising order; all 0: none
    bool whole = true;                    ///< no more than kPrintWords

    [[nodiscard]] bool empty() const { return shingles.empty(); }
};

/// Of the longer one of summary and content; of the title too where that is short. Letters are
/// folded; of scripts without spaces every character is a word.
[[nodiscard]] TextPrint print_of(std::string_view title, std::string_view summary,
                                 std::string_view content);

/// What two texts have in common, from 0 to 1.
struct Likeness {
    double shared = 0;     ///< of all their shingles: Jaccard's measure
    double contained = 0;  ///< of the shorter one's
    double numbers = 0;    ///< of the words with digits of the one that has fewer; 1: it has none
};

[[nodiscard]] Likeness likeness(const TextPrint& one, const TextPrint& other);

/// Whether they are copies of one text. The thresholds are measured: docs/history.md, "Stories".
[[nodiscard]] bool same_text(const TextPrint& one, const TextPrint& other);

}  // namespace wirewatch::history
