// SPDX-License-Identifier: MIT
// wirewatch paths: where configuration, history and sockets are, and where alerts come from.
#include "base/printable.hpp"
#include "daemon/commands.hpp"
#include "daemon/config.hpp"
#include "review/exit_code.hpp"

#include <filesystem>
#include <memory>
#include <ostream>
#include <string>
#include <vector>

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

namespace wirewatch::daemon {

namespace {

namespace fs = std::filesystem;

struct Arguments {
    bool json = false;
};

void print_json(const review::Session& session, const ConfigReading& reading) {
    const Config& config = reading.config;
    nlohmann::ordered_json paths{
        {"configuration", config.file.string()},
        {"files", nlohmann::ordered_json::array()},
        {"database", config.database.string()},
        {"control_socket", config.control_socket.string()},
        {"live", config.zmq.live},
        {"replay", config.zmq.replay},
    };
    for (const fs::path& file : reading.files) {
        paths["files"].push_back(file.string());
    }
    // A path is bytes, JSON is UTF-8.
    session.terminal.out << paths.dump(2, ' ', false,
                                       nlohmann::ordered_json::error_handler_t::replace)
                         << '\n';
}

void print_line(const review::Session& session, const char* what, const std::string& where,
                const char* note = "") {
    session.terminal.out << what << printable(where) << note << '\n';
}

void print_text(const review::Session& session, const ConfigReading& reading) {
    const Config& config = reading.config;
    print_line(session, "configuration   ", config.file.string());
    for (const fs::path& file : reading.files) {
        std::error_code ignored;
        if (!fs::equivalent(file, config.file, ignored)) {
            print_line(session, "  includes      ", file.string());
        }
    }
    std::error_code error;
    const bool stored = fs::exists(config.database, error);
    print_line(session, "database        ", config.database.string(),
               stored  ? ""
               : error ? "  (cannot be looked at: is this yours, or do you need sudo?)"
                       : "  (made when wirewatchd first runs)");
    const bool listening = fs::exists(config.control_socket, error);
    print_line(session, "control socket  ", config.control_socket.string(),
               listening || error ? "" : "  (there while wirewatchd runs)");
    print_line(session, "live alerts     ", config.zmq.live);
    print_line(session, "replay          ", config.zmq.replay);
}

int paths_command(const review::Session& session, const Arguments& arguments) {
    const auto file = session.config_file ? Result<fs::path>{*session.config_file} : find_config();
    const auto reading =
        file ? read_config(*file, {.secrets = SecretUse::leave}) : tl::unexpected{file.error()};
    if (!reading) {
        review::report(session, reading.error());
        return review::kBadConfiguration;
    }
    for (const rules::Problem& problem : reading->problems) {
        session.terminal.err << rules::to_text(problem) << '\n';
    }
    if (reading->parsed) {
        arguments.json ? print_json(session, *reading) : print_text(session, *reading);
    }
    return reading->good() ? review::kOk : review::kBadConfiguration;
}

}  // namespace

void add_paths(CLI::App& app, review::Session& session, review::Run& run) {
    auto* command = app.add_subcommand(
        "paths", "where configuration, database and sockets are, and where alerts come from");
    auto arguments = std::make_shared<Arguments>();
    command->footer(
        "Example: wirewatch paths\n"
        "Exit code 78 where the configuration is wrong or missing.");
    command->add_flag("--json", arguments->json, "as JSON");
    command->callback([&session, &run, arguments] {
        run = [&session, arguments] { return paths_command(session, *arguments); };
    });
}

}  // namespace wirewatch::daemon
