// SPDX-License-Identifier: MIT
#include "feeds/encoding.hpp"

#include "base/utf8.hpp"
#include "feeds/charset_names.hpp"
#include "feeds/iconv_converter.hpp"
#include "feeds/letters.hpp"
#include "feeds/mixed_utf8.hpp"
#include "feeds/short_list.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace wirewatch::feeds {

namespace {

using namespace std::string_view_literals;

constexpr std::string_view kFallback = "windows-1252";
constexpr std::string_view kMark = "\xEF\xBB\xBF";

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

/// `<meta charset="gbk">` or `<meta … content="text/html; charset=gbk">` of a page.
std::string_view declared_in_page(std::string_view bytes) {
    constexpr std::size_t kFarEnough = 4096;  // our choice; HTML asks for the first 1,024 bytes
    bytes = bytes.substr(0, kFarEnough);
    constexpr std::string_view kMeta = "<meta";
    if (find_ignoring_case(bytes, "<html") == std::string_view::npos &&
        find_ignoring_case(bytes, "<!doctype html") == std::string_view::npos) {
        return {};  // a feed may quote a page
    }
    for (std::size_t at = find_ignoring_case(bytes, kMeta); at != std::string_view::npos;
         at = find_ignoring_case(bytes, kMeta, at + 1)) {
        const std::string_view tag = bytes.substr(at, bytes.find('>', at) - at);
        if (const std::string_view charset = value_after(tag, "charset"); !charset.empty()) {
            return charset;
        }
    }
    return {};
}

/// UTF-16 whose first character is none of the signatures' ones: every other byte is zero.
std::string_view wide_encoding(std::string_view bytes) {
    constexpr std::size_t kSample = 128;  // our choice
    bytes = bytes.substr(0, kSample);
    std::array<std::size_t, 2> zeros{};
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        zeros[i % 2] += bytes[i] == '\0' ? 1 : 0;
    }
    const auto many = bytes.size() / 4;
    if (bytes.size() < 4 || (zeros[0] > 0) == (zeros[1] > 0) || zeros[0] + zeros[1] <= many) {
        return {};
    }
    return zeros[0] > 0 ? "UTF-16BE" : "UTF-16LE";
}

/// ISO-2022-JP is ASCII to the eye: "ESC $ B" and "ESC $ @" turn to Japanese letters.
bool is_iso_2022_jp(std::string_view bytes) {
    return bytes.find("\x1B$B") != std::string_view::npos ||
           bytes.find("\x1B$@") != std::string_view::npos;
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
        if (const std::string_view wide = wide_encoding(bytes_); !wide.empty()) {
            lenient(wide, bytes_);
            return std::move(out_);
        }
        census_ = utf8::count_sequences(bytes_);
        for (const std::string_view declared : declared_) {
            if (!declared.empty() && as_declared(declared)) {
                return std::move(out_);
            }
        }
        if (census_.ill_formed > 0) {  // no feed comes here but a few
            const std::string_view declared = declared_in_page(bytes_);
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
        const Charset charset = charset_named(declared);
        if (charset.kind == CharsetKind::wide) {
            note("declared as " + quoted + ", which the bytes are not");
            return false;
        }
        if (charset.kind == CharsetKind::utf8) {
            return as_declared_utf8();
        }
        if (charset.kind == CharsetKind::single_byte && census_.well_formed > 0 &&
            census_.ill_formed == 0) {
            // Text in such an encoding is not well-formed UTF-8 by chance.
            note("declared as " + quoted + ", but it is UTF-8");
            accept_as_it_is(bytes_);
            return true;
        }
        IconvConverter converter{charset.name};
        if (!converter.known()) {
            note("declared as " + quoted + ", an encoding nobody knows");
            return false;
        }
        // A few broken letters in a long text do not make its declaration wrong.
        const std::size_t high_bytes = census_.well_formed + census_.ill_formed;
        Converted converted = converter.convert(bytes_, high_bytes / 20);
        if (converted.faults > 0) {
            const bool is_nearly_right = converted.faults <= high_bytes / 20;
            note("declared as " + quoted + ", but " +
                 (is_nearly_right ? std::to_string(converted.faults) : std::string{"many"}) +
                 " places are not");
            nearly_ = is_nearly_right && nearly_.empty() ? charset.name : nearly_;
            return false;
        }
        accept(charset.name, std::move(converted.text));
        return true;
    }

    bool as_declared_utf8() {
        if (census_.ill_formed > 0) {
            note("declared as UTF-8, but " + std::to_string(census_.ill_formed) +
                 " places are not");
            return false;
        }
        if (census_.well_formed == 0 && is_iso_2022_jp(bytes_)) {
            note("declared as UTF-8, but it is ISO-2022-JP");
            return false;
        }
        accept_as_it_is(bytes_);
        return true;
    }

    void undeclared() {
        if (census_.ill_formed == 0) {
            if (census_.well_formed == 0 && is_iso_2022_jp(bytes_)) {
                lenient("ISO-2022-JP", bytes_);
            } else {
                accept_as_it_is(bytes_);
            }
        } else if (!nearly_.empty()) {
            accept(nearly_, IconvConverter{nearly_}.convert(bytes_, bytes_.size()).text);
        } else if (census_.well_formed > census_.ill_formed) {
            lenient("UTF-8", bytes_);
        } else {
            note("no declaration fits and it is not UTF-8: read as " + std::string{kFallback});
            accept(kFallback, IconvConverter{kFallback}.convert(bytes_, bytes_.size()).text);
        }
    }

    void lenient(std::string_view encoding, std::string_view bytes) {
        if (encoding == "UTF-8") {
            const std::size_t faults = utf8::count_sequences(bytes).ill_formed;
            if (faults == 0) {
                accept_as_it_is(bytes);
                return;
            }
            note(std::to_string(faults) +
                 " places are not UTF-8: read as windows-1252, or stand as U+FFFD");
            accept(encoding, repair_mixed(bytes));
            return;
        }
        Converted converted = IconvConverter{encoding}.convert(bytes, bytes.size());
        if (converted.faults > 0) {
            note(std::to_string(converted.faults) + " places are not " + std::string{encoding} +
                 " and stand as U+FFFD");
        }
        accept(encoding, std::move(converted.text));
    }

    void note(std::string words) { add_once(out_.repaired, std::move(words)); }

    /// Valid UTF-8 needs no copy.
    void accept_as_it_is(std::string_view bytes) {
        while (bytes.starts_with(kMark)) {  // some send the mark twice
            bytes.remove_prefix(kMark.size());
        }
        out_.encoding = "UTF-8";
        out_.original = bytes;
    }

    void accept(std::string_view encoding, std::string text) {
        while (text.starts_with(kMark)) {
            text.erase(0, kMark.size());
        }
        out_.encoding = encoding;
        out_.converted = std::move(text);
    }

    std::string_view bytes_;
    std::array<std::string_view, 2> declared_;  ///< HTTP header, XML declaration
    utf8::Sequences census_;
    std::string nearly_;  ///< a declared encoding that a few bytes contradict; empty: none
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
    if (const std::string_view kind = binary_kind(bytes, decoded.text()); !kind.empty()) {
        return fail(Errc::not_a_feed, std::string{kind});
    }
    return decoded;
}

}  // namespace wirewatch::feeds
