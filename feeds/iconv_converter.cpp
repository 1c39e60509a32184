// SPDX-License-Identifier: MIT
#include "feeds/iconv_converter.hpp"

#include "feeds/letters.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdint>

#include <iconv.h>

namespace wirewatch::feeds {

namespace {

constexpr std::size_t kMaxName = 40;  // our choice; the longest that glibc knows has 25
// What one call may look at, our choice: where memory is checked (AddressSanitizer), a call pays
// for all that it may read, and there is one after each fault.
constexpr std::size_t kWindow = 4 * 1024;

// iconv_open returns (iconv_t)-1; comparing through an integer needs no cast of a constant.
bool is_open(iconv_t descriptor) {
    return reinterpret_cast<std::intptr_t>(descriptor) != -1;
}

// "//TRANSLIT" and the like are orders to iconv, not part of a name.
bool is_plain_name(std::string_view name) {
    return !name.empty() && name.size() <= kMaxName &&
           std::all_of(name.begin(), name.end(), [](char c) {
               return is_letter(c) || is_digit(c) || c == '-' || c == '_' || c == '.' || c == ':';
           });
}

// After a fault the next letter can only begin at a multiple of this.
std::size_t unit_bytes(std::string_view encoding) {
    return encoding.starts_with("UTF-32") ? 4 : encoding.starts_with("UTF-16") ? 2 : 1;
}

// glibc drops what it does not like in a name, and takes the rest, or the locale's encoding.
iconv_t open(std::string_view encoding) {
    if (!is_plain_name(encoding)) {
        return reinterpret_cast<iconv_t>(std::intptr_t{-1});
    }
    return iconv_open("UTF-8", std::string{encoding}.c_str());
}

}  // namespace

IconvConverter::IconvConverter(std::string_view encoding)
    : descriptor_{open(encoding)}, unit_{unit_bytes(encoding)} {}

IconvConverter::~IconvConverter() {
    if (known()) {
        iconv_close(descriptor_);
    }
}

bool IconvConverter::known() const {
    return is_open(descriptor_);
}

Converted IconvConverter::convert(std::string_view bytes, std::size_t max_faults) {
    Converted result;
    if (!known()) {
        return result;
    }
    iconv(descriptor_, nullptr, nullptr, nullptr, nullptr);
    result.text.reserve(bytes.size() + bytes.size() / 2);
    std::array<char, 16 * 1024> chunk;
    char* in = const_cast<char*>(bytes.data());  // iconv's face wants it, and writes nothing there
    std::size_t left = bytes.size();
    while (left > 0) {
        char* out = chunk.data();
        std::size_t room = chunk.size();
        const std::size_t window = std::min(left, kWindow);
        std::size_t unread = window;
        const std::size_t status = iconv(descriptor_, &in, &unread, &out, &room);
        const int why = status == static_cast<std::size_t>(-1) ? errno : 0;
        left -= window - unread;
        result.text.append(chunk.data(), chunk.size() - room);
        if (why == EILSEQ) {
            result.text += "\uFFFD";
            if (++result.faults > max_faults) {
                return {{}, result.faults};
            }
            const std::size_t skipped = std::min(unit_, left);
            in += skipped;
            left -= skipped;
        } else if (why == EINVAL && unread == left) {
            break;  // the bytes, not only those of the window, end within a letter
        }
    }
    char* out = chunk.data();
    std::size_t room = chunk.size();
    iconv(descriptor_, nullptr, nullptr, &out, &room);
    result.text.append(chunk.data(), chunk.size() - room);
    return result;
}

}  // namespace wirewatch::feeds
