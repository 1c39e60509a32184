// SPDX-License-Identifier: MIT
#include "daemon/toml_file.hpp"

#include "base/printable.hpp"
#include "base/utf8.hpp"
#include "daemon/regular_file.hpp"
#include "daemon/toml_bends.hpp"

#include <utility>

namespace wirewatch::daemon {

namespace {

constexpr std::size_t kMaxFileBytes = 4u << 20;  // our choice: 10,000 rules of 400 bytes

std::vector<std::string_view> lines_of(std::string_view text) {
    std::vector<std::string_view> lines;
    while (true) {
        const std::size_t end = text.find('\n');
        std::string_view line = text.substr(0, end);
        if (line.ends_with('\r')) {
            line.remove_suffix(1);
        }
        lines.push_back(line);
        if (end == std::string_view::npos) {
            return lines;
        }
        text.remove_prefix(end + 1);
    }
}

Error too_long(const std::filesystem::path& file) {
    return {Errc::too_large,
            "'" + printable(file.string()) + "' is over 4 MiB; split it and include the parts"};
}

}  // namespace

Result<std::string> read_toml_text(const std::filesystem::path& file) {
    const auto opened = RegularFile::open(file);
    if (!opened) {
        return tl::unexpected{opened.error()};
    }
    auto text = opened->read(kMaxFileBytes + 1);
    if (text && text->size() > kMaxFileBytes) {
        return tl::unexpected{too_long(file)};
    }
    return text;
}

std::string_view TomlFile::Impl::line(int number) const {
    const auto index = static_cast<std::size_t>(number) - 1;  // 0 becomes too large
    return index < lines.size() ? lines[index] : std::string_view{};
}

Position TomlFile::Impl::position(const toml::source_region& region) const {
    return {name, static_cast<int>(region.begin.line), static_cast<int>(region.begin.column)};
}

void TomlFile::Impl::complain(const Position& at, std::string words) const {
    problems->push_back({.weight = rules::Weight::error,
                         .at = at,
                         .text = std::move(words),
                         .source = printable(line(at.line), 200),
                         .caret = at.column});
}

PlacedText TomlFile::Impl::placed(std::string value, const toml::source_region& region) const {
    Position at = position(region);
    const std::string_view whole = line(at.line);
    const std::string_view rest =
        whole.substr(utf8::offset(whole, static_cast<std::size_t>(at.column) - 1));
    const bool multi_line = rest.starts_with("'''") || rest.starts_with("\"\"\"");
    std::vector<Bend> bends;
    if (multi_line && rest.size() == 3) {
        at = {name, at.line + 1, 1};
    } else {
        at.column += multi_line ? 3 : 1;
    }
    if (rest.starts_with('"')) {
        const std::string_view first_line = line(at.line);
        const auto from = static_cast<std::size_t>(first_line.data() - text.data()) +
                          utf8::offset(first_line, static_cast<std::size_t>(at.column) - 1);
        bends = bends_in(std::string_view{text}.substr(from), value, at);
    }
    return {std::move(value), std::move(at), std::move(bends)};
}

TomlFile::TomlFile(std::shared_ptr<Impl> impl) : impl_{std::move(impl)} {}
TomlFile::~TomlFile() = default;
TomlFile::TomlFile(TomlFile&&) noexcept = default;
TomlFile& TomlFile::operator=(TomlFile&&) noexcept = default;

Result<TomlFile> TomlFile::read(const std::filesystem::path& file, Problems& problems) {
    auto text = read_toml_text(file);
    if (!text) {
        return fail(std::move(text));
    }
    return parse(file, std::move(*text), problems);
}

Result<TomlFile> TomlFile::parse(const std::filesystem::path& file, std::string text,
                                 Problems& problems) {
    if (text.size() > kMaxFileBytes) {
        return tl::unexpected{too_long(file)};
    }
    auto impl = std::make_shared<Impl>();
    impl->name = file.string();
    impl->text = std::move(text);
    impl->lines = lines_of(impl->text);
    impl->problems = &problems;
    try {
        impl->root = toml::parse(impl->text, impl->name);
    } catch (const toml::parse_error& wrong) {
        impl->complain(impl->position(wrong.source()), std::string{wrong.description()});
    }
    return TomlFile{impl};
}

void TomlFile::list_in(ConfigListing& listing) {
    impl_->listing = &listing;
    impl_->listed_as = listing.begin_file(printable(impl_->name));
}

}  // namespace wirewatch::daemon
