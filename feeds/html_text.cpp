// SPDX-License-Identifier: MIT
#include "feeds/html_text.hpp"

#include "base/utf8.hpp"
#include "feeds/html_elements.hpp"
#include "feeds/html_scanner.hpp"
#include "feeds/html_tree.hpp"
#include "feeds/letters.hpp"
#include "feeds/text_writer.hpp"
#include "feeds/windows_1252.hpp"

#include <algorithm>
#include <optional>

namespace wirewatch::feeds {

namespace {

constexpr std::string_view kCdataStart = "<![CDATA[";
constexpr std::string_view kCdataEnd = "]]>";

/// "<![CDATA[text]]>" in a text that was CDATA already: a browser would take it for a comment, and
/// a reader would see nothing.
std::string without_cdata(std::string_view html) {
    std::string out;
    out.reserve(html.size());
    while (!html.empty()) {
        const std::size_t start = std::min(html.find(kCdataStart), html.size());
        out += html.substr(0, start);
        html.remove_prefix(std::min(start + kCdataStart.size(), html.size()));
        const std::size_t end = std::min(html.find(kCdataEnd), html.size());
        std::string_view inner = html.substr(0, end);
        html.remove_prefix(std::min(end + kCdataEnd.size(), html.size()));
        for (std::size_t again = inner.find(kCdataStart); again != std::string_view::npos;
             again = inner.find(kCdataStart)) {
            out += inner.substr(0, again);
            inner.remove_prefix(again + kCdataStart.size());
        }
        out += inner;
    }
    return out;
}

/// Controls are no text, but gumbo makes U+FFFD of them. What those of U+0080 to U+009F mean is.
std::string without_controls(std::string_view html) {
    std::string out;
    out.reserve(html.size());
    for (std::size_t at = 0; at < html.size(); ++at) {
        const auto c = static_cast<unsigned char>(html[at]);
        if (c == 0xC2 && at + 1 < html.size() && is_c1(static_cast<unsigned char>(html[at + 1]))) {
            if (const char32_t meant = windows_1252(static_cast<unsigned char>(html[++at]))) {
                utf8::append(out, meant);
            }
        } else if ((c >= ' ' && c != 0x7F) || is_space(html[at])) {
            out += html[at];
        }
    }
    return out;
}

std::string visible(const HtmlTree& tree, Lines lines, std::size_t expected_bytes) {
    TextWriter writer{lines, expected_bytes};
    HtmlWalk walk{tree};
    while (walk.next()) {
        if (walk.step() == HtmlWalk::Step::text) {
            writer.all(walk.text());
            continue;
        }
        const HtmlElement& element = html_element(walk.name());
        writer.gap(element.gap);
        if (walk.step() == HtmlWalk::Step::start && element.sight == Sight::unseen) {
            walk.skip_content();
        }
    }
    return writer.take();
}

std::string visible(std::string_view html, Lines lines) {
    while (trimmed(html).ends_with(kCdataEnd)) {
        html = trimmed(html);
        html.remove_suffix(kCdataEnd.size());
    }
    HtmlScanner quick{html, lines, Doubt::stop};
    const HtmlScanner::Outcome outcome = quick.run();
    if (outcome == HtmlScanner::Outcome::sure) {
        return quick.take();
    }
    const std::string clean = without_controls(without_cdata(html));
    html = clean;
    if (all_tags_end(html)) {
        if (const auto tree = HtmlTree::parse(html, HtmlKind::fragment)) {
            return visible(*tree, lines, html.size());
        }
    }
    HtmlScanner lenient{html, lines, Doubt::guess};
    static_cast<void>(lenient.run());
    return lenient.take();
}

}  // namespace

std::string html_to_text(std::string_view html) {
    return visible(html, Lines::many);
}

std::string html_to_line(std::string_view html) {
    return visible(html, Lines::one);
}

std::string plain_to_text(std::string_view plain) {
    TextWriter writer{Lines::many, plain.size()};
    bool first = true;
    bool empty_before = false;
    while (first || !plain.empty()) {
        const std::size_t end = std::min(plain.find('\n'), plain.size());
        const std::string_view line = plain.substr(0, end);
        writer.all(line);
        empty_before = !first && trimmed(line).empty();
        writer.gap(empty_before ? Gap::paragraph : Gap::line);
        plain.remove_prefix(std::min(end + 1, plain.size()));
        first = false;
    }
    return writer.take();
}

std::string plain_to_line(std::string_view plain) {
    TextWriter writer{Lines::one, plain.size()};
    writer.all(plain);
    return writer.take();
}

}  // namespace wirewatch::feeds
