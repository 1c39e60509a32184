// SPDX-License-Identifier: MIT
#include "feeds/incoming.hpp"

#include <string>

#include <catch2/catch.hpp>

using namespace wirewatch::feeds;

namespace {

constexpr std::size_t kKibibyte = 1u << 10;
constexpr std::size_t kMebibyte = 1u << 20;

}  // namespace

TEST_CASE("what arrives within the limits is kept whole") {
    const FetchOptions options;
    Incoming incoming{options};
    CHECK(incoming.take_header(100));
    CHECK(incoming.take_body("<rss>", 5));
    CHECK(incoming.take_body("</rss>", 11));
    CHECK(incoming.overrun() == Overrun::none);
    CHECK(incoming.take() == "<rss></rss>");
    CHECK(incoming.body_bytes() == 0);
}

TEST_CASE("headers are counted together, and from the start for the next answer") {
    const FetchOptions options{.max_header_bytes = 100};
    Incoming incoming{options};
    CHECK(incoming.take_header(60));
    CHECK(incoming.take_header(40));
    CHECK_FALSE(incoming.take_header(1));
    CHECK(incoming.overrun() == Overrun::headers);
    static_cast<void>(incoming.take());
    CHECK(incoming.overrun() == Overrun::none);
    CHECK(incoming.take_header(100));
}

TEST_CASE("a body is kept up to the limit, and nothing of what passes it") {
    const FetchOptions options{.max_body_bytes = 10};
    Incoming incoming{options};
    CHECK(incoming.take_body("0123456789", 10));
    CHECK_FALSE(incoming.take_body("x", 11));
    CHECK(incoming.overrun() == Overrun::body);
    CHECK(incoming.body_bytes() == 10);
}

TEST_CASE("memory for a body never grows past its limit") {
    const FetchOptions options;
    Incoming incoming{options};
    const std::string part(64 * kKibibyte, 'x');
    std::size_t received = 0;
    while (incoming.take_body(part, received += part.size())) {
    }
    CHECK(incoming.body_bytes() == 16 * kMebibyte);
    CHECK(incoming.take().capacity() <= 16 * kMebibyte + 16);
}

TEST_CASE("a ratio counts only past the first MiB") {
    const FetchOptions options;
    Incoming incoming{options};
    CHECK(incoming.take_body(std::string(kMebibyte, 'x'), 100));
    // 16 KiB may have been received and not been counted yet.
    CHECK(incoming.take_body(std::string(2 * kMebibyte, 'x'), 100));
    CHECK_FALSE(incoming.take_body(std::string(kMebibyte, 'x'), 100));
    CHECK(incoming.overrun() == Overrun::ratio);
}

TEST_CASE("an honest ratio is kept however large the body") {
    const FetchOptions options;
    Incoming incoming{options};
    std::size_t decoded = 0;
    for (int i = 0; i < 16; ++i) {
        decoded += kMebibyte;
        REQUIRE(incoming.take_body(std::string(kMebibyte, 'x'), decoded / 200));
    }
}
