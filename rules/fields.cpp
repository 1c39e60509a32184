// SPDX-License-Identifier: MIT
#include "rules/fields.hpp"

#include "rules/folding.hpp"

namespace wirewatch::rules {

std::vector<std::string> field_names() {
    std::vector<std::string> names;
    for (std::size_t i = 0; i < kFieldCount; ++i) {
        names.emplace_back(to_text(static_cast<Field>(i)));
    }
    return names;
}

std::optional<Field> parse_field(std::string_view name) {
    const std::string small = fold(name);
    for (std::size_t i = 0; i < kFieldCount; ++i) {
        if (to_text(static_cast<Field>(i)) == small) {
            return static_cast<Field>(i);
        }
    }
    return std::nullopt;
}

}  // namespace wirewatch::rules
