// SPDX-License-Identifier: MIT
#include "review/whole_number.hpp"

#include "base/printable.hpp"

#include <charconv>
#include <system_error>

namespace wirewatch::review {

namespace {

constexpr std::size_t kMaxDigits = 19;  // what 64 bits hold whole

}  // namespace

std::string check_whole_number(const std::string& text, std::uint64_t least) {
    std::uint64_t number = 0;
    const char* const end = text.data() + text.size();
    const auto [rest, error] = std::from_chars(text.data(), end, number);
    if (error == std::errc{} && rest == end && text.size() <= kMaxDigits && number >= least) {
        return {};
    }
    const bool digits = !text.empty() && text.find_first_not_of("0123456789") == std::string::npos;
    return "'" + printable(text, 40) + "' is " +
           (!digits                    ? "no whole number"
            : text.size() > kMaxDigits ? "too large"
                                       : "too small") +
           "; write " + std::to_string(least) + " or more";
}

}  // namespace wirewatch::review
