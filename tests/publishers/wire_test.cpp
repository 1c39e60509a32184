// SPDX-License-Identifier: MIT
#include "publishers/wire.hpp"

#include "message_sample.hpp"

#include <functional>
#include <numeric>
#include <random>

#include <catch2/catch.hpp>

namespace wirewatch::publishers {

namespace {

const std::string kEpoch = "00ff00ff12345678";

std::size_t bytes_of(const Frames& frames) {
    return std::accumulate(frames.begin(), frames.end(), std::size_t{0},
                           [](std::size_t sum, const auto& frame) { return sum + frame.size(); });
}

}  // namespace

TEST_CASE("an alert's frames are those of docs/alerts.md, byte by byte") {
    const Frames frames = encode(sample_message());
    CHECK(frames[0] == "alert/pakistan-russia/");
    CHECK(frames[1] == "\x01\x02\x03\x04\x05\x06\x07\x08");
    CHECK(frames[2] == std::string("\x00\x11\x22\x33\x44\x55\x66\x77\x88\x99\xaa\xbb\xcc\xdd\xee"
                                   "\xff",
                                   16));
    CHECK(frames[3] == "v=1\nepoch=00ff00ff12345678\ntseq=7\nct=application/cloudevents+json\n");
    CHECK(frames[4] == sample_message().body);
}

TEST_CASE("a heartbeat carries the head of the stream") {
    const Frames frames = heartbeat(258, kEpoch);
    CHECK(frames[0] == "HUGZ");
    CHECK(frames[1] == std::string("\0\0\0\0\0\0\x01\x02", 8));
    CHECK(frames[2] == std::string(16, '\0'));
    CHECK(frames[3] == "v=1\nepoch=00ff00ff12345678\n");
    CHECK(frames[4].empty());
}

TEST_CASE("a welcome carries head, oldest and epoch") {
    const Frames frames = welcome(258, 17, kEpoch);
    CHECK(frames[0] == "sys/welcome/");
    CHECK(frames[1] == std::string("\0\0\0\0\0\0\x01\x02", 8));
    CHECK(frames[3] == "v=1\nepoch=00ff00ff12345678\noldest=17\n");
}

TEST_CASE("what is encoded is decoded to the same") {
    const Message sent = sample_message();
    const auto message = decode(encode(sent));
    REQUIRE(message);
    CHECK(message->topic == sent.topic);
    CHECK(message->seq == sent.seq);
    CHECK(message->uuid == sent.uuid);
    CHECK(message->epoch == sent.epoch);
    CHECK(message->tseq == sent.tseq);
    CHECK(message->body == sent.body);
    CHECK(decode(heartbeat(9, kEpoch))->seq == 9);
    CHECK(decode(welcome(9, 1, kEpoch))->topic == kWelcome);
}

TEST_CASE("any number goes through eight bytes unchanged") {
    std::mt19937_64 random{20210407};
    for (int i = 0; i < 1'000; ++i) {
        const std::uint64_t number = random() >> (i % 64);
        CHECK(decode_u64(encode_u64(number)) == number);
    }
    CHECK_FALSE(decode_u64("1234567"));
    CHECK_FALSE(decode_u64("123456789"));
}

TEST_CASE("a reader skips properties that it does not know") {
    Frames frames = encode(sample_message());
    frames[3] += "next=year\nempty=\n";
    CHECK(decode(frames));
}

TEST_CASE("frames of another shape are refused") {
    struct Bad {
        const char* what;
        std::function<void(std::vector<std::string>&)> spoil;
    };
    const Bad bad = GENERATE(values<Bad>({
        {"no frames", [](auto& frames) { frames.clear(); }},
        {"four frames", [](auto& frames) { frames.pop_back(); }},
        {"six frames", [](auto& frames) { frames.emplace_back(); }},
        {"empty topic", [](auto& frames) { frames[0].clear(); }},
        {"unknown topic", [](auto& frames) { frames[0] = "alarm/x/"; }},
        {"topic without its end", [](auto& frames) { frames[0].pop_back(); }},
        {"no rule id", [](auto& frames) { frames[0] = "alert/"; }},
        {"rule id in upper case", [](auto& frames) { frames[0] = "alert/X/"; }},
        {"long topic", [](auto& frames) { frames[0] = "alert/" + std::string(123, 'a') + "/"; }},
        {"seq of 7 bytes", [](auto& frames) { frames[1].pop_back(); }},
        {"seq of 9 bytes", [](auto& frames) { frames[1] += '1'; }},
        {"seq 0", [](auto& frames) { frames[1] = std::string(8, '\0'); }},
        {"uuid of 15 bytes", [](auto& frames) { frames[2].pop_back(); }},
        {"no properties", [](auto& frames) { frames[3].clear(); }},
        {"long properties", [](auto& frames) { frames[3] += "x=" + std::string(1024, 'x'); }},
        {"property without =", [](auto& frames) { frames[3] += "tail\n"; }},
        {"version 2", [](auto& frames) { frames[3][2] = '2'; }},
        {"no epoch", [](auto& frames) { frames[3] = "v=1\ntseq=1\n"; }},
        {"short epoch", [](auto& frames) { frames[3] = "v=1\nepoch=00ff\ntseq=1\n"; }},
        {"tseq is no number", [](auto& frames) { frames[3] += "tseq=1x\n"; }},
        {"tseq is too large", [](auto& frames) { frames[3] += "tseq=18446744073709551616\n"; }},
        {"tseq 0", [](auto& frames) { frames[3] += "tseq=0\n"; }},
        {"empty body", [](auto& frames) { frames[4].clear(); }},
        {"over 64 KiB", [](auto& frames) { frames[4].resize(kMaxMessageBytes); }},
    }));
    CAPTURE(bad.what);
    const Frames frames = encode(sample_message());
    std::vector<std::string> spoilt{frames.begin(), frames.end()};
    REQUIRE(decode(spoilt));
    bad.spoil(spoilt);
    const auto message = decode(spoilt);
    REQUIRE_FALSE(message);
    CHECK(message.error().code == Errc::invalid);
}

TEST_CASE("whatever the bytes, decoding stays within its bounds") {
    std::mt19937 random{20210407};
    const Frames frames = encode(sample_message());
    for (int i = 0; i < 2'000; ++i) {
        Frames spoilt = frames;
        std::string& frame = spoilt[random() % 4];
        if (frame.empty() || random() % 4 == 0) {
            frame.resize(random() % 200, '=');
        } else {
            frame[random() % frame.size()] = static_cast<char>(random());
        }
        if (const auto message = decode(spoilt)) {
            CHECK(bytes_of(spoilt) <= kMaxMessageBytes);
            CHECK(is_epoch(message->epoch));
        }
    }
}

}  // namespace wirewatch::publishers
