// SPDX-License-Identifier: MIT
#include "daemon/config_history.hpp"

#include "daemon/config.hpp"

#include <chrono>

namespace wirewatch::daemon {

namespace {

using namespace std::chrono_literals;

constexpr auto kLongest = 24h * 36'525;  // a hundred years
constexpr std::size_t kLargest = std::size_t{1} << 40;

void read_retention(TomlTable& table, history::RetentionOptions& keep) {
    keep.articles = table.duration("max_age", keep.articles, 0s, kLongest);
    keep.max_bytes = table.bytes("max_size", keep.max_bytes, 0, kLargest);
    keep.alerts = table.duration("alerts_age", keep.alerts, 0s, kLongest);
    keep.least_alerts = table.integer("alerts_count", keep.least_alerts, 0, 1'000'000'000);
    if (keep.articles.count() != 0 && keep.articles < 24h) {
        table.complain("max_age",
                       "'max_age' is less than a day; write at least \"1d\", or \"0d\" to "
                       "keep articles for ever");
    }
    if (keep.max_bytes != 0 && keep.max_bytes < (std::size_t{16} << 20)) {
        table.complain("max_size",
                       "'max_size' is less than 16 MiB; write more, or \"0B\" for no limit");
    }
}

}  // namespace

void read_history(TomlTable table, Config& config) {
    const auto beside = config.file.parent_path();  // absolute paths stay as they are
    const std::string database = table.string("database");
    if (!database.empty()) {
        config.database = beside / database;
    } else if (table.has("database")) {
        table.complain("database",
                       "'database' is empty; write the path of a file, or leave it out");
    }
    table.in_force("database", config.database.string());
    read_retention(table, config.retention);
    const std::string backups = table.string("backups");
    config.backup.directory = config.database;
    config.backup.directory += ".backups";
    if (!backups.empty()) {
        config.backup.directory = beside / backups;
    } else if (table.has("backups")) {
        table.complain("backups",
                       "'backups' is empty; write the path of a directory, or leave it out");
    }
    table.in_force("backups", config.backup.directory.string());
    config.backup.interval = table.duration("backup_interval", config.backup.interval, 0s, 24h * 7);
    if (config.backup.interval.count() != 0 && config.backup.interval < 1min) {
        table.complain("backup_interval",
                       "'backup_interval' is less than a minute; write at least \"1m\", or \"0s\" "
                       "for no backups");
    }
    table.unknown_keys();
}

}  // namespace wirewatch::daemon
