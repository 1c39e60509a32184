// SPDX-License-Identifier: MIT
// The news of the demo: three articles as they really appeared in April 2021, with summaries in our
// words, and others that we made up around the events of those days. None of the others matches a
// starter rule; some of them try to.
#pragma once

#include <span>
#include <string_view>

namespace wirewatch::daemon::demo {

enum class Outlet { voice_of_america, gulf_news, al_arabiya };

struct StoryText {
    Outlet outlet;
    int wave;                    ///< 0: there from the start; then in order, as the news breaks
    std::string_view published;  ///< RFC 3339
    std::string_view section;
    std::string_view author;
    std::string_view path;  ///< below the outlet's address
    std::string_view title;
    std::string_view summary;
};

[[nodiscard]] std::span<const StoryText> stories();

/// The highest wave.
[[nodiscard]] int last_wave();

}  // namespace wirewatch::daemon::demo
