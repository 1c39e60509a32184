// SPDX-License-Identifier: MIT
// wirewatch keys new: a CURVE pair in two files, and where each half goes.
#include "base/id.hpp"
#include "base/printable.hpp"
#include "daemon/commands.hpp"
#include "daemon/config.hpp"
#include "daemon/new_file.hpp"
#include "daemon/toml_string.hpp"
#include "publishers/curve.hpp"
#include "review/exit_code.hpp"

#include <filesystem>
#include <memory>
#include <ostream>
#include <string>

#include <CLI/CLI.hpp>

namespace wirewatch::daemon {

namespace {

namespace fs = std::filesystem;

struct Pair {
    fs::path secret;
    fs::path open;
    publishers::CurveKeys keys;
};

Result<Pair> write_pair(const fs::path& directory, const std::string& name) {
    if (!is_id(name)) {
        return fail(Errc::invalid, "'" + printable(name, 100) +
                                       "' cannot name a pair; write 1 to 64 of a-z, 0-9, '.', '_' "
                                       "and '-'");
    }
    auto keys = publishers::new_curve_keys();
    if (!keys) {
        return fail(std::move(keys));
    }
    Pair pair{(directory / (name + ".secret")).lexically_normal(),
              (directory / (name + ".public")).lexically_normal(), std::move(*keys)};
    std::error_code ignored;
    if (fs::exists(pair.open, ignored)) {
        return fail(Errc::refused, "'" + printable(pair.open.string()) +
                                       "' is there already; nothing was written");
    }
    // 0600 from its first moment: nobody may open it before its mode is narrowed.
    auto written = write_new_file(pair.secret, pair.keys.secret_key + "\n", 0600).and_then([&] {
        return write_new_file(pair.open, pair.keys.public_key + "\n", 0644);
    });
    if (!written) {
        return fail(std::move(written));
    }
    return pair;
}

/// As the configuration calls it, where a path begins in the directory of the file.
std::string in_configuration(const review::Session& session, const fs::path& file) {
    const auto config =
        session.config_file ? Result<fs::path>{*session.config_file} : find_config();
    std::error_code error;
    const fs::path whole = fs::weakly_canonical(file, error);
    if (!config || error) {
        return whole.string();
    }
    const fs::path home = fs::weakly_canonical(*config, error).parent_path();
    const fs::path from_there = whole.lexically_relative(home);
    const bool below = !error && !from_there.empty() && *from_there.begin() != "..";
    return (below ? from_there : whole).string();
}

void say_where_it_goes(const review::Session& session, const Pair& pair, const std::string& name) {
    const std::string& key = pair.keys.public_key;
    session.terminal.out
        << "wrote\n  " << printable(pair.secret.string())
        << "   the secret half (mode 0600): stays with its owner alone\n  "
        << printable(pair.open.string()) << "   the public half: " << key << "\n\n"
        << "for a daemon that encrypts its stream, in its wirewatch.toml:\n"
           "  [zeromq]\n  curve_key_file = "
        << toml_string(in_configuration(session, pair.secret))
        << "\nand its subscribers get the public half.\n\n"
        << "for a subscriber, in the daemon's wirewatch.toml (then: wirewatch reload):\n"
           "  [zeromq.clients]\n  "
        // A dot outside quotes would make a table in a table of it.
        << (name.find('.') == std::string::npos ? name : toml_string(name)) << " = \"" << key
        << "\"\nand the subscriber runs\n  wirewatch tail --key-file "
        << review::shell_word(pair.secret.string()) << " --server-key \"$(cat server.public)\"\n";
}

int keys_new_command(const review::Session& session, const std::string& directory,
                     const std::string& name) {
    const auto pair = write_pair(directory, name);
    if (!pair) {
        return review::report(session, pair.error());
    }
    say_where_it_goes(session, *pair, name);
    return review::kOk;
}

}  // namespace

void add_keys(CLI::App& app, review::Session& session, review::Run& run) {
    auto* keys = app.add_subcommand("keys", "keys for an encrypted alert stream (CURVE)");
    keys->require_subcommand(1);
    keys->footer("Example: wirewatch keys new desk8");
    auto* command = keys->add_subcommand("new", "makes a pair, and says where each half goes");
    auto name = std::make_shared<std::string>();
    auto directory = std::make_shared<std::string>(".");
    command->footer("Example: wirewatch keys new desk8 --directory ~/.config/wirewatch");
    command->add_option("NAME", *name, "whose it is: NAME.secret and NAME.public are written")
        ->type_name("")
        ->required();
    command->add_option("--directory", *directory, "where to")
        ->type_name("DIR")
        ->capture_default_str();
    command->callback([&session, &run, name, directory] {
        run = [&session, name, directory] { return keys_new_command(session, *directory, *name); };
    });
}

}  // namespace wirewatch::daemon
