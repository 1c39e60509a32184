// SPDX-License-Identifier: MIT
// Reads the keys of a TOML table, and says what is wrong with them: file, line, column, what to
// write.
#pragma once

#include "base/error.hpp"
#include "base/rule.hpp"
#include "rules/problem.hpp"

#include <chrono>
#include <cstddef>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace wirewatch::daemon {

class ConfigListing;

using Problems = std::vector<rules::Problem>;

/// What stood in the file, and where its first character does.
struct PlacedText {
    std::string text;
    Position at;
    std::vector<Bend> bends;
};

/// A view into a TomlFile, which must outlive it. Every getter takes the value to use where the key
/// is absent or wrong; what is wrong goes to the file's problems. When the table is done with,
/// unknown_keys() complains of every key that no getter asked for.
class TomlTable {
  public:
    [[nodiscard]] bool has(std::string_view key);
    [[nodiscard]] std::string string(std::string_view key, std::string otherwise = {});
    [[nodiscard]] std::optional<PlacedText> placed_text(std::string_view key);
    [[nodiscard]] bool boolean(std::string_view key, bool otherwise);
    [[nodiscard]] std::size_t integer(std::string_view key, std::size_t otherwise, std::size_t min,
                                      std::size_t max);
    [[nodiscard]] std::chrono::milliseconds duration(std::string_view key,
                                                     std::chrono::milliseconds otherwise,
                                                     std::chrono::milliseconds min,
                                                     std::chrono::milliseconds max);
    /// A duration, or `word` in its place. None: absent, or wrong and complained of. `otherwise` is
    /// what the listing shows where it is absent; nothing where that is empty.
    struct DurationOrWord {
        std::optional<std::chrono::milliseconds> duration;  ///< none: the word
    };
    [[nodiscard]] std::optional<DurationOrWord> duration_or(std::string_view key,
                                                            std::string_view word,
                                                            std::string_view otherwise,
                                                            std::chrono::milliseconds min,
                                                            std::chrono::milliseconds max);
    /// "16MiB", "64KiB", "512B".
    [[nodiscard]] std::size_t bytes(std::string_view key, std::size_t otherwise, std::size_t min,
                                    std::size_t max);
    [[nodiscard]] std::vector<std::string> strings(std::string_view key);
    /// One of `names`, as its index.
    [[nodiscard]] std::size_t choice(std::string_view key, std::size_t otherwise,
                                     const std::vector<std::string_view>& names);

    /// [key], empty where it is absent.
    [[nodiscard]] TomlTable table(std::string_view key);
    /// [[key]]
    [[nodiscard]] std::vector<TomlTable> tables(std::string_view key);
    /// Every key of a table whose keys are the user's own names. The listing shows no secrets.
    enum class Shown : unsigned char { whole, as_secret };
    [[nodiscard]] std::vector<std::pair<std::string, PlacedText>> named_texts(
        Shown shown = Shown::whole);

    void unknown_keys();

    /// What the listing shows for a key whose value in force is another than the file's.
    void in_force(std::string_view key, std::string_view text);

    /// The listing has this for a key, as TOML writes it, since what it says is listed elsewhere.
    void tell_elsewhere(std::string_view key, std::string value);

    /// A problem at a key (or at the table itself, where the key is absent).
    void complain(std::string_view key, std::string text);
    [[nodiscard]] Position position(std::string_view key) const;

    struct Impl;
    explicit TomlTable(std::shared_ptr<Impl> impl);

  private:
    std::shared_ptr<Impl> impl_;
};

/// The text of a configuration file. Errors: not_found, io, too_large (over 4 MiB).
[[nodiscard]] Result<std::string> read_toml_text(const std::filesystem::path& file);

/// A whole file. At most 4 MiB.
class TomlFile {
  public:
    /// Reads and parses; a syntax error goes to `problems`, with its place. Errors: not_found, io.
    [[nodiscard]] static Result<TomlFile> read(const std::filesystem::path& file,
                                               Problems& problems);

    /// The same of a text that is, or is to be, in `file`. Error: too_large.
    [[nodiscard]] static Result<TomlFile> parse(const std::filesystem::path& file, std::string text,
                                                Problems& problems);

    [[nodiscard]] TomlTable root() const;

    /// From here on, getters tell `listing` what they give. It must outlive this.
    void list_in(ConfigListing& listing);
    ~TomlFile();
    TomlFile(TomlFile&&) noexcept;
    TomlFile& operator=(TomlFile&&) noexcept;

    struct Impl;

  private:
    explicit TomlFile(std::shared_ptr<Impl> impl);
    std::shared_ptr<Impl> impl_;
};

}  // namespace wirewatch::daemon
