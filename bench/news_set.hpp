// SPDX-License-Identifier: MIT
// Feeds as news sites send them, made from a seed: the same bytes on every machine.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace wirewatch::bench {

enum class Content {
    text,  ///< 1 to 3 KB of words, "&amp;" now and then
    html,  ///< the same words in paragraphs, links, lists and pictures; escaped, or as CDATA
};

/// RSS 2.0 and Atom 1.0 in turn, 20 to 60 articles each, until `bytes` are reached.
[[nodiscard]] std::vector<std::string> make_news_set(Content content, std::size_t bytes,
                                                     std::uint32_t seed);

}  // namespace wirewatch::bench
