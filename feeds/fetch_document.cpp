// SPDX-License-Identifier: MIT
#include "feeds/fetch_document.hpp"

#include "feeds/http_status.hpp"

#include <optional>
#include <utility>

namespace wirewatch::feeds {

Result<Response> fetch_document(Fetcher& fetcher, const std::string& url,
                                const std::vector<std::string>& allow_private) {
    FetchRequest request;
    request.url = url;
    request.allow_private = allow_private;
    fetcher.start(std::move(request));
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
