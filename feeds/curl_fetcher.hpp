// SPDX-License-Identifier: MIT
// The Fetcher that goes out into the world: libcurl on epoll.
#pragma once

#include "feeds/fetch_options.hpp"
#include "feeds/fetcher.hpp"

#include <cstddef>
#include <memory>
#include <optional>
#include <vector>

namespace wirewatch::feeds {

/// Transfers move only inside wait(). No cookies, no referer, no proxy from the environment, TLS
/// always verified, http and https only. One request for each start(), and one for each redirect:
/// where a kept connection breaks off without an answer, none is sent again. The address of every
/// connection is checked as it opens and before each request (feeds/address_guard.hpp); behind a
/// proxy, whose own rules count, only hosts that are addresses or localhost. Credentials and
/// headers of a feed go to the server of its URL alone, and no more once it has redirected to
/// another.
///
/// Raises no signals, but a program that uses it must ignore SIGPIPE. Destroy it on the desk's
/// thread, when nobody can call wake() any more; transfers in flight end without a result.
class CurlFetcher final : public Fetcher {
  public:
    explicit CurlFetcher(FetchOptions options);
    ~CurlFetcher() override;

    void start(FetchRequest request) override;

    /// Errors in the results: network, timeout, too_large, refused; io where the system has no room
    /// for another transfer.
    [[nodiscard]] std::vector<FetchResult> wait(std::optional<Ticks> until,
                                                std::size_t max_results) override;
    void wake() override;

  private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace wirewatch::feeds
