// SPDX-License-Identifier: MIT
#include "feeds/json_mend.hpp"

#include "feeds/letters.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstddef>
#include <utility>

namespace wirewatch::feeds {

namespace {

constexpr std::size_t kItemDepth = 3;  // {"items": [{…}]}, itself included
constexpr std::size_t kUnit = 5;       // "u00E9", without the backslash
constexpr unsigned kNoUnit = 0x10000;

class JsonMender {
  public:
    explicit JsonMender(std::string_view text) : text_{text} { out_.reserve(text.size()); }

    MendedJson run() {
        while (at_ < text_.size() && !is_complete_) {
            step();
        }
        if (!is_complete_) {
            close_whole_items();
        } else if (!trimmed(text_.substr(at_)).empty()) {
            note("text after the end of the document");
        }
        return {std::move(out_), std::move(repaired_), cut_off_};
    }

  private:
    void step() {
        const char c = text_[at_];
        switch (c) {
            case '"':
                string();
                return;
            case '{':
            case '[':
                open_ += c == '{' ? '}' : ']';
                break;
            case '}':
            case ']':
                drop_comma();
                close(c);
                return;
            default:
                if (is_letter(c)) {
                    word();
                    return;
                }
        }
        out_ += c;
        ++at_;
    }

    void close(char c) {
        out_ += c;
        ++at_;
        if (open_.ends_with(c)) {
            open_.pop_back();
        }
        is_complete_ = open_.empty();
        if (open_.size() + 1 == kItemDepth && c == '}') {
            last_whole_item_ = out_.size();
            around_item_ = open_;
        }
    }

    void drop_comma() {
        const std::size_t last = out_.find_last_not_of(" \t\r\n");
        if (last != std::string::npos && out_[last] == ',') {
            out_.resize(last);
            note("a comma after the last value");
        }
    }

    void string() {
        out_ += text_[at_++];
        while (at_ < text_.size()) {
            const char c = text_[at_++];
            if (static_cast<unsigned char>(c) < 0x20) {
                note("control characters");
                out_ += ' ';
            } else if (c == '\\') {
                escape();
            } else {
                out_ += c;
                if (c == '"') {
                    return;
                }
            }
        }
    }

    /// After the backslash; "\'" is no escape, and means what it shows.
    void escape() {
        constexpr std::string_view kKnown = "\"\\/bfnrt";
        if (at_ == text_.size()) {
            return;
        }
        if (text_[at_] == 'u') {
            code_units();
            return;
        }
        if (kKnown.find(text_[at_]) != std::string_view::npos) {
            out_ += '\\';
            out_ += text_[at_++];
        } else {
            note("escapes that JSON does not know");
        }
    }

    /// At the "u": a code unit, or the two of a pair. Half a pair is what is left where a text was
    /// cut within a character.
    void code_units() {
        const unsigned unit = code_unit(at_);
        const bool is_first = unit >= 0xD800 && unit < 0xDC00;
        const bool is_second = unit >= 0xDC00 && unit < 0xE000;
        if (unit != kNoUnit && !is_first && !is_second) {
            take_escape(kUnit);
            return;
        }
        if (is_first && text_.substr(at_ + kUnit).starts_with("\\u")) {
            const unsigned second = code_unit(at_ + kUnit + 1);
            if (second >= 0xDC00 && second < 0xE000) {
                take_escape(2 * kUnit + 1);
                return;
            }
        }
        note("escapes that name no character");
        out_ += "\\uFFFD";
        ++at_;
        for (std::size_t digits = 0; digits + 1 < kUnit && at_ < text_.size() && is_hex(text_[at_]);
             ++digits) {
            ++at_;
        }
    }

    /// "u00E9" at that place; kNoUnit: it is no such thing.
    [[nodiscard]] unsigned code_unit(std::size_t at) const {
        const std::string_view digits = text_.substr(at + 1, kUnit - 1);
        if (digits.size() < kUnit - 1 || !std::all_of(digits.begin(), digits.end(), is_hex)) {
            return kNoUnit;
        }
        unsigned unit = kNoUnit;
        std::from_chars(digits.data(), digits.data() + digits.size(), unit, 16);
        return unit;
    }

    static bool is_hex(char c) { return is_digit(c) || (lower(c) >= 'a' && lower(c) <= 'f'); }

    void take_escape(std::size_t bytes) {
        out_ += '\\';
        out_ += text_.substr(at_, bytes);
        at_ += bytes;
    }

    void word() {
        constexpr std::array<std::string_view, 3> kNoNumbers{"NaN", "Infinity", "undefined"};
        for (const std::string_view word : kNoNumbers) {
            if (text_.substr(at_).starts_with(word)) {
                note("values that JSON does not know");
                if (out_.ends_with('-')) {
                    out_.pop_back();
                }
                out_ += "null";
                at_ += word.size();
                return;
            }
        }
        out_ += text_[at_++];
    }

    void close_whole_items() {
        cut_off_ = true;
        if (last_whole_item_ == 0) {
            return;  // nothing to save
        }
        note("the document breaks off: what follows the last whole item was left out");
        out_.resize(last_whole_item_);
        out_.append(around_item_.rbegin(), around_item_.rend());
    }

    void note(std::string_view words) {
        for (const std::string& known : repaired_) {
            if (known == words) {
                return;
            }
        }
        repaired_.emplace_back(words);
    }

    std::string_view text_;
    std::size_t at_ = 0;
    std::string out_;
    std::string open_;  ///< what closes what is open, the innermost last
    std::string around_item_;
    std::size_t last_whole_item_ = 0;  ///< where it ends in out_; 0: none
    bool is_complete_ = false;
    bool cut_off_ = false;
    std::vector<std::string> repaired_;
};

}  // namespace

MendedJson mend_json(std::string_view text) {
    return JsonMender{text}.run();
}

}  // namespace wirewatch::feeds
