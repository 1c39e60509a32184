// SPDX-License-Identifier: MIT
// Prints the alerts of a wirewatch daemon, one JSON body a line.
//   g++ -std=c++17 tail.cpp -lzmq -o tail
//   ./tail [--live A] [--replay A] [--rule ID]… [--feeds] [--cursor FILE] [--since N]
//          [--key-file FILE --server-key KEY]
#include "wirewatch.hpp"

#include <charconv>
#include <csignal>
#include <cstdint>
#include <exception>
#include <iostream>
#include <string>
#include <system_error>

namespace {

volatile std::sig_atomic_t ending = 0;

void end(int) {
    ending = 1;
}

bool read_arguments(int argc, char** argv, wirewatch::Options& options) {
    for (int i = 1; i < argc; ++i) {
        std::string name = argv[i];
        if (name == "--feeds") {
            options.feeds = true;
            continue;
        }
        std::string value;
        if (const std::size_t equals = name.find('='); equals != std::string::npos) {
            value = name.substr(equals + 1);
            name.resize(equals);
        } else if (++i < argc) {
            value = argv[i];
        } else {
            return false;
        }
        if (name == "--live") {
            options.live = value;
        } else if (name == "--replay") {
            options.replay = value;
        } else if (name == "--rule") {
            options.rules.insert(value);
        } else if (name == "--cursor") {
            options.cursor_file = value;
        } else if (name == "--since") {
            const char* const end = value.data() + value.size();
            std::uint64_t since = 0;
            if (const auto read = std::from_chars(value.data(), end, since);
                read.ec != std::errc{} || read.ptr != end) {
                std::cerr << "tail: --since takes an alert's number, not '" << value << "'\n";
                return false;
            }
            options.since = since;
        } else if (name == "--key-file") {
            options.key_file = value;
        } else if (name == "--server-key") {
            options.server_key = value;
        } else {
            return false;
        }
    }
    return true;
}

}  // namespace

int main(int argc, char** argv) {
    wirewatch::Options options;
    if (!read_arguments(argc, argv, options)) {
        std::cerr << "usage: tail [--live A] [--replay A] [--rule ID]... [--feeds] [--cursor FILE] [--since N]\n"
                     "            [--key-file FILE --server-key KEY]\n";
        return 2;
    }
    std::signal(SIGTERM, end);
    std::signal(SIGINT, end);
    try {
        wirewatch::Subscriber subscriber{options};
        while (ending == 0 && std::cout) {
            if (const auto message = subscriber.next(std::chrono::milliseconds{500})) {
                std::cout << message->body << std::endl;
            }
        }
    } catch (const std::exception& wrong) {
        std::cerr << "tail: " << wrong.what() << '\n';
        return 1;
    }
    return 0;
}
