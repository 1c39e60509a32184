// SPDX-License-Identifier: MIT
// How a command writes to a person: colour only on a terminal, tables that fit, times of the zone.
#pragma once

#include "base/hit.hpp"
#include "base/time.hpp"

#include <chrono>
#include <cstddef>
#include <iosfwd>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace wirewatch::review {

struct Terminal {
    std::ostream& out;
    std::ostream& err;
    bool colour = false;         ///< escape sequences are welcome
    std::size_t width = 0;       ///< columns; 0: no terminal, nothing is cut
    std::istream* in = nullptr;  ///< where a person answers questions; null: nobody is there

    /// For stdout and stderr as they are. Source: https://no-color.org, isatty(3).
    [[nodiscard]] static Terminal standard();
};

enum class Style { plain, strong, dim, matched, good, bad };

/// `text` (already safe) in a style; unchanged where colour is off, except that what matched then
/// stands *between asterisks*.
[[nodiscard]] std::string styled(const Terminal& terminal, Style style, std::string_view text);

/// Several lines, each of them safe to print.
[[nodiscard]] std::string printable_lines(std::string_view text);

/// Text of a field from outside, safe to print, with the spans of that field highlighted.
/// Overlapping spans are joined. Line breaks stay.
[[nodiscard]] std::string highlighted(const Terminal& terminal, std::string_view text, Field field,
                                      const std::vector<Span>& spans, std::uint32_t item = 0);

/// "2021-04-07 17:30" in the zone of whoever runs the command.
[[nodiscard]] std::string local_time(Instant instant);
[[nodiscard]] std::string local_time(const std::optional<Instant>& instant, std::string_view none);

/// "45 s", "12 min", "5 h", "3 d": how long, for people.
[[nodiscard]] std::string human_span(std::chrono::milliseconds span);

/// Text as one word of a shell command that a person may copy: in quotes where it needs them, and
/// safe to print.
[[nodiscard]] std::string shell_word(std::string_view text);

/// "1.4 MiB".
[[nodiscard]] std::string human_bytes(std::size_t bytes);

/// At most that many columns, ending in "…" where it was cut.
[[nodiscard]] std::string cut_to_columns(std::string_view text, std::size_t limit);

/// A table; the last column takes what width is left, and is cut there on a terminal. Elsewhere a
/// very long cell stands whole, and pads no other line.
class Table {
  public:
    explicit Table(std::vector<std::string> headings);
    /// Cells are plain text from anywhere; they are made safe here.
    void add(std::vector<std::string> cells);
    /// A line under the last row, indented; it is safe to print already. Empty: none.
    void add_below(std::string line);
    void print(const Terminal& terminal) const;

  private:
    std::vector<std::vector<std::string>> rows_;
    std::map<std::size_t, std::string> below_;  // of rows_
};

}  // namespace wirewatch::review
