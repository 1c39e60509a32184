// SPDX-License-Identifier: MIT
#include "publishers/replay_wire.hpp"

#include <catch2/catch.hpp>

namespace wirewatch::publishers {

namespace {

const std::string kEpoch = "00ff00ff12345678";
const std::string kSince{"\0\0\0\0\0\0\x01\x02", 8};

}  // namespace

TEST_CASE("a request is the bytes of docs/alerts.md") {
    CHECK(encode(ReplayRequest{.subtree = "alert/talks/", .since = 258, .max = 500}) ==
          std::vector<std::string>{"ICANHAZ?", "alert/talks/", kSince,
                                   std::string("\0\0\x01\xf4", 4)});
    CHECK(encode(ReplayRequest{}) == std::vector<std::string>{"ICANHAZ?", "alert/"});
}

TEST_CASE("a request may leave out max, and since with it") {
    const auto full = decode_request(
        std::vector<std::string>{"ICANHAZ?", "alert/talks/", kSince, std::string("\0\0\0\x05", 4)});
    REQUIRE(full);
    CHECK(full->subtree == "alert/talks/");
    CHECK(full->since == 258);
    CHECK(full->max == 5);

    const auto without_max = decode_request(std::vector<std::string>{"ICANHAZ?", "alert/", kSince});
    REQUIRE(without_max);
    CHECK(without_max->max == kPageLimit);

    const auto plain = decode_request(std::vector<std::string>{"ICANHAZ?", "alert/"});
    REQUIRE(plain);
    CHECK_FALSE(plain->since);
}

TEST_CASE("more than a page is not given, however much is asked for") {
    const auto request =
        decode_request(std::vector<std::string>{"ICANHAZ?", "alert/", kSince, "\xff\xff\xff\xff"});
    REQUIRE(request);
    CHECK(request->max == kPageLimit);
}

TEST_CASE("the ends of an answer are the bytes of docs/alerts.md, and are read back") {
    const auto end = encode(PageEnd{258, kEpoch, 1, "alert/"});
    CHECK(end == std::vector<std::string>{"KTHXBAI", kSince, kEpoch,
                                          std::string("\0\0\0\0\0\0\0\x01", 8), "alert/"});
    const auto page_end = decode_answer(end);
    REQUIRE(page_end);
    CHECK(std::get<PageEnd>(*page_end).cursor == 258);
    CHECK(std::get<PageEnd>(*page_end).oldest == 1);

    const auto gone = encode(Gone{258, kEpoch});
    CHECK(gone == std::vector<std::string>{"GONE", kSince, kEpoch});
    CHECK(std::get<Gone>(*decode_answer(gone)).oldest == 258);

    const auto refusal = encode(Refusal{"why"});
    CHECK(refusal == std::vector<std::string>{"WTF", "why"});
    CHECK(std::get<Refusal>(*decode_answer(refusal)).reason == "why");
}

TEST_CASE("an answer of another shape is refused") {
    const auto frames = GENERATE_COPY(values<std::vector<std::string>>({
        {},
        {""},
        {"KTHXBAI"},
        {"KTHXBAI", kSince, kEpoch, kSince},
        {"KTHXBAI", "1", kEpoch, kSince, "alert/"},
        {"KTHXBAI", kSince, "epoch", kSince, "alert/"},
        {"KTHXBAI", kSince, kEpoch, "", "alert/"},
        {"KTHXBAI", kSince, kEpoch, kSince, "alert/talks"},
        {"GONE"},
        {"GONE", "1", kEpoch},
        {"GONE", kSince, ""},
        {"GONE", kSince, kEpoch, ""},
        {"WTF"},
        {"WTF", "a", "b"},
        {"alert/talks/", kSince, std::string(16, 'u'), "v=1\n", "{}"},
        {"HUGZ", kSince, std::string(16, 'u'), "v=1\nepoch=" + kEpoch + "\n", ""},
    }));
    CAPTURE(frames);
    CHECK_FALSE(decode_answer(frames));
}

}  // namespace wirewatch::publishers
