// SPDX-License-Identifier: MIT
#include "feeds/encoding.hpp"
#include "base/utf8.hpp"

#include <string>
#include <string_view>
#include <vector>

#include <catch2/catch.hpp>

using namespace wirewatch;
using namespace wirewatch::feeds;
using namespace std::string_view_literals;

namespace {

/// ASCII text as UTF-16 or UTF-32, with the other bytes of each unit zero.
std::string wide(std::string_view text, std::size_t zeros_before, std::size_t zeros_after) {
    std::string out;
    for (const char c : text) {
        out.append(zeros_before, '\0') += c;
        out.append(zeros_after, '\0');
    }
    return out;
}

}  // namespace

TEST_CASE("a document is decoded by the first of its signs that fits") {
    // Each holds "é" or "Ж", so that a wrong choice shows.
    const auto [bytes, content_type, text, encoding] =
        GENERATE(table<std::string, const char*, const char*, const char*>({
            {"<a>\xC3\xA9</a>", "", "<a>é</a>", "UTF-8"},
            {"<a>e</a>", "", "<a>e</a>", "UTF-8"},
            {"\xEF\xBB\xBF<a>\xC3\xA9</a>", "text/xml; charset=koi8-r", "<a>é</a>", "UTF-8"},
            {"\xEF\xBB\xBF\xEF\xBB\xBF<a/>", "", "<a/>", "UTF-8"},
            {"<a>\xC6</a>", "text/xml; charset=windows-1251", "<a>Ж</a>", "windows-1251"},
            {"<a>\xF6</a>", "text/xml;charset=\"KOI8-R\"", "<a>Ж</a>", "KOI8-R"},
            {"<?xml version='1.0' encoding='windows-1251'?>\xC6", "",
             "<?xml version='1.0' encoding='windows-1251'?>Ж", "windows-1251"},
            {"<?xml version='1.0' encoding='utf-8'?>\xC6", "text/xml; charset=windows-1251",
             "<?xml version='1.0' encoding='utf-8'?>Ж", "windows-1251"},
            {"<a>\xE9\x80</a>", "", "<a>é€</a>", "windows-1252"},
            {"<a>\xE9\x80</a>", "text/xml; charset=iso-8859-1", "<a>é€</a>", "windows-1252"},
            // A page says it in its head; a feed may quote a page.
            {"<html><meta charset=windows-1251><p>\xC6", "",
             "<html><meta charset=windows-1251><p>Ж", "windows-1251"},
            {"<!DOCTYPE HTML><META HTTP-EQUIV=a CONTENT=\"text/html; charset=koi8-r\">\xF6", "",
             "<!DOCTYPE HTML><META HTTP-EQUIV=a CONTENT=\"text/html; charset=koi8-r\">Ж", "KOI8-R"},
            {"<html><meta charset=windows-1251>\xC3\xA9", "", "<html><meta charset=windows-1251>é",
             "UTF-8"},
            {"<html><meta charset=windows-1251>\xF6", "text/html; charset=koi8-r",
             "<html><meta charset=windows-1251>Ж", "KOI8-R"},
            {"<rss><meta charset=windows-1251>\xE9", "", "<rss><meta charset=windows-1251>é",
             "windows-1252"},
            {"<a>\x81\x30\x84\x36</a>", "text/xml; charset=gb2312", "<a>¥</a>", "GB18030"},
        }));
    CAPTURE(bytes, content_type);
    const auto decoded = decode_text(bytes, content_type);
    REQUIRE(decoded);
    CHECK(decoded->text() == text);
    CHECK(decoded->encoding == encoding);
}

TEST_CASE("UTF-16 and UTF-32 are read with and without a byte order mark") {
    const auto [mark, before, after, encoding] =
        GENERATE(table<std::string_view, std::size_t, std::size_t, const char*>({
            {"\xFF\xFE"sv, 0, 1, "UTF-16LE"},
            {"\xFE\xFF"sv, 1, 0, "UTF-16BE"},
            {"\xFF\xFE\x00\x00"sv, 0, 3, "UTF-32LE"},
            {"\x00\x00\xFE\xFF"sv, 3, 0, "UTF-32BE"},
            {""sv, 0, 1, "UTF-16LE"},
            {""sv, 1, 0, "UTF-16BE"},
            {""sv, 0, 3, "UTF-32LE"},
            {""sv, 3, 0, "UTF-32BE"},
        }));
    CAPTURE(encoding, mark.size());
    const std::string_view text = "<?xml version='1.0'?><rss/>";
    const std::string document = std::string{mark} + wide(text, before, after);
    const auto decoded = decode_text(document, "");
    REQUIRE(decoded);
    CHECK(decoded->text() == text);
    CHECK(decoded->encoding == encoding);
    CHECK(decoded->repaired.empty());
}

TEST_CASE("a wrong declaration is survived, and said") {
    const auto [bytes, content_type, text, encoding] =
        GENERATE(table<std::string, const char*, const char*, const char*>({
            {"<a>\xC3\xA9</a>", "text/xml; charset=iso-8859-1", "<a>é</a>", "UTF-8"},
            {"<a>\xE9</a>", "text/xml; charset=utf-8", "<a>é</a>", "windows-1252"},
            {"<a>\xC3\xA9</a>", "text/xml; charset=klingon", "<a>é</a>", "UTF-8"},
            {"<a>\xC3\xA9</a>", "text/xml; charset=utf-16", "<a>é</a>", "UTF-8"},
            {"<a>\xC3\xA9</a>", "text/xml; charset=UTF-8//IGNORE", "<a>é</a>", "UTF-8"},
            {"\xC3\xA9 \xC3\xA9 \xC3\xA9 \xFF", "", "é é é ÿ", "UTF-8"},
        }));
    CAPTURE(bytes, content_type);
    const auto decoded = decode_text(bytes, content_type);
    REQUIRE(decoded);
    CHECK(decoded->text() == text);
    CHECK(decoded->encoding == encoding);
    CHECK_FALSE(decoded->repaired.empty());
}

TEST_CASE("an encoding whose name nobody knows leads to words, not to an error") {
    const auto decoded = decode_text("<?xml version='1.0' encoding='x-klingon'?><rss/>", "");
    REQUIRE(decoded);
    REQUIRE(decoded->repaired.size() == 1);
    CHECK(decoded->repaired[0] == "declared as 'x-klingon', an encoding nobody knows");
}

TEST_CASE("what header and document both say wrongly is told once") {
    const auto decoded =
        decode_text("<?xml version='1.0' encoding='utf-8'?>\xE9", "text/xml; charset=utf-8");
    REQUIRE(decoded);
    CHECK(decoded->encoding == "windows-1252");
    CHECK(
        decoded->repaired ==
        std::vector<std::string>{"declared as UTF-8, but 1 places are not",
                                 "no declaration fits and it is not UTF-8: read as windows-1252"});
}

TEST_CASE("a text that ends within a letter does not lose its encoding") {
    const auto decoded = decode_text("<a>\xB8\xF1\xC1", "text/xml; charset=gbk");
    REQUIRE(decoded);
    CHECK(decoded->encoding == "GB18030");
    CHECK(decoded->text() == "<a>格");
}

TEST_CASE("bytes that are no text are refused by name") {
    const auto gzip = decode_text("\x1F\x8B\x08\x00\x00\x00"sv, "application/rss+xml");
    REQUIRE_FALSE(gzip);
    CHECK(gzip.error().code == Errc::not_a_feed);
    CHECK(gzip.error().text.find("gzip") != std::string::npos);
    const auto noise = decode_text("\x01\x02\x03\x04\x00\x05\x06\x07"sv, "");
    REQUIRE_FALSE(noise);
    CHECK(noise.error().code == Errc::not_a_feed);
}

TEST_CASE("whatever the bytes, the text is valid UTF-8") {
    const char* charset =
        GENERATE("", "utf-8", "utf-16", "shift_jis", "big5", "euc-kr", "iso-2022-jp", "gb18030");
    std::string bytes = "<rss>";
    for (unsigned seed = 1; bytes.size() < 20'000;) {
        seed = seed * 1'103'515'245 + 12'345;
        bytes += static_cast<char>(static_cast<unsigned char>(seed >> 16 | 0x20));
    }
    CAPTURE(charset);
    const auto decoded = decode_text(bytes, std::string{"text/xml; charset="} + charset);
    REQUIRE(decoded);
    CHECK(utf8::valid(decoded->text()));
}

TEST_CASE("a declaration that is not text itself is told as text") {
    const auto decoded = decode_text("<?xml version='1.0' encoding='x-\xFF'?><rss/>", "");
    REQUIRE(decoded);
    REQUIRE_FALSE(decoded->repaired.empty());
    CHECK(decoded->repaired[0] == "declared as 'x-\uFFFD', an encoding nobody knows");
}

TEST_CASE("every encoding of feeds is read, whatever its name is written like") {
    // Each name with bytes that make the same letters in no other encoding of the list.
    const auto [names, bytes, text] =
        GENERATE(table<std::vector<const char*>, const char*, const char*>({
            {{"windows-1251", "WIN-1251", "windows1251", "cp1251", "CP-1251", "x-cp1251"},
             "\xCF\xF0\xE8",
             "При"},
            {{"koi8-r", "KOI8_R", "koi8", "cskoi8r"}, "\xF0\xD2\xC9", "При"},
            {{"koi8-u"}, "\xA4", "є"},
            {{"iso-8859-1", "ISO8859-1", "iso_8859-1:1987", "latin1", "Latin-1", "us-ascii",
              "cp-1252", "windows-1252", "'windows-1252'", "ansi"},
             "\xE9\x93",
             "é“"},
            {{"iso-8859-2", "iso8859-2", "latin2"}, "\xB1", "ą"},
            {{"iso-8859-8", "ISO-8859-8-I", "logical", "hebrew"}, "\xE7", "ח"},
            {{"ibm866", "cp866", "866"}, "\x86", "Ж"},
            {{"greek", "iso-8859-7"}, "\xC5", "Ε"},
            {{"iso-8859-5"}, "\xBF", "П"},
            {{"iso-8859-15", "latin-9"}, "\xA4", "€"},
            {{"windows-1250", "cp1250"}, "\x9C", "ś"},
            {{"windows-1253"}, "\xE1", "α"},
            {{"iso-8859-9", "windows-1254"}, "\xFE", "ş"},
            {{"windows-1255"}, "\xF9", "ש"},
            {{"windows-1256", "cp1256"}, "\xE3", "م"},
            {{"windows-1257"}, "\xE0", "ą"},
            {{"windows-1258"}, "\xFE", "₫"},
            {{"windows-874", "tis-620", "iso-8859-11"}, "\xA1", "ก"},
            {{"gb2312", "GBK", "x-gbk", "gb18030", "cp936"}, "\xC4\xE3\xBA\xC3", "你好"},
            {{"big5", "Big5-HKSCS", "x-x-big5"}, "\xA7\x41\xA6\x6E", "你好"},
            {{"shift_jis", "x-sjis", "SJIS", "windows-31j"}, "\x93\xFA\x96\x7B", "日本"},
            {{"euc-jp", "x-euc-jp"}, "\xC6\xFC\xCB\xDC", "日本"},
            {{"iso-2022-jp"}, "\x1B$BF|K\\\x1B(B", "日本"},
            {{"euc-kr", "ks_c_5601-1987", "cp949", "uhc"}, "\xB0\xA1", "가"},
            {{"macintosh", "x-mac-roman"}, "\x8E", "é"},
            {{"MAC-CENTRALEUROPE", "maccentraleurope"}, "\x8A", "ä"},
            {{"koi8-t", "KOI8_T"}, "\x80", "қ"},
            {{"iso2022jp2", "ISO-2022-JP-1"}, "\x1B$BF|K\\\x1B(B", "日本"},
            {{"ISO-2022-KR", "iso2022_kr"}, "\x1B$)C\x0E\x30\x21\x0F", "가"},
            {{"utf8", "UTF_8", "UTF-8", "utf8mb4", "\"utf-8\""}, "\xD0\x96", "Ж"},
        }));
    for (const char* name : names) {
        CAPTURE(name);
        const std::string plain = "<a>" + std::string{bytes} + "</a>";
        const auto by_header = decode_text(plain, std::string{"text/xml; Charset="} + name);
        REQUIRE(by_header);
        CHECK(by_header->text() == "<a>" + std::string{text} + "</a>");
        CHECK(by_header->repaired.empty());
        if (name[0] == '"' || name[0] == '\'') {
            continue;
        }
        const std::string declaration =
            "<?xml version='1.0' encoding = '" + std::string{name} + "' ?>";
        const std::string declared = declaration + bytes;
        const auto by_document = decode_text(declared, "application/xml");
        REQUIRE(by_document);
        CHECK(by_document->text() == declaration + text);
    }
}

TEST_CASE("UTF-16 is seen by its zeros, whatever it begins with and is declared as") {
    const auto [before, after, encoding] = GENERATE(table<std::size_t, std::size_t, const char*>({
        {0, 1, "UTF-16LE"},
        {1, 0, "UTF-16BE"},
    }));
    for (const char* text : {"\r\n<rss><channel/></rss>", "[1, 2]", " {\"items\": []}"}) {
        for (const char* type :
             {"", "text/xml; charset=utf-8", "application/json; charset=utf-16"}) {
            const std::string bytes = wide(text, before, after);
            const auto decoded = decode_text(bytes, type);
            REQUIRE(decoded);
            CHECK(decoded->text() == text);
            CHECK(decoded->encoding == encoding);
        }
    }
}

TEST_CASE("ISO-2022-JP is seen by its signs, since it is ASCII otherwise") {
    const char* type = GENERATE("", "text/xml", "text/xml; charset=utf-8", "text/xml; charset=x-y");
    const auto decoded = decode_text("<a>\x1B$BF|K\\\x1B(B</a>", type);
    REQUIRE(decoded);
    CHECK(decoded->text() == "<a>日本</a>");
    CHECK(decoded->encoding == "ISO-2022-JP");
}

TEST_CASE("what is mixed into UTF-8 is read for itself") {
    const auto [bytes, text] = GENERATE(table<const char*, const char*>({
        {"caf\xE9 \x93so\x94 d\xE9j\xE0 10\x80 \xA9", "café “so” déjà 10€ ©"},
        {"\xE2\x80 cut", "\uFFFD cut"},
        {"Приве\xD1 cut", "Приве\uFFFD cut"},
        {"1 \xD1 2", "1 \uFFFD 2"},
        {"\xC0\xAF", "\uFFFD\uFFFD"},                      // an overlong "/"
        {"\xE0\x80\xAF", "\uFFFD\uFFFD\uFFFD"},            // likewise
        {"\xED\xA0\x80", "\uFFFD"},                        // half a pair of surrogates
        {"\xED\xA0\xBD\xED\xB8\x80", "😀"},                 // a whole one
        {"\xF4\x90\x80\x80", "\uFFFD\uFFFD\uFFFD\uFFFD"},  // past U+10FFFF
    }));
    const std::string good = "é é é é é é é é ";
    const std::string document = good + bytes;
    CAPTURE(bytes);
    const auto decoded = decode_text(document, "");
    REQUIRE(decoded);
    CHECK(decoded->text() == good + text);
    CHECK_FALSE(decoded->repaired.empty());
}

TEST_CASE("UTF-8 is not copied") {
    const std::string document = "\xEF\xBB\xBF\xEF\xBB\xBF<a>\xC3\xA9</a>";
    const auto decoded = decode_text(document, "text/xml; charset=utf-8");
    REQUIRE(decoded);
    CHECK(decoded->text().data() == document.data() + 6);
}

TEST_CASE("orders to iconv are no names") {
    for (const char* name : {"UTF-16//IGNORE", "?", "", "windows-1251//TRANSLIT", "../x"}) {
        CAPTURE(name);
        const auto decoded =
            decode_text("<a>\xC3\xA9</a>", std::string{"text/xml; charset="} + name);
        REQUIRE(decoded);
        CHECK(decoded->text() == "<a>é</a>");
    }
}
