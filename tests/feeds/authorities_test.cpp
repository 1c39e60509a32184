// SPDX-License-Identifier: MIT
#include "feeds/authorities.hpp"

#include "support/temp_dir.hpp"

#include <string>

#include <sys/stat.h>
#include <catch2/catch.hpp>

namespace wirewatch::feeds {

TEST_CASE("authorities are read from a file of at most 4 MiB") {
    const support::TempDir directory;
    const std::string most(std::size_t{4} << 20, 'x');
    directory.write("ca.pem", most);
    CHECK(read_authorities((directory / "ca.pem").string()) == most);
    directory.write("ca.pem", most + "x");
    CHECK(read_authorities((directory / "ca.pem").string()).error().code == Errc::too_large);
}

TEST_CASE("authorities are read from nothing but a file, and nobody waits for a pipe") {
    const support::TempDir directory;
    const std::string pipe = (directory / "pipe").string();
    REQUIRE(::mkfifo(pipe.c_str(), 0600) == 0);
    CHECK(read_authorities(pipe).error().code == Errc::invalid);
    CHECK(read_authorities(directory.path().string()).error().code == Errc::invalid);
    const auto missing = read_authorities((directory / "none").string());
    CHECK(missing.error().code == Errc::not_found);
    CHECK_THAT(missing.error().text, Catch::Contains("'ca_file'"));
}

}  // namespace wirewatch::feeds
