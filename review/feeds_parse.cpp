// SPDX-License-Identifier: MIT
// wirewatch feeds parse: what wirewatch reads in a document.
#include "feeds/dates.hpp"
#include "feeds/discovery.hpp"
#include "feeds/feed_json.hpp"
#include "feeds/feed_scheme.hpp"
#include "feeds/fetch_document.hpp"
#include "feeds/parser.hpp"
#include "review/document.hpp"
#include "review/exit_code.hpp"
#include "review/feeds_commands.hpp"

#include <memory>
#include <ostream>
#include <string>
#include <utility>
#include <vector>

#include <CLI/CLI.hpp>

namespace wirewatch::review {

namespace {

struct ParseArguments {
    std::string document;
    std::string content_type;
    std::string base_url;
    std::vector<std::string> allow_private;
};

/// A document, what is known of it, and what it is called in messages.
struct Document {
    std::string bytes;
    std::string content_type;
    std::string base_url;
    std::string name;
    feeds::ParseLimits limits;
};

Result<Document> fetched(const ParseArguments& arguments, const WebOptions& options) {
    const std::string url = feeds::without_feed_scheme(arguments.document);
    Web web{options.fetch};
    auto response = feeds::fetch_document(web.fetcher(), url, arguments.allow_private);
    if (!response) {
        return fail(std::move(response), shown_url(url));
    }
    return Document{std::move(response->body), std::move(response->content_type),
                    std::move(response->final_url), shown_url(url), options.parse};
}

Result<Document> read(const std::string& file) {
    const feeds::ParseLimits limits;
    auto bytes = read_document(file, limits.max_bytes);
    if (!bytes) {
        return fail(std::move(bytes));
    }
    return Document{std::move(*bytes), {}, {}, file == "-" ? "standard input" : file, limits};
}

int parse_command(const Session& session, const ParseArguments& arguments) {
    const bool on_the_web = is_address(arguments.document);
    WebOptions options;
    if (on_the_web) {
        auto configured = web_options(session);
        if (!configured) {
            return configured.error();
        }
        options = std::move(*configured);
    }
    auto document = on_the_web ? fetched(arguments, options) : read(arguments.document);
    if (!document) {
        return report(session, document.error());
    }
    const feeds::DocumentSource source{
        arguments.content_type.empty() ? document->content_type : arguments.content_type,
        arguments.base_url.empty() ? document->base_url : arguments.base_url};
    document->limits.latest_guess = session.clock.now() + feeds::kMaxGuessAhead;
    const auto feed = feeds::parse_feed(document->bytes, source, document->limits);
    if (!feed) {
        const int code = report(session, Error{feed.error()}.with(document->name));
        const auto page = feeds::discover_in(document->bytes, source, document->limits);
        if (page && (on_the_web || !page->feeds.empty())) {
            session.terminal.err << "look for its feeds: wirewatch feeds discover "
                                 << shell_word(on_the_web ? document->name : arguments.document)
                                 << '\n';
        }
        return code;
    }
    session.terminal.out << feeds::to_json_feed(*feed);
    return kOk;
}

}  // namespace

void add_feeds_parse(CLI::App& feeds, Session& session, Run& run) {
    auto* command =
        feeds.add_subcommand("parse", "what wirewatch reads in a feed document, as JSON Feed 1.1");
    auto arguments = std::make_shared<ParseArguments>();
    command->footer(
        "Example: wirewatch feeds parse https://gulfnews.com/rss\n"
        "Example: wirewatch feeds parse saved-feed.xml --base-url https://gulfnews.com/\n"
        "Exit code 1 where it is no feed, with words that say what it is.");
    command->add_option("DOCUMENT", arguments->document, "a file, a URL, or - for standard input")
        ->required();
    command
        ->add_option("--content-type", arguments->content_type,
                     "what the server said it is; default for a URL: what it does say")
        ->type_name("TYPE");
    command
        ->add_option("--base-url", arguments->base_url,
                     "where it came from: relative links hang on it; default for a URL: where "
                     "its redirects end")
        ->type_name("URL");
    add_allow_private(*command, arguments->allow_private);
    command->callback([&session, &run, arguments] {
        run = [&session, arguments] { return parse_command(session, *arguments); };
    });
}

}  // namespace wirewatch::review
