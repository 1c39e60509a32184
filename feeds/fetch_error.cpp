// SPDX-License-Identifier: MIT
#include "feeds/fetch_error.hpp"

#include "base/printable.hpp"
#include "feeds/address.hpp"
#include "feeds/address_guard.hpp"

#include <algorithm>
#include <cerrno>
#include <string_view>

#include <curl/curl.h>

namespace wirewatch::feeds {

namespace {

constexpr std::size_t kMaxQuoteBytes = 300;  // our choice: a line or two

// libcurl's timer starts a little before its stopwatch.
constexpr std::chrono::milliseconds kSlack{100};

std::string in_words(std::chrono::milliseconds time) {
    return time.count() % 1000 == 0 ? std::to_string(time.count() / 1000) + " s"
                                    : std::to_string(time.count()) + " ms";
}

std::string in_words(std::size_t bytes) {
    constexpr std::size_t kMebibyte = 1u << 20;
    constexpr std::size_t kKibibyte = 1u << 10;
    if (bytes != 0 && bytes % kMebibyte == 0) {
        return std::to_string(bytes / kMebibyte) + " MiB";
    }
    if (bytes != 0 && bytes % kKibibyte == 0) {
        return std::to_string(bytes / kKibibyte) + " KiB";
    }
    return std::to_string(bytes) + " bytes";
}

// A server chooses where it redirects to and what its certificate says.
std::string quoted(std::string_view text) {
    return printable(text, kMaxQuoteBytes);
}

std::string detail_of(const FailedTransfer& failed) {
    return failed.detail.empty() ? curl_easy_strerror(static_cast<CURLcode>(failed.code))
                                 : quoted(failed.detail);
}

Error not_connected(const FailedTransfer& failed, const std::string& server) {
    switch (failed.system) {
        case ECONNREFUSED:
            return {Errc::network, "connection refused by " + server};
        case ENETUNREACH:
        case EHOSTUNREACH:
            return {Errc::network, "no way through the network to " + server};
        default:
            return {Errc::network, "cannot connect to " + server + ": " + detail_of(failed)};
    }
}

Error too_slow(const FailedTransfer& failed, const std::string& server,
               const FetchOptions& options) {
    const bool whole = failed.elapsed + kSlack >= options.total_timeout;
    if (!failed.connected) {
        const auto limit = whole ? options.total_timeout : options.connect_timeout;
        return {Errc::timeout, "no connection to " + server + " within " + in_words(limit)};
    }
    const std::chrono::milliseconds limit =
        whole ? options.total_timeout : low_speed_window(options);
    if (failed.received_bytes == 0) {
        return {Errc::timeout, "no answer within " + in_words(limit) + " from " + server};
    }
    if (whole) {
        return {Errc::timeout,
                "not all of the answer of " + server + " came within " + in_words(limit)};
    }
    return {Errc::timeout, server + " sent less than " + in_words(options.low_speed_bytes) +
                               " a second for " + in_words(limit)};
}

Error too_large(const FailedTransfer& failed, const FetchOptions& options) {
    switch (failed.overrun) {
        case Overrun::headers:
            return {Errc::too_large, "the headers are over " + in_words(options.max_header_bytes)};
        case Overrun::ratio:
            return {Errc::too_large, "the body unpacks to more than " +
                                         std::to_string(options.max_ratio) +
                                         " times what was sent"};
        case Overrun::body:
        case Overrun::none:
            break;
    }
    return {Errc::too_large, "the body is over " + in_words(options.max_body_bytes)};
}

Error bad_certificate(const FailedTransfer& failed, const std::string& host) {
    // libcurl: "SSL certificate problem: certificate has expired"; the end says it.
    constexpr std::string_view kPrefix = "SSL certificate problem: ";
    const std::string detail = detail_of(failed);
    const bool prefixed = detail.starts_with(kPrefix);
    return {Errc::network, "the TLS certificate of " + host +
                               " is not valid: " + detail.substr(prefixed ? kPrefix.size() : 0)};
}

}  // namespace

Error fetch_error(const FailedTransfer& failed, const FetchOptions& options) {
    const auto address = address_of(failed.url);
    const std::string host = address ? quoted(address->host) : "the server";
    const std::string server = address ? quoted(address->text()) : "the server";
    if (failed.overrun != Overrun::none) {
        return too_large(failed, options);
    }
    if (failed.asked_twice) {
        return {Errc::network, server +
                                   " closed a kept connection without an answer; it may have "
                                   "had the request, which is sent once"};
    }
    if (failed.refused &&
        (failed.code == CURLE_COULDNT_CONNECT || failed.code == CURLE_ABORTED_BY_CALLBACK)) {
        return address_error(failed.url, *failed.refused);
    }
    switch (failed.code) {
        case CURLE_UNSUPPORTED_PROTOCOL:
            // So says libcurl where a server answers as before HTTP/1.0.
            return {Errc::network, server + " does not answer in HTTP"};
        case CURLE_COULDNT_RESOLVE_HOST:
            return {Errc::network, "cannot resolve host '" + host + "'"};
        case CURLE_COULDNT_CONNECT:
            return not_connected(failed, server);
        case CURLE_OPERATION_TIMEDOUT:
            return too_slow(failed, server, options);
        case CURLE_PEER_FAILED_VERIFICATION:
            return bad_certificate(failed, host);
        case CURLE_SSL_CONNECT_ERROR:
            return {Errc::network, "no TLS connection with " + server + ": " + detail_of(failed)};
        case CURLE_GOT_NOTHING:
            return {Errc::network, server + " closed the connection without an answer"};
        case CURLE_PARTIAL_FILE:
            return {Errc::network,
                    "the body broke off before its end, after " + in_words(failed.received_bytes)};
        case CURLE_SEND_ERROR:
        case CURLE_RECV_ERROR:
            return {Errc::network, "the connection to " + server + " broke off"};
        case CURLE_BAD_CONTENT_ENCODING:
        case CURLE_WRITE_ERROR:  // so says br; our own comes with an overrun
            return {Errc::network, "the body is not compressed the way that " + server + " says"};
        case CURLE_WEIRD_SERVER_REPLY:
            return {Errc::network, server + " does not answer in HTTP"};
        default:
            return {Errc::network, "cannot fetch from " + server + ": " + detail_of(failed)};
    }
}

Error address_error(const std::string& url, const IpAddress& address) {
    const auto to = address_of(url);
    const std::string host = to ? quoted(to->host) : "the server";
    const std::string where = address.text();
    const std::string_view use = special_use(address);
    const bool literal = host == where || host == '[' + where + ']';
    return {Errc::refused, (literal ? where + " is " : host + " leads to " + where + ", ") +
                               std::string{use.empty() ? "an address of no kind we know" : use} +
                               "; if that is meant, list it in the feed's allow_private (on the "
                               "command line: --allow-private " +
                               where + ")"};
}

Error redirect_error(const std::string& url, const std::string& target,
                     const FetchOptions& options) {
    const auto from = address_of(url);
    if (target.empty()) {
        return {Errc::refused, (from ? quoted(from->text()) : "the server") +
                                   " redirects to something that is no URL"};
    }
    if (!address_of(target)) {
        return {Errc::refused,
                "redirected to " + quoted(target) + ", which is neither http nor https"};
    }
    return {Errc::network, "more than " + std::to_string(options.max_redirects) +
                               " redirects, the last to " + quoted(target)};
}

}  // namespace wirewatch::feeds
