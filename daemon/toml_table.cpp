// SPDX-License-Identifier: MIT
#include "daemon/toml_table.hpp"

#include "base/printable.hpp"
#include "base/time.hpp"
#include "daemon/byte_size.hpp"
#include "daemon/config_listing.hpp"
#include "daemon/toml_file.hpp"
#include "rules/nearest.hpp"

#include <algorithm>
#include <sstream>
#include <utility>

namespace wirewatch::daemon {

using std::chrono::milliseconds;

namespace {

std::string kind_of(const toml::node& node) {
    std::ostringstream out;
    out << node.type();
    return out.str();
}

}  // namespace

struct TomlTable::Impl {
    std::shared_ptr<TomlFile::Impl> file;
    const toml::table* table = nullptr;  // null: absent, all getters give what they are told to
    std::string name;                    // "[fetch]", empty at the root
    std::vector<std::string> known;
    std::optional<ConfigListing::Section> section;  // none: nothing of it is listed yet

    const toml::node* find(std::string_view key) {
        if (std::find(known.begin(), known.end(), key) == known.end()) {
            known.emplace_back(key);
        }
        return table == nullptr ? nullptr : table->get(key);
    }

    ConfigListing::Section listed_as() {
        if (!section) {
            section = name.empty() ? file->listed_as : file->listing->add(name);
        }
        return *section;
    }

    void list(std::string_view key, std::string value, std::string_view otherwise) {
        if (file->listing != nullptr) {
            file->listing->set(listed_as(), key, std::move(value), otherwise);
        }
    }

    /// "[fetch.interval_by_tag]" in "[fetch]", "[feed.headers]" in "[[feed]]".
    [[nodiscard]] std::string name_below(std::string_view key) const {
        std::string parent = name;
        std::erase_if(parent, [](char c) { return c == '[' || c == ']'; });
        return "[" + parent + (parent.empty() ? "" : ".") + std::string{key} + "]";
    }

    void wrong(const toml::node& node, std::string_view key, std::string_view wanted) const {
        file->complain(
            file->position(node.source()),
            "'" + std::string{key} + "' is " + kind_of(node) + "; write " + std::string{wanted});
    }

    void complain(const toml::node& node, std::string text) const {
        file->complain(file->position(node.source()), std::move(text));
    }

    // What stands in the file. None: absent, or wrong and complained of.
    std::optional<PlacedText> text(std::string_view key);
    std::optional<bool> boolean(std::string_view key);
    std::optional<std::size_t> integer(std::string_view key, std::size_t min, std::size_t max);
    std::optional<milliseconds> duration(std::string_view key, milliseconds min, milliseconds max);
    std::optional<std::size_t> bytes(std::string_view key, std::size_t min, std::size_t max);
    std::optional<std::size_t> choice(std::string_view key,
                                      const std::vector<std::string_view>& names);
    std::vector<std::string> strings(std::string_view key);
};

std::optional<PlacedText> TomlTable::Impl::text(std::string_view key) {
    const toml::node* node = find(key);
    if (node == nullptr) {
        return std::nullopt;
    }
    const auto* value = node->as_string();
    if (value == nullptr) {
        wrong(*node, key, "a text in quotes");
        return std::nullopt;
    }
    return file->placed(value->get(), node->source());
}

std::optional<bool> TomlTable::Impl::boolean(std::string_view key) {
    const toml::node* node = find(key);
    if (node == nullptr) {
        return std::nullopt;
    }
    const auto* value = node->as_boolean();
    if (value == nullptr) {
        wrong(*node, key, "true or false");
        return std::nullopt;
    }
    return value->get();
}

std::optional<std::size_t> TomlTable::Impl::integer(std::string_view key, std::size_t min,
                                                    std::size_t max) {
    const toml::node* node = find(key);
    if (node == nullptr) {
        return std::nullopt;
    }
    const std::string range =
        "a whole number from " + std::to_string(min) + " to " + std::to_string(max);
    const auto* value = node->as_integer();
    if (value == nullptr) {
        wrong(*node, key, range);
        return std::nullopt;
    }
    if (value->get() < 0 || std::cmp_less(value->get(), min) ||
        std::cmp_greater(value->get(), max)) {
        complain(*node, "'" + std::string{key} + "' is " + std::to_string(value->get()) +
                            "; write " + range);
        return std::nullopt;
    }
    return static_cast<std::size_t>(value->get());
}

std::optional<milliseconds> TomlTable::Impl::duration(std::string_view key, milliseconds min,
                                                      milliseconds max) {
    const toml::node* node = find(key);
    if (node == nullptr) {
        return std::nullopt;
    }
    const auto* written = node->as_string();
    if (written == nullptr) {
        wrong(*node, key, "a duration in quotes, like \"15m\"");
        return std::nullopt;
    }
    const auto parsed = parse_duration(written->get());
    if (!parsed) {
        complain(*node, parsed.error().text);
        return std::nullopt;
    }
    if (*parsed < min || *parsed > max) {
        complain(*node, "'" + std::string{key} + "' is " + to_text(*parsed) + "; it may be from " +
                            to_text(min) + " to " + to_text(max));
        return std::nullopt;
    }
    return *parsed;
}

std::optional<std::size_t> TomlTable::Impl::bytes(std::string_view key, std::size_t min,
                                                  std::size_t max) {
    const toml::node* node = find(key);
    if (node == nullptr) {
        return std::nullopt;
    }
    constexpr std::string_view kForm = "a size in quotes, like \"16MiB\" (B, KiB, MiB, GiB)";
    const auto* written = node->as_string();
    if (written == nullptr) {
        wrong(*node, key, kForm);
        return std::nullopt;
    }
    const auto size = parse_byte_size(written->get());
    if (!size) {
        complain(*node,
                 "'" + printable(written->get(), 40) + "' is no size; write " + std::string{kForm});
        return std::nullopt;
    }
    if (*size < min || *size > max) {
        complain(*node, "'" + std::string{key} + "' may be from " + byte_size_text(min) + " to " +
                            byte_size_text(max));
        return std::nullopt;
    }
    return *size;
}

std::vector<std::string> TomlTable::Impl::strings(std::string_view key) {
    const toml::node* node = find(key);
    if (node == nullptr) {
        return {};
    }
    const auto* array = node->as_array();
    if (array == nullptr) {
        wrong(*node, key, "a list of texts, like [\"world\", \"asia\"]");
        return {};
    }
    std::vector<std::string> texts;
    for (const toml::node& item : *array) {
        if (const auto* text = item.as_string()) {
            texts.push_back(text->get());
        } else {
            wrong(item, key, "texts in quotes");
        }
    }
    return texts;
}

std::optional<std::size_t> TomlTable::Impl::choice(std::string_view key,
                                                   const std::vector<std::string_view>& names) {
    const auto placed = text(key);
    if (!placed) {
        return std::nullopt;
    }
    const auto found = std::find(names.begin(), names.end(), placed->text);
    if (found != names.end()) {
        return static_cast<std::size_t>(found - names.begin());
    }
    std::string list;
    for (const std::string_view known_name : names) {
        list += (list.empty() ? "\"" : ", \"") + std::string{known_name} + "\"";
    }
    file->complain(placed->at, "'" + std::string{key} + "' is \"" + printable(placed->text, 60) +
                                   "\"; write one of " + list);
    return std::nullopt;
}

TomlTable::TomlTable(std::shared_ptr<Impl> impl) : impl_{std::move(impl)} {}

bool TomlTable::has(std::string_view key) {
    return impl_->find(key) != nullptr;
}

std::string TomlTable::string(std::string_view key, std::string otherwise) {
    auto placed = impl_->text(key);
    std::string value = placed ? std::move(placed->text) : otherwise;
    impl_->list(key, toml_text(value), otherwise.empty() ? "" : toml_text(otherwise));
    return value;
}

std::optional<PlacedText> TomlTable::placed_text(std::string_view key) {
    auto placed = impl_->text(key);
    if (placed) {
        impl_->list(key, toml_text(placed->text), {});
    }
    return placed;
}

bool TomlTable::boolean(std::string_view key, bool otherwise) {
    const auto text = [](bool value) { return value ? "true" : "false"; };
    const bool value = impl_->boolean(key).value_or(otherwise);
    impl_->list(key, text(value), text(otherwise));
    return value;
}

std::size_t TomlTable::integer(std::string_view key, std::size_t otherwise, std::size_t min,
                               std::size_t max) {
    const std::size_t value = impl_->integer(key, min, max).value_or(otherwise);
    impl_->list(key, std::to_string(value), std::to_string(otherwise));
    return value;
}

milliseconds TomlTable::duration(std::string_view key, milliseconds otherwise, milliseconds min,
                                 milliseconds max) {
    const milliseconds value = impl_->duration(key, min, max).value_or(otherwise);
    impl_->list(key, toml_text(to_text(value)), toml_text(to_text(otherwise)));
    return value;
}

std::optional<TomlTable::DurationOrWord> TomlTable::duration_or(std::string_view key,
                                                                std::string_view word,
                                                                std::string_view otherwise,
                                                                milliseconds min,
                                                                milliseconds max) {
    const toml::node* node = impl_->find(key);
    const auto* text = node == nullptr ? nullptr : node->as_string();
    const std::string fallback = otherwise.empty() ? "" : toml_text(otherwise);
    if (text != nullptr && text->get() == word) {
        impl_->list(key, toml_text(word), fallback);
        return DurationOrWord{};
    }
    const auto value = impl_->duration(key, min, max);
    if (value || !otherwise.empty()) {
        impl_->list(key, value ? toml_text(to_text(*value)) : fallback, fallback);
    }
    return value ? std::optional{DurationOrWord{*value}} : std::nullopt;
}

std::size_t TomlTable::bytes(std::string_view key, std::size_t otherwise, std::size_t min,
                             std::size_t max) {
    const std::size_t value = impl_->bytes(key, min, max).value_or(otherwise);
    impl_->list(key, toml_text(byte_size_text(value)), toml_text(byte_size_text(otherwise)));
    return value;
}

std::vector<std::string> TomlTable::strings(std::string_view key) {
    auto texts = impl_->strings(key);
    impl_->list(key, toml_list(texts), "[]");
    return texts;
}

std::size_t TomlTable::choice(std::string_view key, std::size_t otherwise,
                              const std::vector<std::string_view>& names) {
    const std::size_t chosen = impl_->choice(key, names).value_or(otherwise);
    impl_->list(key, toml_text(names[chosen]), toml_text(names[otherwise]));
    return chosen;
}

TomlTable TomlTable::table(std::string_view key) {
    auto child = std::make_shared<Impl>();
    child->file = impl_->file;
    child->name = impl_->name_below(key);
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

std::vector<std::pair<std::string, PlacedText>> TomlTable::named_texts(Shown shown) {
    std::vector<std::pair<std::string, PlacedText>> texts;
    if (impl_->table == nullptr) {
        return texts;
    }
    for (const auto& [key, node] : *impl_->table) {
        if (auto placed = impl_->text(key.str())) {
            texts.emplace_back(std::string{key.str()}, std::move(*placed));
        }
    }
    std::sort(texts.begin(), texts.end(),
              [](const auto& a, const auto& b) { return a.second.at.line < b.second.at.line; });
    for (const auto& [key, placed] : texts) {
        impl_->list(key, toml_text(shown == Shown::whole ? placed.text : "(not shown)"), {});
    }
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
        if (const auto nearest = rules::nearest(key.str(), impl_->known); !nearest.empty()) {
            text += "; did you mean '" + nearest + "'?";
        }
        impl_->file->complain(impl_->file->position(key.source()), std::move(text));
    }
}

void TomlTable::in_force(std::string_view key, std::string_view text) {
    if (impl_->file->listing != nullptr) {
        impl_->file->listing->replace(impl_->listed_as(), key, toml_text(text));
    }
}

void TomlTable::tell_elsewhere(std::string_view key, std::string value) {
    if (impl_->file->listing != nullptr) {
        impl_->file->listing->tell_elsewhere(impl_->listed_as(), key, std::move(value));
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

TomlTable TomlFile::root() const {
    auto table = std::make_shared<TomlTable::Impl>();
    table->file = impl_;
    table->table = &impl_->root;
    return TomlTable{table};
}

}  // namespace wirewatch::daemon
