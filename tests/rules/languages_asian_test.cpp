// SPDX-License-Identifier: MIT
// Chinese, Japanese, Thai, Hindi and Korean: scripts without spaces, or with signs that fold away
// elsewhere.
#include "tests/rules/language_cases.hpp"

using namespace wirewatch::rules;

TEST_CASE("Chinese is found in pairs of characters") {
    check("zh", GENERATE(values<LanguageCase>({
                    {"巴基斯坦", "俄罗斯与巴基斯坦合作", true},
                    {"巴基斯坦", "巴基,斯坦", false},
                    {"巴基斯坦", "巴基 斯坦", false},
                    {"中国", "发展中国家", true},
                    {"国家", "国际家庭", false},
                    {"中", "中国", true},
                    {"国", "中国", true},
                    {"中", "中", true},
                    {"龙", "中国", false},
                    {"\"俄罗斯 巴基斯坦\"~5", "俄罗斯与巴基斯坦", true},
                    {"俄罗斯 NEAR/3 天然气", "俄罗斯的天然气", true},
                    {"俄罗斯 ONEAR/9 天然气", "天然气来自俄罗斯", false},
                    {"俄罗斯 SAME 天然气", "俄罗斯来访。天然气涨价。", false},
                    {"俄罗斯 SAME 天然气", "俄罗斯，天然气涨价。", true},
                    {"巴基*", "巴基斯坦", true},
                    {"巴?斯坦", "巴基斯坦", false},
                    {"5G网络", "建设5G网络", true},
                    {"=中国", "中国", true},
                    {"２０２１", "2021年", true},
                    {"中国 OR 俄罗斯", "俄罗斯", true},
                    {"中国 NOT 俄罗斯", "中国和俄罗斯", false},
                })));
}

TEST_CASE("Japanese is found in pairs, its half-width letters as whole ones") {
    check("ja", GENERATE(values<LanguageCase>({
                    {"ロシア", "ﾛｼｱと日本", true},
                    {"ﾛｼｱ", "ロシア", true},
                    {"首相", "日本の首相が", true},
                    {"首都", "日本の首相が", false},
                    {"ガス", "ｶﾞｽ管", true},
                    {"ガス", "カ\u3099ス", true},
                    {"パイプライン", "ガスパイプラインの建設", true},
                    {"サハリン2", "サハリン２の権益", true},
                    {"\"日本 ロシア\"~4", "ロシアと日本", true},
                    {"日本 SAME ロシア", "日本です。ロシアです。", false},
                    {"ロシ*", "ロシア", true},
                    {"=ロシア", "ロシア", true},
                    {"=ロシア", "ﾛｼｱ", false},
                })));
}

TEST_CASE("Thai is found in the words of a dictionary") {
    check("th", GENERATE(values<LanguageCase>({
                    {"ไทย", "รัฐบาลไทยวันนี้", true},
                    {"รัฐบาล", "รัฐบาลไทยวันนี้", true},
                    {"รัฐบาลไทย", "ในรัฐบาลไทยวันนี้", true},
                    {"บาล", "รัฐบาลไทย", false},
                    {"รัสเซีย", "ประเทศรัสเซีย", true},
                    {"\"รัฐบาล ไทย\"", "รัฐบาลไทย", true},
                    {"รัฐบาล ONEAR/0 ไทย", "รัฐบาลไทย", true},
                    {"ไทย ONEAR/3 รัฐบาล", "รัฐบาลไทย", false},
                    {"๒๕๖๔", "ปี 2564", true},
                    {"ประเทศ*", "ประเทศไทย", true},
                    {"*ไทย", "ประเทศไทย", true},
                    {"ประ*ไทย", "ประเทศไทย", true},
                    {"รัฐบาลไท?", "รัฐบาลไทย", true},
                    {"ประเทศ", "ประเทศไทย", false},
                    {"=ไทย", "ไทย", true},
                })));
}

TEST_CASE("Hindi keeps its vowel signs and loses its endings") {
    check("hi", GENERATE(values<LanguageCase>({
                    {"\"दिल\"", "दिल्ली", false},
                    {"दिल्ली", "दिल्ली में", true},
                    {"भारत", "भारत और रूस", true},
                    {"भारतीय", "भारत", false},
                    {"भारत*", "भारतीय सेना", true},
                    {"लड़का", "लड़के", true},
                    // one letter with a nukta, as one character and as two
                    {"\u095C", "\u0921\u093C", true},
                    {"चुनाव", "चुनावों", true},
                    {"\"विदेश मंत्री\"", "विदेश मंत्री रूस में", true},
                    {"भारत SAME रूस", "भारत आया। रूस गया।", false},
                    {"२०२१", "साल 2021", true},
                    {"पाकिस्ता?", "पाकिस्तान", true},
                    {"=भारत", "भारत", true},
                })));
}

TEST_CASE("Korean words carry their particles, which wildcards find") {
    check("ko", GENERATE(values<LanguageCase>({
                    {"러시아", "러시아 대통령", true},
                    {"러시아", "러시아는", false},
                    {"러시아*", "러시아는", true},
                    {"\u1112\u1161\u11AB\u1100\u116E\u11A8", "한국", true},
                })));
}
