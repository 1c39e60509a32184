// SPDX-License-Identifier: MIT
#include "feeds/encoding.hpp"

#include "base/utf8.hpp"
#include "feeds/iconv_converter.hpp"
#include "feeds/letters.hpp"
#include "feeds/short_list.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

namespace wirewatch::feeds {

namespace {

using namespace std::string_view_literals;

constexpr std::string_view kFallback = "windows-1252";

struct Signature {
    std::string_view bytes;
    std::string_view encoding;
    bool is_mark;  ///< a byte order mark; else how "<" or "<?" looks in this encoding
};

// UTF-32 before UTF-16, whose mark begins the same.
constexpr std::array kSignatures{
    Signature{"\x00\x00\xFE\xFF"sv, "UTF-32BE", true},
    Signature{"\xFF\xFE\x00\x00"sv, "UTF-32LE", true},
    Signature{"\xFE\xFF"sv, "UTF-16BE", true},
    Signature{"\xFF\xFE"sv, "UTF-16LE", true},
    Signature{"\xEF\xBB\xBF"sv, "UTF-8", true},
    Signature{"\x00\x00\x00<"sv, "UTF-32BE", false},
    Signature{"<\x00\x00\x00"sv, "UTF-32LE", false},
    Signature{"\x00<\x00"sv, "UTF-16BE", false},
    Signature{"<\x00"sv, "UTF-16LE", false},
    Signature{"\x00{\x00"sv, "UTF-16BE", false},
    Signature{"{\x00"sv, "UTF-16LE", false},
};

struct Alias {
    std::string_view declared;  ///< in lower case
    std::string_view meant;
};

// What the declaration says, and what is in fact sent under that name. Mostly supersets, as
// browsers read them (WHATWG Encoding Standard, section 4.2).
constexpr std::array kAliases{
    Alias{"utf8", "UTF-8"},
    Alias{"utf-8", "UTF-8"},
    Alias{"unicode-1-1-utf-8", "UTF-8"},
    Alias{"ascii", kFallback},
    Alias{"us-ascii", kFallback},
    Alias{"iso-8859-1", kFallback},
    Alias{"iso8859-1", kFallback},
    Alias{"iso_8859-1", kFallback},
    Alias{"latin1", kFallback},
    Alias{"iso-8859-9", "windows-1254"},
    Alias{"iso-8859-11", "windows-874"},
    Alias{"tis-620", "windows-874"},
    Alias{"gb2312", "GB18030"},
    Alias{"gbk", "GB18030"},
    Alias{"gb_2312-80", "GB18030"},
    Alias{"x-gbk", "GB18030"},
    Alias{"big5", "BIG5-HKSCS"},
    Alias{"x-x-big5", "BIG5-HKSCS"},
    Alias{"shift_jis", "CP932"},
    Alias{"shift-jis", "CP932"},
    Alias{"x-sjis", "CP932"},
    Alias{"sjis", "CP932"},
    Alias{"euc-kr", "CP949"},
    Alias{"ks_c_5601-1987", "CP949"},
    Alias{"x-mac-roman", "MACINTOSH"},
};

/// Encodings of one byte a letter, in which any bytes at all make some text.
bool is_single_byte(std::string_view encoding) {
    constexpr std::array<std::string_view, 7> kFamilies{"windows-", "cp125", "iso-8859", "iso8859",
                                                        "iso_8859", "koi8",  "macintosh"};
    const std::string name = lower(encoding);
    return std::any_of(kFamilies.begin(), kFamilies.end(),
                       [&](std::string_view family) { return name.starts_with(family); });
}

/// Encodings whose markup is not ASCII. Only a signature can be believed about these.
bool is_wide(std::string_view encoding) {
    constexpr std::array<std::string_view, 5> kFamilies{"utf-16", "utf-32", "ucs-", "utf16",
                                                        "utf-7"};
    const std::string name = lower(encoding);
    return std::any_of(kFamilies.begin(), kFamilies.end(),
                       [&](std::string_view family) { return name.starts_with(family); });
}

/// The value of `key`=… in `text`, quoted or not; empty: none.
std::string_view value_after(std::string_view text, std::string_view key) {
    const std::size_t found = find_ignoring_case(text, key);
    if (found == std::string_view::npos) {
        return {};
    }
    text = trimmed(text.substr(found + key.size()));
    if (!text.starts_with('=')) {
        return {};
    }
    text = trimmed(text.substr(1));
    if (text.starts_with('"') || text.starts_with('\'')) {
        const std::size_t end = text.find(text.front(), 1);
        return end == std::string_view::npos ? std::string_view{} : text.substr(1, end - 1);
    }
    return text.substr(0, text.find_first_of(" \t\r\n;,?>\"'"));
}

std::string_view declared_in_xml(std::string_view bytes) {
    constexpr std::size_t kFarEnough = 1024;  // our choice: a declaration stands at the start
    bytes = bytes.substr(0, kFarEnough);
    const std::size_t start = bytes.find("<?xml");
    if (start == std::string_view::npos) {
        return {};
    }
    bytes.remove_prefix(start);
    return value_after(bytes.substr(0, bytes.find("?>")), "encoding");
}

struct Utf8Census {
    std::size_t good = 0;  ///< well-formed sequences of more than one byte
    std::size_t bad = 0;   ///< ill-formed ones
};

Utf8Census count_sequences(std::string_view bytes) {
    Utf8Census census;
    for (std::size_t at = utf8::ascii_end(bytes, 0); at < bytes.size();
         at = utf8::ascii_end(bytes, at)) {
        const std::size_t before = at;
        const char32_t code_point = utf8::next(bytes, at);
        const bool spelled_replacement = bytes.substr(before, at - before) == "\xEF\xBF\xBD";
        ++(code_point == 0xFFFD && !spelled_replacement ? census.bad : census.good);
    }
    return census;
}

/// One attempt after the other; the first that reads the bytes without fault wins.
class Decoder {
  public:
    Decoder(std::string_view bytes, std::string_view content_type)
        : bytes_{bytes}, declared_{value_after(content_type, "charset"), declared_in_xml(bytes)} {}

    DecodedText run() {
        if (by_signature()) {
            return std::move(out_);
        }
        census_ = count_sequences(bytes_);
        for (const std::string_view declared : declared_) {
            if (!declared.empty() && as_declared(declared)) {
                return std::move(out_);
            }
        }
        undeclared();
        return std::move(out_);
    }

  private:
    bool by_signature() {
        for (const Signature& signature : kSignatures) {
            if (bytes_.starts_with(signature.bytes)) {
                lenient(signature.encoding,
                        bytes_.substr(signature.is_mark ? signature.bytes.size() : 0));
                return true;
            }
        }
        return false;
    }

    bool as_declared(std::string_view declared) {
        const std::string quoted = "'" + utf8::repair(utf8::cut(declared, 40)) + "'";
        const std::string key = lower(declared);
        const auto alias = std::find_if(kAliases.begin(), kAliases.end(),
                                        [&](const Alias& a) { return a.declared == key; });
        const std::string_view meant = alias == kAliases.end() ? declared : alias->meant;
        if (is_wide(meant)) {
            note("declared as " + quoted + ", which the bytes are not");
            return false;
        }
        if (meant == "UTF-8") {
            if (census_.bad > 0) {
                note("declared as UTF-8, but " + std::to_string(census_.bad) + " places are not");
                return false;
            }
            accept("UTF-8", std::string{bytes_});
            return true;
        }
        if (is_single_byte(meant) && census_.good > 0 && census_.bad == 0) {
            // Text in such an encoding is not well-formed UTF-8 by chance.
            note("declared as " + quoted + ", but it is UTF-8");
            accept("UTF-8", std::string{bytes_});
            return true;
        }
        IconvConverter converter{meant};
        if (!converter.known()) {
            note("declared as " + quoted + ", an encoding nobody knows");
            return false;
        }
        Converted converted = converter.convert(bytes_);
        if (converted.faults > 0) {
            note("declared as " + quoted + ", but " + std::to_string(converted.faults) +
                 " places are not");
            remember_if_nearly_right(meant, std::move(converted));
            return false;
        }
        accept(meant, std::move(converted.text));
        return true;
    }

    /// A few broken letters in a long text do not make its declaration wrong.
    void remember_if_nearly_right(std::string_view encoding, Converted converted) {
        const std::size_t high_bytes = census_.good + census_.bad;
        if (nearly_.text.empty() && converted.faults * 20 <= high_bytes) {
            nearly_.encoding = encoding;
            nearly_.text = std::move(converted.text);
        }
    }

    void undeclared() {
        if (census_.bad == 0) {
            accept("UTF-8", std::string{bytes_});
        } else if (!nearly_.text.empty()) {
            accept(nearly_.encoding, std::move(nearly_.text));
        } else if (census_.good > census_.bad) {
            lenient("UTF-8", bytes_);
        } else {
            note("no declaration fits and it is not UTF-8: read as " + std::string{kFallback});
            accept(kFallback, IconvConverter{kFallback}.convert(bytes_).text);
        }
    }

    void lenient(std::string_view encoding, std::string_view bytes) {
        std::size_t faults = 0;
        std::string text;
        if (encoding == "UTF-8") {
            faults = count_sequences(bytes).bad;
            text = utf8::repair(bytes);
        } else {
            Converted converted = IconvConverter{encoding}.convert(bytes);
            faults = converted.faults;
            text = std::move(converted.text);
        }
        if (faults > 0) {
            note(std::to_string(faults) + " places are not " + std::string{encoding} +
                 " and stand as U+FFFD");
        }
        accept(encoding, std::move(text));
    }

    void note(std::string words) { add_once(out_.repaired, std::move(words)); }

    void accept(std::string_view encoding, std::string text) {
        out_.encoding = encoding;
        out_.text = std::move(text);
    }

    std::string_view bytes_;
    std::array<std::string_view, 2> declared_;  ///< HTTP header, XML declaration
    Utf8Census census_;
    DecodedText nearly_;
    DecodedText out_;
};

/// Words for what is no text; empty: it is.
std::string_view binary_kind(std::string_view bytes, std::string_view text) {
    if (bytes.starts_with("\x1F\x8B")) {
        return "these are gzip bytes, which the server did not declare";
    }
    if (bytes.starts_with("PK\x03\x04")) {
        return "this is a zip archive";
    }
    constexpr std::size_t kSample = 1024;  // our choice
    const std::string_view sample = text.substr(0, kSample);
    const auto controls = std::count_if(sample.begin(), sample.end(), [](char c) {
        return static_cast<unsigned char>(c) < 0x20 && !is_space(c);
    });
    return static_cast<std::size_t>(controls) * 10 > sample.size()
               ? "these are binary data, in no encoding that is known"
               : "";
}

}  // namespace

Result<DecodedText> decode_text(std::string_view bytes, std::string_view content_type) {
    DecodedText decoded = Decoder{bytes, content_type}.run();
    while (decoded.text.starts_with("\xEF\xBB\xBF")) {  // some send the mark twice
        decoded.text.erase(0, 3);
    }
    if (const std::string_view kind = binary_kind(bytes, decoded.text); !kind.empty()) {
        return fail(Errc::not_a_feed, std::string{kind});
    }
    return decoded;
}

}  // namespace wirewatch::feeds
