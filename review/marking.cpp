// SPDX-License-Identifier: MIT
#include "review/marking.hpp"

#include "base/printable.hpp"
#include "base/utf8.hpp"
#include "history/writer.hpp"
#include "review/control_client.hpp"
#include "review/exit_code.hpp"
#include "review/mark_answer.hpp"

#include <array>
#include <cstdint>
#include <cstdlib>
#include <ostream>
#include <random>

#include <pwd.h>
#include <unistd.h>

namespace wirewatch::review {

namespace {

using Answered = tl::expected<ControlAnswer, int>;

/// The daemon does not run: whoever may write the database does it.
Answered mark_without_daemon(const Session& session, const Setup& setup,
                             const ControlRequest& request) {
    auto writer = history::Writer::open(setup.database, {.deployment = setup.deployment});
    if (!writer) {
        session.terminal.err << "wirewatch: "
                             << printable(writer.error().code == Errc::busy
                                              ? "the daemon holds the database but does not "
                                                "answer: " +
                                                    writer.error().text
                                              : writer.error().text)
                             << '\n';
        return tl::unexpected<int>{
            writer.error().code == Errc::busy ? kUnreachable : exit_code(writer.error().code)};
    }
    return request.command == ControlCommand::mark
               ? answer_of(writer->mark(request.marks, session.clock.now()))
               : answer_of(writer->undo_marks(request.marks.by));
}

Answered carry_out(const Session& session, const Setup& setup, const ControlRequest& request) {
    auto answer = ControlClient{setup.control_socket}.ask(request);
    if (answer) {
        return std::move(*answer);
    }
    if (answer.error().code == Errc::not_found) {
        return mark_without_daemon(session, setup, request);
    }
    report(session, answer.error());
    return tl::unexpected<int>{kUnreachable};
}

}  // namespace

std::string user_name() {
    std::string name;
    const char* caller = std::getenv("SUDO_USER");
    if (geteuid() == 0 && caller != nullptr) {
        name = caller;
    } else if (const passwd* entry = getpwuid(geteuid()); entry != nullptr) {
        name = entry->pw_name;
    }
    name = utf8::repair(utf8::cut(name, kMaxNameBytes / 3));  // a repaired byte takes three
    return name.empty() ? "uid " + std::to_string(geteuid()) : name;
}

std::string new_batch() {
    std::random_device random;
    constexpr std::string_view kDigits = "0123456789abcdef";
    std::string batch;
    for (int i = 0; i < 16; ++i) {
        batch += kDigits[random() % kDigits.size()];
    }
    return batch;
}

Answered mark(const Session& session, const Setup& setup, const MarkOrder& order) {
    return carry_out(session, setup, {.command = ControlCommand::mark, .marks = order});
}

Answered undo_marks(const Session& session, const Setup& setup, const std::string& by) {
    return carry_out(session, setup, {.command = ControlCommand::undo, .marks = {.by = by}});
}

}  // namespace wirewatch::review
