// SPDX-License-Identifier: MIT
#include "daemon/feed_access.hpp"

#include "base/printable.hpp"
#include "daemon/regular_file.hpp"
#include "daemon/secret_file.hpp"
#include "feeds/ip_address.hpp"
#include "feeds/request_headers.hpp"

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace wirewatch::daemon {

namespace {

constexpr std::size_t kMaxHeaders = 32;      // our choice
constexpr std::size_t kMaxNetworks = 100;    // our choice
constexpr std::size_t kMaxUserBytes = 1024;  // our choice

void read_headers(TomlTable& table, Feed& feed) {
    const auto texts = table.table("headers").named_texts(TomlTable::Shown::as_secret);
    if (texts.size() > kMaxHeaders) {
        table.complain("headers", "more than 32 headers");
        return;
    }
    for (const auto& [name, value] : texts) {
        Header header{name, value.text};
        if (const auto good = feeds::check_header(header); !good) {
            table.complain("headers", good.error().text);
        } else {
            feed.headers.push_back(std::move(header));
        }
    }
}

void read_networks(TomlTable& table, Feed& feed) {
    feed.allow_private = table.strings("allow_private");
    if (feed.allow_private.size() > kMaxNetworks) {
        table.complain("allow_private", "more than 100 addresses and networks");
    }
    for (const std::string& text : feed.allow_private) {
        if (const auto network = feeds::parse_ip_network(text); !network) {
            table.complain("allow_private", "'allow_private': " + network.error().text);
        }
    }
}

void read_authorities(TomlTable& table, const AccessFiles& files, Feed& feed) {
    const std::string name = table.string("ca_file");
    if (name.empty()) {
        return;
    }
    feed.ca_file = (files.directory / name).string();
    if (files.secrets == SecretUse::leave) {
        return;
    }
    if (const auto opened = RegularFile::open(feed.ca_file); !opened) {
        table.complain("ca_file", "'ca_file': " + opened.error().text);
    }
}

/// The secret in the file that `key` names; empty, after a complaint, where there is none.
std::string secret(TomlTable& table, std::string_view key, const std::string& name,
                   const AccessFiles& files) {
    if (files.secrets == SecretUse::leave) {
        return {};
    }
    auto read = read_secret(secret_path(files.directory, name));
    if (!read) {
        table.complain(key, "'" + std::string{key} + "': " + read.error().text);
        return {};
    }
    return std::move(*read);
}

// RFC 7617 section 2: a colon ends the user name.
bool is_user(std::string_view user) {
    return user.size() <= kMaxUserBytes && std::none_of(user.begin(), user.end(), [](char c) {
               return c == ':' || static_cast<unsigned char>(c) < 0x20 || c == 0x7F;
           });
}

void read_credentials(TomlTable& table, const AccessFiles& files, Feed& feed) {
    const std::string user = table.string("user");
    const std::string password_file = table.string("password_file");
    const std::string token_file = table.string("token_file");
    if (!token_file.empty() && !(user.empty() && password_file.empty())) {
        table.complain("token_file",
                       "write either 'token_file', or 'user' and 'password_file', not both");
        return;
    }
    if (user.empty() != password_file.empty()) {
        table.complain(user.empty() ? "password_file" : "user",
                       user.empty() ? "'password_file' needs a 'user' whose password it holds"
                                    : "'user' needs a 'password_file' that holds the password");
        return;
    }
    if (!is_user(user)) {
        table.complain("user", "'user' is one line of at most 1 KiB, without ':'");
        return;
    }
    Credentials credentials;
    if (!token_file.empty()) {
        credentials.scheme = Credentials::Scheme::bearer;
        credentials.secret = secret(table, "token_file", token_file, files);
    } else if (!user.empty()) {
        credentials.user = user;
        credentials.secret = secret(table, "password_file", password_file, files);
    }
    if (!credentials.secret.empty()) {
        feed.credentials = std::move(credentials);
    }
}

}  // namespace

void read_access(TomlTable& table, const AccessFiles& files, Feed& feed) {
    read_headers(table, feed);
    read_credentials(table, files, feed);
    read_authorities(table, files, feed);
    read_networks(table, feed);
}

}  // namespace wirewatch::daemon
