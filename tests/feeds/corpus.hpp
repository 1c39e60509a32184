// SPDX-License-Identifier: MIT
// Feed documents kept outside the project. A test that uses them passes with a warning where they
// are absent: the project does not depend on them.
#pragma once

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

namespace wirewatch::feeds {

/// The corpus of feeds: WIREWATCH_SHARED, else ../shared beside the source tree. May not exist.
inline std::filesystem::path corpus() {
    const char* configured = std::getenv("WIREWATCH_SHARED");
    const std::filesystem::path shared =
        configured != nullptr
            ? std::filesystem::path{configured}
            : std::filesystem::path{WIREWATCH_TEST_DATA}.parent_path().parent_path().parent_path() /
                  "shared";
    return shared / "corpora" / "feeds";
}

inline std::string read_file(const std::filesystem::path& path) {
    std::ifstream in{path, std::ios::binary};
    return {std::istreambuf_iterator<char>{in}, {}};
}

/// The rows of a table with tabs between its columns, without the one that names them.
inline std::vector<std::vector<std::string>> rows_of(const std::filesystem::path& table) {
    std::vector<std::vector<std::string>> rows;
    std::ifstream in{table};
    std::string line;
    std::getline(in, line);
    while (std::getline(in, line)) {
        std::vector<std::string> cells;
        std::size_t at = 0;
        for (std::size_t tab = line.find('\t'); tab != std::string::npos;
             tab = line.find('\t', at)) {
            cells.push_back(line.substr(at, tab - at));
            at = tab + 1;
        }
        cells.push_back(line.substr(at));
        rows.push_back(std::move(cells));
    }
    return rows;
}

}  // namespace wirewatch::feeds
