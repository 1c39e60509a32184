// SPDX-License-Identifier: MIT
// How a fuzz target says that a promise is broken: with its words, and by ending the program.
#pragma once

#include <cstdio>
#include <cstdlib>

namespace wirewatch::fuzz {

/// Ends the program where `holds` is false; libFuzzer and the replay both keep the input then.
inline void expect(bool holds, const char* promise) {
    if (!holds) {
        std::fprintf(stderr, "broken promise: %s\n", promise);
        std::abort();
    }
}

}  // namespace wirewatch::fuzz
