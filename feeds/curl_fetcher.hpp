// SPDX-License-Identifier: MIT
// The Fetcher that goes out into the world: libcurl on libuv.
#pragma once

#include "feeds/fetch_options.hpp"
#include "feeds/fetcher.hpp"

#include <cstddef>
#include <memory>
#include <optional>
#include <vector>

namespace wirewatch::feeds {

/// Transfers move only inside wait(). No cookies, no referer, no proxy from the environment, TLS
/// always verified, http and https only. Raises no signals, but a program that uses it must ignore
/// SIGPIPE. Destroy it on the desk's thread, when nobody can call wake() any more; transfers in
/// flight end without a result.
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
