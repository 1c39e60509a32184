// SPDX-License-Identifier: MIT
// Who wrote it: the many ways in which RSS and Atom name a person.
#pragma once

#include "feeds/xml_fields.hpp"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace wirewatch::feeds {

/// "Jane Roe" of "jane@example.com (Jane Roe)", "Jane Roe (jane@example.com)",
/// "Jane Roe <jane@example.com>", "<jane@example.com> (Jane Roe)" and HTML that shows it;
/// "jane@example.com" of "mailto:jane@example.com".
[[nodiscard]] std::string person_name(std::string_view text);

/// All people whom elements of the first of `rows` name that names any. An address, of mail or
/// the web, counts only where nobody has a name.
[[nodiscard]] std::vector<std::string> people_in(const Children& parent,
                                                 std::span<const Names> rows);

}  // namespace wirewatch::feeds
