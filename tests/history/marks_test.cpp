// SPDX-License-Identifier: MIT
#include "history/marks.hpp"

#include "history/reader.hpp"
#include "history/samples.hpp"
#include "history/sql.hpp"
#include "history/writer.hpp"
#include "support/temp_dir.hpp"

#include <catch2/catch.hpp>

namespace wirewatch::history {

using namespace samples;

namespace {

struct Fixture {
    support::TempDir directory;
    std::filesystem::path file = directory / "wirewatch.db";
    Writer writer = Writer::open(file, {}).value();
    Reader reader = Reader::open(file).value();

    Fixture() {
        REQUIRE(writer.commit(
            {turn({matched(article("a")), matched(article("b")), matched(article("c"))})}, at(0)));
    }

    MarkOrder order(std::vector<std::string> names, std::string by = "ann",
                    std::string batch = "1") const {
        MarkOrder order;
        for (const std::string& name : names) {
            order.articles.push_back(key_of(name));
        }
        order.by = std::move(by);
        order.batch = std::move(batch);
        return order;
    }

    std::optional<Mark> mark(const std::string& name) const {
        return reader.article(key_of(name)).value().mark;
    }

    std::size_t listed(std::vector<Status> statuses) const {
        HitQuery query;
        query.articles.statuses = std::move(statuses);
        return reader.hits(query).value().rows.size();
    }
};

}  // namespace

TEST_CASE("a mark says what, by whom and when, and changes only what is asked") {
    Fixture history;
    CHECK_FALSE(history.mark("a"));
    MarkOrder star = history.order({"a", "b"});
    star.starred = true;
    star.note = "ask the embassy";
    const auto marked = history.writer.mark(star, at(5)).value();
    CHECK(marked.changed == 2);
    MarkOrder read = history.order({"a"}, "bob", "2");
    read.read = true;
    REQUIRE(history.writer.mark(read, at(6)));

    const auto mark = history.mark("a").value();
    CHECK(mark.read);
    CHECK(mark.starred);
    CHECK_FALSE(mark.dismissed);
    CHECK(mark.note == "ask the embassy");
    CHECK(mark.by == "bob");
    CHECK(mark.at == at(6));
    CHECK(history.mark("b")->by == "ann");
    CHECK_FALSE(history.mark("c"));
}

TEST_CASE("what is so already is left alone, and an unknown article is named") {
    Fixture history;
    MarkOrder read = history.order({"a", "nowhere"});
    read.read = true;
    const auto first = history.writer.mark(read, at(1)).value();
    CHECK(first.changed == 1);
    CHECK(first.unknown == std::vector{key_of("nowhere")});
    read.by = "bob";
    const auto second = history.writer.mark(read, at(2)).value();
    CHECK(second.changed == 0);
    CHECK(second.unchanged == 1);
    CHECK(history.mark("a")->by == "ann");
}

TEST_CASE("undo takes back the last batch of a user, and then the one before") {
    Fixture history;
    MarkOrder one = history.order({"a"}, "ann", "1");
    one.read = true;
    MarkOrder two = history.order({"a", "b"}, "ann", "2");
    two.starred = true;
    MarkOrder more = history.order({"c"}, "ann", "2");
    more.starred = true;
    REQUIRE(history.writer.mark(one, at(1)));
    REQUIRE(history.writer.mark(two, at(2)));
    REQUIRE(history.writer.mark(more, at(2)));

    CHECK(history.writer.undo_marks("ann")->restored == 3);
    REQUIRE(history.mark("a"));
    CHECK_FALSE(history.mark("a")->starred);
    CHECK(history.mark("a")->at == at(1));
    CHECK_FALSE(history.mark("b"));
    CHECK_FALSE(history.mark("c"));
    CHECK(history.writer.undo_marks("ann")->restored == 1);
    CHECK_FALSE(history.mark("a"));
    const auto over = history.writer.undo_marks("ann");
    REQUIRE_FALSE(over);
    CHECK(over.error().code == Errc::not_found);
}

TEST_CASE("undo leaves alone what somebody else has marked since") {
    Fixture history;
    MarkOrder mine = history.order({"a", "b"}, "ann", "1");
    mine.read = true;
    MarkOrder theirs = history.order({"a"}, "bob", "2");
    theirs.note = "mine";
    REQUIRE(history.writer.mark(mine, at(1)));
    REQUIRE(history.writer.mark(theirs, at(2)));
    const auto undone = history.writer.undo_marks("ann").value();
    CHECK(undone.restored == 1);
    CHECK(undone.left == 1);
    CHECK(history.mark("a")->read);
    CHECK(history.mark("a")->note == "mine");
    CHECK_FALSE(history.mark("b"));
}

TEST_CASE("lists take articles by what marks say of them") {
    Fixture history;
    MarkOrder read = history.order({"a"});
    read.read = true;
    MarkOrder dismiss = history.order({"b"});
    dismiss.dismissed = true;
    dismiss.note = "sport";
    REQUIRE(history.writer.mark(read, at(1)));
    REQUIRE(history.writer.mark(dismiss, at(1)));
    CHECK(history.listed({}) == 2);  // a dismissed one is out of sight
    CHECK(history.listed({Status::unread}) == 1);
    CHECK(history.listed({Status::read}) == 1);
    CHECK(history.listed({Status::dismissed}) == 1);
    CHECK(history.listed({Status::noted, Status::read}) == 2);
    CHECK(history.listed({Status::starred}) == 0);
    HitQuery all;
    all.articles.dismissed_too = true;
    CHECK(history.reader.hits(all).value().rows.size() == 3);
    CHECK(history.reader.any_dismissed().value());
}

TEST_CASE("an order past its limits changes nothing") {
    Fixture history;
    MarkOrder order = history.order({"a"});
    order.read = true;
    SECTION("nobody") {
        order.by.clear();
    }
    SECTION("a long name") {
        order.by = std::string(kMaxNameBytes + 1, 'x');
    }
    SECTION("a long note") {
        order.note = std::string(kMaxNoteBytes + 1, 'x');
    }
    SECTION("too many") {
        order.articles.resize(kMaxMarkedArticles + 1, key_of("a"));
    }
    const auto refused = history.writer.mark(order, at(1));
    REQUIRE_FALSE(refused);
    CHECK(refused.error().code == Errc::invalid);
    CHECK_FALSE(history.mark("a"));
}

TEST_CASE("with an article go its marks") {
    Fixture history;
    MarkOrder read = history.order({"a"});
    read.read = true;
    REQUIRE(history.writer.mark(read, at(1)));
    Sql sql{history.file};
    sql("PRAGMA foreign_keys = ON");
    sql("DELETE FROM outbox");
    sql("DELETE FROM hits");
    sql("DELETE FROM revisions");
    sql("DELETE FROM articles");
    CHECK(sql("SELECT count(*) FROM marks") == "0");
    CHECK(sql("SELECT count(*) FROM mark_changes") == "0");
}

}  // namespace wirewatch::history
