// SPDX-License-Identifier: MIT
// What makes an article the same article at the next poll. Real feeds repeat guids and links, so
// the choice is made per feed by what is seen to be unique, and kept (FeedState::identity).
#pragma once

#include "base/article.hpp"
#include "base/feed.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace wirewatch::feeds {

/// Chooses for one document: what is `configured`; else what held before (`former`) while these
/// articles do not contradict it; else the first of id, url, title that is distinct. It only ever
/// moves down that list, so that a feed does not swing between two.
[[nodiscard]] Identity choose_identity(const std::vector<Article>& articles, Identity configured,
                                       Identity former);

/// Whether an article of which only the beginning is known is sure to keep its key once it is
/// whole: it has the part that `identity` goes by, and with `automatic` an id.
[[nodiscard]] bool keeps_its_key(const Article& unfinished, Identity identity);

/// Sets feed_id and key, and drops later repeats of a key. The key is 32 hex digits of SHA-256 over
/// feed id and identity; an article without the chosen part falls to the next of id, url, title.
void assign_keys(std::vector<Article>& articles, std::string_view feed_id, Identity identity);

/// A URL in the form in which two spellings are equal: scheme and host in lower case, no default
/// port, no fragment, no tracking parameters (utm_*, fbclid, gclid, …). For keys, never shown.
[[nodiscard]] std::string canonical_url(std::string_view url);

}  // namespace wirewatch::feeds
