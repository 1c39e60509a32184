// SPDX-License-Identifier: MIT
// Urdu, Arabic and Persian: three keyboards for one script; only Arabic has a stemmer.
#include "tests/rules/language_cases.hpp"

using namespace wirewatch::rules;

TEST_CASE("Urdu is found whichever keyboard wrote it") {
    check("ur", GENERATE(values<LanguageCase>({
                    // ک, ی and ہ as an Arabic keyboard has them, in the rule and in the text
                    {"پاكستان", "پاکستان اور روس", true},
                    {"پاکستان", "پاكستان اور روس", true},
                    {"روسی", "روسي وزیر خارجہ", true},
                    {"معاہدہ", "معاهده طے پا گیا", true},
                    {"معاہدۂ", "معاہدہ", true},
                    {"آئین", "ائین کی خلاف ورزی", true},
                    // ھ makes another letter of the one before it, and stays
                    {"بهارت", "بھارت", false},
                    {"بھارت", "بھارت اور چین", true},
                    // no stemmer: whole words, and wildcards for the rest
                    {"پاکستان", "پاکستانی فوج", false},
                    {"پاکستان*", "پاکستانی فوج", true},
                    {"خبر", "خبریں", false},
                    {"خبر*", "آج کی خبریں", true},
                    {"مذاکرا?", "مذاکرات جاری", true},
                    {"*ستان", "تاجکستان", true},
                    {"\"وزیر خارجہ\"", "وزير خارجه کا دورہ", true},
                    {"\"وزیر خارجہ\"", "خارجہ وزیر", false},
                    {"\"گیس پائپ لائن\"", "روس سے گیس پائپ لائن", true},
                    {"گیس NEAR/2 لائن", "گیس پائپ لائن", true},
                    {"وزیر SAME روس", "وزیر آئے۔ روس گیا۔", false},
                    {"وزیر SAME روس", "وزیر روس گیا۔", true},
                    // vowel marks and digits of the three sets
                    {"اردو", "اُردُو زبان", true},
                    {"۲۰۲۱", "سال 2021", true},
                    {"2021*", "سال ۲۰۲۱ء", true},
                    {"٢٠٢١", "سال ۲۰۲۱", true},
                    // the letter to the letter
                    {"=پاکستان", "پاکستان اور روس", true},
                    {"=پاکستان", "پاكستان اور روس", false},
                    {"=معاہدہ", "معاهده", false},
                })));
}

TEST_CASE("Arabic is found without its vowel marks, in its inflections") {
    check("ar", GENERATE(values<LanguageCase>({
                    {"روسيا", "قالت روسيا اليوم", true},
                    {"محمد", "مُحَمَّد بن سلمان", true},
                    {"مُحَمَّد", "محمد", true},
                    {"محمد", "محـــمد", true},
                    {"أحمد", "احمد", true},
                    {"إيران", "ايران", true},
                    {"القرآن", "القران", true},
                    {"حكومة", "الحكومة الجديدة", true},
                    {"حكومه", "حكومة", true},
                    {"على", "علي", true},
                    {"سلام", "ﺳﻼﻡ", true},
                    // inflections: article, plural, nisba endings
                    {"انتخاب", "الانتخابات الرئاسية", true},
                    {"مفاوضة", "المفاوضة", true},
                    {"صاروخ", "الصاروخ", true},
                    {"باكستان", "الباكستانية", false},
                    // an Urdu or Persian keyboard wrote the text
                    {"العسكري", "العسکری", true},
                    {"كتاب", "الکتاب", true},
                    {"عسكريون", "عسکریون", true},
                    {"باكستان*", "الباكستانية", false},
                    {"*باكستان*", "الباكستانية", true},
                    {"سور?ا", "في سوريا", true},
                    {"\"وزير الخارجية\"", "وزير الخارجية الروسي", true},
                    {"\"وزير خارجية\"", "وزير الخارجية", false},
                    {"روسيا SAME باكستان", "زار روسيا؟ وصل باكستان", false},
                    {"روسيا w/1 باكستان", "روسيا و باكستان", true},
                    {"٢٠٢١", "عام 2021", true},
                    {"=حكومة", "حكومة", true},
                    {"=حكومة", "حكومه", false},
                    {"=محمد", "مُحَمَّد", false},
                })));
}

TEST_CASE("Persian is found with and without its joiner, on any keyboard") {
    check("fa", GENERATE(values<LanguageCase>({
                    {"روسیه", "وزير خارجه روسيه", true},
                    {"ایران", "إيران", true},
                    {"می\u200Cخواهم", "میخواهم", true},
                    {"میخواهم", "می\u200Cخواهم", true},
                    // with a space they are two words, as anywhere
                    {"میخواهم", "می خواهم", false},
                    {"کتاب", "کتاب\u200Cها", false},
                    {"کتاب*", "کتاب\u200Cها", true},
                    {"توافق*", "توافقنامه", true},
                    {"نفت?", "نفتی", true},
                    {"خانه", "خانۀ", true},
                    {"مسئول", "مسئول", true},
                    {"\"خط لوله\"", "خط لوله گاز", true},
                    {"\"خط لوله گاز\"~2", "گاز از خط لوله", true},
                    {"۱۴۰۰", "سال 1400", true},
                    {"۴۵۶", "٤٥٦", true},
                    {"=کتاب", "کتاب", true},
                    {"=کتاب", "كتاب", false},
                })));
}
