// SPDX-License-Identifier: MIT
// Joins articles to stories: by the address of another feed's article, or by a text that is alike.
#pragma once

#include "base/article.hpp"
#include "base/error.hpp"
#include "base/time.hpp"
#include "history/statement.hpp"
#include "history/story_index.hpp"
#include "history/text_print.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace wirewatch::history {

/// Copies come within days; what looks alike much later is another year's piece. Our choice.
inline constexpr auto kStoryReach = std::chrono::hours{24 * 30};

/// The newest that texts are compared with; about 100 bytes of memory each. Our choice.
inline constexpr std::size_t kStoryArticles = 1'000'000;

/// A new article's place: what its row holds of it.
struct StoryPlace {
    std::int64_t story = 0;               ///< the id of the story's first article
    int size = 1;                         ///< the story's articles, with it
    std::optional<std::int64_t> address;  ///< hash of its address; none: it has none
    std::string sketch;                   ///< its keys, 4 bytes each; "": too short a text
};

/// A part of the writer. Thread: the desk.
class Stories {
  public:
    explicit Stories(Statements& statements) : statements_{statements}, index_{kStoryArticles} {}

    /// Remembers the stored articles that may still be copied. Once, before the first place().
    [[nodiscard]] Result<> load();

    /// Finds the story of an article that is about to get row `id`, and counts it there. Inside the
    /// commit's transaction. `address`: see MatchedArticle.
    [[nodiscard]] Result<StoryPlace> place(std::int64_t id, const Article& article,
                                           std::string_view address, Instant now);

    /// After the transaction: what was placed in it stays, or never was.
    void keep() { placed_ = 0; }
    void undo();

  private:
    Result<std::optional<std::int64_t>> by_address(const Article& article, std::int64_t address,
                                                   Instant since);
    Result<std::optional<std::int64_t>> by_text(const TextPrint& print, Instant since);
    Result<int> join(std::int64_t story);

    Statements& statements_;
    StoryIndex index_;
    std::size_t placed_ = 0;  ///< in the index, but not yet on disk
};

}  // namespace wirewatch::history
