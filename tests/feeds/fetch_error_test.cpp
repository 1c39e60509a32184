// SPDX-License-Identifier: MIT
#include "feeds/fetch_error.hpp"

#include <cerrno>
#include <chrono>
#include <string>

#include <curl/curl.h>
#include <catch2/catch.hpp>

using namespace wirewatch;
using namespace wirewatch::feeds;
using namespace std::chrono_literals;

TEST_CASE("a failed transfer says what happened, and where") {
    const std::string url = "https://ann:secret@example.org/feed";
    const auto [failed, code, words] = GENERATE_COPY(table<FailedTransfer, Errc, std::string>({
        {{.code = CURLE_COULDNT_RESOLVE_HOST, .url = url},
         Errc::network,
         "cannot resolve host 'example.org'"},
        {{.code = CURLE_COULDNT_CONNECT, .system = ECONNREFUSED, .url = url},
         Errc::network,
         "connection refused by example.org:443"},
        {{.code = CURLE_COULDNT_CONNECT, .system = EHOSTUNREACH, .url = url},
         Errc::network,
         "no way through the network to example.org:443"},
        {{.code = CURLE_OPERATION_TIMEDOUT, .url = url, .elapsed = 10s},
         Errc::timeout,
         "no connection to example.org:443 within 10 s"},
        {{.code = CURLE_OPERATION_TIMEDOUT, .url = url, .connected = true, .elapsed = 30s},
         Errc::timeout,
         "no answer within 30 s from example.org:443"},
        {{.code = CURLE_OPERATION_TIMEDOUT,
          .url = url,
          .connected = true,
          .received_bytes = 1,
          .elapsed = 30s},
         Errc::timeout,
         "not all of the answer of example.org:443 came within 30 s"},
        {{.code = CURLE_OPERATION_TIMEDOUT,
          .url = url,
          .connected = true,
          .received_bytes = 1,
          .elapsed = 16s},
         Errc::timeout,
         "example.org:443 sent less than 100 bytes a second for 15 s"},
        {{.code = CURLE_WRITE_ERROR, .url = url, .overrun = Overrun::body},
         Errc::too_large,
         "the body is over 16 MiB"},
        {{.code = CURLE_PEER_FAILED_VERIFICATION,
          .url = url,
          .detail = "SSL certificate problem: certificate has expired"},
         Errc::network,
         "the TLS certificate of example.org is not valid: certificate has expired"},
        {{.code = CURLE_WRITE_ERROR, .url = url, .overrun = Overrun::headers},
         Errc::too_large,
         "the headers are over 64 KiB"},
        {{.code = CURLE_WRITE_ERROR, .url = url, .overrun = Overrun::ratio},
         Errc::too_large,
         "the body unpacks to more than 200 times what was sent"},
        {{.code = CURLE_ABORTED_BY_CALLBACK, .url = url, .connected = true, .asked_twice = true},
         Errc::network,
         "example.org:443 closed a kept connection without an answer; it may have had the request, "
         "which is sent once"},
        {{.code = CURLE_COULDNT_CONNECT, .url = url, .refused = parse_ip_address("10.0.0.7")},
         Errc::refused,
         "example.org leads to 10.0.0.7, a private address; if that is meant, list it in the "
         "feed's allow_private (on the command line: --allow-private 10.0.0.7)"},
        {{.code = CURLE_ABORTED_BY_CALLBACK,
          .url = "http://[::1]/",
          .refused = parse_ip_address("::1")},
         Errc::refused,
         "::1 is a loopback address; if that is meant, list it in the feed's allow_private (on the "
         "command line: --allow-private ::1)"},
        {{.code = CURLE_OPERATION_TIMEDOUT, .url = url, .refused = parse_ip_address("10.0.0.7")},
         Errc::timeout,
         "no connection to example.org:443 within 10 s"},
        {{.code = CURLE_UNSUPPORTED_PROTOCOL, .url = url},
         Errc::network,
         "example.org:443 does not answer in HTTP"},
        {{.code = CURLE_HTTP2_STREAM, .url = url, .detail = "stream\nreset"},
         Errc::network,
         "cannot fetch from example.org:443: stream\\nreset"},
    }));
    const Error error = fetch_error(failed, {});
    CHECK(error.code == code);
    CHECK(error.text == words);
}

TEST_CASE("a server that thinks for long gets half of the whole time, 15 s at least") {
    CHECK(low_speed_window({.total_timeout = 100ms}) == 15s);
    CHECK(low_speed_window({}) == 15s);
    CHECK(low_speed_window({.total_timeout = 90s}) == 45s);
    const FailedTransfer silent{.code = CURLE_OPERATION_TIMEDOUT,
                                .url = "https://example.org/",
                                .connected = true,
                                .elapsed = 45s};
    CHECK(fetch_error(silent, {.total_timeout = 90s}).text ==
          "no answer within 45 s from example.org:443");
}

TEST_CASE("a redirect that is not followed says where it led, and why it ended there") {
    const auto [target, code, words] = GENERATE(table<std::string, Errc, std::string>({
        {"", Errc::refused, "a.example:80 redirects to something that is no URL"},
        {"file:///etc/passwd", Errc::refused,
         "redirected to file:///etc/passwd, which is neither http nor https"},
        {"http://b.example/", Errc::network,
         "more than 5 redirects, the last to http://b.example/"},
    }));
    const Error error = redirect_error("http://a.example/", target, {});
    CHECK(error.code == code);
    CHECK(error.text == words);
}
