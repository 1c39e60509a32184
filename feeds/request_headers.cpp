// SPDX-License-Identifier: MIT
#include "feeds/request_headers.hpp"

#include "base/printable.hpp"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

#include <strings.h>

namespace wirewatch::feeds {

namespace {

constexpr std::size_t kMaxValueBytes = 4u << 10;  // our choice: half of what servers take in all
constexpr std::string_view kAccept =
    "application/atom+xml, application/rss+xml, application/rdf+xml, application/feed+json, "
    "application/xml;q=0.9, text/xml;q=0.9, */*;q=0.8";

bool same_name(std::string_view one, std::string_view other) {
    return one.size() == other.size() && strncasecmp(one.data(), other.data(), one.size()) == 0;
}

// RFC 9110 section 5.6.2.
bool is_token(std::string_view name) {
    return !name.empty() && name.size() <= 100 && std::all_of(name.begin(), name.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
               std::string_view{"!#$%&'*+-.^_`|~"}.find(c) != std::string_view::npos;
    });
}

bool is_value(std::string_view value) {
    return std::none_of(value.begin(), value.end(), [](char c) {
        return (static_cast<unsigned char>(c) < 0x20 && c != '\t') || c == 0x7F;
    });
}

/// What to do instead of setting a header that is ours to write; empty: it is not.
std::string_view instead_of(std::string_view name) {
    constexpr std::string_view kOurs = "wirewatch writes it itself; take it out";
    constexpr std::array<std::pair<std::string_view, std::string_view>, 23> kReserved{{
        {"Authorization", "write 'user' and 'password_file', or 'token_file'"},
        {"Cookie", "wirewatch sends no cookies"},
        {"Referer", "wirewatch does not say where it found a link"},
        {"User-Agent", "'contact' under [fetch] is a part of it"},
        {"Proxy-Authorization", "it is for a proxy, not for a feed"},
        {"Proxy-Connection", "it is for a proxy, not for a feed"},
        {"Host", kOurs},
        {"Connection", kOurs},
        {"Keep-Alive", kOurs},
        {"Content-Length", kOurs},
        {"Transfer-Encoding", kOurs},
        {"Content-Encoding", kOurs},
        {"Accept-Encoding", kOurs},
        {"TE", kOurs},
        {"Trailer", kOurs},
        {"Upgrade", kOurs},
        {"HTTP2-Settings", kOurs},
        {"Expect", kOurs},
        {"Range", kOurs},
        {"If-None-Match", kOurs},
        {"If-Modified-Since", kOurs},
        {"If-Match", kOurs},
        {"If-Range", kOurs},
    }};
    const auto* const found =
        std::find_if(kReserved.begin(), kReserved.end(),
                     [&](const auto& one) { return same_name(one.first, name); });
    return found == kReserved.end() ? "" : found->second;
}

std::string line(std::string_view name, std::string_view value) {
    // libcurl takes "Name:" for an order to leave the header out.
    return value.empty() ? std::string{name} + ";" : std::string{name}.append(": ").append(value);
}

}  // namespace

Result<> check_header(const Header& header) {
    const std::string quoted = "'" + printable(header.name, 60) + "'";
    if (!is_token(header.name)) {
        return fail(Errc::invalid, quoted +
                                       " is no name of a header; write letters, digits and "
                                       "'-', like \"X-Api-Key\"");
    }
    if (const auto instead = instead_of(header.name); !instead.empty()) {
        return fail(Errc::invalid,
                    "the header " + quoted + " cannot be set here: " + std::string{instead});
    }
    if (header.value.size() > kMaxValueBytes || !is_value(header.value)) {
        return fail(Errc::invalid,
                    "the value of the header " + quoted + " must be one line of at most 4 KiB");
    }
    return {};
}

std::vector<std::string> header_lines(const FetchRequest& request, Audience audience) {
    std::vector<std::string> lines;
    bool accepts = false;
    if (audience == Audience::origin) {
        for (const Header& header : request.headers) {
            lines.push_back(line(header.name, header.value));
            accepts = accepts || same_name(header.name, "Accept");
        }
    }
    if (!accepts) {
        lines.push_back(line("Accept", kAccept));
    }
    if (!request.etag.empty()) {
        lines.push_back(line("If-None-Match", request.etag));
    }
    if (!request.last_modified.empty()) {
        lines.push_back(line("If-Modified-Since", request.last_modified));
    }
    return lines;
}

}  // namespace wirewatch::feeds
