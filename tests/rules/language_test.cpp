// SPDX-License-Identifier: MIT
// Which language an article is read in.
#include "rules/language.hpp"
#include "tests/rules/query_cases.hpp"

#include "base/utf8.hpp"

#include <catch2/catch.hpp>

using namespace wirewatch;
using namespace wirewatch::rules;

TEST_CASE("a text of a sentence or two shows its language") {
    const auto [language, text] = GENERATE(table<const char*, const char*>({
        {"en", "Pakistan and Russia agreed on Wednesday to build a gas pipeline together."},
        {"ur", "پاکستان اور روس نے گیس پائپ لائن کی تعمیر کے معاہدے پر دستخط کر دیے ہیں۔"},
        {"ar", "وقعت روسيا وباكستان اتفاقا لبناء خط أنابيب للغاز بين كراتشي ولاهور."},
        {"fa", "وزیر امور خارجه روسیه برای گفتگو درباره خط لوله گاز به پاکستان سفر کرد."},
        {"ru", "Россия и Пакистан договорились о строительстве газопровода."},
        {"uk", "Росія та Пакистан домовилися про будівництво газопроводу."},
        {"tr", "Rusya ve Pakistan doğal gaz boru hattının inşası konusunda anlaştı."},
        {"de", "Russland und Pakistan haben sich auf den Bau einer Gasleitung geeinigt."},
        {"fr", "La Russie et le Pakistan se sont mis d'accord sur la construction d'un gazoduc."},
        {"es", "Rusia y Pakistán acordaron la construcción de un gasoducto de mil kilómetros."},
        {"zh", "俄罗斯和巴基斯坦就修建天然气管道达成协议。"},
        {"ja", "ロシアとパキスタンは天然ガスのパイプライン建設で合意した。"},
        {"th", "รัสเซียและปากีสถานตกลงสร้างท่อส่งก๊าซธรรมชาติ"},
        {"hi", "रूस और पाकिस्तान ने गैस पाइपलाइन के निर्माण पर समझौता किया है।"},
        {"he", "רוסיה ופקיסטן הסכימו על הקמת צינור גז."},
    }));
    CAPTURE(language, text);
    CHECK(detected_language(text) == language);
}

TEST_CASE("where there is too little text, its script and its letters decide") {
    const auto [language, text] = GENERATE(table<const char*, const char*>({
        {"en", ""},        {"en", "2021: 3.5"}, {"en", "Lavrov"},
        {"ru", "Лавров"},  {"uk", "Київ"},      {"be", "Воўк"},
        {"sr", "Љубљана"}, {"ur", "روس ہے"},    {"ur", "بھارت"},
        {"fa", "گاز"},     {"ar", "غاز"},       {"ps", "ښار"},
        {"zh", "中国"},    {"ja", "ロシア"},    {"ja", "首相の訪露"},
        {"ko", "한국"},    {"th", "ไทย"},       {"hi", "भारत"},
        {"el", "Αθήνα"},   {"he", "גז"},        {"ru", "Лавров, VOA"},
    }));
    CAPTURE(language, text);
    CHECK(detected_language(text) == language);
}

TEST_CASE("what is said of an article goes before what its text shows") {
    Article article = titled("Россия и Пакистан договорились о строительстве газопровода.", "");
    Feed feed = any_feed();
    CHECK(language_of(article, feed) == "ru");
    feed.language = "UK_ua";
    CHECK(language_of(article, feed) == "uk");
    article.language = "bg-BG";
    CHECK(language_of(article, feed) == "bg");
    article.language = "und";
    CHECK(language_of(article, feed) == "uk");
    feed.language = "!";
    CHECK(language_of(article, feed) == "ru");
}

TEST_CASE("title, summary and content are looked at together, and no more than the limit") {
    Article article = titled("Lavrov", "");
    article.summary = "Moscou";
    article.content = "La Russie et le Pakistan se sont mis d'accord sur la construction.";
    CHECK(language_of(article, any_feed()) == "fr");

    Article long_one = titled("Lavrov", "");
    while (long_one.content.size() < kMaxDetectedBytes) {
        long_one.content += "The two countries agreed to build a pipeline. ";
    }
    for (int i = 0; i < 1'000; ++i) {
        long_one.content += "Страны договорились о строительстве газопровода. ";
    }
    CHECK(language_of(long_one, any_feed()) == "en");
}

TEST_CASE("the language found decides over inflections, and is what lang: holds") {
    Article article = titled("Переговоры о строительстве газопровода начались в Москве", "");
    CHECK(matches("переговорами", article));
    CHECK(matches("lang:ru", article));
    article.language = "en";
    CHECK_FALSE(matches("переговорами", article));
    CHECK_FALSE(matches("lang:ru", article));
}

TEST_CASE("text that is no text is answered all the same") {
    CHECK(detected_language("\x01\x02\x1B[31m") == "en");
    CHECK(detected_language("\xEF\xBF\xBE") == "en");
    CHECK(detected_language(std::string(10'000, '\0')) == "en");
    CHECK(detected_language("Россия \x01 и Пакистан") == "ru");
}
