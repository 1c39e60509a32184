// SPDX-License-Identifier: MIT
// libcurl's multi_socket interface on epoll with nothing around it: what our fetcher is held
// against.
#pragma once

#include "bench/clocks.hpp"

#include <cstddef>
#include <functional>
#include <memory>
#include <string>

namespace wirewatch::bench {

struct BareRequest {
    std::string url;
    std::string etag;  ///< empty: unconditional
};

/// Keeps its connections from one run to the next, as a daemon would.
class BareLoop {
  public:
    BareLoop(std::size_t in_flight, std::size_t connections);
    ~BareLoop();

    /// Fetches `count` requests, so many at once; every answer must have `status`.
    Cost run(std::size_t count, const std::function<BareRequest(std::size_t)>& request,
             long status);

  private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace wirewatch::bench
