// SPDX-License-Identifier: MIT
#include "feeds/html_text.hpp"

#include "base/utf8.hpp"
#include "feeds/html_entities.hpp"
#include "feeds/html_tag.hpp"
#include "feeds/letters.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace wirewatch::feeds {

namespace {

enum class Gap { none, space, line, paragraph };

/// Collects text; gaps are written only between two letters, the widest that was asked for.
class TextWriter {
  public:
    void gap(Gap wanted) { gap_ = std::max(gap_, wanted); }

    void letter(char32_t c) {
        switch (c) {
            case ' ':
            case '\t':
            case '\n':
            case '\r':
            case '\f':
            case 0xA0:
                gap(Gap::space);
                return;
            case 0x2028:
                gap(Gap::line);
                return;
            case 0x2029:
                gap(Gap::paragraph);
                return;
            case 0xAD:    // a soft hyphen would split a word for the rules
            case 0xFEFF:  // likewise a stray byte order mark
                return;
            default:
                break;
        }
        if (c < 0x20 || (c >= 0x7F && c < 0xA0)) {
            return;
        }
        if (!text_.empty()) {
            constexpr std::array<std::string_view, 4> kGaps{"", " ", "\n", "\n\n"};
            text_ += kGaps[static_cast<std::size_t>(gap_)];
        }
        gap_ = Gap::none;
        utf8::append(text_, c);
    }

    [[nodiscard]] std::string take() { return std::move(text_); }

  private:
    std::string text_;
    Gap gap_ = Gap::none;
};

struct Element {
    std::string_view name;
    Gap gap;
};

constexpr std::array kGaps = std::to_array<Element>({
    {"address", Gap::paragraph}, {"article", Gap::paragraph},
    {"aside", Gap::paragraph},   {"blockquote", Gap::paragraph},
    {"br", Gap::line},           {"caption", Gap::line},
    {"dd", Gap::line},           {"details", Gap::line},
    {"div", Gap::line},          {"dl", Gap::paragraph},
    {"dt", Gap::line},           {"figcaption", Gap::line},
    {"figure", Gap::paragraph},  {"footer", Gap::line},
    {"form", Gap::line},         {"h1", Gap::paragraph},
    {"h2", Gap::paragraph},      {"h3", Gap::paragraph},
    {"h4", Gap::paragraph},      {"h5", Gap::paragraph},
    {"h6", Gap::paragraph},      {"header", Gap::line},
    {"hr", Gap::paragraph},      {"li", Gap::line},
    {"main", Gap::line},         {"nav", Gap::line},
    {"ol", Gap::paragraph},      {"option", Gap::line},
    {"p", Gap::paragraph},       {"pre", Gap::paragraph},
    {"section", Gap::paragraph}, {"summary", Gap::line},
    {"table", Gap::paragraph},   {"td", Gap::space},
    {"th", Gap::space},          {"tr", Gap::line},
    {"ul", Gap::paragraph},
});

// What stands between their tags is for programs. A browser shows none of it.
constexpr std::array<std::string_view, 7> kUnseen{"script", "style",    "template", "title",
                                                  "iframe", "textarea", "object"};

Gap gap_of(std::string_view name) {
    const auto found = std::find_if(kGaps.begin(), kGaps.end(), [&](const Element& element) {
        return equal_ignoring_case(element.name, name);
    });
    return found == kGaps.end() ? Gap::none : found->gap;
}

bool is_unseen(std::string_view name) {
    return std::any_of(kUnseen.begin(), kUnseen.end(),
                       [&](std::string_view unseen) { return equal_ignoring_case(unseen, name); });
}

class Scanner {
  public:
    explicit Scanner(std::string_view html) : html_{html} {}

    std::string run() {
        while (at_ < html_.size()) {
            switch (html_[at_]) {
                case '<':
                    markup();
                    break;
                case '&':
                    entity();
                    break;
                case ']':
                    bracket();
                    break;
                default:
                    writer_.letter(utf8::next(html_, at_));
            }
        }
        return writer_.take();
    }

  private:
    void entity() {
        if (const auto found = read_entity(html_.substr(at_), EntityPlace::text)) {
            writer_.letter(found->code_point);
            at_ += found->bytes;
        } else {
            writer_.letter('&');
            ++at_;
        }
    }

    void bracket() {
        const std::string_view end_of_cdata = "]]>";
        if (html_.substr(at_).starts_with(end_of_cdata)) {
            at_ += end_of_cdata.size();
        } else {
            writer_.letter(']');
            ++at_;
        }
    }

    void markup() {
        const std::string_view rest = html_.substr(at_);
        if (rest.starts_with("<!--")) {
            skip_past("-->");
        } else if (rest.starts_with("<![CDATA[")) {
            at_ += std::string_view{"<![CDATA["}.size();  // what it wraps is seen
        } else if (rest.starts_with("<!") || rest.starts_with("<?")) {
            skip_past(">");
        } else if (rest.size() > 1 && (is_letter(rest[1]) || rest[1] == '/')) {
            tag();
        } else {
            writer_.letter('<');
            ++at_;
        }
    }

    void tag() {
        auto found = read_tag(html_, at_, quotes_);
        if (!found && quotes_ == Quotes::respect) {
            quotes_ = Quotes::ignore;
            found = read_tag(html_, at_, quotes_);
        }
        if (found) {
            element(*found);
        } else if (html_.find('>', at_) == std::string_view::npos) {
            at_ = html_.size();  // a tag cut off by its feed: nothing follows it
        } else {
            skip_past(">");  // "</" and no name: a browser shows nothing of it either
        }
    }

    void element(const HtmlTag& tag) {
        at_ = tag.end;
        writer_.gap(gap_of(tag.name));
        if (tag.closes || !is_unseen(tag.name)) {
            return;
        }
        const std::string end = "</" + std::string{tag.name};
        at_ = std::min(find_ignoring_case(html_, end, at_), html_.size());
    }

    void skip_past(std::string_view end) {
        const std::size_t found = html_.find(end, at_);
        at_ = found == std::string_view::npos ? html_.size() : found + end.size();
    }

    std::string_view html_;
    std::size_t at_ = 0;
    Quotes quotes_ = Quotes::respect;
    TextWriter writer_;
};

}  // namespace

std::string html_to_text(std::string_view html) {
    return Scanner{html}.run();
}

std::string html_to_line(std::string_view html) {
    return plain_to_line(html_to_text(html));
}

std::string plain_to_text(std::string_view plain) {
    TextWriter writer;
    bool fresh_line = false;  // only white space since the last line break
    for (std::size_t at = 0; at < plain.size();) {
        const char32_t c = utf8::next(plain, at);
        if (c == '\n') {
            writer.gap(fresh_line ? Gap::paragraph : Gap::line);
            fresh_line = true;
        } else {
            writer.letter(c);
            fresh_line = fresh_line && c < 0x80 && is_space(static_cast<char>(c));
        }
    }
    return writer.take();
}

std::string plain_to_line(std::string_view plain) {
    TextWriter writer;
    for (std::size_t at = 0; at < plain.size();) {
        const char32_t c = utf8::next(plain, at);
        writer.letter(c == 0x2028 || c == 0x2029 ? U' ' : c);
    }
    return writer.take();
}

}  // namespace wirewatch::feeds
