// SPDX-License-Identifier: MIT
// Makes the letters of a date plain, so that one table of words serves all ways to write them.
#pragma once

#include <array>
#include <cstddef>
#include <string_view>

namespace wirewatch::feeds {

inline constexpr std::size_t kMaxDateBytes = 200;  ///< our choice; long dates in Thai have 150

class PlainDate {
  public:
    /// `text` has at most kMaxDateBytes; it may be ill-formed.
    explicit PlainDate(std::string_view text);

    /// Digits of all scripts as 0 to 9; Latin, Cyrillic and Greek letters small and without
    /// accents; one form of each Arabic letter; spaces, dashes and full-width forms as in ASCII;
    /// marks of direction dropped. Never longer than the text. Lives as long as this object.
    [[nodiscard]] std::string_view text() const { return {bytes_.data(), size_}; }

    /// The digits were those of Persian or Urdu, whose calendar is often another.
    [[nodiscard]] bool has_persian_digits() const { return has_persian_digits_; }

  private:
    void add(char32_t code_point);

    std::array<char, kMaxDateBytes> bytes_;
    std::size_t size_ = 0;
    bool has_persian_digits_ = false;
};

}  // namespace wirewatch::feeds
