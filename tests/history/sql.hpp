// SPDX-License-Identifier: MIT
// A bare SQLite connection, for what the faces of history/ do not offer on purpose.
#pragma once

#include <filesystem>
#include <stdexcept>
#include <string>

#include <sqlite3.h>

namespace wirewatch::history {

class Sql {
  public:
    explicit Sql(const std::filesystem::path& file) {
        if (sqlite3_open(file.c_str(), &handle_) != SQLITE_OK) {
            throw std::runtime_error("cannot open " + file.string());
        }
    }
    ~Sql() { sqlite3_close(handle_); }
    Sql(const Sql&) = delete;
    Sql& operator=(const Sql&) = delete;

    [[nodiscard]] sqlite3* handle() const { return handle_; }

    /// The first column of the last row, "" where there is none.
    std::string operator()(const std::string& sql) const {
        std::string last;
        char* error = nullptr;
        const auto keep = [](void* to, int, char** values, char**) {
            *static_cast<std::string*>(to) = values[0] == nullptr ? "" : values[0];
            return 0;
        };
        if (sqlite3_exec(handle_, sql.c_str(), keep, &last, &error) != SQLITE_OK) {
            const std::string words = error == nullptr ? "unknown" : error;
            sqlite3_free(error);
            throw std::runtime_error(sql + ": " + words);
        }
        return last;
    }

  private:
    sqlite3* handle_ = nullptr;
};

}  // namespace wirewatch::history
