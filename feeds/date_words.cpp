// SPDX-License-Identifier: MIT
#include "feeds/date_words.hpp"

#include "feeds/letters.hpp"

#include <algorithm>
#include <array>
#include <cstddef>

namespace wirewatch::feeds {

namespace {

using Year = std::array<std::string_view, 12>;

// From January on; where a name is declined, the part that stays. "" where the language has the
// name of one above it. An earlier line wins where two languages mean different months:
// Polish and Czech "listopad" (November) over Croatian (October), which is left out.
constexpr auto kYears = std::to_array<Year>({
    // English
    {"january", "february", "march", "april", "may", "june", "july", "august", "september",
     "october", "november", "december"},
    // German, Dutch, Danish, Norwegian, Swedish
    {"januar", "februar", "marz", "apri", "mai", "juni", "juli", "augustus", "septemb", "oktob",
     "novemb", "dezember"},
    {"janner", "feber", "maart", "", "mei", "", "", "augusti", "", "", "", "desember"},
    {"jaenner", "", "mrt", "", "maj", "", "", "", "", "", "", ""},
    // French, Spanish, Italian, Portuguese
    {"janvier", "fevrier", "mars", "avril", "mai", "juin", "juillet", "aout", "septembre",
     "octobre", "novembre", "decembre"},
    {"enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto", "septiembre",
     "octubre", "noviembre", "diciembre"},
    {"gennaio", "febbraio", "", "aprile", "maggio", "giugno", "luglio", "", "settembre", "ottobre",
     "", "dicembre"},
    {"janeiro", "fevereiro", "marco", "", "maio", "junho", "julho", "", "setembro", "outubro",
     "novembro", "dezembro"},
    // Catalan, Galician, Romanian, Basque
    {"gener", "febrer", "", "", "maig", "juny", "juliol", "agost", "setembre", "", "", "desembre"},
    {"xaneiro", "febreiro", "", "", "", "xuno", "xullo", "", "setiembre", "", "", "decembro"},
    {"ianuarie", "", "martie", "", "", "iunie", "iulie", "", "septembrie", "octombrie", "noiembrie",
     "decembrie"},
    {"urtarril", "otsail", "martxo", "apiril", "maiatz", "ekain", "uztail", "abuztu", "irail",
     "urria", "azaro", "abendu"},
    // Polish, Czech, Slovak, Croatian, Slovenian and Serbian
    {"stycz", "luty", "marzec", "kwie", "maja", "czerw", "lipiec", "sierp", "wrze", "pazdziernik",
     "listopad", "grud"},
    {"", "lutego", "marca", "", "", "", "lipca", "", "", "", "", ""},
    {"leden", "unor", "brez", "duben", "kvet", "cervn", "cervenc", "srpen", "zari", "rijen", "",
     "prosinec"},
    {"ledna", "", "", "dubna", "", "", "", "srpna", "", "rijna", "", "prosin"},
    {"sijecanj", "veljac", "ozuj", "travanj", "svib", "lipanj", "srpanj", "kolovoz", "rujan", "",
     "studen", ""},
    {"sijecnja", "", "", "travnja", "", "lipnja", "srpnja", "", "rujna", "", "", ""},
    {"", "", "marec", "", "", "juna", "jula", "avgust", "sentabr", "oktabr", "", ""},
    // Hungarian, Finnish, Estonian, Latvian, Lithuanian, Icelandic, Albanian
    {"", "", "marcius", "aprilis", "majus", "junius", "julius", "augusztus", "szeptember", "", "",
     ""},
    {"tammi", "helmi", "maalis", "huhti", "touko", "kesa", "heina", "eloku", "syys", "loka",
     "marras", "joulu"},
    {"jaanuar", "veebruar", "", "", "", "juuni", "juuli", "", "", "oktoober", "", "detsember"},
    {"janvar", "", "", "", "maijs", "junij", "julij", "", "", "", "", "decemb"},
    {"sausi", "vasari", "kovo", "baland", "geguz", "birzel", "liepos", "rugpju", "rugsej", "spali",
     "lapkri", "gruodz"},
    {"", "", "", "", "mai", "", "", "agust", "", "", "", ""},
    {"janar", "shkurt", "", "prill", "", "qershor", "korrik", "gusht", "shtator", "tetor", "nentor",
     "dhjetor"},
    // Turkish, Azerbaijani and Uzbek
    {"ocak", "subat", "mart", "nisan", "mayis", "haziran", "temmuz", "agustos", "eylul", "ekim",
     "kasim", "aralik"},
    {"yanvar", "fevral", "", "aprel", "", "iyun", "iyul", "avqust", "sentyabr", "oktyabr", "noyabr",
     "dekabr"},
    // Indonesian, Malay, Filipino, Swahili
    {"", "", "maret", "", "", "", "", "agustus", "", "", "", ""},
    {"", "", "mac", "", "", "", "julai", "ogos", "", "", "", "disember"},
    {"", "pebrero", "marso", "", "", "hunyo", "hulyo", "", "setyembre", "oktubre", "nobyembre",
     "disyembre"},
    {"", "", "machi", "", "", "", "", "", "", "", "", "desemba"},
    // Russian, Ukrainian, Belarusian, Bulgarian, Serbian and Macedonian
    {"январ", "феврал", "март", "апрел", "мая", "июн", "июл", "август", "сентябр", "октябр",
     "ноябр", "декабр"},
    {"січ", "лют", "берез", "квіт", "травен", "черв", "лип", "серп", "верес", "жовт", "листопад",
     "груд"},
    {"студз", "", "сакав", "красав", "травн", "чэрв", "ліп", "жні", "верас", "кастр", "лістапад",
     "снеж"},
    {"януар", "", "", "април", "май", "юни", "юли", "", "септемвр", "октомвр", "ноемвр", "декемвр"},
    {"јануар", "фебруар", "", "", "мај", "јун", "јул", "", "септемб", "октоб", "новемб", "децемб"},
    {"", "февруар", "", "", "", "", "", "", "", "", "", ""},
    // Greek, Hebrew
    {"ιανουαρ", "φεβρουαρ", "μαρτ", "απριλ", "μαι", "ιουν", "ιουλ", "αυγουστ", "σεπτεμβρ", "οκτωβρ",
     "νοεμβρ", "δεκεμβρ"},
    {"ינואר", "פברואר", "מרץ", "אפריל", "מאי", "יוני", "יולי", "אוגוסט", "ספטמבר", "אוקטובר",
     "נובמבר", "דצמבר"},
    // Arabic: Egypt, the Levant (October to January have two words), the Maghreb
    {"ینایر", "فبرایر", "مارس", "ابریل", "مایو", "یونیو", "یولیو", "اغسطس", "سبتمبر", "اکتوبر",
     "نوفمبر", "دیسمبر"},
    {"", "شباط", "اذار", "نیسان", "ایار", "حزیران", "تموز", "اب", "ایلول", "تشرین", "", "کانون"},
    {"جانفی", "فیفری", "", "افریل", "مای", "جوان", "جویلیة", "اوت", "", "", "", ""},
    {"", "", "", "", "", "", "یولیوز", "غشت", "شتنبر", "", "نونبر", "دجنبر"},
    // Persian, Urdu, Hindi, Bengali
    {"ژانویه", "فوریه", "", "اوریل", "مه", "ژوئن", "ژوئیه", "", "سپتامبر", "اکتبر", "نوامبر",
     "دسامبر"},
    {"جنوری", "فروری", "مارچ", "اپریل", "مئی", "جون", "جولائی", "اگست", "ستمبر", "", "نومبر",
     "دسمبر"},
    {"जनवरी", "फरवरी", "मार्च", "अप्रैल", "मई", "जून", "जुलाई", "अगस्त", "सितंबर", "अक्टूबर", "नवंबर",
     "दिसंबर"},
    {"जन॰", "फ़रवरी", "", "", "", "", "", "", "सितम्बर", "अक्तूबर", "नवम्बर", "दिसम्बर"},
    {"জানুয়ার", "ফেব্রুয়ার", "মার্চ", "এপ্রিল", "মে", "জুন", "জুলাই", "আগস্ট", "সেপ্টেম্বর", "অক্টোবর",
     "নভেম্বর", "ডিসেম্বর"},
});

struct Month {
    std::string_view name;
    unsigned number;
};

// Words that are no beginning of a name, or of the wrong one.
constexpr auto kShortMonths = std::to_array<Month>({{"mrz", 3},
                                                    {"maerz", 3},
                                                    {"cerven", 6},
                                                    {"cervenec", 7},
                                                    {"jui", 6},
                                                    {"cze", 6},
                                                    {"agt", 8},
                                                    {"nopember", 11},
                                                    {"جولای", 7}});

constexpr std::array<std::string_view, 7> kWeekdays{"sunday",   "monday", "tuesday", "wednesday",
                                                    "thursday", "friday", "saturday"};

constexpr bool is_ascii(std::string_view word) {
    return static_cast<unsigned char>(word.front()) < 0x80;
}

/// Three letters: of two bytes each in the other scripts, or more.
constexpr std::size_t enough(std::string_view word) {
    return is_ascii(word) ? 3 : 6;
}

bool is_form_of(std::string_view word, std::string_view name) {
    if (word.front() != name.front()) {
        return false;
    }
    return word == name || (word.size() >= enough(word) && name.starts_with(word)) ||
           (name.size() >= (is_ascii(name) ? 4 : 6) && word.starts_with(name));
}

std::optional<std::chrono::month> month_exactly(std::string_view word) {
    for (const Month& month : kShortMonths) {
        if (month.name == word) {
            return std::chrono::month{month.number};
        }
    }
    for (const Year& year : kYears) {
        for (unsigned i = 0; i < year.size(); ++i) {
            if (!year[i].empty() && is_form_of(word, year[i])) {
                return std::chrono::month{i + 1};
            }
        }
    }
    return std::nullopt;
}

struct KnownUnit {
    std::string_view word;
    DateUnit unit;
};

constexpr auto kUnits = std::to_array<KnownUnit>({
    {"年", DateUnit::year},
    {"月", DateUnit::month},
    {"日", DateUnit::day},
    {"号", DateUnit::day},
    {"號", DateUnit::day},
    {"時", DateUnit::hour},
    {"时", DateUnit::hour},
    {"點", DateUnit::hour},
    {"点", DateUnit::hour},
    {"分", DateUnit::minute},
    {"秒", DateUnit::second},
    {"년", DateUnit::year},
    {"월", DateUnit::month},
    {"일", DateUnit::day},
    {"시", DateUnit::hour},
    {"분", DateUnit::minute},
    {"초", DateUnit::second},
});

struct KnownTimeWord {
    std::string_view word;
    TimeWord meaning;
};

constexpr auto kTimeWords = std::to_array<KnownTimeWord>({
    {"오전", TimeWord::before_noon},    {"오후", TimeWord::after_noon},
    {"上午", TimeWord::before_noon},    {"下午", TimeWord::after_noon},
    {"午前", TimeWord::before_noon},    {"午後", TimeWord::after_noon},
    {"凌晨", TimeWord::before_noon},    {"晚上", TimeWord::after_noon},
    {"π.μ.", TimeWord::before_noon},    {"μ.μ.", TimeWord::after_noon},
    {"πμ", TimeWord::before_noon},      {"μμ", TimeWord::after_noon},
    {"ص", TimeWord::before_noon},       {"م", TimeWord::after_noon},
    {"صباحا", TimeWord::before_noon},   {"مساء", TimeWord::after_noon},
    {"पूर्वाह्न", TimeWord::before_noon},  {"अपराह्न", TimeWord::after_noon},
    {"thang", TimeWord::month_follows}, {"kl", TimeWord::clock_follows},
    {"klo", TimeWord::clock_follows},   {"ore", TimeWord::clock_follows},
});

/// Hangul syllables, U+AC00 to U+D7A3.
bool is_korean(std::string_view word) {
    return word >= "\xEA\xB0\x80" && word <= "\xED\x9E\xA3";
}

}  // namespace

std::optional<std::chrono::month> month_named(std::string_view word) {
    if (word.empty()) {
        return std::nullopt;
    }
    const auto month = month_exactly(word);
    constexpr std::string_view kIn = "ב";  // Hebrew "in", written as one word with the month
    if (!month && word.starts_with(kIn) && word.size() > kIn.size()) {
        return month_exactly(word.substr(kIn.size()));
    }
    return month;
}

std::optional<std::chrono::month> second_of(std::chrono::month first, std::string_view word) {
    const bool has_second = first == std::chrono::October || first == std::chrono::December;
    return has_second && word == "الثانی" ? std::optional{first + std::chrono::months{1}}
                                          : std::nullopt;
}

std::optional<std::chrono::weekday> weekday_named(std::string_view word) {
    for (unsigned day = 0; day < kWeekdays.size() && word.size() >= 3; ++day) {
        if (kWeekdays[day].starts_with(word)) {
            return std::chrono::weekday{day};
        }
    }
    return std::nullopt;
}

UnitWord unit_at(std::string_view rest) {
    for (const KnownUnit& known : kUnits) {
        if (rest.starts_with(known.word)) {
            return {known.unit, known.word.size(), is_korean(known.word)};
        }
    }
    return {};
}

TimeWordFound time_word_at(std::string_view rest) {
    for (const KnownTimeWord& known : kTimeWords) {
        if (!rest.starts_with(known.word)) {
            continue;
        }
        const char after = rest.size() > known.word.size() ? rest[known.word.size()] : ' ';
        const bool ends = !is_letter(after) && static_cast<unsigned char>(after) < 0x80;
        if (ends || known.word.size() == 6) {  // the Chinese need no end: "下午三时"
            return {known.meaning, known.word.size(), is_korean(known.word)};
        }
    }
    return {};
}

}  // namespace wirewatch::feeds
