// SPDX-License-Identifier: MIT
// Every code point as the full-text index and as rules read it: what history calls plain, both must
// read alike.
#include "history/writing.hpp"

#include "base/utf8.hpp"
#include "history/schema.hpp"
#include "rules/analyzer.hpp"
#include "rules/spellings.hpp"

#include <algorithm>
#include <map>
#include <string>
#include <vector>

#include <sqlite3.h>
#include <catch2/catch.hpp>

using namespace wirewatch;
using history::Letter;

namespace {

/// An index of one text for each row, as history/ makes it.
class Index {
  public:
    Index() {
        REQUIRE(sqlite3_open(":memory:", &handle_) == SQLITE_OK);
        run("CREATE VIRTUAL TABLE t USING fts5(text, tokenize = 'unicode61 remove_diacritics 2');"
            "CREATE VIRTUAL TABLE words USING fts5vocab(t, instance); BEGIN");
        REQUIRE(sqlite3_prepare_v2(handle_, "INSERT INTO t (rowid, text) VALUES (?1, ?2)", -1,
                                   &insert_, nullptr) == SQLITE_OK);
    }
    ~Index() {
        sqlite3_finalize(insert_);
        sqlite3_close(handle_);
    }
    Index(const Index&) = delete;
    Index& operator=(const Index&) = delete;

    void add(char32_t row, const std::string& text) {
        sqlite3_bind_int64(insert_, 1, static_cast<sqlite3_int64>(row));
        sqlite3_bind_text(insert_, 2, text.data(), static_cast<int>(text.size()), SQLITE_TRANSIENT);
        REQUIRE(sqlite3_step(insert_) == SQLITE_DONE);
        sqlite3_reset(insert_);
    }

    /// The words of each row, in order.
    std::map<char32_t, std::vector<std::string>> words() {
        run("COMMIT");
        std::map<char32_t, std::vector<std::string>> all;
        sqlite3_stmt* rows = nullptr;
        REQUIRE(sqlite3_prepare_v2(handle_, "SELECT doc, term FROM words ORDER BY doc, offset", -1,
                                   &rows, nullptr) == SQLITE_OK);
        while (sqlite3_step(rows) == SQLITE_ROW) {
            all[static_cast<char32_t>(sqlite3_column_int64(rows, 0))].emplace_back(
                reinterpret_cast<const char*>(sqlite3_column_text(rows, 1)));
        }
        sqlite3_finalize(rows);
        return all;
    }

  private:
    void run(const char* sql) {
        REQUIRE(sqlite3_exec(handle_, sql, nullptr, nullptr, nullptr) == SQLITE_OK);
    }
    sqlite3* handle_ = nullptr;
    sqlite3_stmt* insert_ = nullptr;
};

/// A word of the index as a rule would look for it: by one of the writings of its letters.
bool finds(const std::string& folded, const std::string& indexed) {
    std::size_t at = 0;
    for (std::size_t from = 0; from < folded.size();) {
        const auto letters = rules::written_as(utf8::next(folded, from));
        if (at >= indexed.size() ||
            std::find(letters.begin(), letters.end(), utf8::next(indexed, at)) == letters.end()) {
            return false;
        }
    }
    return at == indexed.size();
}

std::string in_hex(char32_t point) {
    char text[16];
    std::snprintf(text, sizeof text, "U+%04X", static_cast<unsigned>(point));
    return text;
}

std::string around(char32_t point, Letter letter) {
    // Two letters of the same script in front and behind, so that it stands inside a word.
    const bool cyrillic = letter == Letter::cyrillic;
    const bool arabic = letter == Letter::arabic;
    std::string text = cyrillic ? "бв" : arabic ? "بت" : "qx";
    utf8::append(text, point);
    return text + (cyrillic ? "гд" : arabic ? "سش" : "zk");
}

}  // namespace

TEST_CASE("index and rules find the same words around every plain character") {
    Index index;
    for (char32_t point = 1; point <= 0x10FFFF; ++point) {
        const Letter letter = history::letter_of(point);
        if ((point < 0xD800 || point > 0xDFFF) && letter != Letter::unclear &&
            letter != Letter::other && letter != Letter::silent && letter != Letter::glue) {
            index.add(point, around(point, letter));
        }
    }
    const rules::Stemmer none{"ur"};
    std::size_t wrong = 0;
    for (const auto& [point, indexed] : index.words()) {
        const auto read = rules::analyze(around(point, history::letter_of(point)), none);
        const bool alike =
            std::equal(read.begin(), read.end(), indexed.begin(), indexed.end(),
                       [&](const rules::Word& word, const std::string& there) {
                           return history::letter_of(point) == Letter::digit_of_other_script
                                      ? true  // only that it is one word: its digit is another
                                      : finds(word.folded, there);
                       });
        if (!alike && ++wrong <= 40) {
            std::string words;
            for (const auto& word : read) {
                words += " " + word.folded;
            }
            words += " /";
            for (const auto& word : indexed) {
                words += " " + word;
            }
            FAIL_CHECK(in_hex(point) << " is not plain:" << words);
        }
    }
    CHECK(wrong == 0);
}

TEST_CASE("a letter of another script folds to none of the scripts that are looked up") {
    const rules::Stemmer none{"ur"};
    std::size_t wrong = 0;
    for (char32_t point = 0x80; point <= 0x3FFFF; ++point) {
        if (history::letter_of(point) != Letter::other || (point >= 0xD800 && point <= 0xDFFF)) {
            continue;
        }
        std::string text;
        utf8::append(text, point);
        for (const rules::Word& word : rules::analyze(text, none)) {
            for (std::size_t at = 0; at < word.folded.size();) {
                const char32_t folded = utf8::next(word.folded, at);
                const Letter letter = history::letter_of(folded);
                const bool looked_up = letter == Letter::latin || letter == Letter::cyrillic ||
                                       letter == Letter::arabic;
                const bool lost_digit =
                    letter == Letter::digit && (history::writing_of(text) & writing::kDigits) == 0;
                if ((looked_up || lost_digit) && ++wrong <= 20) {
                    FAIL_CHECK(in_hex(point) << " folds to " << word.folded);
                }
            }
        }
    }
    CHECK(wrong == 0);
}

TEST_CASE("writing says what of a text its index may read otherwise") {
    using namespace writing;
    const auto [text, found] = GENERATE(table<std::string, Writing>({
        {"Lavrov’s talks in Islamabad – “progress”, 40 % of €3.5 bn", 0},
        {"Müller à Zürich, Łódź", 0},
        {"U.S. and U.S.A. and J.K. Rowling", 0},
        {"U.S.S.R.", kLatin},
        {"В.В. Путин", kCyrillic},
        {"Россия и Пакистан, ёлка", 0},
        {"پاکستان اور روس کے درمیان مذاکرات، فوراً۔", 0},
        {"مي\u200Cخواهم", kArabic},
        {"مُحَمَّد", kArabic},
        {"٢٠٢١", kDigits},
        {"कश्मीर", kOther | kDigits},
        {"中国政府", kOther},
        {"在Pakistan的", kOther | kLatin},
        {"2021年", kOther | kDigits},
        {"ﬁnal", kLatin | kCyrillic | kArabic | kDigits | kOther},
        {"e\u0301te", kLatin | kCyrillic | kArabic | kDigits | kOther},
        {"pipe\u00ADline", kLatin},
        {"pipe\u00AD line", 0},
        {"20\u00AD21", kDigits},
        {"😀 ok ❤ 🤔", 0},
        {"40 km²", kLatin},
        {std::string(300, 'a'), kLatin},
        {std::string(300, '1'), kDigits},
        {"", 0},
    }));
    CAPTURE(text);
    CHECK(history::writing_of(text) == found);
}
