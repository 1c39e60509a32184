// SPDX-License-Identifier: MIT
#include "review/terminal.hpp"

#include "base/columns.hpp"
#include "base/printable.hpp"
#include "base/utf8.hpp"

#include <algorithm>
#include <array>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <iostream>
#include <iterator>
#include <utility>

#include <sys/ioctl.h>
#include <unistd.h>

namespace wirewatch::review {

namespace {

constexpr std::string_view kReset = "\033[0m";

/// Where nothing is cut, a cell wider than this moves what stands behind it in its own line, rather
/// than to pad all others. Our choice: most headlines are shorter.
constexpr std::size_t kWidestPadded = 60;

std::string_view escape_of(Style style) {
    switch (style) {
        case Style::plain:
            return "";
        case Style::strong:
            return "\033[1m";
        case Style::dim:
            return "\033[2m";
        case Style::matched:
            return "\033[1;33m";
        case Style::good:
            return "\033[32m";
        case Style::bad:
            return "\033[31m";
    }
    return "";
}

using Range = std::pair<std::size_t, std::size_t>;

/// Spans of one field as joined ranges of code points.
std::vector<Range> ranges(Field field, const std::vector<Span>& spans, std::uint32_t item) {
    std::vector<Range> all;
    for (const Span& span : spans) {
        if (span.field == field && span.item == item && span.start < span.end) {
            all.emplace_back(span.start, span.end);
        }
    }
    std::sort(all.begin(), all.end());
    std::vector<Range> joined;
    for (const Range& range : all) {
        if (!joined.empty() && range.first <= joined.back().second) {
            joined.back().second = std::max(joined.back().second, range.second);
        } else {
            joined.push_back(range);
        }
    }
    return joined;
}

}  // namespace

Terminal Terminal::standard() {
    const char* no_color = std::getenv("NO_COLOR");
    const bool tty = isatty(STDOUT_FILENO) == 1;
    winsize size{};
    std::size_t width = 0;
    if (tty) {
        width = ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0 ? size.ws_col : 80u;
    }
    const bool somebody = tty && isatty(STDIN_FILENO) == 1;
    return {std::cout, std::cerr, tty && (no_color == nullptr || *no_color == '\0'), width,
            somebody ? &std::cin : nullptr};
}

std::string styled(const Terminal& terminal, Style style, std::string_view text) {
    if (terminal.colour && style != Style::plain) {
        return std::string{escape_of(style)}.append(text).append(kReset);
    }
    return style == Style::matched ? "*" + std::string{text} + "*" : std::string{text};
}

std::string printable_lines(std::string_view text) {
    std::string out;
    while (true) {
        const std::size_t end = text.find('\n');
        out += printable(text.substr(0, end), std::string_view::npos);
        if (end == std::string_view::npos) {
            return out;
        }
        out += '\n';
        text.remove_prefix(end + 1);
    }
}

std::string highlighted(const Terminal& terminal, std::string_view text, Field field,
                        const std::vector<Span>& spans, std::uint32_t item) {
    std::string out;
    std::size_t byte = 0;
    std::size_t code_point = 0;
    for (const auto& [start, end] : ranges(field, spans, item)) {
        const std::size_t from = byte + utf8::offset(text.substr(byte), start - code_point);
        const std::size_t to = from + utf8::offset(text.substr(from), end - start);
        if (from == to) {
            break;  // the text has changed since: nothing of it stands there
        }
        out += printable_lines(text.substr(byte, from - byte));
        out += styled(terminal, Style::matched, printable_lines(text.substr(from, to - from)));
        byte = to;
        code_point = end;
    }
    return out + printable_lines(text.substr(byte));
}

std::string local_time(Instant instant) {
    const std::time_t seconds =
        std::chrono::floor<std::chrono::seconds>(instant).time_since_epoch().count();
    std::tm parts{};
    localtime_r(&seconds, &parts);
    std::array<char, 32> text{};
    const std::size_t used = std::strftime(text.data(), text.size(), "%Y-%m-%d %H:%M", &parts);
    return {text.data(), used};
}

std::string local_time(const std::optional<Instant>& instant, std::string_view none) {
    return instant ? local_time(*instant) : std::string{none};
}

std::string human_span(std::chrono::milliseconds span) {
    using namespace std::chrono;
    constexpr hours kDay{24};
    if (span < minutes{2}) {
        return std::to_string(duration_cast<seconds>(span).count()) + " s";
    }
    if (span < hours{2}) {
        return std::to_string(duration_cast<minutes>(span).count()) + " min";
    }
    if (span < 2 * kDay) {
        return std::to_string(duration_cast<hours>(span).count()) + " h";
    }
    return std::to_string(span / kDay) + " d";
}

std::string shell_word(std::string_view text) {
    constexpr std::string_view kPlain =
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._/:,+@%";
    const std::string shown = printable(text);
    if (!shown.empty() && shown.find_first_not_of(kPlain) == std::string::npos) {
        return shown;
    }
    std::string word = "'";
    for (const char c : shown) {
        word += c == '\'' ? std::string{"'\\''"} : std::string{c};
    }
    return word + "'";
}

std::string human_bytes(std::size_t bytes) {
    constexpr std::array<const char*, 5> kUnits{"B", "KiB", "MiB", "GiB", "TiB"};
    auto size = static_cast<double>(bytes);
    std::size_t unit = 0;
    while (size >= 1024 && unit + 1 < kUnits.size()) {
        size /= 1024;
        ++unit;
    }
    std::array<char, 32> text{};
    std::snprintf(text.data(), text.size(), unit == 0 ? "%.0f %s" : "%.1f %s", size, kUnits[unit]);
    return text.data();
}

std::string cut_to_columns(std::string_view text, std::size_t limit) {
    if (columns(text) <= limit) {
        return std::string{text};
    }
    std::size_t used = 0;
    std::size_t at = 0;
    while (at < text.size()) {
        std::size_t next = at;
        used += columns_of(utf8::next(text, next));
        if (used + 1 > limit) {
            break;
        }
        at = next;
    }
    return std::string{text.substr(0, at)} + "…";
}

Table::Table(std::vector<std::string> headings) {
    rows_.push_back(std::move(headings));
}

void Table::add(std::vector<std::string> cells) {
    for (std::string& cell : cells) {
        cell = printable(cell, 1000);
    }
    rows_.push_back(std::move(cells));
}

void Table::add_below(std::string line) {
    if (!line.empty()) {
        below_[rows_.size() - 1] = std::move(line);
    }
}

void Table::print(const Terminal& terminal) const {
    const std::size_t count = rows_.front().size();
    std::vector<std::size_t> widths(count, 0);
    for (const auto& row : rows_) {
        for (std::size_t i = 0; i + 1 < count; ++i) {
            const std::size_t wide = columns(row[i]);
            if (terminal.width > 0 || wide <= kWidestPadded) {
                widths[i] = std::max(widths[i], wide);
            }
        }
    }
    for (std::size_t number = 0; number < rows_.size(); ++number) {
        const auto& row = rows_[number];
        std::string line;
        for (std::size_t i = 0; i + 1 < count; ++i) {
            line += row[i] + std::string(widths[i] - std::min(widths[i], columns(row[i])) + 2, ' ');
        }
        line += row[count - 1];
        line.erase(line.find_last_not_of(' ') + 1);
        if (terminal.width > 0) {
            line = cut_to_columns(line, terminal.width);
        }
        terminal.out << (number == 0 ? styled(terminal, Style::dim, line) : line) << '\n';
        if (const auto below = below_.find(number); below != below_.end()) {
            terminal.out << "    " << below->second << '\n';
        }
    }
}

}  // namespace wirewatch::review
