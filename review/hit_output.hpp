// SPDX-License-Identifier: MIT
// Articles and their hits for other programs: JSON and CSV, one definition for every command.
#pragma once

#include "base/hit.hpp"
#include "history/reader.hpp"
#include "review/listing.hpp"

#include <iosfwd>
#include <string>
#include <string_view>
#include <vector>

namespace wirewatch::review {

enum class ListFormat {
    json,   ///< an array with an object a line
    jsonl,  ///< an object a line
    csv     ///< a line for each hit, under a line of headings
};

/// Writes a list as it comes: nothing is kept. Times in RFC 3339 UTC, offsets in code points
/// (docs/history.md).
class ListWriter {
  public:
    ListWriter(std::ostream& out, ListFormat format);

    void add(const Found& found);
    void finish();

  private:
    std::ostream& out_;
    ListFormat format_;
    bool first_ = true;
};

/// One article with its revisions' hits, indented.
void write_json(std::ostream& out, const history::StoredArticle& article);

/// [{"field":"title","start":0,"end":3,"text":"gas","term":"gas"}]
[[nodiscard]] std::string spans_json(const std::vector<Span>& spans);

/// A cell after RFC 4180, in quotes. What a spreadsheet would take for a formula gets an apostrophe
/// in front, and so does what would look as if it had got one: who reads it takes one away from
/// what begins with apostrophes and a sign of a formula. Control characters stand as U+FFFD.
[[nodiscard]] std::string csv_cell(std::string_view text);

}  // namespace wirewatch::review
