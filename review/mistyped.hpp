// SPDX-License-Identifier: MIT
// What a person may have meant who wrote a command or an option that there is not.
#pragma once

#include <optional>
#include <string>

namespace CLI {
class App;
class ParseError;
}  // namespace CLI

namespace wirewatch::review {

/// In words, with the nearest name, where `error` of parsing `program` comes from such; none: its
/// own words say it.
[[nodiscard]] std::optional<std::string> mistyped(const CLI::App& program,
                                                  const CLI::ParseError& error);

}  // namespace wirewatch::review
