// SPDX-License-Identifier: MIT
// What may stand at the cursor of a shell: found in the command tree, so that shells always know
// what the program knows. The shells' sides are in review/completion/.
#pragma once

#include <filesystem>
#include <functional>
#include <iosfwd>
#include <optional>
#include <string>
#include <vector>

namespace CLI {
class App;
}

namespace wirewatch::review {

struct Session;

/// A word that may stand there, and what it is.
struct Candidate {
    std::string word;
    std::string help;  ///< one line; may be empty

    friend bool operator==(const Candidate&, const Candidate&) = default;
};

enum class Wanted {
    words,  ///< the candidates
    files,  ///< names of files: the shell knows them best
    directories,
};

struct Completion {
    Wanted wanted = Wanted::words;
    std::vector<Candidate> candidates;
};

/// The ids that stand in the configuration of --config (none: the default one); none where it
/// cannot be read. A program without them leaves both empty.
struct CompletionIds {
    using Configuration = std::optional<std::filesystem::path>;
    std::function<std::vector<Candidate>(const Configuration&)> feeds;
    std::function<std::vector<Candidate>(const Configuration&)> rules;
};

/// Those that the commands of a session work with.
[[nodiscard]] CompletionIds completion_ids(const Session& session);

/// What may stand at the last of `words`, which are those behind the program's name as typed so far
/// (the last may be empty). What an argument takes is told by its name in the help: FILE, DIR,
/// RULE, FEED, SEVERITY, or a choice {a,b}.
[[nodiscard]] Completion complete(const CLI::App& program, const std::vector<std::string>& words,
                                  const CompletionIds& ids);

/// The words of a program that was called as 'PROGRAM complete -- WORD…', which is how the scripts
/// ask; nothing of any other call. No help names it, and no command is called so.
[[nodiscard]] std::optional<std::vector<std::string>> completion_request(int argc,
                                                                         const char* const* argv);

/// For the scripts: "words", "files" or "directories" on the first line; then each candidate, a tab
/// and its help.
void write(std::ostream& out, const Completion& completion);

}  // namespace wirewatch::review
