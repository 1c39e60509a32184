// SPDX-License-Identifier: MIT
// Takes in an answer as it arrives, and says stop where it costs more than a feed may.
#pragma once

#include "feeds/fetch_options.hpp"

#include <cstddef>
#include <string>
#include <string_view>

namespace wirewatch::feeds {

/// The limit that an answer passed.
enum class Overrun {
    none,
    headers,  ///< max_header_bytes
    body,     ///< max_body_bytes
    ratio,    ///< max_ratio
};

class Incoming {
  public:
    /// `options` must outlive it.
    explicit Incoming(const FetchOptions& options) : options_{options} {}

    /// Counts a line of any header: interim answers and trailers too. False: enough.
    [[nodiscard]] bool take_header(std::size_t bytes);

    /// Keeps decoded bytes of the body. `received_bytes`: as many as came over the wire so far.
    /// False: enough, and nothing was kept.
    [[nodiscard]] bool take_body(std::string_view decoded, std::size_t received_bytes);

    [[nodiscard]] Overrun overrun() const { return overrun_; }
    [[nodiscard]] std::size_t body_bytes() const { return body_.size(); }

    /// The body, and room for the next answer.
    [[nodiscard]] std::string take();

  private:
    bool stop(Overrun overrun);

    const FetchOptions& options_;
    std::string body_;
    std::size_t header_bytes_ = 0;
    Overrun overrun_ = Overrun::none;
};

}  // namespace wirewatch::feeds
