// SPDX-License-Identifier: MIT
// Matched articles for other programs: JSON and CSV, one definition for every command.
#pragma once

#include "history/reader.hpp"

#include <iosfwd>
#include <string>
#include <vector>

namespace wirewatch::review {

/// An array with an object a line; times in RFC 3339 UTC, offsets in code points (docs/history.md).
void write_json(std::ostream& out, const std::vector<history::HitRow>& rows);

/// A line for each hit, with a line of headings. RFC 4180; a cell that a spreadsheet would take for
/// a formula gets an apostrophe in front.
void write_csv(std::ostream& out, const std::vector<history::HitRow>& rows);

/// One article with its revisions' hits, indented.
void write_json(std::ostream& out, const history::StoredArticle& article);

}  // namespace wirewatch::review
