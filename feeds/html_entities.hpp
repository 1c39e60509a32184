// SPDX-License-Identifier: MIT
// Character references as HTML has them: "&eacute;", "&#233;", "&#xE9;".
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace wirewatch::feeds {

struct Entity {
    char32_t code_point = 0;  ///< may be out of Unicode's range; utf8::append mends that
    char32_t second = 0;      ///< "&nGt;" means two code points; 0: no second one
    std::size_t bytes = 0;    ///< of the text that it took
};

/// Where a reference stands decides whether its name may lack the ";": never in XML; for 106 old
/// names in the text of HTML ("&copy 2020"), and in its attributes too, but not in "?a=1&copy=2".
enum class EntityPlace { xml, text, attribute };

/// The reference at the start of `text`; none where there is none, or its name is unknown. Numbers
/// from 128 to 159 mean what windows-1252 has there. A number may always lack its ";".
/// Source: HTML, section 13.2.5.72 and on.
[[nodiscard]] std::optional<Entity> read_entity(std::string_view text,
                                                EntityPlace place = EntityPlace::xml);

/// `text` with its references decoded, once.
[[nodiscard]] std::string without_entities(std::string_view text, EntityPlace place);

}  // namespace wirewatch::feeds
