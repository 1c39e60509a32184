// SPDX-License-Identifier: MIT
// The text within XML: what a person wrote where XML wants it otherwise. And the list of all flaws
// that mending found, in words.
#pragma once

#include <array>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace wirewatch::feeds {

enum class XmlFlaw {
    html_entity,
    bare_ampersand,
    bare_less_than,
    control_character,
    attribute,
    wrong_end_tag,
    missing_end_tag,
    unclosed_section,
    cut_off,
    text_after_root,
};

/// Which flaws were met. Each is told once, however often it occurs.
class XmlFlaws {
  public:
    void note(XmlFlaw flaw) { met_[static_cast<std::size_t>(flaw)] = true; }

    [[nodiscard]] std::vector<std::string> words() const;

  private:
    static constexpr std::size_t kCount = static_cast<std::size_t>(XmlFlaw::text_after_root) + 1;

    std::array<bool, kCount> met_{};
};

/// Appends character data or an attribute's value: references to characters stand as themselves,
/// what would be markup is escaped, control characters go.
void append_mended(std::string& out, std::string_view text, XmlFlaws& flaws);

/// Appends a CDATA section, in which nothing but control characters can be wrong.
void append_without_controls(std::string& out, std::string_view section, XmlFlaws& flaws);

}  // namespace wirewatch::feeds
