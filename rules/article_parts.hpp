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

/// Of one field; the rest of a longer text is not looked at. Our choice.
inline constexpr std::size_t kMaxFieldBytes = 1u << 20;
/// Authors or categories; the rest is not looked at. Our choice.
inline constexpr std::size_t kMaxItems = 200;

/// One text that nothing runs across: a field, or one author or category of several. Of the feed
/// field, item 0 is its id and item 1 its title.
struct PartText {
    Field field = Field::title;
    std::uint32_t item = 0;
    std::string_view text;  ///< not empty; at most kMaxFieldBytes
};

/// All of its arguments must outlive it. `language` is what rules/language.hpp says.
class ArticleParts {
  public:
    ArticleParts(const Article& article, const Feed& feed, std::string_view language,
                 FieldSet wanted);
    ArticleParts(const ArticleParts&) = delete;
    ArticleParts& operator=(const ArticleParts&) = delete;

    [[nodiscard]] const std::vector<PartText>& parts() const { return parts_; }

  private:
    void add(Field field, std::uint32_t item, std::string_view text);

    std::string domain_;
    std::vector<PartText> parts_;
};

/// The host of a URL in lower case, without "www."; empty where there is none.
[[nodiscard]] std::string host_of(std::string_view url);

}  // namespace wirewatch::rules
