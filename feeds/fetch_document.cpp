// SPDX-License-Identifier: MIT
#include "feeds/fetch_document.hpp"

#include "feeds/http_status.hpp"

#include <optional>
#include <utility>
#include <vector>

namespace wirewatch::feeds {

Result<Response> fetch_document(Fetcher& fetcher, const std::string& url) {
    fetcher.start({.feed_id = {}, .url = url, .etag = {}, .last_modified = {}});
    std::vector<FetchResult> results;
    while (results.empty()) {
        results = fetcher.wait(std::nullopt, 1);  // a transfer has its own time limits
    }
    auto& response = results.front().response;
    if (response && response->status != 200) {
        return fail(Errc::network, status_words(response->status));
    }
    return std::move(response);
}

}  // namespace wirewatch::feeds
