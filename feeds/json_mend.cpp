// SPDX-License-Identifier: MIT
#include "feeds/json_mend.hpp"

#include "feeds/letters.hpp"

#include <array>
#include <cstddef>
#include <utility>

namespace wirewatch::feeds {

namespace {

constexpr std::size_t kItemDepth = 3;  // {"items": [{…}]}, itself included

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
        constexpr std::string_view kKnown = "\"\\/bfnrtu";
        if (at_ == text_.size()) {
            return;
        }
        if (kKnown.find(text_[at_]) != std::string_view::npos) {
            out_ += '\\';
            out_ += text_[at_++];
        } else {
            note("escapes that JSON does not know");
        }
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
