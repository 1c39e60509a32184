// SPDX-License-Identifier: MIT
// Articles in a file, a JSON object a line: what `wirewatch rules test --against` reads.
#pragma once

#include "base/article.hpp"
#include "base/error.hpp"

#include <cstddef>
#include <fstream>
#include <optional>
#include <string>
#include <string_view>

namespace wirewatch::review {

inline constexpr std::size_t kMaxArticleLine = 8u << 20;  ///< bytes; our choice

/// The article that a line holds. Read are title; summary or description; content, body, text,
/// content_text or content_html; url, link or id; date, published, date_published or pubDate; lang
/// or language; feed, source or feed_id; author(s); category, categories or tags. All may be
/// missing, but something must be there to look into. Alerts and rows of `wirewatch history --json`
/// are read too. Error: invalid, in words.
[[nodiscard]] Result<Article> article_in(std::string_view line);

/// Such a file, read line by line; empty lines are passed over.
class ArticleFile {
  public:
    /// Error: io. "-" is standard input.
    [[nodiscard]] static Result<ArticleFile> open(const std::string& file);

    /// The next article; none at the end. Error: invalid, with the number of the line, which is
    /// then behind: reading may go on.
    [[nodiscard]] Result<std::optional<Article>> next();

    /// Of the file, and how many of them have been read; 0 where that is not known.
    [[nodiscard]] std::size_t bytes() const { return bytes_; }
    [[nodiscard]] std::size_t bytes_read() const { return read_; }

  private:
    ArticleFile() = default;
    bool next_line(std::string& line);
    [[nodiscard]] std::istream& in();

    std::optional<std::ifstream> file_;  // none: standard input
    std::size_t bytes_ = 0;
    std::size_t read_ = 0;
    std::size_t line_ = 0;
};

}  // namespace wirewatch::review
