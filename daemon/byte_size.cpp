// SPDX-License-Identifier: MIT
#include "daemon/byte_size.hpp"

#include <array>
#include <charconv>

namespace wirewatch::daemon {

namespace {

struct SizeUnit {
    std::string_view name;
    std::size_t bytes;
};
constexpr std::array<SizeUnit, 4> kSizeUnits{
    {{"B", 1}, {"KiB", 1u << 10}, {"MiB", 1u << 20}, {"GiB", 1u << 30}}};

}  // namespace

std::optional<std::size_t> parse_byte_size(std::string_view text) {
    std::size_t count = 0;
    const auto [rest, error] = std::from_chars(text.data(), text.data() + text.size(), count);
    if (error != std::errc{}) {
        return std::nullopt;
    }
    const std::string_view name{rest, static_cast<std::size_t>(text.data() + text.size() - rest)};
    for (const SizeUnit& unit : kSizeUnits) {
        if (unit.name == name && count <= (std::size_t{1} << 40) / unit.bytes) {
            return count * unit.bytes;
        }
    }
    return std::nullopt;
}

std::string byte_size_text(std::size_t bytes) {
    for (std::size_t i = kSizeUnits.size(); i-- > 0;) {
        if (bytes >= kSizeUnits[i].bytes && bytes % kSizeUnits[i].bytes == 0) {
            return std::to_string(bytes / kSizeUnits[i].bytes).append(kSizeUnits[i].name);
        }
    }
    return "0B";
}

}  // namespace wirewatch::daemon
