// SPDX-License-Identifier: MIT
// wirewatch init: a starter configuration, to be edited.
#include "base/printable.hpp"
#include "daemon/commands.hpp"
#include "daemon/new_file.hpp"
#include "daemon/starter.hpp"
#include "review/exit_code.hpp"

#include <filesystem>
#include <memory>
#include <ostream>
#include <string>

#include <CLI/CLI.hpp>

namespace wirewatch::daemon {

namespace {

namespace fs = std::filesystem;

Result<> write_starter(const fs::path& directory) {
    for (const StarterFile& file : starter_files()) {
        std::error_code ignored;
        if (fs::exists(directory / file.path, ignored)) {
            return fail(Errc::refused,
                        "'" + printable((directory / file.path).string()) +
                            "' is there already; nothing was written. Name another directory: "
                            "wirewatch init DIR");
        }
    }
    for (const StarterFile& file : starter_files()) {
        const fs::path target = directory / file.path;
        std::error_code error;
        fs::create_directories(target.parent_path(), error);
        if (error) {
            return fail(Errc::io, "cannot make the directory '" +
                                      printable(target.parent_path().string()) +
                                      "': " + error.message());
        }
        if (auto written = write_new_file(target, file.text, 0644); !written) {
            return written;
        }
    }
    return {};
}

int init_command(const review::Session& session, const std::string& directory) {
    if (const auto written = write_starter(directory); !written) {
        return review::report(session, written.error());
    }
    const std::string main_file =
        printable((fs::path{directory} / starter_files().front().path).string());
    auto& out = session.terminal.out;
    out << "wrote\n";
    for (const StarterFile& file : starter_files()) {
        out << "  " << printable((fs::path{directory} / file.path).string()) << '\n';
    }
    out << "\nnext:\n  wirewatchd --config " << main_file << " --check\n  wirewatchd --config "
        << main_file << "\n  wirewatch --config " << main_file << " tail\n";
    return review::kOk;
}

}  // namespace

void add_init(CLI::App& app, review::Session& session, review::Run& run) {
    auto* command = app.add_subcommand(
        "init", "writes a starter configuration: seven feeds, Pakistan–Russia rules");
    auto directory = std::make_shared<std::string>("wirewatch");
    command->footer("Example: wirewatch init ~/wirewatch");
    command->add_option("DIR", *directory, "where to")->capture_default_str();
    command->callback([&session, &run, directory] {
        run = [&session, directory] { return init_command(session, *directory); };
    });
}

}  // namespace wirewatch::daemon
