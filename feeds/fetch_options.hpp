// SPDX-License-Identifier: MIT
// What a fetch may cost, and how it introduces itself.
#pragma once

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <string>
#include <vector>

namespace wirewatch::feeds {

/// Source of all limits: fetching.md "limits", unless another is named.
struct FetchOptions {
    std::chrono::milliseconds connect_timeout{10'000};  ///< name, TCP and TLS, for each hop
    std::chrono::milliseconds total_timeout{30'000};    ///< redirects included
    std::size_t low_speed_bytes = 100;         ///< a transfer under so many bytes a second …
    std::chrono::seconds low_speed_time{15};   ///< … for so long is given up (low_speed_window())
    std::size_t max_header_bytes = 64u << 10;  ///< of each answer; eight times what servers
                                               ///< commonly send at most; our choice
    std::size_t max_body_bytes = 16u << 20;    ///< decoded; counted as it arrives
    std::size_t max_ratio = 200;               ///< decoded to received bytes, …
    std::size_t ratio_free_bytes = 1u << 20;   ///< … once so many are decoded
    std::size_t max_redirects = 5;
    std::size_t max_connections = 256;  ///< kept open for the next request; our choice
    /// And for how long: servers close theirs after 5 s (Apache, Node) or more, and a request that
    /// meets the closing is lost.
    std::chrono::seconds keep_alive{4};
    std::size_t max_validator_bytes = 4u << 10;  ///< longer ones are not kept, since servers refuse
                                                 ///< requests that are too long; our choice
    std::vector<std::string> file_roots;  ///< file:// feeds may be at or below these; none: nowhere
    std::string contact;  ///< where a server's owner can reach ours: an address in User-Agent
    std::string proxy;    ///< "http://", "https://" or "socks5h://" host and port; empty: none,
                          ///< whatever the environment says

    friend bool operator==(const FetchOptions&, const FetchOptions&) = default;
};

/// How long a transfer may be too slow, or a server think before it answers: where much time is
/// given for the whole, half of that. Our choice.
[[nodiscard]] inline std::chrono::seconds low_speed_window(const FetchOptions& options) {
    return std::max(options.low_speed_time,
                    std::chrono::floor<std::chrono::seconds>(options.total_timeout / 2));
}

}  // namespace wirewatch::feeds
