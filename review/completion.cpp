// SPDX-License-Identifier: MIT
#include "review/completion.hpp"

#include "base/rule.hpp"

#include <algorithm>
#include <array>
#include <ostream>
#include <string_view>

#include <CLI/CLI.hpp>

namespace wirewatch::review {

namespace {

bool takes_value(const CLI::Option& option) {
    return option.get_items_expected_max() > 0;
}

/// As `app` names it, or, as its parser does, a command above it.
const CLI::Option* find_option(const CLI::App* app, const std::string& name) {
    for (; app != nullptr; app = app->get_parent()) {
        if (const CLI::Option* option = app->get_option_no_throw(name)) {
            return option;
        }
    }
    return nullptr;
}

const CLI::App* find_subcommand(const CLI::App& app, const std::string& name) {
    const auto found =
        app.get_subcommands([&name](const CLI::App* sub) { return sub->check_name(name); });
    return found.empty() ? nullptr : found.front();
}

std::vector<const CLI::Option*> positionals(const CLI::App& app) {
    return app.get_options([](const CLI::Option* option) { return option->get_positional(); });
}

/// The first line of a text, since a candidate has one.
std::string one_line(const std::string& text) {
    return text.substr(0, text.find('\n'));
}

/// How far the words before the cursor have come.
struct Place {
    const CLI::App* command = nullptr;
    const CLI::Option* option = nullptr;  ///< whose value is next
    std::size_t positionals = 0;          ///< how many there were
    bool options_ended = false;           ///< by "--"
    CompletionIds::Configuration configuration;
};

void take_option(Place& place, const std::string& word) {
    const std::size_t equals = word.find('=');
    const CLI::Option* option = find_option(place.command, word.substr(0, equals));
    if (option == nullptr || !takes_value(*option)) {
        return;
    }
    if (equals == std::string::npos) {
        place.option = option;
    } else if (option->check_lname("config")) {
        place.configuration = word.substr(equals + 1);
    }
}

/// One word before the cursor.
void step(Place& place, const std::string& word) {
    if (place.option != nullptr) {
        if (word == "=") {  // bash takes --rule=energy apart
            return;
        }
        if (place.option->check_lname("config")) {
            place.configuration = word;
        }
        place.option = nullptr;
        return;
    }
    if (!place.options_ended && word.starts_with('-') && word != "-") {
        place.options_ended = word == "--";
        take_option(place, word);
        return;
    }
    const CLI::App* sub = place.positionals == 0 ? find_subcommand(*place.command, word) : nullptr;
    if (sub != nullptr) {
        place.command = sub;
    } else {
        ++place.positionals;
    }
}

/// The name by which the help calls what an option or a positional takes; without what a check adds
/// to it, as in "N:POSITIVE".
std::string kind_of(const CLI::Option& option) {
    const std::string name =
        option.nonpositional() ? option.get_type_name() : option.get_name(true);
    return name.substr(0, name.find(':'));
}

std::vector<Candidate> severities() {
    std::vector<Candidate> found;
    for (const Severity each :
         {Severity::low, Severity::normal, Severity::high, Severity::critical}) {
        found.push_back({std::string{to_text(each)}, ""});
    }
    return found;
}

/// Those of a choice, "TEXT:{low,high}".
std::vector<Candidate> choices(std::string_view kind) {
    std::vector<Candidate> found;
    const std::size_t begin = kind.find('{');
    const std::size_t end = kind.find('}', begin == std::string_view::npos ? 0 : begin);
    if (begin == std::string_view::npos || end == std::string_view::npos) {
        return found;
    }
    std::string_view rest = kind.substr(begin + 1, end - begin - 1);
    while (!rest.empty()) {
        const std::size_t comma = rest.find(',');
        found.push_back({std::string{rest.substr(0, comma)}, ""});
        rest.remove_prefix(comma == std::string_view::npos ? rest.size() : comma + 1);
    }
    return found;
}

Completion values_of(const CLI::Option& option, const Place& place, const CompletionIds& ids) {
    constexpr std::array kFiles{"FILE", "DOCUMENT", "LIST", "PAGE"};
    const std::string kind = kind_of(option);
    if (std::find(kFiles.begin(), kFiles.end(), kind) != kFiles.end()) {
        return {.wanted = Wanted::files};
    }
    if (kind == "DIR") {
        return {.wanted = Wanted::directories};
    }
    if (kind == "RULE" && ids.rules) {
        return {.candidates = ids.rules(place.configuration)};
    }
    if (kind == "FEED" && ids.feeds) {
        return {.candidates = ids.feeds(place.configuration)};
    }
    if (kind == "SEVERITY") {
        return {.candidates = severities()};
    }
    return {.candidates = choices(option.get_type_name())};
}

/// Those of the command, and those of the program, which go with every command.
std::vector<Candidate> options_at(const Place& place, const CLI::App& program) {
    std::vector<Candidate> found;
    for (const CLI::App* app : {place.command, &program}) {
        for (const CLI::Option* option : app->get_options()) {
            for (const std::string& name : option->get_lnames()) {
                Candidate candidate{"--" + name, one_line(option->get_description())};
                const auto same = [&candidate](const Candidate& other) {
                    return other.word == candidate.word;
                };
                if (!option->get_group().empty() &&
                    std::none_of(found.begin(), found.end(), same)) {
                    found.push_back(std::move(candidate));
                }
            }
        }
    }
    return found;
}

/// Subcommands, and what the next positional takes.
Completion words_at(const Place& place, const CompletionIds& ids) {
    Completion completion;
    const auto expected = positionals(*place.command);
    if (!expected.empty()) {
        const std::size_t next = std::min(place.positionals, expected.size() - 1);
        const bool room =
            place.positionals < expected.size() || expected.back()->get_items_expected_max() > 1;
        completion = room ? values_of(*expected[next], place, ids) : Completion{};
    }
    if (place.positionals == 0) {
        for (const CLI::App* sub : place.command->get_subcommands(
                 [](const CLI::App* app) { return !app->get_group().empty(); })) {
            completion.candidates.push_back({sub->get_name(), one_line(sub->get_description())});
        }
    }
    return completion;
}

/// Where the cursor stands inside --option=value: the candidates are whole words.
std::optional<Completion> after_equals(const Place& place, const std::string& word,
                                       const CompletionIds& ids) {
    const std::size_t equals = word.find('=');
    const CLI::Option* option = equals == std::string::npos || place.options_ended
                                    ? nullptr
                                    : find_option(place.command, word.substr(0, equals));
    if (option == nullptr || !takes_value(*option)) {
        return std::nullopt;
    }
    Completion completion = values_of(*option, place, ids);
    for (Candidate& candidate : completion.candidates) {
        candidate.word.insert(0, word.substr(0, equals + 1));
    }
    return completion;
}

Completion all_at(const CLI::App& program, const Place& place, const std::string& word,
                  const CompletionIds& ids) {
    if (place.option != nullptr) {
        return values_of(*place.option, place, ids);
    }
    if (auto completion = after_equals(place, word, ids)) {
        return std::move(*completion);
    }
    if (word.starts_with('-') && !place.options_ended) {
        return {.candidates = options_at(place, program)};
    }
    return words_at(place, ids);
}

}  // namespace

Completion complete(const CLI::App& program, const std::vector<std::string>& words,
                    const CompletionIds& ids) {
    if (words.empty()) {
        return {};
    }
    Place place{.command = &program};
    for (std::size_t i = 0; i + 1 < words.size(); ++i) {
        step(place, words[i]);
    }
    const bool behind_equals = place.option != nullptr && words.back() == "=";
    const std::string word = behind_equals ? "" : words.back();
    Completion completion = all_at(program, place, word, ids);
    std::erase_if(completion.candidates,
                  [&word](const Candidate& each) { return !each.word.starts_with(word); });
    return completion;
}

std::optional<std::vector<std::string>> completion_request(int argc, const char* const* argv) {
    if (argc < 3 || std::string_view{argv[1]} != "complete" || std::string_view{argv[2]} != "--") {
        return std::nullopt;
    }
    return std::vector<std::string>{argv + 3, argv + argc};
}

void write(std::ostream& out, const Completion& completion) {
    switch (completion.wanted) {
        case Wanted::words:
            out << "words\n";
            break;
        case Wanted::files:
            out << "files\n";
            break;
        case Wanted::directories:
            out << "directories\n";
            break;
    }
    for (const Candidate& candidate : completion.candidates) {
        out << candidate.word << '\t' << candidate.help << '\n';
    }
}

}  // namespace wirewatch::review
