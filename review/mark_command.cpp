// SPDX-License-Identifier: MIT
// wirewatch mark: what has been read, is worth keeping or is not, and a note.
#include "base/printable.hpp"
#include "review/commands.hpp"
#include "review/exit_code.hpp"
#include "review/listing.hpp"
#include "review/marking.hpp"
#include "review/progress.hpp"

#include <algorithm>
#include <cstddef>
#include <memory>
#include <optional>
#include <ostream>
#include <string>
#include <utility>
#include <vector>

#include <CLI/CLI.hpp>

namespace wirewatch::review {

namespace {

struct Arguments {
    std::vector<std::string> articles;
    FilterArguments filters;
    MarkOrder order;
    std::string note;
    bool all = false;
    bool undo = false;
    bool dry_run = false;

    [[nodiscard]] bool by_query() const {
        const FilterArguments& f = filters;
        return !f.query.empty() || !f.rules.empty() || !f.feeds.empty() || !f.tags.empty() ||
               !f.severities.empty() || !f.languages.empty() || !f.statuses.empty() ||
               !f.since.empty() || !f.until.empty();
    }
};

int print(const Session& session, const ControlAnswer& answer) {
    std::ostream& out = answer.ok ? session.terminal.out : session.terminal.err;
    out << (answer.ok ? "" : "wirewatch: ") << printable(answer.message) << '\n';
    for (const std::string& line : answer.details) {
        out << "  " << printable(line) << '\n';
    }
    return answer.ok ? kOk : kFailed;
}

/// The keys of the articles that are meant; those that cannot be found are told.
tl::expected<std::vector<std::string>, int> keys_of(const Session& session,
                                                    const history::Reader& reader,
                                                    const std::vector<std::string>& names) {
    std::vector<std::string> keys;
    bool all = true;
    for (const std::string& name : names) {
        const auto article = reader.article(name);
        if (!article) {
            session.terminal.err << "wirewatch: " << printable(name, 200) << ": "
                                 << printable(article.error().text) << '\n';
            if (exit_code(article.error().code) != kFailed) {
                return tl::unexpected<int>{exit_code(article.error().code)};
            }
            all = false;
        } else if (const std::string& key = article->article.key;
                   std::find(keys.begin(), keys.end(), key) == keys.end()) {
            keys.push_back(key);
        }
    }
    if (!all) {
        session.terminal.err << "nothing was marked\n";
        return tl::unexpected<int>{kFailed};
    }
    return keys;
}

/// What cannot be meant, in words; empty: nothing.
std::string misuse(const Arguments& arguments) {
    const MarkOrder& order = arguments.order;
    const bool changes = order.read || order.starred || order.dismissed || order.note;
    if (arguments.undo) {
        return changes || !arguments.articles.empty() || arguments.by_query()
                   ? "--undo takes back what you marked last, and stands alone"
                   : "";
    }
    if (!changes) {
        return "say how: --read, --star, --dismiss, --note \"…\" (or --unread, --unstar, "
               "--undismiss)";
    }
    if (arguments.articles.empty() && !arguments.by_query()) {
        return "say which: wirewatch mark ARTICLE… --read, or by --query, --rule, --feed, --since "
               "…";
    }
    if (!arguments.articles.empty() && arguments.by_query()) {
        return "name articles, or describe them by --query and filters, not both";
    }
    if (arguments.note.size() > kMaxNoteBytes) {
        return "a note has at most " + std::to_string(kMaxNoteBytes) + " bytes";
    }
    return {};
}

bool would_change(const MarkOrder& order, const std::optional<Mark>& present) {
    const Mark mark = present.value_or(Mark{});
    return order.read.value_or(mark.read) != mark.read ||
           order.starred.value_or(mark.starred) != mark.starred ||
           order.dismissed.value_or(mark.dismissed) != mark.dismissed ||
           order.note.value_or(mark.note) != mark.note;
}

/// What --query and the filters describe, as far as it would be changed.
tl::expected<std::vector<std::string>, int> described_keys(const Session& session,
                                                           const Opened& opened,
                                                           const Arguments& arguments) {
    auto listing = Listing::read(session, opened.setup, arguments.filters,
                                 arguments.all ? Listing::Over::all_articles : Listing::Over::hits);
    if (!listing) {
        return tl::unexpected<int>{listing.error()};
    }
    std::vector<std::string> keys;
    std::size_t found = 0;
    const auto done = listing->each(session, opened.reader, [&](const Found& one) {
        ++found;
        if (would_change(arguments.order, one.row.mark)) {
            keys.push_back(one.row.article.key);
        }
        return true;
    });
    if (!done) {
        return tl::unexpected<int>{report(session, done.error())};
    }
    if (keys.empty()) {
        session.terminal.err << (found == 0 ? "no article is like that\n"
                                            : "all articles that are like that are so already\n");
        return tl::unexpected<int>{found == 0 ? kFailed : kOk};
    }
    return keys;
}

std::string articles(std::size_t count) {
    return count == 1 ? "1 article" : std::to_string(count) + " articles";
}

/// So many at once as an order takes; all of it is one batch.
int mark_all(const Session& session, const Setup& setup, MarkOrder order,
             const std::vector<std::string>& keys) {
    order.batch = new_batch();
    Progress progress{session.terminal, session.clock, "marking", keys.size()};
    for (std::size_t at = 0; at < keys.size(); at += kMaxMarkedArticles) {
        const std::size_t end = std::min(keys.size(), at + kMaxMarkedArticles);
        order.articles.assign(keys.begin() + static_cast<std::ptrdiff_t>(at),
                              keys.begin() + static_cast<std::ptrdiff_t>(end));
        const auto answer = mark(session, setup, order);
        if (!answer || !answer->ok) {
            if (at > 0) {
                session.terminal.err << articles(at)
                                     << " were marked before that; 'wirewatch mark --undo' takes "
                                        "them back\n";
            }
            return answer ? print(session, *answer) : answer.error();
        }
        if (keys.size() <= kMaxMarkedArticles) {
            return print(session, *answer);
        }
        progress.advance(end);
    }
    session.terminal.out << articles(keys.size()) << " marked\n";
    return kOk;
}

int mark_command(const Session& session, const Arguments& arguments) {
    if (const std::string wrong = misuse(arguments); !wrong.empty()) {
        report(session, Error{Errc::invalid, wrong});
        return kUsage;
    }
    const auto opened = open(session);
    if (!opened) {
        return opened.error();
    }
    MarkOrder order = arguments.order;
    order.by = user_name();
    if (arguments.undo) {
        const auto answer = undo_marks(session, opened->setup, order.by);
        return answer ? print(session, *answer) : answer.error();
    }
    const auto keys = arguments.by_query() ? described_keys(session, *opened, arguments)
                                           : keys_of(session, opened->reader, arguments.articles);
    if (!keys) {
        return keys.error();
    }
    if (arguments.dry_run) {
        session.terminal.out << articles(keys->size()) << " would be marked\n";
        return kOk;
    }
    return mark_all(session, opened->setup, std::move(order), *keys);
}

/// Two flags of which each is the contrary of the other.
void add_pair(CLI::App& command, std::optional<bool>& value, const std::string& set,
              const std::string& unset, const std::string& does, const std::string& undoes) {
    auto* on = command.add_flag_callback(
        "--" + set, [&value] { value = true; }, does);
    auto* off = command.add_flag_callback(
        "--" + unset, [&value] { value = false; }, undoes);
    on->excludes(off);
}

}  // namespace

void add_mark(CLI::App& app, Session& session, Run& run) {
    auto* command = app.add_subcommand("mark", "marks articles as read, starred or dismissed");
    auto arguments = std::make_shared<Arguments>();
    command->footer(
        "Example: wirewatch mark 3f2a9c01 --star --note \"ask the embassy\"\n"
        "         wirewatch mark --query cricket --since 7d --dismiss\n"
        "         wirewatch mark --undo\n"
        "With --query or filters it marks matched articles, with --all any stored ones. The "
        "running "
        "daemon\nwrites the marks; where it does not run, this command does. Exit code 1 where "
        "there "
        "is no such\narticle, 69 where the daemon does not answer.");
    command->add_option("ARTICLE", arguments->articles,
                        "keys, as 'wirewatch history' prints them, or URLs");
    command
        ->add_option("--query", arguments->filters.query,
                     "marks all that this QUERY finds, as 'wirewatch history' does")
        ->type_name("QUERY")
        ->allow_extra_args(false);
    add_filters(*command, arguments->filters);
    command->add_flag("--all", arguments->all, "not only matched articles: all stored ones");
    command->add_flag("--dry-run", arguments->dry_run, "only says how many it would be");
    MarkOrder& order = arguments->order;
    add_pair(*command, order.read, "read", "unread", "you have read it", "you have not");
    add_pair(*command, order.starred, "star", "unstar", "it is worth keeping", "it is not");
    add_pair(*command, order.dismissed, "dismiss", "undismiss",
             "it is of no interest: history shows it no more", "history shows it again");
    command->add_option("--note", arguments->note, "a note in your words; \"\" removes it")
        ->type_name("TEXT");
    command->add_flag("--undo", arguments->undo, "takes back what you marked last");
    command->callback([&session, &run, arguments, command] {
        if (command->count("--note") > 0) {
            arguments->order.note = arguments->note;
        }
        run = [&session, arguments] { return mark_command(session, *arguments); };
    });
}

}  // namespace wirewatch::review
