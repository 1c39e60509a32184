// SPDX-License-Identifier: MIT
#include "history/json_text.hpp"

#include <catch2/catch.hpp>

namespace wirewatch::history {

TEST_CASE("lists and spans come back as they were written, whatever is in them") {
    const std::string odd =
        GENERATE(as<std::string>{}, "", "plain", "a \"quoted phrase\"", "\\", "\\\"", "\"\\\"",
                 "line\nbreak", "\x01", "Лавров, روس, 😀", "[\"x\",1]", "],[", "/");
    CAPTURE(odd);
    CHECK(strings_of(to_json(std::vector<std::string>{odd, "b", odd})) ==
          std::vector<std::string>{odd, "b", odd});
    const std::vector<Span> spans{{Field::title, 0, 1, 4'000'000'000, odd, "\"" + odd + "\""},
                                  {Field::author, 7, 0, 0, odd, odd}};
    CHECK(spans_of(to_json(spans)) == spans);
    CHECK(spans_of("[]") == std::vector<Span>{});
}

TEST_CASE("what is no list of ours is none") {
    const std::string text =
        GENERATE(as<std::string>{}, "", "[", "]", "[]]", "[\"a\"", "[\"a\",]", "[\"a\" \"b\"]",
                 "[1]", "{}", "\"a\"", "[\"a\\\"]", "[\"a]", "[\"a\"]x", "[[\"a\"]]", "[\"\\x\"]");
    CAPTURE(text);
    CHECK_FALSE(strings_of(text));
    const std::string span =
        GENERATE(as<std::string>{}, "[[]]", "[[\"title\"]]", "[[\"title\",0,0,6,\"x\"]]",
                 "[[\"title\",\"0\",0,6,\"x\",\"y\"]]", "[\"title\",0,0,6,\"x\",\"y\"]");
    CAPTURE(span);
    CHECK_FALSE(spans_of(span));
}

}  // namespace wirewatch::history
