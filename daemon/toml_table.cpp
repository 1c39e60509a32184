// SPDX-License-Identifier: MIT
#include "daemon/toml_table.hpp"

#include "base/printable.hpp"
#include "base/time.hpp"
#include "daemon/byte_size.hpp"
#include "daemon/toml_file.hpp"
#include "rules/nearest.hpp"

#include <algorithm>
#include <sstream>
#include <utility>

namespace wirewatch::daemon {

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

bool TomlTable::is_text(std::string_view key, std::string_view text) {
    const toml::node* node = impl_->find(key);
    const auto* found = node == nullptr ? nullptr : node->as_string();
    return found != nullptr && found->get() == text;
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
    return impl_->file->placed(text->get(), node->source());
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
    constexpr std::string_view kForm = "a size in quotes, like \"16MiB\" (B, KiB, MiB, GiB)";
    const auto* text = node->as_string();
    if (text == nullptr) {
        impl_->wrong(*node, key, kForm);
        return otherwise;
    }
    const auto size = parse_byte_size(text->get());
    if (!size) {
        impl_->file->complain(
            impl_->file->position(node->source()),
            "'" + printable(text->get(), 40) + "' is no size; write " + std::string{kForm});
        return otherwise;
    }
    if (*size < min || *size > max) {
        impl_->file->complain(impl_->file->position(node->source()),
                              "'" + std::string{key} + "' may be from " + byte_size_text(min) +
                                  " to " + byte_size_text(max));
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
        if (const auto nearest = rules::nearest(key.str(), impl_->known); !nearest.empty()) {
            text += "; did you mean '" + nearest + "'?";
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

TomlTable TomlFile::root() const {
    auto table = std::make_shared<TomlTable::Impl>();
    table->file = impl_;
    table->table = &impl_->root;
    return TomlTable{table};
}

}  // namespace wirewatch::daemon
