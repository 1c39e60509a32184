// SPDX-License-Identifier: MIT
// A broken invariant is a bug: say where and stop, in every build. Never for input.
#pragma once

#include <cstdio>
#include <cstdlib>

#define WIREWATCH_CHECK(condition)                                                                 \
    do {                                                                                           \
        if (!(condition)) {                                                                        \
            std::fprintf(stderr, "%s:%d: broken invariant: %s\n", __FILE__, __LINE__, #condition); \
            std::abort();                                                                          \
        }                                                                                          \
    } while (false)
