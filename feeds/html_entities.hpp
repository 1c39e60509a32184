// SPDX-License-Identifier: MIT
// Character references as HTML has them: "&eacute;", "&#233;", "&#xE9;".
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

namespace wirewatch::feeds {

struct Entity {
    char32_t code_point = 0;  ///< may be out of Unicode's range; utf8::append mends that
    std::size_t bytes = 0;    ///< of the text that it took
};

/// The reference at the start of `text`; none where there is none, or its name is unknown. Numbers
/// from 128 to 159 mean what windows-1252 has there. A number may lack its ";", a name may not:
/// "?a=1&copy=2" is an address.
[[nodiscard]] std::optional<Entity> read_entity(std::string_view text);

}  // namespace wirewatch::feeds
