// SPDX-License-Identifier: MIT
// URLs as text: taken apart, put together, resolved. Source: RFC 3986.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace wirewatch::feeds {

/// The five parts of RFC 3986, appendix B; each without its delimiter.
struct UrlParts {
    std::optional<std::string_view> scheme;
    std::optional<std::string_view> authority;
    std::string_view path;
    std::optional<std::string_view> query;
    std::optional<std::string_view> fragment;
};

/// The parts point into `url`.
[[nodiscard]] UrlParts split_url(std::string_view url);

/// Absolute, with http or https in front.
[[nodiscard]] bool is_web_url(std::string_view url);

/// `reference` as seen from `base`: absolute ones stay as they are written, relative ones hang on
/// the base (RFC 3986 section 5.2), and stay relative where there is no absolute base. White space
/// around and line breaks within are dropped, and "&amp;" is read as "&". Empty for what is a
/// script and no address ("javascript:", "vbscript:", "data:").
[[nodiscard]] std::string resolve_url(std::string_view base, std::string_view reference);

}  // namespace wirewatch::feeds
