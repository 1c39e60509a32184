// SPDX-License-Identifier: MIT
// wirewatch feeds add: from an address to a [[feed]] of the configuration.
#include "base/id.hpp"
#include "base/printable.hpp"
#include "base/utf8.hpp"
#include "feeds/discovery.hpp"
#include "feeds/feed_scheme.hpp"
#include "feeds/identity.hpp"
#include "review/document.hpp"
#include "review/exit_code.hpp"
#include "review/feed_ids.hpp"
#include "review/feeds_commands.hpp"

#include <algorithm>
#include <charconv>
#include <istream>
#include <memory>
#include <ostream>
#include <string>
#include <utility>
#include <vector>

#include <CLI/CLI.hpp>

namespace wirewatch::review {

namespace {

using feeds::FoundBy;
using feeds::FoundFeed;

struct AddArguments {
    std::string url;
    std::string id;
    std::string title;
    std::vector<std::string> tags;
    std::string interval;
    std::string file;
    std::vector<std::string> allow_private;
    bool yes = false;
};

/// What is wrong with the command line; empty: nothing.
std::string usage_problem(const AddArguments& arguments) {
    if (!is_address(arguments.url)) {
        return "'" + arguments.url +
               "' is no address; write one that begins with https:// or "
               "http://";
    }
    if (const std::string why = refusal(feeds::without_feed_scheme(arguments.url)); !why.empty()) {
        return shown_url(feeds::without_feed_scheme(arguments.url)) + ": " + why;
    }
    if (!arguments.id.empty() && !is_id(arguments.id)) {
        return "'" + arguments.id +
               "' is no id; write one of a-z, 0-9, '.', '_' and '-', at most "
               "64 of them";
    }
    if (const auto interval = parse_duration(arguments.interval);
        !arguments.interval.empty() && !interval) {
        return interval.error().text;
    }
    return {};
}

/// Whether a feed with that address is configured already; says so.
bool is_configured(const Session& session, const Setup& setup, const std::string& url) {
    const std::string wanted = feeds::canonical_url(url);
    const auto same = std::find_if(setup.feeds.begin(), setup.feeds.end(), [&](const Feed& feed) {
        return feeds::canonical_url(feed.url) == wanted;
    });
    if (same == setup.feeds.end()) {
        return false;
    }
    session.terminal.err << "wirewatch: " << printable(shown_url(url)) << " is configured already, "
                         << "as feed '" << same->id << "'\n";
    return true;
}

/// An answer, without the white space around it; empty at the end of the input.
std::string ask(const Terminal& terminal, std::string_view question) {
    terminal.out << question << ' ' << std::flush;
    std::string answer;
    std::getline(*terminal.in, answer);
    while (!answer.empty() && (answer.back() == ' ' || answer.back() == '\r')) {
        answer.pop_back();
    }
    return answer;
}

/// One of several: by number on a terminal. Elsewhere nobody is asked, and nothing is chosen.
tl::expected<FoundFeed, int> choose(const Session& session, const std::vector<FoundFeed>& feeds) {
    const Terminal& terminal = session.terminal;
    if (terminal.in == nullptr) {
        terminal.err << "wirewatch: the page has several feeds; choose one:\n";
        for (const FoundFeed& feed : feeds) {
            terminal.err << "  " << this_program(session) << " feeds add " << shell_word(feed.url)
                         << "    # " << printable(feed.title, 100) << '\n';
        }
        return tl::unexpected<int>{kUsage};
    }
    for (std::size_t i = 0; i < feeds.size(); ++i) {
        terminal.out << i + 1 << "  " << printable(feeds[i].title, 100) << ", " << feeds[i].format
                     << ", " << feeds[i].articles << " articles\n   " << printable(feeds[i].url)
                     << '\n';
    }
    const std::string answer =
        ask(terminal, "which one? [1-" + std::to_string(feeds.size()) + ", else none]");
    std::size_t number = 0;
    const auto end = answer.data() + answer.size();
    const auto [rest, error] = std::from_chars(answer.data(), end, number);
    if (error != std::errc{} || rest != end || number == 0 || number > feeds.size()) {
        terminal.err << "nothing was added\n";
        return tl::unexpected<int>{kFailed};
    }
    return feeds[number - 1];
}

/// The feed at the address, or the one of the page there.
tl::expected<FoundFeed, int> find_feed(const Session& session, const Setup& setup,
                                       const std::string& url,
                                       const std::vector<std::string>& allow_private) {
    Web web{setup.fetch};
    auto found = feeds::discover(web.fetcher(), url,
                                 {.parse = setup.parse,
                                  .allow_private = allow_private,
                                  .before_fetch = progress_on(session.terminal)});
    end_progress(session.terminal);
    if (!found) {
        return tl::unexpected<int>{report(session, std::move(found.error()).with(shown_url(url)))};
    }
    std::vector<FoundFeed> good;
    for (const FoundFeed& feed : found->feeds) {
        if (feed.verified) {
            good.push_back(feed);
        }
    }
    if (good.empty()) {
        session.terminal.err << "wirewatch: " << printable(shown_url(url))
                             << " is a page, and no feed of it was found\n";
        for (const FoundFeed& feed : found->feeds) {
            session.terminal.err << printable(feed.url) << ": " << printable(feed.problem) << '\n';
        }
        return tl::unexpected<int>{kFailed};
    }
    if (good.size() > 1) {
        return choose(session, good);
    }
    if (good.front().found_by != FoundBy::address) {
        session.terminal.out << printable(shown_url(url)) << " is a page; its feed is "
                             << printable(good.front().url) << '\n';
    }
    return good.front();
}

void show(const Terminal& terminal, const FoundFeed& found) {
    terminal.out << styled(terminal, Style::strong, printable(found.title, 200)) << '\n'
                 << found.format << ", " << found.articles << " articles, newest "
                 << local_time(found.newest, "without a date")
                 << (found.language.empty() ? "" : ", language " + printable(found.language, 40))
                 << '\n';
}

Feed feed_of(const AddArguments& arguments, const FoundFeed& found) {
    Feed feed;
    feed.id = arguments.id;
    feed.url = found.url;
    feed.title = arguments.title.empty() ? found.title : arguments.title;
    feed.tags = arguments.tags;
    feed.allow_private = arguments.allow_private;
    if (const auto interval = parse_duration(arguments.interval)) {
        feed.interval = *interval;
    }
    return feed;
}

int add_command(const Session& session, const AddArguments& arguments) {
    const Terminal& terminal = session.terminal;
    if (const std::string problem = usage_problem(arguments); !problem.empty()) {
        terminal.err << "wirewatch: " << printable(problem) << '\n';
        return kUsage;
    }
    const auto setup = load(session);
    if (!setup) {
        return setup.error();
    }
    if (!setup->problems.empty()) {
        return kBadConfiguration;
    }
    FeedIds ids{setup->feeds};
    if (!arguments.id.empty() && !ids.take(arguments.id)) {
        terminal.err << "wirewatch: there is a feed '" << arguments.id << "' already\n";
        return kFailed;
    }
    const std::string url = feeds::without_feed_scheme(arguments.url);
    if (is_configured(session, *setup, url)) {
        return kFailed;
    }
    const auto found = find_feed(session, *setup, url, arguments.allow_private);
    if (!found) {
        return found.error();
    }
    if (found->url != url && is_configured(session, *setup, found->url)) {
        return kFailed;
    }
    show(terminal, *found);
    Feed feed = feed_of(arguments, *found);
    feed.id = feed.id.empty() ? ids.make(feed.title, feed.url) : feed.id;
    if (terminal.in != nullptr && !arguments.yes) {
        const std::string answer = ask(terminal, "add it as '" + feed.id + "'? [Y/n]");
        if (!terminal.in->good() || (!answer.empty() && answer[0] != 'y' && answer[0] != 'Y')) {
            terminal.err << "nothing was added\n";
            return kFailed;
        }
    }
    return write_feeds(session, {feed}, arguments.file);
}

/// What no rule could name as tag:… is refused here, where somebody is there to read why.
std::string check_tag(const std::string& text) {
    const bool to_be_seen = !text.empty() && !text.starts_with(' ') && !text.ends_with(' ') &&
                            utf8::valid(text) && printable(text) == text;
    if (to_be_seen && text.find_first_of("*?") == std::string::npos) {
        return {};
    }
    return "'" + printable(text, 100) +
           "' cannot be a tag: write letters, digits, signs and blanks between them, but no * or "
           "?, "
           "which are wildcards where rules name tags";
}

}  // namespace

int write_feeds(const Session& session, const std::vector<Feed>& feeds, const std::string& file) {
    const Terminal& terminal = session.terminal;
    const auto written = session.writing.append(
        session.config_file, feeds,
        file.empty() ? std::nullopt : std::optional<std::filesystem::path>{file});
    if (!written) {
        return report(session, written.error());
    }
    if (!written->problems.empty()) {
        for (const rules::Problem& problem : written->problems) {
            terminal.err << rules::to_text(problem) << '\n';
        }
        terminal.err
            << "wirewatch: the configuration would be wrong as above; nothing was written\n";
        return kBadConfiguration;
    }
    if (feeds.size() == 1) {
        terminal.out << "added feed '" << feeds.front().id << "' to ";
    } else {
        terminal.out << "added " << feeds.size() << " feeds to ";
    }
    terminal.out << printable(written->file.string())
                 << "\na running daemon takes it up at a reload: " << this_program(session)
                 << " reload\n";
    return kOk;
}

void add_feeds_add(CLI::App& feeds, Session& session, Run& run) {
    auto* command =
        feeds.add_subcommand("add", "looks at an address and adds its feed to the configuration");
    auto arguments = std::make_shared<AddArguments>();
    command->footer(
        "Example: wirewatch feeds add https://www.dawn.com/feeds/home --tag pakistan\n"
        "The address may be that of a page: its feed is found. Nothing in the file is changed but "
        "its end.\n"
        "Exit code 1 where there is no feed or it is configured already, 2 where a page has "
        "several.");
    command->add_option("URL", arguments->url, "a feed, or a page that has one")->required();
    command->add_option("--id", arguments->id, "its id; default: made of the title")
        ->type_name("ID");
    command->add_option("--title", arguments->title, "default: the feed's own")->type_name("TITLE");
    command->add_option("--tag", arguments->tags, "a tag; may be given several times")
        ->type_name("TAG")
        ->check(check_tag)
        ->take_all()
        ->allow_extra_args(false);
    command->add_option("--interval", arguments->interval, "how often it is polled, like 30m")
        ->type_name("DURATION");
    add_allow_private(*command, arguments->allow_private);
    command
        ->add_option("--write", arguments->file,
                     "the file of the configuration to add it to; default: the one with the "
                     "last feed")
        ->type_name("FILE");
    command->add_flag("--yes", arguments->yes, "add it without asking");
    command->callback([&session, &run, arguments] {
        run = [&session, arguments] { return add_command(session, *arguments); };
    });
}

}  // namespace wirewatch::review
