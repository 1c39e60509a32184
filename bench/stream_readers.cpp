// SPDX-License-Identifier: MIT
// Many subscribers to a live stream on one thread, for tests/system/load.py: counts what comes and
// what is missing, and how long after its commit each message is here.
//
//   stream_readers LIVE COUNT [KEY-FILE SERVER-KEY]      until SIGTERM; then one line of JSON
#include "base/time.hpp"
#include "publishers/curve.hpp"
#include "publishers/wire.hpp"
#include "publishers/zmq_socket.hpp"

#include <algorithm>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <string>
#include <vector>

#include <zmq.h>

using namespace wirewatch;
using namespace wirewatch::publishers;

namespace {

volatile std::sig_atomic_t ending = 0;

void end(int) {
    ending = 1;
}

template <class T>
T good(Result<T> result) {
    if (!result) {
        std::fprintf(stderr, "stream_readers: %s\n", result.error().text.c_str());
        std::exit(1);
    }
    if constexpr (!std::is_void_v<T>) {
        return std::move(*result);
    }
}

/// "time":"2021-04-07T09:30:00.123Z" of a body, in milliseconds since 1970; -1: there is none.
std::int64_t commit_time(const std::string& body) {
    const std::size_t at = body.find("\"time\":\"");
    std::tm moment{};
    if (at == std::string::npos) {
        return -1;
    }
    const char* const rest = strptime(body.c_str() + at + 8, "%Y-%m-%dT%H:%M:%S", &moment);
    const long fraction = rest != nullptr && *rest == '.' ? std::strtol(rest + 1, nullptr, 10) : 0;
    return timegm(&moment) * std::int64_t{1000} + fraction;
}

struct Reader {
    ZmqSocket socket;
    std::uint64_t last = 0;
    std::size_t messages = 0;
    std::size_t missing = 0;
};

std::vector<Reader> connect(const ZmqContext& context, int argc, char** argv) {
    std::vector<Reader> readers;
    const std::size_t count = std::strtoull(argv[2], nullptr, 10);
    std::string secret;
    if (argc > 3) {
        std::ifstream{argv[3]} >> secret;
    }
    for (std::size_t i = 0; i < count; ++i) {
        auto socket = good(ZmqSocket::open(context, ZMQ_SUB, std::chrono::milliseconds{0}));
        good(socket.set(ZMQ_RCVHWM, 10'000));
        if (!secret.empty()) {
            good(socket.use_curve(good(curve_keys_of(secret)), argv[4]));
        }
        good(socket.subscribe(kAlerts));
        good(socket.subscribe(kFeeds));
        good(socket.connect(argv[1]));
        readers.push_back({.socket = std::move(socket)});
    }
    return readers;
}

void take_all(Reader& reader, std::vector<std::int64_t>& late_ms) {
    while (auto frames = good(reader.socket.receive())) {
        const std::uint64_t seq = good(decode_u64((*frames)[1]));
        reader.missing += reader.last != 0 && seq > reader.last + 1 ? seq - reader.last - 1 : 0;
        reader.last = seq;
        ++reader.messages;
        const auto now = SystemClock{}.now().time_since_epoch().count();
        late_ms.push_back(now - commit_time((*frames)[4]));
    }
}

}  // namespace

int main(int argc, char** argv) {
    if (argc != 3 && argc != 5) {
        std::fprintf(stderr, "usage: stream_readers LIVE COUNT [KEY-FILE SERVER-KEY]\n");
        return 2;
    }
    std::signal(SIGTERM, end);
    const auto context = good(ZmqContext::open());
    auto readers = connect(context, argc, argv);
    std::vector<const ZmqSocket*> sockets;
    for (const Reader& reader : readers) {
        sockets.push_back(&reader.socket);
    }
    std::vector<std::int64_t> late_ms;
    while (ending == 0) {
        good(wait_readable(sockets, -1, std::chrono::milliseconds{200}));
        for (Reader& reader : readers) {
            take_all(reader, late_ms);
        }
    }
    std::sort(late_ms.begin(), late_ms.end());
    const auto at = [&](double part) {
        const auto index = part * static_cast<double>(late_ms.size() - 1);
        return late_ms.empty() ? std::int64_t{-1} : late_ms[static_cast<std::size_t>(index)];
    };
    std::size_t least = readers[0].messages;
    std::size_t missing = 0;
    for (const Reader& reader : readers) {
        least = std::min(least, reader.messages);
        missing += reader.missing;
    }
    std::printf(
        "{\"messages\": %zu, \"least\": %zu, \"missing\": %zu, \"p50_ms\": %lld, \"p99_ms\": %lld, "
        "\"max_ms\": %lld}\n",
        late_ms.size(), least, missing, static_cast<long long>(at(0.5)),
        static_cast<long long>(at(0.99)), static_cast<long long>(at(1)));
    return 0;
}
