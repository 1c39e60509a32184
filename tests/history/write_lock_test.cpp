// SPDX-License-Identifier: MIT
#include "history/write_lock.hpp"

#include "history/child.hpp"
#include "history/database.hpp"
#include "history/writer.hpp"
#include "support/temp_dir.hpp"

#include <unistd.h>

#include <catch2/catch.hpp>

namespace wirewatch::history {

namespace fs = std::filesystem;

TEST_CASE("a second writer is refused and told who holds the database") {
    support::TempDir directory;
    const auto file = directory / "wirewatch.db";
    CHECK(writer_pid(file) == std::nullopt);
    {
        const auto first = Database::open(file, Access::write);
        REQUIRE(first);
        CHECK(writer_pid(file) == getpid());
        const auto link = directory / "link.db";
        fs::create_symlink(file, link);
        for (const fs::path& name : {file, link}) {
            const auto second = Database::open(name, Access::write);
            REQUIRE_FALSE(second);
            CHECK(second.error().code == Errc::busy);
            CHECK_THAT(second.error().text, Catch::Contains(std::to_string(getpid())));
        }
        CHECK(writer_pid(file) == getpid());
    }
    CHECK(writer_pid(file) == std::nullopt);
    CHECK(Database::open(file, Access::write));
}

TEST_CASE("a writer that is killed leaves the database to the next") {
    support::TempDir directory;
    const auto file = directory / "wirewatch.db";
    Child child{[&](auto say) {
        auto writer = Writer::open(file, {});
        return writer && say() && pause() == 0 ? 0 : 1;
    }};
    REQUIRE(child.heard());
    CHECK(writer_pid(file).value_or(0) > 0);
    CHECK(writer_pid(file) != getpid());
    child.kill();
    CHECK(writer_pid(file) == std::nullopt);
    CHECK(Writer::open(file, {}));
}

}  // namespace wirewatch::history
