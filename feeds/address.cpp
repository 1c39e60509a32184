// SPDX-License-Identifier: MIT
#include "feeds/address.hpp"

#include <algorithm>
#include <memory>
#include <utility>

#include <curl/curl.h>

namespace wirewatch::feeds {

namespace {

constexpr std::size_t kMaxUrlBytes = 8u
                                     << 10;  // our choice: as long a line as servers commonly take

struct UrlCleanup {
    void operator()(CURLU* url) const { curl_url_cleanup(url); }
};
using Url = std::unique_ptr<CURLU, UrlCleanup>;

Result<Url> read(std::string_view text) {
    if (text.size() > kMaxUrlBytes) {
        return fail(Errc::refused, "the URL is over 8 KiB long");
    }
    Url url{curl_url()};
    // Other schemes are read too, so that the refusal can name them.
    const CURLUcode code =
        curl_url_set(url.get(), CURLUPART_URL, std::string{text}.c_str(), CURLU_NON_SUPPORT_SCHEME);
    if (code != CURLUE_OK || text.find('\0') != std::string_view::npos) {
        const char* why = code == CURLUE_OK ? "it holds a zero byte" : curl_url_strerror(code);
        return fail(Errc::refused, std::string{"this is no URL that can be fetched: "} + why);
    }
    return url;
}

std::string part(const Url& url, CURLUPart which, unsigned flags = 0) {
    char* text = nullptr;
    if (curl_url_get(url.get(), which, &text, flags) != CURLUE_OK) {
        return {};
    }
    const std::unique_ptr<char, decltype(&curl_free)> owner{text, &curl_free};
    return text;
}

// ASCII alone: host names beyond it are left to libcurl's IDN.
std::string lower(std::string text) {
    std::transform(text.begin(), text.end(), text.begin(), [](char c) {
        return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    });
    return text;
}

void drop_userinfo(const Url& url) {
    for (const CURLUPart which : {CURLUPART_USER, CURLUPART_PASSWORD, CURLUPART_OPTIONS}) {
        curl_url_set(url.get(), which, nullptr, 0);
    }
}

Result<Address> address(const Url& url) {
    Address address{.scheme = lower(part(url, CURLUPART_SCHEME)),
                    .host = lower(part(url, CURLUPART_HOST)),
                    .port = part(url, CURLUPART_PORT, CURLU_DEFAULT_PORT)};
    if (address.scheme != "http" && address.scheme != "https") {
        return fail(Errc::refused,
                    "wirewatch fetches http and https only, not '" + address.scheme + "'");
    }
    return address;
}

std::optional<Credentials> userinfo(const Url& url) {
    Credentials found{.scheme = Credentials::Scheme::basic,
                      .user = part(url, CURLUPART_USER, CURLU_URLDECODE),
                      .secret = part(url, CURLUPART_PASSWORD, CURLU_URLDECODE)};
    return found.user.empty() && found.secret.empty() ? std::nullopt : std::optional{found};
}

}  // namespace

Result<Address> address_of(std::string_view text) {
    const auto url = read(text);
    return url ? address(*url) : tl::unexpected<Error>(url.error());
}

Result<Target> target_of(std::string_view text) {
    const auto url = read(text);
    if (!url) {
        return tl::unexpected<Error>(url.error());
    }
    auto found = address(*url);
    if (!found) {
        return fail(std::move(found));
    }
    Target target{
        .url = std::string{text}, .address = std::move(*found), .userinfo = userinfo(*url)};
    if (text.find('@') != std::string_view::npos) {
        drop_userinfo(*url);
        target.url = part(*url, CURLUPART_URL);
    }
    return target;
}

Result<> check_proxy(std::string_view proxy) {
    const auto url = read(proxy);
    const std::string scheme = url ? lower(part(*url, CURLUPART_SCHEME)) : "";
    // Not socks5: names would be resolved here, and then not be checked.
    if (scheme != "http" && scheme != "https" && scheme != "socks5h") {
        return fail(Errc::invalid,
                    "write the address of a proxy, like http://proxy.example:3128; it begins with "
                    "http://, https:// or socks5h://");
    }
    if (userinfo(*url)) {
        return fail(Errc::invalid,
                    "a proxy that wants a password cannot be used: it would stand here for all to "
                    "read");
    }
    const std::string path = part(*url, CURLUPART_PATH);
    if ((path != "/" && !path.empty()) || part(*url, CURLUPART_PORT).empty()) {
        return fail(Errc::invalid,
                    "write host and port of the proxy alone, like http://proxy.example:3128");
    }
    return {};
}

std::string without_userinfo(std::string_view text) {
    const auto url = read(text);
    if (!url) {
        return {};
    }
    drop_userinfo(*url);
    return part(*url, CURLUPART_URL);
}

std::string redirect_target(std::string_view from, std::string_view location) {
    const auto url = read(from);
    if (!url || location.empty() || location.size() > kMaxUrlBytes ||
        location.find('\0') != std::string_view::npos) {
        return {};
    }
    constexpr unsigned kAsServersWrite = CURLU_URLENCODE | CURLU_ALLOW_SPACE;
    if (curl_url_set(url->get(), CURLUPART_URL, std::string{location}.c_str(),
                     CURLU_NON_SUPPORT_SCHEME | kAsServersWrite) != CURLUE_OK) {
        return {};
    }
    drop_userinfo(*url);
    std::string target = part(*url, CURLUPART_URL);
    return target.size() > kMaxUrlBytes ? std::string{} : target;
}

}  // namespace wirewatch::feeds
