// SPDX-License-Identifier: MIT
#include "feeds/month_names.hpp"

#include <algorithm>
#include <array>

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
    // Pashto, Central Kurdish (October to January have two words), Uyghur
    {"", "فبروری", "", "", "مۍ", "", "جولای", "اګست", "سېپتمبر", "", "", ""},
    {"", "شوبات", "ئازار", "", "ئایار", "حوزهیران", "تهمووز", "ئاب", "ئهیلوول", "", "", ""},
    // Marathi, Nepali, Gujarati, Punjabi, Odia, Assamese
    {"जानेवारी", "फेब्रुवारी", "", "एप्रिल", "मे", "जून", "जुलै", "ऑगस्ट", "सप्टेंबर", "ऑक्टोबर", "नोव्हेंबर",
     "डिसेंबर"},
    {"", "फेब्रुअरी", "", "अप्रिल", "", "जुन", "", "अगस्ट", "सेप्टेम्बर", "अक्टोबर", "नोभेम्बर", "डिसेम्बर"},
    {"જાન્યુઆરી", "ફેબ્રુઆરી", "માર્ચ", "એપ્રિલ", "મે", "જૂન", "જુલાઈ", "ઑગસ્ટ", "સપ્ટેમ્બર", "ઑક્ટોબર", "નવેમ્બર",
     "ડિસેમ્બર"},
    {"ਜਨਵਰੀ", "ਫ਼ਰਵਰੀ", "ਮਾਰਚ", "ਅਪ੍ਰੈਲ", "ਮਈ", "ਜੂਨ", "ਜੁਲਾਈ", "ਅਗਸਤ", "ਸਤੰਬਰ", "ਅਕਤੂਬਰ", "ਨਵੰਬਰ", "ਦਸੰਬਰ"},
    {"ଜାନୁଆରୀ", "ଫେବୃଆରୀ", "ମାର୍ଚ୍ଚ", "ଅପ୍ରେଲ", "ମଇ", "ଜୁନ", "ଜୁଲାଇ", "ଅଗଷ୍ଟ", "ସେପ୍ଟେମ୍ବର", "ଅକ୍ଟୋବର",
     "ନଭେମ୍ବର", "ଡିସେମ୍ବର"},
    {"জানুৱাৰী", "ফেব্ৰুৱাৰী", "মাৰ্চ", "এপ্ৰিল", "", "", "", "আগষ্ট", "ছেপ্তেম্বৰ", "অক্টোবৰ", "নৱেম্বৰ",
     "ডিচেম্বৰ"},
    // Tamil, Telugu, Kannada, Malayalam, Sinhala
    {"ஜனவரி", "பிப்ரவரி", "மார்ச்", "ஏப்ரல்", "மே", "ஜூன்", "ஜூலை", "ஆகஸ்ட்", "செப்டம்பர்", "அக்டோபர்", "நவம்பர்",
     "டிசம்பர்"},
    {"జనవరి", "ఫిబ్రవరి", "మార్చి", "ఏప్రిల్", "మే", "జూన్", "జులై", "ఆగస్టు", "సెప్టెంబర్", "అక్టోబర్", "నవంబర్",
     "డిసెంబర్"},
    {"ಜನವರಿ", "ಫೆಬ್ರವರಿ", "ಮಾರ್ಚ್", "ಏಪ್ರಿಲ್", "ಮೇ", "ಜೂನ್", "ಜುಲೈ", "ಆಗಸ್ಟ್", "ಸೆಪ್ಟೆಂಬರ್", "ಅಕ್ಟೋಬರ್", "ನವೆಂಬರ್",
     "ಡಿಸೆಂಬರ್"},
    {"ജനുവരി", "ഫെബ്രുവരി", "മാർച്ച്", "ഏപ്രിൽ", "മേയ്", "ജൂൺ", "ജൂലൈ", "ഓഗസ്റ്റ്", "സെപ്റ്റംബർ", "ഒക്ടോബർ",
     "നവംബർ", "ഡിസംബർ"},
    {"ජනවාරි", "පෙබරවාරි", "මාර්තු", "අප්රේල්", "මැයි", "ජූනි", "ජූලි", "අගෝස්තු", "සැප්තැම්බර්", "ඔක්තෝබර්",
     "නොවැම්බර්", "දෙසැම්බර්"},
    // Thai, Lao, Khmer, Burmese
    {"มกราคม", "กุมภาพันธ์", "มีนาคม", "เมษายน", "พฤษภาคม", "มิถุนายน", "กรกฎาคม", "สิงหาคม", "กันยายน",
     "ตุลาคม", "พฤศจิกายน", "ธันวาคม"},
    {"ມັງກອນ", "ກຸມພາ", "ມີນາ", "ເມສາ", "ພຶດສະພາ", "ມິຖຸນາ", "ກໍລະກົດ", "ສິງຫາ", "ກັນຍາ", "ຕຸລາ", "ພະຈິກ",
     "ທັນວາ"},
    {"មករា", "កុម្ភៈ", "មីនា", "មេសា", "ឧសភា", "មិថុនា", "កក្កដា", "សីហា", "កញ្ញា", "តុលា", "វិច្ឆិកា", "ធ្នូ"},
    {"ဇန်နဝါရီ", "ဖေဖော်ဝါရီ", "မတ်", "ဧပြီ", "မေ", "ဇွန်", "ဇူလိုင်", "ဩဂုတ်", "စက်တင်ဘာ", "အောက်တိုဘာ", "နိုဝင်ဘာ",
     "ဒီဇင်ဘာ"},
    // Georgian, Armenian, Kazakh, Amharic
    {"იანვარ", "თებერვალ", "მარტ", "აპრილ", "მაის", "ივნის", "ივლის", "აგვისტო", "სექტემბერ",
     "ოქტომბერ", "ნოემბერ", "დეკემბერ"},
    {"հունվար", "փետրվար", "մարտ", "ապրիլ", "մայիս", "հունիս", "հուլիս", "օգոստոս", "սեպտեմբեր",
     "հոկտեմբեր", "նոյեմբեր", "դեկտեմբեր"},
    {"қаңтар", "ақпан", "наурыз", "сәуір", "мамыр", "маусым", "шілде", "тамыз", "қыркүйек", "қазан",
     "қараша", "желтоқсан"},
    {"ጃንዩወሪ", "ፌብሩወሪ", "ማርች", "ኤፕሪል", "ሜይ", "ጁን", "ጁላይ", "ኦገስት", "ሴፕቴምበር", "ኦክቶበር", "ኖቬምበር",
     "ዲሴምበር"},
    // Welsh, Irish, Afrikaans, Maltese, Hausa, Luxembourgish
    {"ionawr", "chwefror", "mawrth", "ebrill", "", "mehefin", "gorffennaf", "awst", "medi",
     "hydref", "tachwedd", "rhagfyr"},
    {"eanair", "feabhra", "", "aibrean", "bealtaine", "meitheamh", "iuil", "lunasa", "", "",
     "samhain", "nollaig"},
    {"jannar", "frar", "marzu", "abrell", "mejju", "gunju", "lulju", "awwissu", "settembru",
     "ottubru", "", "dicembru"},
    {"janairu", "faburairu", "maris", "afirilu", "mayu", "yuni", "yuli", "agusta", "satumba", "",
     "nuwamba", "disamba"},
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
                                                    {"mee", 5},
                                                    {"jui", 6},
                                                    {"cze", 6},
                                                    {"agt", 8},
                                                    {"nopember", 11},
                                                    {"جولای", 7}});

// The solar year of Iran begins in March: Iran's names, and Afghanistan's.
constexpr auto kSolarYears = std::to_array<Year>({
    {"فروردین", "اردیبهشت", "خرداد", "تیر", "مرداد", "شهریور", "مهر", "ابان", "اذر", "دی", "بهمن",
     "اسفند"},
    {"حمل", "ثور", "جوزا", "سرطان", "اسد", "سنبله", "میزان", "عقرب", "قوس", "جدی", "دلو", "حوت"},
});

// The lunar year; of months with two words the first, or, after "ذو", the second.
constexpr auto kLunarYears = std::to_array<Year>({
    {"محرم", "صفر", "ربیع", "", "جمادی", "", "رجب", "شعبان", "رمضان", "شوال", "القعدة", "الحجة"},
    {"", "", "", "", "جمادا", "", "", "", "", "", "القعده", "الحجه"},
    {"", "", "", "", "", "", "", "", "", "", "ذوالقعدة", "ذوالحجة"},
});

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

DottedMonth dotted_month_at(std::string_view rest) {
    // With or without the last dot.
    constexpr Year kThai{"ม.ค", "ก.พ", "มี.ค", "เม.ย", "พ.ค", "มิ.ย",
                         "ก.ค", "ส.ค", "ก.ย", "ต.ค",  "พ.ย", "ธ.ค"};
    constexpr Year kLao{"ມ.ກ", "ກ.ພ", "ມ.ນ", "ມ.ສ", "ພ.ພ", "ມິ.ຖ",
                        "ກ.ລ", "ສ.ຫ", "ກ.ຍ", "ຕ.ລ", "ພ.ຈ", "ທ.ວ"};
    for (const Year& year : {kThai, kLao}) {
        for (unsigned i = 0; i < year.size(); ++i) {
            if (rest.starts_with(year[i])) {
                return {std::chrono::month{i + 1}, year[i].size()};
            }
        }
    }
    return {};
}

std::optional<CalendarMonth> other_month_named(std::string_view word) {
    for (const Year& year : kSolarYears) {
        for (int i = 0; i < 12; ++i) {
            if (word == year[static_cast<std::size_t>(i)]) {
                return CalendarMonth{Calendar::solar_hijri, i + 1};
            }
        }
    }
    for (const Year& year : kLunarYears) {
        for (int i = 0; i < 12; ++i) {
            const std::string_view name = year[static_cast<std::size_t>(i)];
            if (!name.empty() && word == name) {
                return CalendarMonth{Calendar::lunar_hijri, i + 1};
            }
        }
    }
    return std::nullopt;
}

bool is_second_of_its_name(std::string_view word) {
    constexpr std::array<std::string_view, 6> kSecond{"الثانی", "الثانیة", "الاخر",
                                                      "الاخرة", "الاخره",  "الثانیه"};
    return std::find(kSecond.begin(), kSecond.end(), word) != kSecond.end();
}

std::optional<std::chrono::month> second_of(std::chrono::month first, std::string_view word) {
    const bool has_second = first == std::chrono::October || first == std::chrono::December;
    return has_second && word == "الثانی" ? std::optional{first + std::chrono::months{1}}
                                          : std::nullopt;
}

}  // namespace wirewatch::feeds
