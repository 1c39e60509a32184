// SPDX-License-Identifier: MIT
// A real HTTP/1.1 server on a loopback address that remembers what it was asked and misbehaves on
// demand.
#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace wirewatch::support {

using Headers = std::vector<std::pair<std::string, std::string>>;

/// A request as it came in.
struct AskedRequest {
    std::string method;
    std::string target;  ///< path and query
    Headers headers;

    /// The value of a header, whatever its case; none where it was not sent.
    [[nodiscard]] std::optional<std::string> header(std::string_view name) const;
};

enum class Conduct {
    answer,           ///< as HTTP wants it
    hang_up,          ///< closes the connection without a byte
    silent,           ///< never answers; keeps the connection
    drip,             ///< sends the head, then a byte of the body every drip_interval
    drip_head,        ///< a byte of everything every drip_interval
    endless_headers,  ///< as fast as they are taken
    endless_body,     ///< likewise, in chunks that are the body; with its Content-Encoding
};

struct Answer {
    int status = 200;
    Headers headers = {};
    std::string body = {};
    std::string etag = {};  ///< sent as ETag; a request that brings it back gets a 304
    bool gzip = false;      ///< compresses the body and says so
    Conduct conduct = Conduct::answer;
    std::optional<std::size_t> declared_length =
        {};  ///< a Content-Length that lies; the connection closes after the body
    std::chrono::milliseconds drip_interval{10};
};

/// Thread-safe. One thread per connection; the destructor closes all and joins them.
class FeedServer {
  public:
    /// Listens on a free port of a loopback address. Throws where it cannot.
    explicit FeedServer(std::string address = "127.0.0.1");
    ~FeedServer();
    FeedServer(const FeedServer&) = delete;
    FeedServer& operator=(const FeedServer&) = delete;

    /// "http://127.0.0.1:41234/news" for "/news".
    [[nodiscard]] std::string url(std::string_view path) const;
    [[nodiscard]] int port() const;

    /// What `path` (query included) answers from now on. Paths nobody named answer 404.
    void serve(std::string_view path, Answer answer);

    /// From now on this answers every request, whatever serve() said. It is called by the server's
    /// threads, by one at a time.
    void serve_all(std::function<Answer(const AskedRequest&)> answer);

    /// All requests so far, in order, or those of one path.
    [[nodiscard]] std::vector<AskedRequest> requests() const;
    [[nodiscard]] std::vector<AskedRequest> requests(std::string_view path) const;

    /// Connections accepted so far.
    [[nodiscard]] std::size_t connections() const;

    /// Waits until `path` was asked for at least `times` in all; false after `limit`.
    [[nodiscard]] bool asked(std::string_view path, std::size_t times,
                             std::chrono::milliseconds limit = std::chrono::seconds{5}) const;

  private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace wirewatch::support
