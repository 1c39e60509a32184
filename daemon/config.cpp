// SPDX-License-Identifier: MIT
#include "daemon/config.hpp"

#include "base/id.hpp"
#include "base/printable.hpp"
#include "daemon/config_history.hpp"
#include "daemon/config_listing.hpp"
#include "daemon/config_lists.hpp"
#include "daemon/config_polling.hpp"
#include "feeds/address.hpp"

#include <cerrno>
#include <cstdlib>
#include <utility>

#include <fnmatch.h>
#include <glob.h>
#include <unistd.h>

namespace wirewatch::daemon {

namespace {

namespace fs = std::filesystem;
using namespace std::chrono_literals;

constexpr std::size_t kMaxIncludedFiles = 1000;  // our choice

std::string environment(const char* name) {
    const char* value = std::getenv(name);
    return value == nullptr ? std::string{} : std::string{value};
}

/// $variable/wirewatch, or ~/fallback/wirewatch where it is not set. Never below the directory that
/// one happens to be in: where there is no home, below /.
fs::path user_directory(const char* variable, const char* fallback) {
    const std::string base = environment(variable);
    return (base.empty() ? fs::path{"/"} / environment("HOME") / fallback : fs::path{base}) /
           "wirewatch";
}

void read_proxy(TomlTable& table, feeds::FetchOptions& fetch) {
    const std::string proxy = table.string("proxy");
    if (const auto good = feeds::check_proxy(proxy); !proxy.empty() && !good) {
        table.complain("proxy", "'proxy': " + good.error().text);
        return;
    }
    fetch.proxy = proxy;
}

TagIntervals read_fetch(TomlTable table, Config& config) {
    feeds::FetchOptions& fetch = config.fetch;
    TagIntervals of_tags = read_polling(table, config);
    config.first_poll_window =
        table.duration("first_poll_window", config.first_poll_window, 0s, 24h * 36525);
    fetch.connect_timeout = table.duration("connect_timeout", fetch.connect_timeout, 100ms, 5min);
    fetch.total_timeout = table.duration("timeout", fetch.total_timeout, 100ms, 10min);
    fetch.max_body_bytes = table.bytes("max_body", fetch.max_body_bytes, 1u << 10, 256u << 20);
    config.parse.max_bytes = fetch.max_body_bytes;
    fetch.max_ratio = table.integer("max_ratio", fetch.max_ratio, 10, 100'000);
    fetch.max_header_bytes = table.bytes("max_headers", fetch.max_header_bytes, 4u << 10, 1u << 20);
    fetch.keep_alive = std::chrono::duration_cast<std::chrono::seconds>(
        table.duration("keep_alive", fetch.keep_alive, 1s, 10min));
    read_proxy(table, fetch);
    fetch.max_redirects = table.integer("max_redirects", fetch.max_redirects, 0, 20);
    fetch.contact = table.string("contact", fetch.contact);
    if (printable(fetch.contact, 200) != fetch.contact) {
        table.complain("contact",
                       "'contact' goes into the User-Agent: one line, at most 200 bytes");
    }
    for (const std::string& root : table.strings("file_roots")) {
        if (!root.starts_with('/') || fs::path{root}.lexically_normal() == "/") {
            table.complain("file_roots", "'" + printable(root, 200) +
                                             "' is no directory that file:// feeds could be kept "
                                             "in; write an absolute path other than /");
        } else {
            fetch.file_roots.push_back(fs::path{root}.lexically_normal().string());
        }
    }
    table.unknown_keys();
    return of_tags;
}

void read_log(TomlTable table, Config& config) {
    config.log.level =
        static_cast<LogLevel>(table.choice("level", static_cast<std::size_t>(config.log.level),
                                           {"error", "warning", "info", "debug"}));
    config.log.format =
        static_cast<LogFormat>(table.choice("format", static_cast<std::size_t>(config.log.format),
                                            {"auto", "text", "json", "journal"}));
    table.unknown_keys();
}

void read_metrics(TomlTable table, Config& config) {
    const std::string listen = table.string("listen");
    if (const auto good = check_metrics_address(listen); !listen.empty() && !good) {
        table.complain("listen", "'listen': " + good.error().text);
    } else {
        config.metrics.listen = listen;
    }
    table.unknown_keys();
}

/// After read_history(): its default is beside the database.
void read_control(TomlTable table, Config& config) {
    const std::string socket = table.string("socket");
    config.control_socket = default_control_socket(config.database);
    if (!socket.empty()) {
        config.control_socket = config.file.parent_path() / socket;
    } else if (table.has("socket")) {
        table.complain("socket", "'socket' is empty; write the path of a file, or leave it out");
    }
    table.in_force("socket", config.control_socket.string());
    table.unknown_keys();
}

/// Stops at a directory that is there but cannot be read: rules in it must not vanish silently.
int stop_where_unreadable(const char* /*path*/, int why) {
    return why == ENOENT || why == ENOTDIR ? 0 : 1;
}

/// Whether a pattern names a draft that is no file yet.
bool names_draft(const fs::path& pattern, const FileDraft* draft) {
    std::error_code error;
    return draft != nullptr && !fs::exists(draft->file, error) &&
           fnmatch(fs::weakly_canonical(pattern, error).c_str(), draft->file.c_str(),
                   FNM_PATHNAME | FNM_PERIOD) == 0;
}

/// The files that a pattern names, sorted; beside the file that includes them. Error: io.
Result<std::vector<fs::path>> expand(const std::string& pattern, const fs::path& directory,
                                     const FileDraft* draft) {
    glob_t found{};
    std::vector<fs::path> files;
    const int outcome = glob((directory / pattern).c_str(), 0, stop_where_unreadable, &found);
    if (outcome == 0) {
        files.assign(found.gl_pathv, found.gl_pathv + found.gl_pathc);
    }
    globfree(&found);
    if (outcome != 0 && outcome != GLOB_NOMATCH) {
        return fail(Errc::io,
                    "cannot read the directory of the included '" + printable(pattern) + "'");
    }
    if (names_draft(directory / pattern, draft)) {
        files.push_back(draft->file);
    }
    return files;
}

/// [[feed]], [sets], [[rule]]: what every file may hold.
void read_lists(TomlTable& root, Lists& lists) {
    read_feeds(root, lists);
    read_sets(root, lists);
    read_rules(root, lists);
}

/// Whether a pattern's directory is there (or is a pattern itself). An empty one is in order.
bool has_directory(const fs::path& pattern) {
    const fs::path parent = pattern.parent_path();
    std::error_code error;
    return parent.string().find_first_of("*?[") != std::string::npos ||
           fs::is_directory(parent, error);
}

/// Reads a file, or the draft in its place, and remembers it.
Result<TomlFile> read_file(const fs::path& file, const ConfigAsk& ask, ConfigReading& reading) {
    std::error_code error;
    const fs::path real = fs::weakly_canonical(file, error);
    auto toml = ask.draft != nullptr && ask.draft->file == real
                    ? TomlFile::parse(file, ask.draft->text, reading.problems)
                    : TomlFile::read(file, reading.problems);
    if (toml) {
        reading.files.push_back(real);
    }
    if (toml && ask.listing != nullptr) {
        toml->list_in(*ask.listing);
    }
    return toml;
}

/// read_lists() for a file; where it brings feeds, it is remembered for them.
void read_lists_of_file(TomlTable& root, Lists& lists, ConfigReading& reading) {
    const std::size_t former = lists.feeds.size();
    read_lists(root, lists);
    if (lists.feeds.size() > former) {
        reading.feeds_file = reading.files.back();
    }
}

void read_included(TomlTable& root, const ConfigAsk& ask, Lists& lists, ConfigReading& reading) {
    const fs::path directory = reading.config.file.parent_path();
    std::size_t count = 0;
    const auto patterns = root.strings("include");
    root.tell_elsewhere("include", "[]");
    for (const std::string& pattern : patterns) {
        const auto files = expand(pattern, directory, ask.draft);
        if (!files) {
            root.complain("include", files.error().text);
            continue;
        }
        const bool literal = pattern.find_first_of("*?[") == std::string::npos;
        if (files->empty() && literal) {
            root.complain("include",
                          "the included file '" + printable(pattern) + "' does not exist");
        } else if (files->empty() && !has_directory(directory / pattern)) {
            root.complain("include", "the directory of the included '" + printable(pattern) +
                                         "' does not exist");
        }
        for (const fs::path& file : *files) {
            if (++count > kMaxIncludedFiles) {
                root.complain("include", "more than 1,000 included files");
                return;
            }
            auto included = read_file(file, ask, reading);
            if (!included) {
                root.complain("include", included.error().text);
                continue;
            }
            TomlTable table = included->root();
            for (const char* key : {"include", "deployment", "history", "control", "fetch",
                                    "zeromq", "tail", "log", "metrics"}) {
                if (table.has(key)) {
                    table.complain(key, "'" + std::string{key} +
                                            "' belongs in the main file, not in an included one");
                }
            }
            read_lists_of_file(table, lists, reading);
            table.unknown_keys();
        }
    }
}

void read_main_file(TomlTable root, const ConfigAsk& ask, ConfigReading& reading) {
    Config& config = reading.config;
    config.deployment = root.string("deployment", config.deployment);
    if (!is_id(config.deployment)) {
        root.complain("deployment",
                      "'deployment' may have a-z, 0-9, '.', '_' and '-', at most 64 of them");
    }
    read_history(root.table("history"), config);
    read_control(root.table("control"), config);
    const TagIntervals of_tags = read_fetch(root.table("fetch"), config);
    const AccessFiles access{config.file.parent_path(), ask.secrets};
    read_stream(root.table("zeromq"), access, config.zmq, config.clients);
    read_tail(root.table("tail"), access, config.tail);
    read_log(root.table("log"), config);
    read_metrics(root.table("metrics"), config);

    Lists lists;
    lists.file_roots = config.fetch.file_roots;
    lists.access = access;
    read_lists_of_file(root, lists, reading);
    read_included(root, ask, lists, reading);
    root.unknown_keys();

    config.feeds = std::move(lists.feeds);
    apply_tag_intervals(of_tags, config.feeds);
    config.sets = std::move(lists.sets);
    config.rules = std::move(lists.rules);
}

}  // namespace

Result<ConfigReading> read_config(const fs::path& file, const ConfigAsk& ask) {
    ConfigReading reading;
    auto toml = read_file(file, ask, reading);
    if (!toml) {
        return fail(std::move(toml));
    }
    std::error_code error;
    reading.config.file = fs::absolute(file, error);
    reading.config.database = default_database();
    reading.config.control_socket = default_control_socket(reading.config.database);
    reading.parsed = reading.good();
    if (reading.parsed) {
        read_main_file(toml->root(), ask, reading);
    }
    return reading;
}

Result<fs::path> find_config() {
    const std::vector<fs::path> places{
        "/etc/wirewatch/wirewatch.toml",
        user_directory("XDG_CONFIG_HOME", ".config") / "wirewatch.toml"};
    std::error_code ignored;
    for (const fs::path& place : places) {
        if (fs::exists(place, ignored)) {
            return place;
        }
    }
    return fail(Errc::not_found,
                "there is no configuration: neither " + places[0].string() + " nor " +
                    places[1].string() +
                    " exists; 'wirewatch init' writes one, --config FILE names another");
}

fs::path default_database() {
    if (const std::string state = environment("STATE_DIRECTORY"); !state.empty()) {
        return fs::path{state.substr(0, state.find(':'))} / "wirewatch.db";
    }
    if (geteuid() == 0) {
        return "/var/lib/wirewatch/wirewatch.db";
    }
    return user_directory("XDG_STATE_HOME", ".local/state") / "wirewatch.db";
}

fs::path default_control_socket(const fs::path& database) {
    return fs::path{database} += ".sock";
}

}  // namespace wirewatch::daemon
