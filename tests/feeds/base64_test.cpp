// SPDX-License-Identifier: MIT
#include "feeds/base64.hpp"

#include <optional>
#include <string>

#include <catch2/catch.hpp>

using namespace wirewatch::feeds;

TEST_CASE("base64 is read where text comes of it") {
    using Text = std::optional<std::string>;
    const auto [written, text] = GENERATE(table<const char*, Text>({
        {"PHA+VGV4dDwvcD4=", "<p>Text</p>"},
        {"PHA+VGV4dDwvcD4", "<p>Text</p>"},
        {"YQ==", "a"},
        {"YWI=", "ab"},
        {" Y W\n I = ", "ab"},
        {"", ""},
        {"YQ==YQ==", std::nullopt},
        {"Y", std::nullopt},
        {"not base64!", std::nullopt},
        {"test", std::nullopt},      // b5 eb 2d is no UTF-8
        {"iVBORw0K", std::nullopt},  // a PNG
        {"AAAA", std::nullopt},
    }));
    CAPTURE(written);
    CHECK(base64_text(written) == text);
}
