// SPDX-License-Identifier: MIT
#include "review/session.hpp"

#include "base/printable.hpp"
#include "review/exit_code.hpp"

#include <ostream>

namespace wirewatch::review {

std::string this_program(const Session& session) {
    return session.config_file
               ? "wirewatch --config " + shell_word(printable(session.config_file->string()))
               : "wirewatch";
}

int report(const Session& session, const Error& error) {
    session.terminal.err << "wirewatch: " << printable(error.text) << '\n';
    return exit_code(error.code);
}

tl::expected<Setup, int> load(const Session& session) {
    auto setup = session.load(session.config_file);
    if (!setup) {
        report(session, setup.error());
        return tl::unexpected<int>{kBadConfiguration};
    }
    for (const rules::Problem& problem : setup->problems) {
        session.terminal.err << rules::to_text(problem) << '\n';
    }
    if (!setup->parsed) {
        return tl::unexpected<int>{kBadConfiguration};
    }
    if (!setup->problems.empty()) {
        session.terminal.err
            << "the configuration is wrong as above; a running daemon keeps its former one\n\n";
    }
    return std::move(*setup);
}

tl::expected<history::Reader, int> open_history(const Session& session, const Setup& setup) {
    auto reader = history::Reader::open(setup.database);
    if (reader) {
        return std::move(*reader);
    }
    if (reader.error().code == Errc::not_found) {
        session.terminal.err << "wirewatch: there is no history yet: "
                             << printable(setup.database.string())
                             << " does not exist; wirewatchd makes it when it first runs with "
                             << printable(setup.file.string()) << '\n';
        return tl::unexpected<int>{kFailed};
    }
    return tl::unexpected<int>{report(session, reader.error())};
}

tl::expected<Opened, int> open(const Session& session) {
    auto setup = load(session);
    if (!setup) {
        return tl::unexpected<int>{setup.error()};
    }
    auto reader = open_history(session, *setup);
    if (!reader) {
        return tl::unexpected<int>{reader.error()};
    }
    return Opened{std::move(*setup), std::move(*reader)};
}

}  // namespace wirewatch::review
