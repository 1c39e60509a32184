// SPDX-License-Identifier: MIT
#include "history/text_print.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <string>

namespace wirewatch::history {

namespace {

constexpr const char* kText =
    "The minister said on Tuesday that the 14 miners who had been trapped for three days in the"
    " flooded shaft were alive, and that divers would try to reach them before nightfall.";

TextPrint print(std::string_view text) {
    return print_of("", text, "");
}

}  // namespace

TEST_CASE("case, punctuation and the way of quoting make no difference") {
    const TextPrint plain = print(std::string{kText} + " \"It's a miracle,\" he added.");
    const TextPrint other = print(
        "THE MINISTER said, on Tuesday: that the 14 miners – who had been trapped for three"
        " days in the flooded shaft – were alive; and that divers would try to reach them"
        " before nightfall. “It’s a miracle”, he added.");
    CHECK(plain.shingles == other.shingles);
    CHECK(plain.keys == other.keys);
    CHECK(plain.numbers.size() == 1);
}

TEST_CASE("letters of all scripts are folded, and signs of Han and Thai are words") {
    CHECK(print("Ä Ö Ü É Ł Ж Σ a b c d e f g h i j k l m").shingles ==
          print("ä ö ü é ł ж σ a b c d e f g h i j k l m").shingles);
    const TextPrint han = print("巴基斯坦和俄罗斯的外交部长星期三在伊斯兰堡举行会谈");
    CHECK(han.shingles.size() == 23);
    CHECK(print("รัฐมนตรีต่างประเทศรัสเซียและปากีสถานพบกัน").shingles.size() > 20);
}

TEST_CASE("a short text has no print, and the title counts only where the text is short") {
    CHECK(print("Stocks rise").empty());
    CHECK(print_of("Stocks rise", "", "").empty());
    CHECK(print_of("A title", kText, "").shingles == print_of("Another", kText, "").shingles);
    const std::string_view short_text = "Nine words stand here and this is the ninth";
    CHECK(print_of("With eight words in its title it suffices", short_text, "").shingles.size() >
          0);
}

TEST_CASE("the longer one of summary and content is the text") {
    CHECK(print_of("", "Teaser.", kText).shingles == print(kText).shingles);
    CHECK(print_of("", kText, "Teaser.").shingles == print(kText).shingles);
}

TEST_CASE("likeness tells what is shared, of both and of the shorter one") {
    const TextPrint whole = print(kText);
    const TextPrint longer = print(std::string{kText} + " " +
                                   "Rescuers had drilled through forty metres of rock and lowered a"
                                   " microphone, which had picked up voices, on Monday night.");
    const Likeness alike = likeness(whole, longer);
    CHECK(alike.contained == 1.0);
    CHECK(alike.shared > 0.5);
    CHECK(alike.shared < 0.7);
    CHECK(likeness(longer, whole).shared == alike.shared);
    CHECK(likeness(whole, whole).shared == 1.0);
    CHECK(likeness(whole, print("")).contained == 0.0);
}

TEST_CASE("texts whose beginnings are alike share keys") {
    const TextPrint one = print(kText);
    const TextPrint other = print("UPDATE " + std::string{kText} + " More to follow.");
    CHECK(std::count_if(one.keys.begin(), one.keys.end(), [&](std::uint32_t key) {
              return std::find(other.keys.begin(), other.keys.end(), key) != other.keys.end();
          }) >= 4);
}

TEST_CASE("very long texts are read as far as the limit, in any bytes") {
    std::string text;
    for (int i = 0; i < 5'000; ++i) {
        text += "word" + std::to_string(i) + " ";
    }
    const TextPrint cut = print(text);
    CHECK_FALSE(cut.whole);
    CHECK(cut.shingles.size() <= kPrintWords);
    CHECK(print(std::string(100'000, '\xFF')).empty());
    CHECK(print(std::string(1'000'000, 'a')).empty());
}

}  // namespace wirewatch::history
