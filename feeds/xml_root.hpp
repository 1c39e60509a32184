// SPDX-License-Identifier: MIT
// A first look at a document: what its root element is, before any of it is parsed.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

namespace wirewatch::feeds {

struct XmlRoot {
    std::size_t start = 0;  ///< of its "<"
    std::string_view name;  ///< as written, prefix included
};

/// The first element, past white space, comments, processing instructions and a DOCTYPE. None:
/// something else comes first, or nothing at all.
[[nodiscard]] std::optional<XmlRoot> find_root(std::string_view text);

/// The first element that can be a feed's root, whatever stands before it (warnings of the server's
/// program, say); looked for in the first 64 KiB. Our choice.
[[nodiscard]] std::optional<XmlRoot> find_feed_root(std::string_view text);

/// rss, RDF, feed or channel, with any prefix, in any case.
[[nodiscard]] bool is_feed_root(std::string_view name);

/// entry or item, likewise: an article on its own. Only the first element can be one.
[[nodiscard]] bool is_article_root(std::string_view name);

/// The longest name from byte `at` on; may be empty.
[[nodiscard]] std::string_view name_at(std::string_view text, std::size_t at);

/// "title" of "media:title".
[[nodiscard]] std::string_view local_name(std::string_view name);

/// What a name can begin with and go on with; beyond ASCII anything goes.
[[nodiscard]] bool is_name_start(char c);
[[nodiscard]] bool is_name_char(char c);

}  // namespace wirewatch::feeds
