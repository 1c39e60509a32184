// SPDX-License-Identifier: MIT
#include "base/digest.hpp"

#include <algorithm>

#include <sodium/crypto_hash_sha256.h>

namespace wirewatch {

namespace {

const unsigned char* bytes_of(std::string_view text) {
    return reinterpret_cast<const unsigned char*>(text.data());
}

std::optional<std::uint8_t> nibble(char digit) {
    if (digit >= '0' && digit <= '9') {
        return static_cast<std::uint8_t>(digit - '0');
    }
    const char lower = static_cast<char>(digit | 0x20);
    if (lower >= 'a' && lower <= 'f') {
        return static_cast<std::uint8_t>(lower - 'a' + 10);
    }
    return std::nullopt;
}

}  // namespace

Digest sha256(std::string_view bytes) {
    Digest digest;
    crypto_hash_sha256(digest.data(), bytes_of(bytes), bytes.size());
    return digest;
}

Digest sha256(std::initializer_list<std::string_view> parts) {
    crypto_hash_sha256_state state;
    crypto_hash_sha256_init(&state);
    for (const std::string_view part : parts) {
        std::array<unsigned char, 8> length{};
        for (std::size_t i = 0; i < length.size(); ++i) {
            length[i] =
                static_cast<unsigned char>(static_cast<std::uint64_t>(part.size()) >> (56 - 8 * i));
        }
        crypto_hash_sha256_update(&state, length.data(), length.size());
        crypto_hash_sha256_update(&state, bytes_of(part), part.size());
    }
    Digest digest;
    crypto_hash_sha256_final(&state, digest.data());
    return digest;
}

Uuid head16(const Digest& digest) {
    Uuid uuid;
    std::copy_n(digest.begin(), uuid.size(), uuid.begin());
    return uuid;
}

std::string to_hex(const std::uint8_t* bytes, std::size_t count) {
    constexpr std::string_view kDigits = "0123456789abcdef";
    std::string text(count * 2, '0');
    for (std::size_t i = 0; i < count; ++i) {
        text[2 * i] = kDigits[bytes[i] >> 4];
        text[2 * i + 1] = kDigits[bytes[i] & 15];
    }
    return text;
}

std::string to_hex(const Digest& digest) {
    return to_hex(digest.data(), digest.size());
}

std::string to_text(const Uuid& uuid) {
    std::string text = to_hex(uuid.data(), uuid.size());
    for (const std::size_t dash : {20u, 16u, 12u, 8u}) {
        text.insert(dash, 1, '-');
    }
    return text;
}

std::optional<Uuid> parse_uuid(std::string_view text) {
    Uuid uuid{};
    std::size_t digits = 0;
    for (const char c : text) {
        if (c == '-') {
            continue;
        }
        const auto value = nibble(c);
        if (!value || digits == uuid.size() * 2) {
            return std::nullopt;
        }
        uuid[digits / 2] = static_cast<std::uint8_t>(uuid[digits / 2] << 4 | *value);
        ++digits;
    }
    if (digits != uuid.size() * 2) {
        return std::nullopt;
    }
    return uuid;
}

}  // namespace wirewatch
