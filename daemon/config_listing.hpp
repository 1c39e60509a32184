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

    /// The root of a file, to which what is added from now on belongs: first the main file, then
    /// those that it includes. What the root of these says for its rules stands in each rule.
    [[nodiscard]] Section begin_file(std::string name);

    /// Another table: "[fetch]", "[[feed]]". Of several files' [sets] one is made.
    [[nodiscard]] Section add(std::string heading);

    /// A key of it, and its value as TOML writes it. `otherwise` is the default, empty where there
    /// is none. A key that is told twice has its last value.
    void set(Section section, std::string_view key, std::string value, std::string_view otherwise);

    /// The same in force whatever stands in the file: what `set` was not told in full.
    void replace(Section section, std::string_view key, std::string value);

    /// The key has this value in the text, since what stands in the file is told elsewhere in it.
    void tell_elsewhere(Section section, std::string_view key, std::string value);

    /// One configuration file that says the same. What is the default says so behind it; a text
    /// that is empty, and has no default, stands as a comment.
    [[nodiscard]] std::string text() const;

  private:
    struct Key {
        std::string name;
        std::string value;
        std::string otherwise;
        std::string elsewhere;  ///< the file's value, where the text has another; else empty
    };
    struct Table {
        std::string heading;  ///< empty: the root of a file
        std::size_t file;     ///< in files_
        std::vector<Key> keys;
    };
    [[nodiscard]] static std::string line_of(const Key& key);
    Key& key(Section section, std::string_view name);

    std::vector<std::string> files_;
    std::vector<Table> tables_;
};

}  // namespace wirewatch::daemon
