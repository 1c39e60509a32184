// SPDX-License-Identifier: MIT
#include "review/completion.hpp"

#include <memory>
#include <sstream>
#include <string>
#include <vector>

#include <CLI/CLI.hpp>
#include <catch2/catch.hpp>

using namespace wirewatch::review;

namespace {

/// A small program: 'list', 'show FEED…', 'test RULE FILE', options of all kinds.
struct Program {
    CLI::App app{"a program"};
    std::string text;
    std::vector<std::string> texts;
    bool flag = false;
    std::vector<std::string> asked;  ///< configurations that ids were asked of
    CompletionIds ids;

    Program() {
        app.fallthrough();
        app.add_option("--config", text, "the configuration")->type_name("FILE");
        auto* show = app.add_subcommand("show", "shows feeds");
        show->add_option("FEED", texts, "feeds")->required();
        show->add_flag("--json", flag, "as JSON");
        auto* test = app.add_subcommand("test", "tests a rule");
        test->add_option("RULE", text, "a rule");
        test->add_option("FILE", text, "a file");
        test->add_option("--into", text, "where to")->type_name("DIR");
        test->add_option("--rule", texts, "another")->type_name("RULE")->allow_extra_args(false);
        test->add_option("--as", text, "how")->check(CLI::IsMember({"text", "json"}));
        test->add_option("--limit", text, "how many")->type_name("N")->check(CLI::PositiveNumber);
        app.add_subcommand("secret", "unseen")->group("");
        ids.rules = [this](const auto& file) {
            asked.push_back(file ? file->string() : "");
            return std::vector<Candidate>{{"energy", "Energy"}, {"entry", ""}, {"gas", ""}};
        };
        ids.feeds = [](const auto&) { return std::vector<Candidate>{{"voa", "VOA"}}; };
    }

    std::vector<std::string> words(const std::vector<std::string>& typed) const {
        const Completion completion = complete(app, typed, ids);
        CHECK(completion.wanted == Wanted::words);
        std::vector<std::string> found;
        for (const Candidate& each : completion.candidates) {
            found.push_back(each.word);
        }
        return found;
    }

    Wanted wanted(const std::vector<std::string>& typed) const {
        return complete(app, typed, ids).wanted;
    }
};

using Words = std::vector<std::string>;

}  // namespace

TEST_CASE("commands are offered where one may stand", "[completion]") {
    const Program program;
    CHECK(program.words({""}) == Words{"show", "test"});
    CHECK(program.words({"t"}) == Words{"test"});
    CHECK(program.words({"secr"}).empty());
    CHECK(program.words({"--config", "a.toml", "sh"}) == Words{"show"});
    CHECK(program.words({}).empty());
    CHECK(complete(program.app, {"sh"}, program.ids).candidates.front() ==
          Candidate{"show", "shows feeds"});
}

TEST_CASE("options are those of the command and of the program", "[completion]") {
    const Program program;
    CHECK(program.words({"show", "--"}) == Words{"--help", "--json", "--config"});
    CHECK(program.words({"test", "--li"}) == Words{"--limit"});
    CHECK(program.words({"--"}) == Words{"--help", "--config"});
    CHECK(program.words({"test", "--", "--li"}).empty());
}

TEST_CASE("an argument is completed by what it takes", "[completion]") {
    const Program program;
    CHECK(program.words({"show", ""}) == Words{"voa"});
    CHECK(program.words({"show", "x", "y", "v"}) == Words{"voa"});
    CHECK(program.words({"test", "en"}) == Words{"energy", "entry"});
    CHECK(program.wanted({"test", "energy", ""}) == Wanted::files);
    CHECK(program.words({"test", "energy", "a.toml", ""}).empty());
    CHECK(program.wanted({"--config", ""}) == Wanted::files);
    CHECK(program.wanted({"test", "--into", "x"}) == Wanted::directories);
    CHECK(program.words({"test", "--as", ""}) == Words{"text", "json"});
    CHECK(program.words({"test", "--limit", ""}).empty());
    CHECK(program.words({"test", "--limit", "5", "--rule", "g"}) == Words{"gas"});
    CHECK(program.words({"show", "--json", "v"}) == Words{"voa"});
    CHECK(program.words({"test", "--nonsense", "en"}) == Words{"energy", "entry"});
}

TEST_CASE("an option and its value may be one word, or three as bash has them", "[completion]") {
    const Program program;
    CHECK(program.words({"test", "--rule=g"}) == Words{"--rule=gas"});
    CHECK(program.words({"test", "--rule", "=", "g"}) == Words{"gas"});
    CHECK(program.words({"test", "--rule", "="}) == Words{"energy", "entry", "gas"});
    CHECK(program.words({"test", "--rule=gas", "en"}) == Words{"energy", "entry"});
    CHECK(program.words({"test", "--rule", "=", "gas", "en"}) == Words{"energy", "entry"});
    CHECK(program.words({"test", "--json=x"}).empty());
}

TEST_CASE("ids are those of the configuration that is named", "[completion]") {
    Program program;
    (void)program.words({"test", ""});
    (void)program.words({"--config", "a.toml", "test", ""});
    (void)program.words({"test", "--config=b.toml", ""});
    (void)program.words({"test", "--config", "=", "c.toml", ""});
    CHECK(program.asked == Words{"", "a.toml", "b.toml", "c.toml"});
}

TEST_CASE("a program without ids offers none", "[completion]") {
    const Program program;
    CHECK(complete(program.app, {"test", ""}, {}).candidates.empty());
}

TEST_CASE("only 'complete --' is a request", "[completion]") {
    const char* asked[] = {"p", "complete", "--", "show", ""};
    CHECK(completion_request(5, asked) == Words{"show", ""});
    CHECK(completion_request(3, asked) == Words{});
    CHECK(!completion_request(2, asked));
    CHECK(!completion_request(1, asked));
    const char* other[] = {"p", "completion", "bash"};
    CHECK(!completion_request(3, other));
}

TEST_CASE("candidates are written a line each", "[completion]") {
    std::ostringstream out;
    write(out, {.candidates = {{"gas", "Gas"}, {"oil", ""}}});
    CHECK(out.str() == "words\ngas\tGas\noil\t\n");
}
