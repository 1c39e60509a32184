// SPDX-License-Identifier: MIT
// [zeromq], how the stream is published, and [tail], how `wirewatch tail` reads one.
#pragma once

#include "daemon/feed_access.hpp"
#include "daemon/toml_table.hpp"
#include "publishers/allow_list.hpp"
#include "publishers/zmq_publisher.hpp"

#include <filesystem>
#include <string>

namespace wirewatch::daemon {

struct TailOptions {
    std::string server_key;          ///< the daemon's public CURVE key; empty: no CURVE
    std::filesystem::path key_file;  ///< with the subscriber's own secret key
};

/// Fills in what is good and complains of the rest: also of CURVE without clients, and of an
/// address that other machines reach without CURVE.
void read_stream(TomlTable table, const AccessFiles& files, publishers::ZmqOptions& zmq,
                 publishers::AllowList::Clients& clients);

void read_tail(TomlTable table, const AccessFiles& files, TailOptions& tail);

}  // namespace wirewatch::daemon
