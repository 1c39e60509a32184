// SPDX-License-Identifier: MIT
// Lists as they lie in the database: one column of JSON text each (docs/history.md, "Columns").
#pragma once

#include "base/article.hpp"
#include "base/hit.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace wirewatch::history {

/// ["a","b"]
[[nodiscard]] std::string to_json(const std::vector<std::string>& list);
/// [["https://…","audio/mpeg",1234]]
[[nodiscard]] std::string to_json(const std::vector<Enclosure>& list);
/// [["title",0,3,9,"Russia","russia"]]: field, item, start, end, text, term
[[nodiscard]] std::string to_json(const std::vector<Span>& list);

// And back; none where the text is not of that shape.
[[nodiscard]] std::optional<std::vector<std::string>> strings_of(std::string_view json);
[[nodiscard]] std::optional<std::vector<Enclosure>> enclosures_of(std::string_view json);
[[nodiscard]] std::optional<std::vector<Span>> spans_of(std::string_view json);

}  // namespace wirewatch::history
