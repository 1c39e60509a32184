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

}  // namespace

Result<Address> address_of(std::string_view text) {
    const auto url = read(text);
    if (!url) {
        return tl::unexpected<Error>(url.error());
    }
    Address address{.scheme = lower(part(*url, CURLUPART_SCHEME)),
                    .host = lower(part(*url, CURLUPART_HOST)),
                    .port = part(*url, CURLUPART_PORT, CURLU_DEFAULT_PORT)};
    if (address.scheme != "http" && address.scheme != "https") {
        return fail(Errc::refused,
                    "wirewatch fetches http and https only, not '" + address.scheme + "'");
    }
    return address;
}

std::string without_userinfo(std::string_view text) {
    const auto url = read(text);
    if (!url) {
        return {};
    }
    curl_url_set(url->get(), CURLUPART_USER, nullptr, 0);
    curl_url_set(url->get(), CURLUPART_PASSWORD, nullptr, 0);
    curl_url_set(url->get(), CURLUPART_OPTIONS, nullptr, 0);
    return part(*url, CURLUPART_URL);
}

}  // namespace wirewatch::feeds
