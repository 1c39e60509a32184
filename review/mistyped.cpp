// SPDX-License-Identifier: MIT
#include "review/mistyped.hpp"

#include "base/printable.hpp"
#include "rules/nearest.hpp"

#include <algorithm>
#include <vector>

#include <CLI/CLI.hpp>

namespace wirewatch::review {

namespace {

using Names = std::vector<std::string>;

/// The command that was understood, at the end of "wirewatch feeds show", and how it is called.
struct Understood {
    const CLI::App* command;
    std::string name;
};

Understood understood(const CLI::App& program) {
    Understood found{&program, "wirewatch"};  // CLI11 names it as it was called, with its path
    while (!found.command->get_subcommands().empty()) {
        found.command = found.command->get_subcommands().back();
        found.name += " " + found.command->get_name();
    }
    return found;
}

Names commands_of(const CLI::App& command) {
    Names names;
    for (const CLI::App* sub : command.get_subcommands([](const CLI::App*) { return true; })) {
        names.push_back(sub->get_name());
    }
    return names;
}

/// Those of the commands above it too, which its parser takes as well.
Names options_of(const CLI::App* command) {
    Names names;
    for (; command != nullptr; command = command->get_parent()) {
        for (const CLI::Option* option : command->get_options()) {
            if (!option->get_group().empty()) {
                const Names& own = option->get_lnames();
                names.insert(names.end(), own.begin(), own.end());
            }
        }
    }
    return names;
}

std::string quoted(const std::string& word) {
    return "'" + printable(word, 80) + "'";
}

std::string guess(const std::string& meant) {
    return meant.empty() ? "" : "; did you mean '" + meant + "'?";
}

std::string no_command(const std::string& word, const Understood& at, const Names& commands) {
    return "there is no command " + quoted(word) + " of '" + at.name + "'" +
           guess(rules::nearest(word, commands));
}

std::string no_option(const std::string& word, const Understood& at) {
    const std::string name = word.substr(0, word.find('='));
    const std::string bare = name.substr(std::min(name.find_first_not_of('-'), name.size()));
    const std::string meant = rules::nearest(bare, options_of(at.command));
    return quoted(name) + " is no option of '" + at.name + "'" +
           guess(meant.empty() ? "" : "--" + meant);
}

}  // namespace

std::optional<std::string> mistyped(const CLI::App& program, const CLI::ParseError& error) {
    const bool missing = dynamic_cast<const CLI::RequiredError*>(&error) != nullptr;
    const bool left = dynamic_cast<const CLI::ExtrasError*>(&error) != nullptr;
    const Names words = program.remaining(true);
    if ((!missing && !left) || words.empty()) {
        return std::nullopt;
    }
    const Understood at = understood(program);
    const Names commands = commands_of(*at.command);
    const auto command = std::find_if(
        words.begin(), words.end(), [](const std::string& word) { return !word.starts_with('-'); });
    if (!commands.empty() && command != words.end()) {
        return no_command(*command, at, commands);
    }
    const auto option = std::find_if(words.begin(), words.end(), [](const std::string& word) {
        return word.size() > 1 && word.starts_with('-') && word != "--";
    });
    return option != words.end() ? std::optional{no_option(*option, at)} : std::nullopt;
}

}  // namespace wirewatch::review
