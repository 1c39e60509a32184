// SPDX-License-Identifier: MIT
#include "feeds/incoming.hpp"

#include <algorithm>
#include <utility>

namespace wirewatch::feeds {

namespace {

// libcurl decodes what it has read before it counts it, where the body comes in chunks: so much may
// be missing from `received_bytes`. Source: CURLOPT_BUFFERSIZE, whose default is 16 KiB.
constexpr std::size_t kUncountedBytes = 16u << 10;

constexpr std::size_t kLargeBytes = 1u << 20;  // our choice: larger than nearly all feeds

}  // namespace

bool Incoming::take_header(std::size_t bytes) {
    header_bytes_ += bytes;
    return header_bytes_ <= options_.max_header_bytes || stop(Overrun::headers);
}

bool Incoming::take_body(std::string_view decoded, std::size_t received_bytes) {
    const std::size_t size = body_.size() + decoded.size();
    if (size > options_.max_body_bytes) {
        return stop(Overrun::body);
    }
    if (size > options_.ratio_free_bytes &&
        size / options_.max_ratio > received_bytes + kUncountedBytes) {
        return stop(Overrun::ratio);
    }
    if (size > body_.capacity()) {
        // What few feeds need is taken at once and whole: pages that are never written cost
        // nothing, while each doubling of so much leaves the former behind.
        body_.reserve(size > kLargeBytes ? options_.max_body_bytes
                                         : std::min(std::max(size, 2 * body_.capacity()),
                                                    options_.max_body_bytes));
    }
    body_.append(decoded);
    return true;
}

std::string Incoming::take() {
    header_bytes_ = 0;
    overrun_ = Overrun::none;
    return std::exchange(body_, {});
}

bool Incoming::stop(Overrun overrun) {
    overrun_ = overrun;
    return false;
}

}  // namespace wirewatch::feeds
