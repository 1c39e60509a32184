// SPDX-License-Identifier: MIT
// The texts of an article that rules look into, in the order in which they are read.
#pragma once

#include "base/article.hpp"
#include "base/feed.hpp"
#include "rules/fields.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace wirewatch::rules {

/// Of title, summary and content together; of authors and categories together; of the other fields
/// together. What goes beyond is not looked at, so that reading an article takes some milliseconds
/// at most. A byte of ASCII counts once; others, which take longer to read, kBeyondAsciiWeight
/// times. Our choice: a report of twenty pages in Latin letters has 60,000.
inline constexpr std::size_t kMaxTextWeight = 128u << 10;
inline constexpr std::size_t kMaxNamesWeight = 32u << 10;
inline constexpr std::size_t kMaxLabelsWeight = 32u << 10;
inline constexpr std::size_t kBeyondAsciiWeight = 2;
/// Authors or categories; the rest is not looked at. Our choice.
inline constexpr std::size_t kMaxItems = 200;

/// One text that nothing runs across: a field, or one author or category of several. Of the feed
/// field, item 0 is its id and item 1 its title.
struct PartText {
    Field field = Field::title;
    std::uint32_t item = 0;
    std::string_view text;  ///< not empty
};

/// All of its arguments must outlive it. `language` is what rules/language.hpp says.
class ArticleParts {
  public:
    ArticleParts(const Article& article, const Feed& feed, std::string_view language,
                 FieldSet wanted);
    ArticleParts(const ArticleParts&) = delete;
    ArticleParts& operator=(const ArticleParts&) = delete;

    [[nodiscard]] const std::vector<PartText>& parts() const { return parts_; }

    /// The article is longer than what is looked at.
    [[nodiscard]] bool is_cut() const { return cut_; }

  private:
    void add(Field field, std::uint32_t item, std::string_view text);
    [[nodiscard]] std::size_t& left_for(Field field);

    std::string domain_;
    std::vector<PartText> parts_;
    std::size_t text_left_ = kMaxTextWeight;
    std::size_t names_left_ = kMaxNamesWeight;
    std::size_t labels_left_ = kMaxLabelsWeight;
    bool cut_ = false;
};

/// The host of a URL in lower case, without "www."; empty where there is none.
[[nodiscard]] std::string host_of(std::string_view url);

}  // namespace wirewatch::rules
