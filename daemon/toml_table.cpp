// SPDX-License-Identifier: MIT
#include "daemon/toml_table.hpp"

#include "base/printable.hpp"
#include "base/time.hpp"
#include "rules/nearest.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <fstream>
#include <sstream>
#include <utility>

#include <toml++/toml.h>

namespace wirewatch::daemon {

namespace {

constexpr std::size_t kMaxFileBytes = 4u << 20;  // our choice: 10,000 rules of 400 bytes

std::string line_of(const std::string& text, int number) {
    std::istringstream lines{text};
    std::string line;
    for (int i = 0; i < number && std::getline(lines, line); ++i) {
    }
    return printable(line, 200);
}

std::string kind_of(const toml::node& node) {
    std::ostringstream out;
    out << node.type();
    return out.str();
}

struct SizeUnit {
    std::string_view name;
    std::size_t bytes;
};
constexpr std::array<SizeUnit, 4> kSizeUnits{
    {{"B", 1}, {"KiB", 1u << 10}, {"MiB", 1u << 20}, {"GiB", 1u << 30}}};

std::optional<std::size_t> parse_size(std::string_view text) {
    std::size_t count = 0;
    const auto [rest, error] = std::from_chars(text.data(), text.data() + text.size(), count);
    if (error != std::errc{}) {
        return std::nullopt;
    }
    const std::string_view name{rest, static_cast<std::size_t>(text.data() + text.size() - rest)};
    for (const SizeUnit& unit : kSizeUnits) {
        if (unit.name == name && count <= (std::size_t{1} << 40) / unit.bytes) {
            return count * unit.bytes;
        }
    }
    return std::nullopt;
}

std::string size_text(std::size_t bytes) {
    for (std::size_t i = kSizeUnits.size(); i-- > 0;) {
        if (bytes >= kSizeUnits[i].bytes && bytes % kSizeUnits[i].bytes == 0) {
            return std::to_string(bytes / kSizeUnits[i].bytes).append(kSizeUnits[i].name);
        }
    }
    return "0B";
}

}  // namespace

struct TomlFile::Impl {
    std::string name;
    std::string text;
    toml::table root;
    Problems* problems = nullptr;

    [[nodiscard]] Position position(const toml::source_region& region) const {
        return {name, static_cast<int>(region.begin.line), static_cast<int>(region.begin.column)};
    }

    void complain(const Position& at, std::string words) const {
        problems->push_back({.weight = rules::Weight::error,
                             .rule_id = {},
                             .at = at,
                             .text = std::move(words),
                             .source = line_of(text, at.line),
                             .caret = at.column});
    }

    /// Where the first character of a string value stands: past its quotes, and past the line
    /// break that TOML drops behind an opening ''' or """.
    [[nodiscard]] Position first_character(const toml::source_region& region) const {
        Position at = position(region);
        const std::string line = line_of_raw(at.line);
        std::size_t byte = 0;
        for (int column = 1; column < at.column && byte < line.size(); ++column) {
            (void)utf8_step(line, byte);
        }
        const std::string_view rest = std::string_view{line}.substr(std::min(byte, line.size()));
        const bool multi_line = rest.starts_with("'''") || rest.starts_with("\"\"\"");
        if (multi_line && (rest.size() == 3 || rest.substr(3) == "\r")) {
            return {name, at.line + 1, 1};
        }
        at.column += multi_line ? 3 : 1;
        return at;
    }

  private:
    [[nodiscard]] std::string line_of_raw(int number) const {
        std::istringstream lines{text};
        std::string line;
        for (int i = 0; i < number && std::getline(lines, line); ++i) {
        }
        return line;
    }
    static bool utf8_step(const std::string& line, std::size_t& byte) {
        ++byte;
        while (byte < line.size() && (static_cast<unsigned char>(line[byte]) & 0xC0) == 0x80) {
            ++byte;
        }
        return byte < line.size();
    }
};

struct TomlTable::Impl {
    std::shared_ptr<TomlFile::Impl> file;
    const toml::table* table = nullptr;  // null: absent, all getters give what they are told to
    std::string name;                    // "[fetch]", empty at the root
    std::vector<std::string> known;

    const toml::node* find(std::string_view key) {
        if (std::find(known.begin(), known.end(), key) == known.end()) {
            known.emplace_back(key);
        }
        return table == nullptr ? nullptr : table->get(key);
    }

    void wrong(const toml::node& node, std::string_view key, std::string_view wanted) const {
        file->complain(
            file->position(node.source()),
            "'" + std::string{key} + "' is " + kind_of(node) + "; write " + std::string{wanted});
    }
};

TomlTable::TomlTable(std::shared_ptr<Impl> impl) : impl_{std::move(impl)} {}

bool TomlTable::has(std::string_view key) {
    return impl_->find(key) != nullptr;
}

std::string TomlTable::string(std::string_view key, std::string otherwise) {
    const auto placed = placed_text(key);
    return placed ? placed->text : otherwise;
}

std::optional<PlacedText> TomlTable::placed_text(std::string_view key) {
    const toml::node* node = impl_->find(key);
    if (node == nullptr) {
        return std::nullopt;
    }
    const auto* text = node->as_string();
    if (text == nullptr) {
        impl_->wrong(*node, key, "a text in quotes");
        return std::nullopt;
    }
    return PlacedText{text->get(), impl_->file->first_character(node->source())};
}

bool TomlTable::boolean(std::string_view key, bool otherwise) {
    const toml::node* node = impl_->find(key);
    if (node == nullptr) {
        return otherwise;
    }
    const auto* value = node->as_boolean();
    if (value == nullptr) {
        impl_->wrong(*node, key, "true or false");
        return otherwise;
    }
    return value->get();
}

std::size_t TomlTable::integer(std::string_view key, std::size_t otherwise, std::size_t min,
                               std::size_t max) {
    const toml::node* node = impl_->find(key);
    if (node == nullptr) {
        return otherwise;
    }
    const std::string range =
        "a whole number from " + std::to_string(min) + " to " + std::to_string(max);
    const auto* value = node->as_integer();
    if (value == nullptr) {
        impl_->wrong(*node, key, range);
        return otherwise;
    }
    if (value->get() < 0 || std::cmp_less(value->get(), min) ||
        std::cmp_greater(value->get(), max)) {
        complain(key, "'" + std::string{key} + "' is " + std::to_string(value->get()) + "; write " +
                          range);
        return otherwise;
    }
    return static_cast<std::size_t>(value->get());
}

std::chrono::milliseconds TomlTable::duration(std::string_view key,
                                              std::chrono::milliseconds otherwise,
                                              std::chrono::milliseconds min,
                                              std::chrono::milliseconds max) {
    const toml::node* node = impl_->find(key);
    if (node == nullptr) {
        return otherwise;
    }
    const auto* text = node->as_string();
    if (text == nullptr) {
        impl_->wrong(*node, key, "a duration in quotes, like \"15m\"");
        return otherwise;
    }
    const auto parsed = parse_duration(text->get());
    if (!parsed) {
        impl_->file->complain(impl_->file->position(node->source()), parsed.error().text);
        return otherwise;
    }
    if (*parsed < min || *parsed > max) {
        impl_->file->complain(impl_->file->position(node->source()),
                              "'" + std::string{key} + "' is " + to_text(*parsed) +
                                  "; it may be from " + to_text(min) + " to " + to_text(max));
        return otherwise;
    }
    return *parsed;
}

std::size_t TomlTable::bytes(std::string_view key, std::size_t otherwise, std::size_t min,
                             std::size_t max) {
    const toml::node* node = impl_->find(key);
    if (node == nullptr) {
        return otherwise;
    }
    const auto* text = node->as_string();
    const auto size = text == nullptr ? std::nullopt : parse_size(text->get());
    if (!size) {
        impl_->wrong(*node, key, "a size in quotes, like \"16MiB\" (B, KiB, MiB, GiB)");
        return otherwise;
    }
    if (*size < min || *size > max) {
        impl_->file->complain(
            impl_->file->position(node->source()),
            "'" + std::string{key} + "' may be from " + size_text(min) + " to " + size_text(max));
        return otherwise;
    }
    return *size;
}

std::vector<std::string> TomlTable::strings(std::string_view key) {
    const toml::node* node = impl_->find(key);
    if (node == nullptr) {
        return {};
    }
    const auto* array = node->as_array();
    if (array == nullptr) {
        impl_->wrong(*node, key, "a list of texts, like [\"world\", \"asia\"]");
        return {};
    }
    std::vector<std::string> texts;
    for (const toml::node& item : *array) {
        if (const auto* text = item.as_string()) {
            texts.push_back(text->get());
        } else {
            impl_->wrong(item, key, "texts in quotes");
        }
    }
    return texts;
}

std::size_t TomlTable::choice(std::string_view key, std::size_t otherwise,
                              const std::vector<std::string_view>& names) {
    const auto placed = placed_text(key);
    if (!placed) {
        return otherwise;
    }
    const auto found = std::find(names.begin(), names.end(), placed->text);
    if (found != names.end()) {
        return static_cast<std::size_t>(found - names.begin());
    }
    std::string list;
    for (const std::string_view name : names) {
        list += (list.empty() ? "\"" : ", \"") + std::string{name} + "\"";
    }
    impl_->file->complain(placed->at, "'" + std::string{key} + "' is \"" +
                                          printable(placed->text, 60) + "\"; write one of " + list);
    return otherwise;
}

TomlTable TomlTable::table(std::string_view key) {
    auto child = std::make_shared<Impl>();
    child->file = impl_->file;
    child->name = "[" + std::string{key} + "]";
    if (const toml::node* node = impl_->find(key)) {
        child->table = node->as_table();
        if (child->table == nullptr) {
            impl_->wrong(*node, key, "a table: [" + std::string{key} + "] on a line of its own");
        }
    }
    return TomlTable{child};
}

std::vector<TomlTable> TomlTable::tables(std::string_view key) {
    const toml::node* node = impl_->find(key);
    if (node == nullptr) {
        return {};
    }
    const std::string form = "[[" + std::string{key} + "]]";
    const auto* array = node->as_array();
    if (array == nullptr) {
        impl_->wrong(*node, key, form + " with two brackets on each side, once for each");
        return {};
    }
    std::vector<TomlTable> found;
    for (const toml::node& item : *array) {
        auto child = std::make_shared<Impl>();
        child->file = impl_->file;
        child->name = form;
        child->table = item.as_table();
        if (child->table == nullptr) {
            impl_->wrong(item, key, "tables, each under " + form);
            continue;
        }
        found.push_back(TomlTable{child});
    }
    return found;
}

std::vector<std::pair<std::string, PlacedText>> TomlTable::named_texts() {
    std::vector<std::pair<std::string, PlacedText>> texts;
    if (impl_->table == nullptr) {
        return texts;
    }
    for (const auto& [key, node] : *impl_->table) {
        if (auto placed = placed_text(key.str())) {
            texts.emplace_back(std::string{key.str()}, std::move(*placed));
        }
    }
    std::sort(texts.begin(), texts.end(),
              [](const auto& a, const auto& b) { return a.second.at.line < b.second.at.line; });
    return texts;
}

void TomlTable::unknown_keys() {
    if (impl_->table == nullptr) {
        return;
    }
    for (const auto& [key, node] : *impl_->table) {
        if (std::find(impl_->known.begin(), impl_->known.end(), key.str()) != impl_->known.end()) {
            continue;
        }
        std::string text = "unknown key '" + printable(key.str(), 60) + "'";
        text += impl_->name.empty() ? "" : " in " + impl_->name;
        if (const auto nearest = rules::nearest(key.str(), impl_->known)) {
            text += "; did you mean '" + *nearest + "'?";
        }
        impl_->file->complain(impl_->file->position(key.source()), std::move(text));
    }
}

void TomlTable::complain(std::string_view key, std::string text) {
    impl_->file->complain(position(key), std::move(text));
}

Position TomlTable::position(std::string_view key) const {
    if (impl_->table == nullptr) {
        return {impl_->file->name, 1, 1};
    }
    const toml::node* node = impl_->table->get(key);
    return impl_->file->position(node == nullptr ? impl_->table->source() : node->source());
}

TomlFile::TomlFile(std::shared_ptr<Impl> impl) : impl_{std::move(impl)} {}
TomlFile::~TomlFile() = default;
TomlFile::TomlFile(TomlFile&&) noexcept = default;
TomlFile& TomlFile::operator=(TomlFile&&) noexcept = default;

Result<TomlFile> TomlFile::read(const std::filesystem::path& file, Problems& problems) {
    std::error_code error;
    if (std::filesystem::is_directory(file, error)) {
        return fail(Errc::io,
                    "'" + printable(file.string()) + "' is a directory, not a configuration file");
    }
    std::ifstream in{file, std::ios::binary};
    if (!in) {
        const bool missing = !std::filesystem::exists(file, error);
        return fail(missing ? Errc::not_found : Errc::io,
                    "cannot read '" + printable(file.string()) +
                        "': " + (missing ? "there is no such file" : "permission denied"));
    }
    auto impl = std::make_shared<Impl>();
    impl->name = file.string();
    impl->problems = &problems;
    impl->text.resize(kMaxFileBytes + 1);
    in.read(impl->text.data(), static_cast<std::streamsize>(impl->text.size()));
    impl->text.resize(static_cast<std::size_t>(in.gcount()));
    if (impl->text.size() > kMaxFileBytes) {
        return fail(Errc::too_large, "'" + printable(file.string()) +
                                         "' is over 4 MiB; split it and include the parts");
    }
    try {
        impl->root = toml::parse(impl->text, impl->name);
    } catch (const toml::parse_error& wrong) {
        impl->complain(impl->position(wrong.source()), std::string{wrong.description()});
    }
    return TomlFile{impl};
}

TomlTable TomlFile::root() const {
    auto table = std::make_shared<TomlTable::Impl>();
    table->file = impl_;
    table->table = &impl_->root;
    return TomlTable{table};
}

}  // namespace wirewatch::daemon
