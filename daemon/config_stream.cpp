// SPDX-License-Identifier: MIT
#include "daemon/config_stream.hpp"

#include "base/printable.hpp"
#include "daemon/curve_key_file.hpp"
#include "daemon/secret_file.hpp"
#include "publishers/curve.hpp"
#include "publishers/listen_address.hpp"

#include <array>
#include <utility>

namespace wirewatch::daemon {

namespace {

namespace fs = std::filesystem;

constexpr std::size_t kMaxClients = 10'000;  // our choice
constexpr std::array<unsigned, 2> kIpcModes{0600, 0660};

void read_clients(TomlTable& table, publishers::AllowList::Clients& clients) {
    for (auto& [name, key] : table.table("clients").named_texts()) {
        if (!publishers::is_curve_key(key.text)) {
            table.complain("clients", "'" + printable(name, 100) +
                                          "' has no public CURVE key, which has 40 characters; "
                                          "'wirewatch keys new' makes a pair");
        } else if (const auto [at, added] = clients.emplace(key.text, name); !added) {
            table.complain("clients", "'" + printable(name, 100) + "' and '" +
                                          printable(at->second, 100) +
                                          "' have the same key; give each its own");
        }
    }
    if (clients.size() > kMaxClients) {
        table.complain("clients", "more than 10,000 clients");
    }
}

/// The daemon's secret key, where CURVE is on. Where secrets are not read it is a word that only
/// says that it is.
std::string read_key(TomlTable& table, const AccessFiles& files) {
    const std::string name = table.string("curve_key_file");
    if (name.empty()) {
        if (table.has("curve_key_file")) {
            table.complain("curve_key_file",
                           "'curve_key_file' is empty; write the path of a file, "
                           "or leave it out");
        }
        return {};
    }
    if (files.secrets == SecretUse::leave) {
        return "there is one";
    }
    const auto keys = read_curve_keys(secret_path(files.directory, name));
    if (!keys) {
        table.complain("curve_key_file", "'curve_key_file': " + keys.error().text);
        return "there is one";
    }
    return keys->secret_key;
}

void read_addresses(TomlTable& table, const fs::path& directory, publishers::ZmqOptions& zmq) {
    const auto curve = zmq.curve_key.empty() ? publishers::Curve::off : publishers::Curve::on;
    for (const auto& [key, address] :
         {std::pair{"live", &zmq.live}, std::pair{"replay", &zmq.replay}}) {
        *address = publishers::address_beside(directory, table.string(key, *address));
        table.in_force(key, *address);
        const auto good = publishers::check_address(*address, curve).and_then([&] {
            return publishers::check_ipc_place(*address);
        });
        if (!good) {
            table.complain(key, "'" + std::string{key} + "': " + good.error().text);
        }
    }
    if (zmq.live == zmq.replay && !zmq.live.ends_with('*')) {
        table.complain("replay", "'replay' must be another address than 'live'");
    }
}

}  // namespace

void read_stream(TomlTable table, const AccessFiles& files, publishers::ZmqOptions& zmq,
                 publishers::AllowList::Clients& clients) {
    zmq.curve_key = read_key(table, files);
    read_clients(table, clients);
    if (const auto of = clients.find(zmq.curve_key); of != clients.end()) {
        table.complain("curve_key_file",
                       "'curve_key_file' holds the public key of '" + printable(of->second, 100) +
                           "'; the secret half of the daemon's own pair is wanted");
    }
    if (!zmq.curve_key.empty() && clients.empty()) {
        table.complain("curve_key_file",
                       "CURVE is on, but nobody is allowed in: name the subscribers' public keys "
                       "under [zeromq.clients]");
    }
    if (zmq.curve_key.empty() && !clients.empty()) {
        table.complain("clients",
                       "[zeromq.clients] only counts with CURVE: set 'curve_key_file', or leave "
                       "the clients out");
    }
    read_addresses(table, files.directory, zmq);
    zmq.ipc_mode = kIpcModes.at(table.choice("ipc_mode", 0, {"0600", "0660"}));
    zmq.send_hwm = static_cast<int>(
        table.integer("send_hwm", static_cast<std::size_t>(zmq.send_hwm), 1, 1'000'000));
    zmq.send_budget_bytes =
        table.bytes("send_budget", zmq.send_budget_bytes, 1u << 20, std::size_t{1} << 30);
    table.unknown_keys();
}

void read_tail(TomlTable table, const AccessFiles& files, TailOptions& tail) {
    tail.server_key = table.string("server_key");
    if (!tail.server_key.empty() && !publishers::is_curve_key(tail.server_key)) {
        table.complain("server_key",
                       "'server_key' is no public CURVE key, which has 40 characters; it is in the "
                       ".public file of the daemon's pair");
    }
    if (const std::string name = table.string("key_file"); !name.empty()) {
        tail.key_file = secret_path(files.directory, name);
    }
    if (tail.server_key.empty() != tail.key_file.empty()) {
        table.complain(tail.server_key.empty() ? "key_file" : "server_key",
                       "'server_key' and 'key_file' go together");
    }
    table.unknown_keys();
}

}  // namespace wirewatch::daemon
