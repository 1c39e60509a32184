// SPDX-License-Identifier: MIT
#include "history/backup.hpp"

#include "history/database.hpp"
#include "history/disk_file.hpp"

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <ctime>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>

namespace wirewatch::history {

namespace fs = std::filesystem;

namespace {

constexpr std::size_t kHourly = 24;
constexpr std::size_t kDaily = 7;

/// "wirewatch-20261126T150000Z.db": sorts by time, and no system objects to it.
std::string name_of(Instant at) {
    std::string time = to_rfc3339(std::chrono::floor<std::chrono::seconds>(at));
    std::erase_if(time, [](char c) { return c == '-' || c == ':'; });
    return "wirewatch-" + time + ".db";
}

/// None where the name is not one of ours.
std::optional<Instant> time_of(std::string_view name) {
    std::tm time{};
    char beyond = 0;
    const std::string copy{name};
    const int read =
        std::sscanf(copy.c_str(), "wirewatch-%4d%2d%2dT%2d%2d%2dZ.d%c", &time.tm_year, &time.tm_mon,
                    &time.tm_mday, &time.tm_hour, &time.tm_min, &time.tm_sec, &beyond);
    const std::chrono::year_month_day date{std::chrono::year{time.tm_year} /
                                           static_cast<unsigned>(time.tm_mon) /
                                           static_cast<unsigned>(time.tm_mday)};
    if (read != 7 || !date.ok()) {
        return std::nullopt;
    }
    const Instant at = std::chrono::sys_days{date} + std::chrono::hours{time.tm_hour} +
                       std::chrono::minutes{time.tm_min} + std::chrono::seconds{time.tm_sec};
    return name_of(at) == name ? std::optional{at} : std::nullopt;
}

/// What a daemon that was killed while it backed up has left.
void remove_drafts(const fs::path& directory) {
    std::error_code ignored;
    for (const auto& entry : fs::directory_iterator{directory, ignored}) {
        const std::string name = entry.path().filename().string();
        const std::size_t draft = name.find(".draft-");
        if (draft != std::string::npos && time_of(name.substr(0, draft))) {
            fs::remove(entry.path(), ignored);
        }
    }
}

Result<> check_room(const fs::path& database, const fs::path& directory) {
    std::error_code error;
    const auto size = fs::file_size(database, error);
    const auto room = fs::space(directory, error);
    if (!error && room.available < size + size / 10) {
        return fail(Errc::refused, directory.string() + ": no room for another backup of " +
                                       std::to_string(size >> 20) +
                                       " MiB; make room, or name another directory");
    }
    return {};
}

}  // namespace

Result<> back_up(const fs::path& database, const fs::path& target, const std::stop_token& stop) {
    std::error_code error;
    if (fs::exists(fs::symlink_status(target, error))) {
        return fail(Errc::refused, target.string() + ": exists already; name a new file");
    }
    auto source = Database::open(database, Access::read);
    if (!source) {
        return fail(std::move(source));
    }
    auto draft = Draft::beside(target);
    if (!draft) {
        return fail(std::move(draft));
    }
    if (auto copied = source->copy_to(draft->file(), stop); !copied) {
        return fail(std::move(copied), "backing up");
    }
    return draft->put_in_place();
}

std::vector<KeptBackup> kept_backups(const fs::path& directory) {
    std::vector<KeptBackup> kept;
    std::error_code error;
    for (const auto& entry : fs::directory_iterator{directory, error}) {
        const auto at = time_of(entry.path().filename().string());
        const auto bytes = at ? fs::file_size(entry.path(), error) : 0;
        if (at && !error) {
            kept.push_back({entry.path(), *at, bytes});
        }
    }
    std::sort(kept.begin(), kept.end(),
              [](const KeptBackup& a, const KeptBackup& b) { return a.at > b.at; });
    return kept;
}

std::vector<std::size_t> superfluous(const std::vector<Instant>& newest_first) {
    std::set<std::int64_t> hours;
    std::set<std::int64_t> days;
    std::vector<std::size_t> others;
    for (std::size_t i = 0; i < newest_first.size(); ++i) {
        const auto time = newest_first[i].time_since_epoch();
        const bool of_hour =
            hours.size() < kHourly &&
            hours.insert(std::chrono::floor<std::chrono::hours>(time).count()).second;
        const bool of_day = days.size() < kDaily &&
                            days.insert(std::chrono::floor<std::chrono::days>(time).count()).second;
        if (!of_hour && !of_day) {
            others.push_back(i);
        }
    }
    return others;
}

Result<KeptBackup> keep_backup(const fs::path& database, const fs::path& directory, Instant now,
                               const std::stop_token& stop) {
    if (auto made = make_private_directory(directory); !made) {
        return fail(std::move(made));
    }
    remove_drafts(directory);
    if (auto room = check_room(database, directory); !room) {
        return fail(std::move(room));
    }
    const fs::path file = directory / name_of(now);
    if (auto done = back_up(database, file, stop); !done) {
        return fail(std::move(done));
    }
    const std::vector<KeptBackup> kept = kept_backups(directory);
    std::vector<Instant> times;
    for (const KeptBackup& backup : kept) {
        times.push_back(backup.at);
    }
    std::error_code ignored;
    for (const std::size_t i : superfluous(times)) {
        fs::remove(kept[i].file, ignored);
    }
    return KeptBackup{file, now, fs::file_size(file, ignored)};
}

}  // namespace wirewatch::history
