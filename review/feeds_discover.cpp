// SPDX-License-Identifier: MIT
// wirewatch feeds discover: the feeds of a page.
#include "base/printable.hpp"
#include "feeds/discovery.hpp"
#include "feeds/feed_scheme.hpp"
#include "feeds/ip_address.hpp"
#include "review/document.hpp"
#include "review/exit_code.hpp"
#include "review/feeds_commands.hpp"

#include <algorithm>
#include <array>
#include <memory>
#include <ostream>
#include <string>
#include <utility>

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

namespace wirewatch::review {

namespace {

using feeds::FoundBy;
using feeds::FoundFeed;

struct DiscoverArguments {
    std::string document;
    std::string base_url;
    std::vector<std::string> allow_private;
    bool json = false;
};

void print_json(std::ostream& out, const std::vector<FoundFeed>& found) {
    using Json = nlohmann::ordered_json;
    constexpr std::array<const char*, 4> kFoundBy{"address", "link", "anchor", "guess"};
    const auto text = [](const std::string& value) {
        return value.empty() ? Json(nullptr) : Json(value);
    };
    Json list = Json::array();
    for (const FoundFeed& feed : found) {
        list.push_back({{"url", feed.url},
                        {"title", text(feed.title)},
                        {"verified", feed.verified},
                        {"found_by", kFoundBy.at(static_cast<std::size_t>(feed.found_by))},
                        {"format", text(feed.format)},
                        {"language", text(feed.language)},
                        {"articles", feed.verified ? Json(feed.articles) : Json(nullptr)},
                        {"newest", feed.newest ? Json(to_rfc3339(*feed.newest)) : Json(nullptr)},
                        {"problem", text(feed.problem)}});
    }
    out << list.dump(2, ' ', false, Json::error_handler_t::replace) << '\n';
}

std::string state_of(const FoundFeed& feed) {
    return feed.verified ? "ok" : feed.problem.empty() ? "not verified" : "no feed";
}

Result<feeds::Discovery> discover_on_the_web(const Session& session, const std::string& url,
                                             const std::vector<std::string>& allow_private,
                                             const WebOptions& options) {
    Web web{options.fetch};
    auto found = feeds::discover(web.fetcher(), url,
                                 {.parse = options.parse,
                                  .allow_private = allow_private,
                                  .before_fetch = progress_on(session.terminal)});
    end_progress(session.terminal);
    return found;
}

Result<feeds::Discovery> discover_in_file(const DiscoverArguments& arguments) {
    const feeds::ParseLimits limits;
    const auto document = read_document(arguments.document, limits.max_bytes);
    return document ? feeds::discover_in(*document, {"text/html", arguments.base_url}, limits)
                    : Result<feeds::Discovery>{tl::unexpected{document.error()}};
}

/// What is to be said besides the table.
void print_words(const Session& session, const feeds::Discovery& found, const std::string& name) {
    std::ostream& err = session.terminal.err;
    const std::string page = found.page_title.empty() ? printable(name)
                                                      : "'" + printable(found.page_title, 100) +
                                                            "' (" + printable(name) + ")";
    if (found.feeds.empty()) {
        err << "wirewatch: " << page << " links to no feed"
            << (is_address(name) ? ", and there is none where feeds usually stand" : "") << '\n';
    } else if (found.feeds.front().found_by == FoundBy::address) {
        err << printable(name) << " is a feed itself\n";
    } else if (found.feeds.front().found_by == FoundBy::guess) {
        err << page << " links to nothing that is a feed; found where feeds usually stand\n";
    }
    if (found.untried > 0) {
        err << found.untried << " further links of the page were not tried\n";
    }
}

int discover_command(const Session& session, const DiscoverArguments& arguments) {
    const bool on_the_web = is_address(arguments.document);
    Result<feeds::Discovery> found;
    std::string name = arguments.document == "-" ? "standard input" : arguments.document;
    if (on_the_web) {
        const auto options = web_options(session);
        if (!options) {
            return options.error();
        }
        const std::string url = feeds::without_feed_scheme(arguments.document);
        name = shown_url(url);
        found = discover_on_the_web(session, url, arguments.allow_private, *options);
    } else {
        found = discover_in_file(arguments);
    }
    if (!found) {
        return report(session, std::move(found.error()).with(name));
    }
    if (arguments.json) {
        print_json(session.terminal.out, found->feeds);
    } else if (!found->feeds.empty()) {
        print_found(session.terminal, found->feeds);
    }
    print_words(session, *found, name);
    const bool any = std::any_of(found->feeds.begin(), found->feeds.end(),
                                 [&](const auto& feed) { return feed.verified || !on_the_web; });
    return any ? kOk : kFailed;
}

}  // namespace

void add_allow_private(CLI::App& command, std::vector<std::string>& networks) {
    command
        .add_option("--allow-private", networks,
                    "an address or network, like 10.0.0.7 or 10.1.0.0/16, that may be fetched from "
                    "although it is not public; may be given several times")
        ->type_name("ADDRESS")
        ->take_all()
        ->allow_extra_args(false)  // one for each: what follows is the address
        ->check([](const std::string& text) {
            const auto network = feeds::parse_ip_network(text);
            return network ? std::string{} : network.error().text;
        });
}

void print_found(const Terminal& terminal, const std::vector<FoundFeed>& found) {
    constexpr std::size_t kTitleColumns = 32;
    Table table{{"TITLE", "FORMAT", "ARTICLES", "NEWEST", "STATE", "URL"}};
    for (const FoundFeed& feed : found) {
        table.add({cut_to_columns(printable(feed.title), kTitleColumns), feed.format,
                   feed.verified ? std::to_string(feed.articles) : "", local_time(feed.newest, "-"),
                   state_of(feed), feed.url});
    }
    table.print(terminal);
    for (const FoundFeed& feed : found) {
        if (!feed.problem.empty()) {
            terminal.err << printable(feed.url) << ": " << printable(feed.problem) << '\n';
        }
    }
}

std::function<void(const std::string&)> progress_on(const Terminal& terminal) {
    if (terminal.width == 0) {
        return {};
    }
    return [&terminal](const std::string& url) {
        const std::string words = "looking at " + printable(shown_url(url));
        terminal.err << "\r\033[K" << cut_to_columns(words, terminal.width - 1) << std::flush;
    };
}

void end_progress(const Terminal& terminal) {
    if (terminal.width > 0) {
        terminal.err << "\r\033[K" << std::flush;
    }
}

void add_feeds_discover(CLI::App& feeds, Session& session, Run& run) {
    auto* command = feeds.add_subcommand(
        "discover", "finds the feeds of a page: those it links to, else at the usual places");
    auto arguments = std::make_shared<DiscoverArguments>();
    command->footer(
        "Example: wirewatch feeds discover https://www.dawn.com/\n"
        "At most 20 addresses are fetched, one after another. The links of a file are only "
        "listed.\n"
        "Exit code 1 where there is no feed.");
    command->add_option("PAGE", arguments->document, "a URL, a file, or - for standard input")
        ->required();
    command
        ->add_option("--base-url", arguments->base_url,
                     "where a file came from: relative links hang on it")
        ->type_name("URL");
    add_allow_private(*command, arguments->allow_private);
    command->add_flag("--json", arguments->json, "as JSON");
    command->callback([&session, &run, arguments] {
        run = [&session, arguments] { return discover_command(session, *arguments); };
    });
}

}  // namespace wirewatch::review
