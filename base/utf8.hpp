// SPDX-License-Identifier: MIT
// Strings are valid UTF-8 from the parser on; these check, count and cut them at code points.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace wirewatch::utf8 {

/// Source: RFC 3629 (no surrogates, no overlong forms, at most U+10FFFF).
[[nodiscard]] bool valid(std::string_view text);

struct Sequences {
    std::size_t well_formed = 0;  ///< of more than one byte, so not ASCII
    std::size_t ill_formed = 0;   ///< each as repair() counts them
};

/// What any bytes hold beside ASCII, in one pass.
[[nodiscard]] Sequences count_sequences(std::string_view bytes);

/// A copy in which every ill-formed sequence stands as one U+FFFD.
[[nodiscard]] std::string repair(std::string_view bytes);

/// Decodes the code point at byte `at` and moves `at` past it. `at` must be < text.size(); an
/// ill-formed sequence is U+FFFD.
char32_t next(std::string_view text, std::size_t& at);

/// Appends a code point; a surrogate or one past U+10FFFF becomes U+FFFD.
void append(std::string& out, char32_t code_point);

/// Number of code points in valid text.
[[nodiscard]] std::size_t length(std::string_view text);

/// The byte offset of code point number `count`, or text.size() where it is shorter.
[[nodiscard]] std::size_t offset(std::string_view text, std::size_t count);

/// The same for code points asked for in rising order: the text is walked through once.
class Offsets {
  public:
    explicit Offsets(std::string_view text) : text_{text} {}

    [[nodiscard]] std::size_t of(std::size_t count) {
        byte_ += offset(text_.substr(byte_), count - counted_);
        counted_ = count;
        return byte_;
    }

  private:
    std::string_view text_;
    std::size_t byte_ = 0;
    std::size_t counted_ = 0;
};

/// The longest prefix of at most `max_bytes` that does not split a code point.
[[nodiscard]] std::string_view cut(std::string_view text, std::size_t max_bytes);

}  // namespace wirewatch::utf8
