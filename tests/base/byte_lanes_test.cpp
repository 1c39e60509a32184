// SPDX-License-Identifier: MIT
#include "base/byte_lanes.hpp"

#include <catch2/catch.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <random>

using namespace wirewatch;

namespace {

template <class Test>
std::uint32_t expected(const char* bytes, Test test) {
    std::uint32_t mask = 0;
    for (std::size_t i = 0; i < ByteLanes::kCount; ++i) {
        mask |= std::uint32_t{test(static_cast<unsigned char>(bytes[i]))} << i;
    }
    return mask;
}

}  // namespace

TEMPLATE_TEST_CASE("lanes tell of sixteen bytes what a loop tells of each", "", PortableLanes,
                   ByteLanes) {
    std::mt19937 random{11};
    std::array<char, ByteLanes::kCount + 1> bytes{};
    for (int round = 0; round < 500; ++round) {
        for (char& byte : bytes) {
            byte = static_cast<char>(random() % 4 == 0 ? ' ' : random());
        }
        const char* const odd = bytes.data() + 1;  // at no even address
        const TestType lanes{odd};
        CHECK(lanes.mask() == expected(odd, [](unsigned char c) { return c >= 0x80; }));
        CHECK(lanes.equal(' ').mask() == expected(odd, [](unsigned char c) { return c == ' '; }));
        CHECK(lanes.equal('\xC2').mask() ==
              expected(odd, [](unsigned char c) { return c == 0xC2; }));
        for (const unsigned char most : {0x00, 0x1F, 0x7F, 0x80, 0xC1, 0xFF}) {
            CHECK(lanes.at_most(most).mask() ==
                  expected(odd, [most](unsigned char c) { return c <= most; }));
        }
        CHECK((lanes.equal(' ') | lanes.at_most(0x1F)).mask() ==
              expected(odd, [](unsigned char c) { return c <= ' '; }));
        CHECK((lanes.at_most(0x7F) & lanes.at_most('a')).mask() ==
              expected(odd, [](unsigned char c) { return c <= 'a'; }));
    }
}

TEST_CASE("the first lane of a mask is its lowest bit") {
    CHECK(first_lane(0x1) == 0);
    CHECK(first_lane(0x8008) == 3);
    CHECK(first_lane(0x8000) == 15);
}
