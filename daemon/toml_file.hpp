// SPDX-License-Identifier: MIT
// What the .cpp files of toml_table share: the parsed file, and places in it. Not for others: it
// brings toml++ with it.
#pragma once

#include "daemon/config_listing.hpp"
#include "daemon/toml_table.hpp"

#include <string>
#include <string_view>
#include <vector>

#include <toml++/toml.h>

namespace wirewatch::daemon {

struct TomlFile::Impl {
    std::string name;
    std::string text;
    std::vector<std::string_view> lines;  // of `text`, without their ends
    toml::table root;
    Problems* problems = nullptr;
    ConfigListing* listing = nullptr;      // null: nobody asks for one
    ConfigListing::Section listed_as = 0;  // the root in it

    [[nodiscard]] std::string_view line(int number) const;
    [[nodiscard]] Position position(const toml::source_region& region) const;
    void complain(const Position& at, std::string words) const;

    /// A string value with its place: that of its first character is past its quotes, and past the
    /// line break that TOML drops behind an opening ''' or """.
    [[nodiscard]] PlacedText placed(std::string value, const toml::source_region& region) const;
};

}  // namespace wirewatch::daemon
