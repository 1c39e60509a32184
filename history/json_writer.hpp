// SPDX-License-Identifier: MIT
// JSON appended to a string as it is written, for bodies that are made thousands of times a second.
// Source: RFC 8259.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace wirewatch::history {

/// Members come in the order in which they are written; an empty name is an item of an array.
/// Names are our own: letters alone, nothing to escape.
class JsonWriter {
  public:
    explicit JsonWriter(std::string& out) : out_{out} {}

    void open_object(std::string_view name = {}) { begin(name).push_back('{'); }
    void close_object() { out_.push_back('}'); }
    void open_array(std::string_view name = {}) { begin(name).push_back('['); }
    void close_array() { out_.push_back(']'); }

    /// Escaped; what is not UTF-8 becomes U+FFFD.
    void text(std::string_view name, std::string_view value);
    /// Ours, and known to have nothing to escape.
    void word(std::string_view name, std::string_view value);
    void number(std::string_view name, std::uint64_t value);
    void number(std::string_view name, double value);  ///< null where it is not finite
    void truth(std::string_view name, bool value) { begin(name).append(value ? "true" : "false"); }
    void null(std::string_view name) { begin(name).append("null"); }

  private:
    /// Sets the comma where one is due, and the name.
    std::string& begin(std::string_view name);

    std::string& out_;
};

/// How many bytes `byte` takes inside a JSON string.
[[nodiscard]] std::size_t escaped_bytes(char byte);

}  // namespace wirewatch::history
