// SPDX-License-Identifier: MIT
// From bytes to articles with text, dates and keys, beside bare pugixml over the same bytes.
// Usage: parse_bench [megabytes=100] [rounds=5] [text|html]
#include "bench/news_set.hpp"
#include "feeds/identity.hpp"
#include "feeds/parser.hpp"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <string>
#include <string_view>
#include <vector>

#include <pugixml.hpp>

namespace wirewatch::bench {

namespace {

using Documents = std::vector<std::string>;

/// Of this process, so that what else the machine does counts little.
double cpu_seconds() {
    timespec now{};
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) * 1e-9;
}

double seconds_of(auto&& work) {
    const double start = cpu_seconds();
    work();
    return cpu_seconds() - start;
}

double median(std::vector<double> values) {
    const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
    std::nth_element(values.begin(), middle, values.end());
    return *middle;
}

/// Parsing alone: the copy that pugixml parses in place is made before the clock starts.
double bare_seconds(const Documents& documents) {
    double seconds = 0;
    for (const std::string& document : documents) {
        std::string copy = document;
        seconds += seconds_of([&] {
            pugi::xml_document tree;
            if (!tree.load_buffer_inplace(copy.data(), copy.size(),
                                          pugi::parse_default | pugi::parse_ws_pcdata)) {
                std::abort();
            }
        });
    }
    return seconds;
}

struct Round {
    double seconds = 0;
    std::size_t articles = 0;
};

/// All that a poll does to a changed document; its own copy of the bytes is part of it.
Round our_round(const Documents& documents) {
    Round round;
    for (const std::string& document : documents) {
        round.seconds += seconds_of([&] {
            auto feed = feeds::parse_feed(document, {"application/xml", "https://news.example/f"},
                                          {}, feeds::Markup::dropped);
            if (!feed || !feed->repaired.empty()) {
                std::abort();
            }
            const Identity identity =
                feeds::choose_identity(feed->articles, Identity::automatic, Identity::automatic);
            feeds::assign_keys(feed->articles, "news", identity);
            round.articles += feed->articles.size();
        });
    }
    return round;
}

void measure(std::string_view name, const Documents& documents, int rounds) {
    std::vector<double> bare;
    std::vector<double> ours;
    std::size_t articles = 0;
    for (int round = 0; round < rounds; ++round) {
        bare.push_back(bare_seconds(documents));
        const Round mine = our_round(documents);
        ours.push_back(mine.seconds);
        articles = mine.articles;
    }
    double bytes = 0;
    for (const std::string& document : documents) {
        bytes += static_cast<double>(document.size());
    }
    std::printf(
        "%-5.*s %7zu articles  pugixml %7.1f MB/s  wirewatch %7.1f MB/s %8.0f articles/s"
        "  ratio %.2f\n",
        static_cast<int>(name.size()), name.data(), articles, bytes / median(bare) / 1e6,
        bytes / median(ours) / 1e6, static_cast<double>(articles) / median(ours),
        median(bare) / median(ours));
}

}  // namespace

}  // namespace wirewatch::bench

int main(int count, char** arguments) {
    using namespace wirewatch::bench;
    const long megabytes = count > 1 ? std::strtol(arguments[1], nullptr, 10) : 100;
    const int rounds = count > 2 ? static_cast<int>(std::strtol(arguments[2], nullptr, 10)) : 5;
    if (megabytes < 1 || rounds < 1) {
        std::fputs("usage: parse_bench [megabytes] [rounds]\n", stderr);
        return 2;
    }
    const auto bytes = static_cast<std::size_t>(megabytes) * 1'000'000;
    const std::string_view only = count > 3 ? arguments[3] : "";
    if (only != "html") {
        measure("text", make_news_set(Content::text, bytes, 7), rounds);
    }
    if (only != "text") {
        measure("html", make_news_set(Content::html, bytes, 7), rounds);
    }
    return 0;
}
