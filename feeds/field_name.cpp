// SPDX-License-Identifier: MIT
#include "feeds/field_name.hpp"

#include <algorithm>

namespace wirewatch::feeds {

namespace {

constexpr std::size_t kSlots = 512;

/// Names differ in length and in these four letters nearly always.
constexpr std::size_t slot_of(std::string_view name) {
    constexpr std::uint32_t kGolden = 0x9E3779B9;  // 2^32 over the golden ratio
    const auto letter = [&](std::size_t at) {
        return static_cast<std::uint32_t>(static_cast<unsigned char>(name[at]));
    };
    const std::size_t size = name.size();
    const std::uint32_t letters =
        letter(0) | letter(size / 2) << 8 | letter(size - 1) << 16 | letter(2 * size / 3) << 24;
    return (letters + static_cast<std::uint32_t>(size)) * kGolden >> 23;
}

constexpr auto kTable = [] {
    std::array<FieldName, kSlots> table{};
    for (std::size_t i = 1; i < kFieldNames.size(); ++i) {
        std::size_t slot = slot_of(kFieldNames[i]);
        while (table[slot] != FieldName::unknown) {
            slot = (slot + 1) % kSlots;
        }
        table[slot] = static_cast<FieldName>(i);
    }
    return table;
}();

}  // namespace

FieldName field_name(std::string_view name) {
    if (name.empty()) {
        return FieldName::unknown;
    }
    std::size_t slot = slot_of(name);
    while (kTable[slot] != FieldName::unknown &&
           kFieldNames[static_cast<std::size_t>(kTable[slot])] != name) {
        slot = (slot + 1) % kSlots;
    }
    return kTable[slot];
}

}  // namespace wirewatch::feeds
