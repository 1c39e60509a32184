// SPDX-License-Identifier: MIT
// wirewatch completion SHELL, which prints a script, and the ids that it completes.
#include "base/printable.hpp"
#include "review/commands.hpp"
#include "review/completion.hpp"
#include "review/completion_scripts.hpp"
#include "review/exit_code.hpp"

#include <memory>
#include <ostream>
#include <string>
#include <utility>
#include <vector>

#include <CLI/CLI.hpp>

namespace wirewatch::review {

CompletionIds completion_ids(const Session& session) {
    const auto listed = [&session](const CompletionIds::Configuration& file, auto list) {
        std::vector<Candidate> found;
        if (const auto setup = session.load(file)) {  // what is wrong is not for now
            for (const auto& each : list(*setup)) {
                found.push_back({each.id, printable(each.title)});
            }
        }
        return found;
    };
    return {.feeds =
                [listed](const auto& file) {
                    return listed(file, [](const Setup& setup) { return setup.feeds; });
                },
            .rules =
                [listed](const auto& file) {
                    return listed(file, [](const Setup& setup) { return setup.rules; });
                }};
}

void add_completion(CLI::App& app, Session& session, Run& run) {
    auto* command = app.add_subcommand(
        "completion", "what completes commands, options and ids in bash, zsh or fish");
    auto shell = std::make_shared<std::string>();
    command->footer(
        "Example: wirewatch completion bash > "
        "~/.local/share/bash-completion/completions/wirewatch\n"
        "         wirewatch completion zsh > ~/.zfunc/_wirewatch        (~/.zfunc in fpath)\n"
        "         wirewatch completion fish > ~/.config/fish/completions/wirewatch.fish\n"
        "The Debian package has installed it.");
    command->add_option("SHELL", *shell, "which shell")
        ->required()
        ->check(CLI::IsMember({"bash", "zsh", "fish"}));
    command->callback([&session, &run, shell] {
        run = [&session, shell] {
            session.terminal.out << completion_script(*shell);
            return kOk;
        };
    });
}

}  // namespace wirewatch::review
