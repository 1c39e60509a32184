// SPDX-License-Identifier: MIT
// Fetching beside a bare libcurl multi_socket loop over the same URLs of an nginx on loopback, and
// many feeds that answer slowly. Usage: fetch_bench all|nginx|slow [feeds=10000] [rounds=3]
#include "bench/bare_loop.hpp"
#include "bench/clocks.hpp"
#include "bench/news_set.hpp"
#include "bench/nginx.hpp"
#include "bench/poller.hpp"
#include "bench/slow_server.hpp"

#include <algorithm>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include <sys/resource.h>

namespace wirewatch::bench {

namespace {

namespace fs = std::filesystem;

constexpr std::size_t kHosts = 500;
constexpr std::size_t kInFlight = 256;
constexpr std::size_t kConnections = 1000;
constexpr std::size_t kRules = 100;

class Directory {
  public:
    Directory() {
        std::string name = (fs::temp_directory_path() / "wirewatch-bench-XXXXXX").string();
        if (mkdtemp(name.data()) == nullptr) {
            std::abort();
        }
        path_ = name;
    }
    ~Directory() {
        std::error_code ignored;
        fs::remove_all(path_, ignored);
    }
    Directory(const Directory&) = delete;
    Directory& operator=(const Directory&) = delete;

    [[nodiscard]] const fs::path& path() const { return path_; }

  private:
    fs::path path_;
};

/// Those of a news set that are of 15 to 120 KB, as feeds of news sites mostly are.
std::vector<std::string> documents() {
    std::vector<std::string> all = make_news_set(Content::text, 20'000'000, 11);
    std::erase_if(all, [](const std::string& document) {
        return document.size() < 15'000 || document.size() > 120'000;
    });
    return all;
}

/// Two to four words each, as people write them; some find something.
std::vector<Rule> rules() {
    constexpr std::string_view kPlaces[] = {"islamabad", "moscow", "karachi", "kremlin", "lahore"};
    constexpr std::string_view kThings[] = {"pipeline", "gas",   "wheat",   "visa",     "treaty",
                                            "energy",   "trade", "railway", "election", "steel"};
    std::vector<Rule> all;
    for (std::size_t i = 0; i < kRules; ++i) {
        Rule rule;
        rule.id = "rule-" + std::to_string(i);
        rule.title = rule.id;
        rule.query = std::string{kPlaces[i % 5]} + " AND " + std::string{kThings[i / 5 % 10]} +
                     (i < 50 ? " AND zanzibar" : " AND NOT shares AND \"border agreement\"");
        all.push_back(std::move(rule));
    }
    return all;
}

template <class UrlOf>
std::vector<Feed> feeds(std::size_t count, UrlOf url_of) {
    std::vector<Feed> all(count);
    for (std::size_t i = 0; i < count; ++i) {
        all[i].id = "feed-" + std::to_string(i);
        all[i].url = url_of(i);
        all[i].allow_private = {"127.0.0.0/8"};
    }
    return all;
}

double micros(double seconds, std::size_t count) {
    return seconds * 1e6 / static_cast<double>(count);
}

double memory_mib() {
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    return static_cast<double>(usage.ru_maxrss) / 1024;
}

void print_line(std::string_view name, const Cost& cost, std::size_t count) {
    std::printf("%-34.*s %9.0f feeds/s %9.1f us of CPU a feed\n", static_cast<int>(name.size()),
                name.data(), static_cast<double>(count) / cost.wall_seconds,
                micros(cost.cpu_seconds, count));
    std::fflush(stdout);
}

void print_share(std::string_view name, const Cost& part, const Cost& all) {
    std::printf("    %-30.*s %5.1f %% of its time, %5.1f %% of its CPU\n",
                static_cast<int>(name.size()), name.data(),
                100 * part.wall_seconds / all.wall_seconds,
                100 * part.cpu_seconds / all.cpu_seconds);
}

/// The rounds of one kind of work, ours and the bare loop's in turn.
class Pair {
  public:
    void add(const Cost& ours, const Cost& bare) {
        wall_.push_back(bare.wall_seconds / ours.wall_seconds);
        cpu_.push_back(ours.cpu_seconds / bare.cpu_seconds);
    }
    void print(std::string_view name) const {
        std::printf("%-34.*s %9.2f of the bare loop's feeds/s, %.2f times its CPU\n",
                    static_cast<int>(name.size()), name.data(), median(wall_), median(cpu_));
    }

  private:
    std::vector<double> wall_;
    std::vector<double> cpu_;
};

void measure_nginx(std::size_t count, int rounds) {
    const Directory directory;
    const auto set = documents();
    const auto nginx = Nginx::start(directory.path(), set, kHosts);
    if (!nginx) {
        return;
    }
    Poller poller{feeds(count, [&](std::size_t i) { return nginx->url(i); }), rules(), kInFlight,
                  directory.path()};
    BareLoop bare{kInFlight, kConnections};
    const auto plain = [&](std::size_t i) { return BareRequest{nginx->url(i), ""}; };
    const auto conditional = [&](std::size_t i) {
        return BareRequest{nginx->url(i), nginx->etag(i)};
    };
    std::printf("%zu feeds of %zu documents on %zu hosts, %zu at once\n", count, set.size(), kHosts,
                kInFlight);
    print_line("cold: bare, nothing kept", bare.run(count, plain, 200), count);
    const Shares cold = poller.poll(200);
    print_line("cold: parsed, matched, stored", cold.all, count);
    print_share("fetching", cold.fetching, cold.all);
    print_share("parsing and matching", cold.reading, cold.all);
    print_share("storing", cold.storing, cold.all);
    std::printf("    %zu articles, %zu hits, %.1f us of CPU an article\n", cold.articles, cold.hits,
                micros(cold.all.cpu_seconds, cold.articles));

    Pair fetched;
    Pair polled;
    for (int round = 0; round < rounds; ++round) {
        const Cost base = bare.run(count, conditional, 304);
        const Cost ours = poller.fetch(304);
        const Shares whole = poller.poll(304);
        fetched.add(ours, base);
        polled.add(whole.all, base);
        print_line("unchanged: bare", base, count);
        print_line("unchanged: fetched and judged", ours, count);
        print_line("unchanged: state stored too", whole.all, count);
        print_share("storing", whole.storing, whole.all);
    }
    fetched.print("unchanged: fetched and judged");
    polled.print("unchanged: state stored too");
    std::printf("memory: %.0f MiB at most, the bare loop's included\n", memory_mib());
}

void measure_slow(std::size_t count) {
    const Directory directory;
    const SlowServer server;
    double least = 0;
    for (std::size_t i = 0; i < count; ++i) {
        least += std::chrono::duration<double>{SlowServer::delay(i)}.count();
    }
    least /= static_cast<double>(kInFlight);
    Poller poller{feeds(count, [&](std::size_t i) { return server.url(i); }), rules(), kInFlight,
                  directory.path()};
    const Shares shares = poller.poll(200);
    std::printf(
        "slow: %zu feeds that answer after 50 to 500 ms, %zu at once: %.1f s, %.2f times the least"
        " possible %.1f s; %.0f MiB at most\n",
        count, kInFlight, shares.all.wall_seconds, shares.all.wall_seconds / least, least,
        memory_mib());
}

}  // namespace

}  // namespace wirewatch::bench

int main(int count, char** arguments) {
    using namespace wirewatch::bench;
    const std::string_view what = count > 1 ? arguments[1] : "";
    const long feeds = count > 2 ? std::strtol(arguments[2], nullptr, 10) : 10'000;
    const int rounds = count > 3 ? static_cast<int>(std::strtol(arguments[3], nullptr, 10)) : 3;
    if ((what != "all" && what != "nginx" && what != "slow") || feeds < 1 || rounds < 1) {
        std::fputs("usage: fetch_bench all|nginx|slow [feeds] [rounds]\n", stderr);
        return 2;
    }
    std::signal(SIGPIPE, SIG_IGN);
    rlimit files{};
    getrlimit(RLIMIT_NOFILE, &files);
    files.rlim_cur = std::min<rlim_t>(files.rlim_max, 8192);
    setrlimit(RLIMIT_NOFILE, &files);
    if (what != "nginx") {
        measure_slow(static_cast<std::size_t>(feeds));  // first: memory is the most there ever was
    }
    if (what != "slow") {
        measure_nginx(static_cast<std::size_t>(feeds), rounds);
    }
    return 0;
}
