// SPDX-License-Identifier: MIT
#include "history/database.hpp"

#include "history/write_lock.hpp"
#include "support/temp_dir.hpp"

#include <unistd.h>

#include <catch2/catch.hpp>

namespace wirewatch::history {

TEST_CASE("a second writer is refused and told who holds the database") {
    support::TempDir directory;
    const auto file = directory / "wirewatch.db";
    {
        const auto first = Database::open(file, Access::write);
        REQUIRE(first);
        CHECK(writer_pid(file) == getpid());
        const auto second = Database::open(file, Access::write);
        REQUIRE_FALSE(second);
        CHECK(second.error().code == Errc::busy);
        CHECK_THAT(second.error().text, Catch::Contains(std::to_string(getpid())));
    }
    CHECK(writer_pid(file) == std::nullopt);
    CHECK(Database::open(file, Access::write));
}

}  // namespace wirewatch::history
