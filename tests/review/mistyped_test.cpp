// SPDX-License-Identifier: MIT
#include "review/mistyped.hpp"

#include <string>
#include <tuple>

#include <CLI/CLI.hpp>
#include <catch2/catch.hpp>

using namespace wirewatch::review;

namespace {

/// What is said of a command line, where it is mistyped.
std::string said(const std::string& line) {
    CLI::App app{"a program"};
    std::string text;
    app.add_option("--config", text);
    app.require_subcommand(1);
    app.fallthrough();
    auto* history = app.add_subcommand("history");
    history->add_option("QUERY", text);
    history->add_option("--limit", text);
    history->add_option("--hidden", text)->group("");
    auto* feeds = app.add_subcommand("feeds");
    feeds->require_subcommand(0, 1);
    feeds->add_subcommand("show")->add_option("FEED", text)->required();
    feeds->add_subcommand("add");
    try {
        app.parse(line);
    } catch (const CLI::ParseError& error) {
        return mistyped(app, error).value_or("its own words");
    }
    return "well";
}

}  // namespace

TEST_CASE("a mistyped command or option is told, with the nearest name") {
    const auto [line, words] = GENERATE(table<std::string, std::string>({
        {"histroy", "there is no command 'histroy' of 'wirewatch'; did you mean 'history'?"},
        {"histroy gas --limit 3",
         "there is no command 'histroy' of 'wirewatch'; did you mean 'history'?"},
        {"--config a.toml foo", "there is no command 'foo' of 'wirewatch'"},
        {"feeds shwo a", "there is no command 'shwo' of 'wirewatch feeds'; did you mean 'show'?"},
        {"history --limti 3",
         "'--limti' is no option of 'wirewatch history'; did you mean '--limit'?"},
        {"history --limti=3",
         "'--limti' is no option of 'wirewatch history'; did you mean '--limit'?"},
        {"history --confg a.toml",
         "'--confg' is no option of 'wirewatch history'; did you mean '--config'?"},
        {"history --hiden 1", "'--hiden' is no option of 'wirewatch history'"},
        {"feeds show a --jsno", "'--jsno' is no option of 'wirewatch feeds show'"},
        {"--lmit", "'--lmit' is no option of 'wirewatch'"},
    }));
    CAPTURE(line);
    CHECK(said(line) == words);
}

TEST_CASE("other mistakes have words of their own") {
    const auto line = GENERATE(as<std::string>{}, "", "feeds show", "history gas more", "--help");
    CAPTURE(line);
    CHECK(said(line) == "its own words");
}
