// SPDX-License-Identifier: MIT
// The fields by name, and sets of them.
#pragma once

#include "base/hit.hpp"

#include <bitset>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace wirewatch::rules {

inline constexpr std::size_t kFieldCount = 9;

using FieldSet = std::bitset<kFieldCount>;  ///< bit n: the field with value n

[[nodiscard]] inline std::size_t index_of(Field field) {
    return static_cast<std::size_t>(field);
}

[[nodiscard]] inline FieldSet only(Field field) {
    return FieldSet{}.set(index_of(field));
}

/// Where a term without a field looks.
[[nodiscard]] inline FieldSet default_fields() {
    return only(Field::title) | only(Field::summary) | only(Field::content);
}

/// In the order of the enumeration.
[[nodiscard]] std::vector<std::string> field_names();

/// The field of that name, in any case.
[[nodiscard]] std::optional<Field> parse_field(std::string_view name);

}  // namespace wirewatch::rules
