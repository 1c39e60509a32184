// SPDX-License-Identifier: MIT
// Errors are values: a code that callers branch on, and words for the person who reads them.
#pragma once

#include <string>
#include <string_view>
#include <utility>

#include <tl/expected.hpp>

namespace wirewatch {

/// What a caller can do about it. A new code must change what some caller does.
enum class Errc {
    invalid,       ///< what a person wrote is wrong: configuration, rule, query, argument
    not_found,     ///< the named thing does not exist
    not_a_feed,    ///< a document arrived, but it is no feed that can be read
    network,       ///< the other side could not be reached, or broke off
    timeout,       ///< the other side was too slow
    too_large,     ///< a limit on size, depth or count was passed
    refused,       ///< wirewatch itself will not do this (address, scheme, permission)
    busy,          ///< held by another process; later may do
    disk_full,     ///< no room left: stop writing, go on reading
    bad_database,  ///< corrupt, foreign or newer than this program: touch nothing, exit 65
    gone,          ///< the history asked for is no longer kept
    io,            ///< a file, socket or system call failed
};

struct Error {
    Errc code = Errc::io;
    std::string text;  ///< what happened, to which feed, rule or file, and what to do; no secrets

    /// The same error with `context` in front: "loading rules: …".
    [[nodiscard]] Error with(std::string_view context) && {
        text.insert(0, ": ").insert(0, context);
        return std::move(*this);
    }
};

template <class T = void>
using Result = tl::expected<T, Error>;

/// `return fail(Errc::invalid, "…");` from any function that returns a Result.
[[nodiscard]] inline tl::unexpected<Error> fail(Errc code, std::string text) {
    return tl::unexpected<Error>(Error{code, std::move(text)});
}

/// Hands on the error of `result`, with `context` in front.
template <class T>
[[nodiscard]] tl::unexpected<Error> fail(Result<T>&& result, std::string_view context) {
    return tl::unexpected<Error>(std::move(result.error()).with(context));
}

/// Hands on the error of `result` as it is.
template <class T>
[[nodiscard]] tl::unexpected<Error> fail(Result<T>&& result) {
    return tl::unexpected<Error>(std::move(result.error()));
}

}  // namespace wirewatch
