// SPDX-License-Identifier: MIT
// Gets one document, for a person who waits for it.
#pragma once

#include "base/error.hpp"
#include "feeds/fetcher.hpp"

#include <string>
#include <vector>

namespace wirewatch::feeds {

/// The body of `url`, after redirects; the fetcher must have nothing else in flight.
/// `allow_private` as Feed::allow_private. Errors: those of the fetcher, and network for a status
/// that brings no document, in the words of status_words().
[[nodiscard]] Result<Response> fetch_document(Fetcher& fetcher, const std::string& url,
                                              const std::vector<std::string>& allow_private);

}  // namespace wirewatch::feeds
