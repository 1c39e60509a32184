// SPDX-License-Identifier: MIT
// Every key of the configuration with the value in force, as `wirewatchd --print-config` prints it.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace wirewatch::daemon {

/// "text" as TOML writes it, on one line.
[[nodiscard]] std::string toml_text(std::string_view text);
/// ["a", "b"]
[[nodiscard]] std::string toml_list(const std::vector<std::string>& texts);

/// Filled by the getters of TomlTable while the configuration is read. One thread.
class ConfigListing {
  public:
    using Section = std::size_t;

    /// Another table, printed behind those before it: "# FILE" (its root), "[fetch]", "[[feed]]".
    [[nodiscard]] Section add(std::string heading);

    /// A key of it, and its value as TOML writes it. `otherwise` is the default, empty where there
    /// is none. A key that is told twice has its last value.
    void set(Section section, std::string_view key, std::string value, std::string_view otherwise);

    /// The same in force whatever stands in the file: what `set` was not told in full.
    void replace(Section section, std::string_view key, std::string value);

    /// In the form of a configuration file. What is the default says so behind it.
    [[nodiscard]] std::string text() const;

  private:
    struct Key {
        std::string name;
        std::string value;
        std::string otherwise;
    };
    struct Table {
        std::string heading;
        std::vector<Key> keys;
    };
    Key& key(Section section, std::string_view name);

    std::vector<Table> tables_;
};

}  // namespace wirewatch::daemon
