// SPDX-License-Identifier: MIT
// Gets feeds over HTTP, many at once, on the caller's thread.
#pragma once

#include "base/error.hpp"
#include "base/feed.hpp"
#include "base/time.hpp"

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace wirewatch::feeds {

struct FetchRequest {
    std::string feed_id;
    std::string url;            ///< http, https, or file
    std::string etag;           ///< sent as If-None-Match, byte for byte; empty: not sent
    std::string last_modified;  ///< sent as If-Modified-Since, byte for byte; empty: not sent
    std::vector<Header> headers;
    std::optional<Credentials> credentials;  ///< sent to the first host alone
    std::string ca_file;                     ///< empty: the system's authorities
    std::vector<std::string> allow_private;  ///< as Feed::allow_private
};

/// One hop of a transfer.
struct Redirect {
    int status = 0;
    std::string to;  ///< absolute, without user name and password
};

/// One of several documents that are one feed: a file of a directory (feeds/file_reader.hpp).
struct DocumentPart {
    std::string name;
    std::size_t bytes = 0;  ///< of Response::body, behind those of the parts before
    std::string problem;    ///< why it could not be read; its bytes are these words; empty: it
                            ///< could
};

/// What the server answered in the end. An HTTP 404 is a response, not an Error. Header fields are
/// those of the last answer, byte for byte; empty where it has none.
struct Response {
    int status = 0;
    std::string final_url;  ///< after redirects; without user name and password
    std::string etag;
    std::string last_modified;
    std::string content_type;
    std::string retry_after;
    std::string cache_control;  ///< all of them, with ", " between
    std::string expires;
    std::string date;
    std::string age;
    std::vector<Redirect> redirects = {};  ///< in the order they were followed; empty: none
    std::string body;                      ///< decoded
    std::optional<std::vector<DocumentPart>> parts = {};  ///< set: the body is these
};

struct FetchResult {
    std::string feed_id;
    std::string url;            ///< as requested; a reload may have given the feed another since
    Result<Response> response;  ///< errors: network, timeout, too_large, refused, in words
    std::chrono::milliseconds elapsed{0};
};

/// One thread uses it: the desk. Only wake() may be called from others.
class Fetcher {
  public:
    virtual ~Fetcher() = default;

    /// Begins one transfer; its result comes out of wait() exactly once.
    virtual void start(FetchRequest request) = 0;

    /// Works until a transfer has finished, `until` has come or wake() was called, and hands over
    /// what has finished (at most `max_results`). Errors are in the results.
    [[nodiscard]] virtual std::vector<FetchResult> wait(std::optional<Ticks> until,
                                                        std::size_t max_results) = 0;

    /// Ends the current or next wait() early. Any thread.
    virtual void wake() = 0;
};

}  // namespace wirewatch::feeds
