// SPDX-License-Identifier: MIT
// Finds what history, search, export and mark are about: matched articles or all stored ones, that
// satisfy QUERY where there is one, newest first or best first, page by page.
#pragma once

#include "history/reader.hpp"
#include "review/history_filters.hpp"
#include "review/question.hpp"
#include "review/session.hpp"

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace wirewatch::review {

/// One article of a list.
struct Found {
    history::HitRow row;        ///< with QUERY its latest revision
    std::optional<Hit> answer;  ///< how it satisfies QUERY; none: there is no QUERY
    std::string place;          ///< a cursor: what to ask on from behind it
};

struct FoundPage {
    std::vector<Found> rows;
    std::string next;      ///< a cursor; empty: there are no more
    bool cut_off = false;  ///< sorted by relevance are only the newest kMaxRanked
};

/// So many articles are put in order of relevance; our choice.
inline constexpr std::size_t kMaxRanked = 1000;

enum class Sorting { time, relevance };

class Listing {
  public:
    enum class Over { hits, all_articles };

    /// An exit code where an argument is wrong, after it was said.
    [[nodiscard]] static tl::expected<Listing, int> read(const Session& session, const Setup& setup,
                                                         const FilterArguments& arguments,
                                                         Over over);

    /// Goes on behind that place. Error: invalid, where it is no cursor of such a list.
    [[nodiscard]] Result<> resume(std::string_view cursor);

    /// One after the other, until `visit` says no more or there are none. A progress bar shows how
    /// far it has come, where it takes long.
    using Visit = std::function<bool(Found)>;
    [[nodiscard]] Result<> each(const Session& session, const history::Reader& reader,
                                const Visit& visit);

    [[nodiscard]] Result<FoundPage> page(const Session& session, const history::Reader& reader,
                                         Sorting sorting, std::size_t limit);

    [[nodiscard]] bool has_question() const { return question_.has_value(); }

  private:
    using What = std::variant<history::HitQuery, history::ArticleSearch>;
    Listing(What what, std::optional<Question> question)
        : what_{std::move(what)}, question_{std::move(question)} {}

    Result<> each_hit(const history::Reader& reader, const Visit& visit);
    Result<> each_article(const Session& session, const history::Reader& reader,
                          const Visit& visit);
    Result<FoundPage> newest(const Session& session, const history::Reader& reader,
                             std::size_t limit);
    Result<FoundPage> best(const Session& session, const history::Reader& reader,
                           std::size_t limit);

    What what_;
    std::optional<Question> question_;
    std::size_t skipped_ = 0;  ///< of a list by relevance: on the pages before
};

/// The more of what a query asks for is there, and the higher up it stands, the larger; a score of
/// SCORE is what it is.
[[nodiscard]] double relevance(const Hit& answer);

}  // namespace wirewatch::review
