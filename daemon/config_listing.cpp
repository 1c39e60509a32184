// SPDX-License-Identifier: MIT
#include "daemon/config_listing.hpp"

#include <algorithm>
#include <utility>

namespace wirewatch::daemon {

namespace {

/// The column at which remarks begin, where the line leaves room; our choice.
constexpr std::size_t kRemarkColumn = 40;

bool is_bare_key(std::string_view name) {
    return !name.empty() && std::all_of(name.begin(), name.end(), [](unsigned char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
               c == '_' || c == '-';
    });
}

}  // namespace

std::string toml_text(std::string_view text) {
    constexpr std::string_view kHex = "0123456789ABCDEF";
    std::string quoted = "\"";
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (c == '"' || c == '\\') {
            quoted += '\\';
            quoted += c;
        } else if (c == '\n') {
            quoted += "\\n";
        } else if (byte < 0x20 || byte == 0x7F) {
            quoted += "\\u00";
            quoted += kHex[byte >> 4];
            quoted += kHex[byte & 0xF];
        } else {
            quoted += c;
        }
    }
    return quoted += '"';
}

std::string toml_list(const std::vector<std::string>& texts) {
    std::string list = "[";
    for (const std::string& text : texts) {
        list += (list.size() > 1 ? ", " : "") + toml_text(text);
    }
    return list += "]";
}

ConfigListing::Section ConfigListing::add(std::string heading) {
    tables_.push_back({std::move(heading), {}});
    return tables_.size() - 1;
}

ConfigListing::Key& ConfigListing::key(Section section, std::string_view name) {
    auto& keys = tables_[section].keys;
    const auto found =
        std::find_if(keys.begin(), keys.end(), [&](const Key& key) { return key.name == name; });
    return found != keys.end() ? *found : keys.emplace_back(Key{std::string{name}, {}, {}});
}

void ConfigListing::set(Section section, std::string_view name, std::string value,
                        std::string_view otherwise) {
    Key& told = key(section, name);
    told.value = std::move(value);
    told.otherwise = otherwise;
}

void ConfigListing::replace(Section section, std::string_view name, std::string value) {
    Key& told = key(section, name);
    if (told.value == told.otherwise) {
        told.otherwise = value;
    }
    told.value = std::move(value);
}

std::string ConfigListing::text() const {
    std::string text;
    for (const Table& table : tables_) {
        text += (text.empty() ? "" : "\n") + table.heading + "\n";
        for (const Key& key : table.keys) {
            std::string line = is_bare_key(key.name) ? key.name : toml_text(key.name);
            line += " = " + key.value;
            if (!key.otherwise.empty()) {
                line.resize(std::max(line.size() + 2, kRemarkColumn), ' ');
                line +=
                    key.value == key.otherwise ? "# the default" : "# default: " + key.otherwise;
            }
            text += line + "\n";
        }
    }
    return text;
}

}  // namespace wirewatch::daemon
