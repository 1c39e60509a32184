// SPDX-License-Identifier: MIT
// Where CurlFetcher goes, and where it does not: nothing may reach a listener that a feed has not
// listed, whatever spells the address.
#include "feeds/curl_fetcher.hpp"

#include "support/feed_server.hpp"

#include <chrono>
#include <cstdlib>
#include <string>
#include <utility>
#include <vector>

#include <catch2/catch.hpp>

using namespace wirewatch;
using namespace wirewatch::feeds;
using support::FeedServer;
using namespace std::chrono_literals;

namespace {

Result<Response> fetch(CurlFetcher& fetcher, const std::string& url,
                       std::vector<std::string> allow_private = {}) {
    fetcher.start({.url = url, .allow_private = std::move(allow_private)});
    auto results = fetcher.wait(std::chrono::steady_clock::now() + 10s, 10);
    REQUIRE(results.size() == 1);
    return std::move(results[0].response);
}

}  // namespace

TEST_CASE("no spelling of an address that is not public reaches it") {
    FeedServer server;
    server.serve("/", {.body = "<rss/>"});
    const std::string host = GENERATE(
        // 127.0.0.1, decimal, octal, hexadecimal, short, mixed
        "127.0.0.1", "127.1", "127.0.1", "2130706433", "017700000001", "0x7f000001", "0x7f.1",
        "0177.0.0.1", "0x7f.0x0.0x0.0x1", "127.0.0.01", "127.0.0x0.1", "0177.0x0.1", "127.0.0.1.",
        "%31%32%37.0.0.1", "127%2E0%2E0%2E1",
        // other addresses that end at a loopback listener
        "127.0.0.2", "127.255.255.254", "0.0.0.0", "0", "00", "0x0", "0.0",
        // names for this machine
        "localhost", "LOCALHOST", "localhost.", "news.localhost", "l%6Fcalhost",
        // IPv6, and IPv4 in it
        "[::1]", "[0:0:0:0:0:0:0:1]", "[::]", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]",
        "[0:0:0:0:0:ffff:7f00:1]", "[::127.0.0.1]", "[::7f00:1]", "[64:ff9b::127.0.0.1]",
        "[64:ff9b::7f00:1]", "[64:ff9b:1::7f00:1]", "[2002:7f00:1::]", "[2001::7f00:1]",
        "[::ffff:0:127.0.0.1]", "[::ffff:10.0.0.7]",
        // networks that this machine may be in
        "10.0.0.7", "10.7", "167772167", "0xa000007", "012.0.0.7", "172.16.0.1", "192.168.1.1",
        "192.168.257", "3232235777", "100.64.0.1", "169.254.169.254", "2852039166",
        "0251.0376.0251.0376", "[fd00::1]", "[fe80::1]", "[fe80::1%25lo]", "[fec0::1]",
        "[fd00:ec2::254]",
        // and what is nobody's
        "224.0.0.1", "[ff02::1]", "255.255.255.255", "240.0.0.1", "192.0.2.1", "198.51.100.1",
        "203.0.113.1", "198.18.0.1", "[2001:db8::1]", "[100::1]", "[4000::1]");
    const std::string url = "http://" + host + ":" + std::to_string(server.port()) + "/";
    CAPTURE(url);
    CurlFetcher fetcher{{}};
    const auto response = fetch(fetcher, url);
    REQUIRE_FALSE(response);
    CHECK(response.error().code == Errc::refused);
    CHECK_THAT(response.error().text,
               Catch::Contains("allow_private") || Catch::Contains("no URL that can be fetched"));
    CHECK(server.connections() == 0);
}

TEST_CASE("a refusal says where the host leads and what to do") {
    CurlFetcher fetcher{{}};
    CHECK(fetch(fetcher, "http://localhost/").error().text ==
          "localhost leads to 127.0.0.1, a loopback address; if that is meant, list it in the "
          "feed's allow_private (on the command line: --allow-private 127.0.0.1)");
    CHECK_THAT(fetch(fetcher, "http://0xa000007/").error().text,
               Catch::StartsWith("10.0.0.7 is a private address; "));
}

TEST_CASE("a redirect to what is not public is not followed") {
    FeedServer open;
    FeedServer hidden;
    const std::string port = ":" + std::to_string(hidden.port()) + "/";
    const std::string host =
        GENERATE("127.0.0.2", "2130706434", "0x7f.2", "[::1]", "[::ffff:127.0.0.2]",
                 "169.254.169.254", "me:pw@127.0.0.2", "LOCALHOST");
    const int status = GENERATE(301, 302, 303, 307, 308);
    CAPTURE(host, status);
    open.serve("/", {.status = status, .headers = {{"Location", "http://" + host + port}}});
    CurlFetcher fetcher{{}};
    const auto response = fetch(fetcher, open.url("/"), {"127.0.0.1/32", "10.0.0.0/8"});
    if (host == "LOCALHOST") {
        REQUIRE(response);  // it is what the feed may go to
        CHECK(response->status == 404);
        return;
    }
    REQUIRE_FALSE(response);
    CHECK(response.error().code == Errc::refused);
    CHECK_THAT(response.error().text, Catch::Contains("allow_private") && !Catch::Contains("pw"));
    CHECK(hidden.connections() == 0);
}

TEST_CASE("a name that is looked up is checked by what the look-up says") {
    // Every machine that has a hosts file has this name or none.
    CurlFetcher fetcher{{}};
    const auto response = fetch(fetcher, "http://ip6-localhost:1/");
    REQUIRE_FALSE(response);
    CHECK_THAT(response.error().text,
               Catch::StartsWith("ip6-localhost leads to ::1, a loopback address; ") ||
                   Catch::StartsWith("cannot resolve host"));
}

TEST_CASE("a kept connection is not for feeds that may not go there") {
    FeedServer server;
    server.serve("/", {.body = "<rss/>"});
    CurlFetcher fetcher{{}};
    REQUIRE(fetch(fetcher, server.url("/"), {"127.0.0.1"}));
    // localhost is allowed as ::1 and not as the 127.0.0.1 that the connection has.
    const std::string named = "http://localhost:" + std::to_string(server.port()) + "/";
    REQUIRE(fetch(fetcher, named, {"127.0.0.1"}));
    const std::size_t before = server.requests().size();
    const std::size_t connections = server.connections();
    const auto refused = fetch(fetcher, named, {"::1"});
    REQUIRE_FALSE(refused);
    CHECK_THAT(refused.error().text,
               Catch::StartsWith("localhost leads to 127.0.0.1, a loopback address; "));
    CHECK(server.requests().size() == before);
    CHECK(server.connections() == connections);
    CHECK(fetch(fetcher, named, {"127.0.0.1"}));
}

TEST_CASE("proxies that the environment names are not used") {
    FeedServer proxy;
    FeedServer server;
    server.serve("/", {.body = "<rss/>"});
    for (const char* name : {"http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY", "https_proxy"}) {
        setenv(name, proxy.url("").c_str(), 1);
    }
    CurlFetcher fetcher{{}};
    CHECK(fetch(fetcher, server.url("/"), {"127.0.0.1"}));
    CHECK_FALSE(fetch(fetcher, server.url("/")));
    for (const char* name : {"http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY", "https_proxy"}) {
        unsetenv(name);
    }
    CHECK(proxy.connections() == 0);
}

TEST_CASE("the configured proxy is asked, whatever the environment excepts") {
    FeedServer proxy;
    proxy.serve("http://news.example/feed", {.body = "<rss/>"});
    setenv("no_proxy", "*", 1);
    CurlFetcher fetcher{{.proxy = proxy.url("")}};
    const auto response = fetch(fetcher, "http://news.example/feed");
    unsetenv("no_proxy");
    REQUIRE(response);
    CHECK(response->body == "<rss/>");
}

TEST_CASE("behind a proxy, hosts that say themselves where they lead are checked") {
    FeedServer proxy;
    const std::string url =
        GENERATE("http://127.0.0.1/", "http://2130706433/", "http://[::1]/", "http://localhost/",
                 "http://10.0.0.7/", "http://a.localhost:81/");
    CAPTURE(url);
    CurlFetcher fetcher{{.proxy = proxy.url("")}};
    const auto response = fetch(fetcher, url);
    REQUIRE_FALSE(response);
    CHECK(response.error().code == Errc::refused);
    CHECK(proxy.connections() == 0);
}

TEST_CASE("a list that cannot be read lets nothing begin") {
    CurlFetcher fetcher{{}};
    const auto response = fetch(fetcher, "http://127.0.0.1/", {"127.0.0.1", "home"});
    REQUIRE_FALSE(response);
    CHECK_THAT(response.error().text, Catch::StartsWith("allow_private: 'home' is neither"));
}
