// SPDX-License-Identifier: MIT
// wirewatch backup, restore, verify, vacuum: the database as a file.
#include "base/printable.hpp"
#include "history/backup.hpp"
#include "history/verify.hpp"
#include "history/write_lock.hpp"
#include "review/commands.hpp"
#include "review/exit_code.hpp"

#include <filesystem>
#include <memory>
#include <ostream>
#include <string>

#include <CLI/CLI.hpp>

namespace wirewatch::review {

namespace {

int backup_command(const Session& session, const std::string& file) {
    const auto setup = load(session);
    if (!setup) {
        return setup.error();
    }
    if (auto done = history::back_up(setup->database, file); !done) {
        return report(session, done.error());
    }
    std::error_code ignored;
    session.terminal.err << "backed up to " << printable(file) << ", "
                         << human_bytes(std::filesystem::file_size(file, ignored)) << '\n';
    return kOk;
}

int restore_command(const Session& session, const std::string& file) {
    const auto setup = load(session);
    if (!setup) {
        return setup.error();
    }
    const auto done = history::restore(file, setup->database);
    if (!done) {
        return report(session, done.error());
    }
    if (done->not_given) {
        session.terminal.err
            << "warning: " << printable(done->not_given->text)
            << "; give it to the user of wirewatchd with chown, who could not open "
               "it otherwise\n";
    }
    session.terminal.err << "restored " << printable(setup->database.string()) << " from "
                         << printable(file) << "; what stood there before is kept as "
                         << printable(setup->database.string())
                         << ".replaced\nsubscribers see a new epoch, and begin anew; start "
                            "wirewatchd again\n";
    return kOk;
}

int verify_command(const Session& session) {
    const auto setup = load(session);
    if (!setup) {
        return setup.error();
    }
    const auto findings = history::verify(setup->database, [&](std::string_view step) {
        session.terminal.err << "checking " << step << " …" << std::endl;
    });
    if (!findings) {
        return report(session, findings.error());
    }
    for (const std::string& finding : *findings) {
        session.terminal.out << printable(finding) << '\n';
    }
    if (findings->empty()) {
        session.terminal.out << printable(setup->database.string()) << " is whole\n";
        return kOk;
    }
    session.terminal.err << "\nStop wirewatchd, and put a backup in its place: "
                         << this_program(session) << " restore FILE; the last ones are in "
                         << printable(setup->backups.string()) << '\n';
    return kBadData;
}

int vacuum_command(const Session& session) {
    const auto setup = load(session);
    if (!setup) {
        return setup.error();
    }
    std::error_code ignored;
    const auto before = std::filesystem::file_size(setup->database, ignored);
    if (auto done = history::vacuum(setup->database); !done) {
        return report(session, done.error());
    }
    const auto after = std::filesystem::file_size(setup->database, ignored);
    session.terminal.err << printable(setup->database.string()) << ": " << human_bytes(before)
                         << " before, " << human_bytes(after) << " now\n";
    return kOk;
}

template <class Command>
void add_with_file(CLI::App& app, Session& session, Run& run, const char* name, const char* what,
                   const char* example, const char* file_is, Command act) {
    auto* command = app.add_subcommand(name, what);
    auto file = std::make_shared<std::string>();
    command->footer(example);
    command->add_option("FILE", *file, file_is)->required();
    command->callback([&session, &run, file, act] {
        run = [&session, file, act] { return act(session, *file); };
    });
}

template <class Command>
void add_plain(CLI::App& app, Session& session, Run& run, const char* name, const char* what,
               const char* example, Command act) {
    auto* command = app.add_subcommand(name, what);
    command->footer(example);
    command->callback([&session, &run, act] { run = [&session, act] { return act(session); }; });
}

}  // namespace

void add_upkeep(CLI::App& app, Session& session, Run& run) {
    add_with_file(app, session, run, "backup",
                  "writes the history to a new file, while the daemon runs or not",
                  "Example: wirewatch backup /mnt/backup/wirewatch.db", "the file to be",
                  backup_command);
    add_with_file(app, session, run, "restore",
                  "puts a backup in the place of the history; the daemon must be stopped",
                  "Example: wirewatch restore /mnt/backup/wirewatch.db", "the backup",
                  restore_command);
    add_plain(app, session, run, "verify",
              "looks whether the history is whole; exit 65 where it is not",
              "Example: wirewatch verify", verify_command);
    add_plain(app, session, run, "vacuum",
              "makes the file as small as its content; the daemon must be stopped",
              "Example: wirewatch vacuum", vacuum_command);
}

}  // namespace wirewatch::review
