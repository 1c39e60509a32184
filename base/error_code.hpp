// SPDX-License-Identifier: MIT
// The words for error codes, in the database and on the wire.
#pragma once

#include "base/error.hpp"

#include <string_view>

namespace wirewatch {

/// A word is never reused.
[[nodiscard]] constexpr std::string_view to_text(Errc code) {
    switch (code) {
        case Errc::invalid:
            return "invalid";
        case Errc::not_found:
            return "not_found";
        case Errc::not_a_feed:
            return "not_a_feed";
        case Errc::network:
            return "network";
        case Errc::timeout:
            return "timeout";
        case Errc::too_large:
            return "too_large";
        case Errc::refused:
            return "refused";
        case Errc::busy:
            return "busy";
        case Errc::disk_full:
            return "disk_full";
        case Errc::bad_database:
            return "bad_database";
        case Errc::gone:
            return "gone";
        case Errc::io:
            break;
    }
    return "io";
}

}  // namespace wirewatch
