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

/// TOML has its root first; and one order for all, however the files mix them.
int rank(std::string_view heading) {
    const auto is = [&](std::string_view table, std::string_view below) {
        return heading == table || heading.starts_with(below);
    };
    return heading.empty()            ? 0
           : is("[[feed]]", "[feed.") ? 2
           : heading == "[sets]"      ? 3
           : is("[[rule]]", "[rule.") ? 4
                                      : 1;
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

ConfigListing::Section ConfigListing::begin_file(std::string name) {
    files_.push_back(std::move(name));
    return add({});
}

ConfigListing::Section ConfigListing::add(std::string heading) {
    if (heading == "[sets]") {
        const auto found = std::find_if(tables_.begin(), tables_.end(), [&](const Table& table) {
            return table.heading == heading;
        });
        if (found != tables_.end()) {
            return static_cast<Section>(found - tables_.begin());
        }
    }
    tables_.push_back({std::move(heading), files_.size() - 1, {}});
    return tables_.size() - 1;
}

ConfigListing::Key& ConfigListing::key(Section section, std::string_view name) {
    auto& keys = tables_[section].keys;
    const auto found =
        std::find_if(keys.begin(), keys.end(), [&](const Key& key) { return key.name == name; });
    return found != keys.end() ? *found : keys.emplace_back(Key{std::string{name}, {}, {}, {}});
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

void ConfigListing::tell_elsewhere(Section section, std::string_view name, std::string value) {
    Key& told = key(section, name);
    if (told.value != value) {
        told.elsewhere = std::exchange(told.value, std::move(value));
    }
}

std::string ConfigListing::line_of(const Key& key) {
    const bool unset = key.value == "\"\"" && key.otherwise.empty();
    std::string line = unset ? "# " : "";
    line += is_bare_key(key.name) ? key.name : toml_text(key.name);
    line += " = " + key.value;
    const std::string remark = !key.elsewhere.empty()       ? key.elsewhere + " stands below"
                               : key.otherwise.empty()      ? ""
                               : key.value == key.otherwise ? "the default"
                                                            : "default: " + key.otherwise;
    if (!remark.empty()) {
        line.resize(std::max(line.size() + 2, kRemarkColumn), ' ');
        line += "# " + remark;
    }
    return line;
}

std::string ConfigListing::text() const {
    std::vector<const Table*> tables;
    for (const Table& table : tables_) {
        if (!table.heading.empty() || table.file == 0) {
            tables.push_back(&table);
        }
    }
    std::stable_sort(tables.begin(), tables.end(), [](const Table* a, const Table* b) {
        return rank(a->heading) < rank(b->heading);
    });
    std::string text;
    std::size_t file = files_.size();
    for (const Table* table : tables) {
        text += text.empty() ? "" : "\n";
        if (std::exchange(file, table->file) != table->file) {
            text += "# " + files_[table->file] + "\n";
        }
        text += table->heading + (table->heading.empty() ? "" : "\n");
        for (const Key& key : table->keys) {
            text += line_of(key) + "\n";
        }
    }
    return text;
}

}  // namespace wirewatch::daemon
