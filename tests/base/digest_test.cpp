// SPDX-License-Identifier: MIT
#include "base/digest.hpp"

#include "base/alert.hpp"

#include <catch2/catch.hpp>

using namespace wirewatch;

TEST_CASE("sha256 agrees with the standard's examples") {
    // FIPS 180-4 examples, as published by NIST.
    CHECK(to_hex(sha256("")) == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    CHECK(to_hex(sha256("abc")) ==
          "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

TEST_CASE("a digest over parts tells where one part ends") {
    CHECK(sha256({"ab", "c"}) != sha256({"a", "bc"}));
    CHECK(sha256({"ab", "c"}) == sha256({"ab", "c"}));
    CHECK(sha256({"abc"}) != sha256({"abc", ""}));
}

TEST_CASE("a uuid is written in five groups and read back") {
    const Uuid uuid = head16(sha256("abc"));
    CHECK(to_text(uuid) == "ba7816bf-8f01-cfea-4141-40de5dae2223");
    CHECK(parse_uuid(to_text(uuid)) == uuid);
    CHECK(parse_uuid("BA7816BF8F01CFEA414140DE5DAE2223") == uuid);
}

TEST_CASE("what is no uuid is not read as one") {
    const auto text =
        GENERATE(as<std::string>{}, "", "ba7816bf", "ba7816bf-8f01-cfea-4141-40de5dae222",
                 "ba7816bf-8f01-cfea-4141-40de5dae22233", "ga7816bf-8f01-cfea-4141-40de5dae2223");
    CAPTURE(text);
    CHECK_FALSE(parse_uuid(text));
}

TEST_CASE("the uuid of an alert depends on deployment, rule and article, and on nothing else") {
    const Uuid uuid = alert_uuid("local", "energy", "00ff");
    CHECK(uuid == alert_uuid("local", "energy", "00ff"));
    CHECK(uuid != alert_uuid("other", "energy", "00ff"));
    CHECK(uuid != alert_uuid("local", "defence", "00ff"));
    CHECK(uuid != alert_uuid("local", "energy", "00fe"));
}
