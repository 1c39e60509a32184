// SPDX-License-Identifier: MIT
#include "daemon/config_lists.hpp"

#include "base/id.hpp"
#include "base/printable.hpp"
#include "daemon/config_polling.hpp"
#include "feeds/address.hpp"
#include "feeds/file_source.hpp"

#include <algorithm>
#include <utility>

namespace wirewatch::daemon {

namespace {

constexpr std::size_t kMaxFeeds = 100'000;  // our choice
constexpr std::chrono::milliseconds kShortestBackfill = std::chrono::minutes{1};
constexpr std::chrono::milliseconds kLongestBackfill = std::chrono::days{36'500};

bool is_web_address(std::string_view url) {
    return (url.starts_with("http://") && url.size() > 7) ||
           (url.starts_with("https://") && url.size() > 8);
}

/// "https://me:secret@example.org/": what stands before an @ in front of the path.
bool names_a_user(std::string_view url) {
    const std::string_view rest = url.substr(url.find("://") + 3);
    return rest.substr(0, rest.find_first_of("/?#\\")).find('@') != std::string_view::npos;
}

/// What is wrong with a file:// URL, behind the feed's name; empty: nothing.
std::string file_problem(const Feed& feed, const std::vector<std::string>& roots) {
    const auto path = feeds::path_of_file_url(feed.url);
    if (!path) {
        return ": " + path.error().text;
    }
    if (!feeds::root_of(*path, roots)) {
        return ": '" + printable(*path, 200) +
               "' is in none of the directories that file:// feeds may be in; add its directory: "
               "file_roots = [\"…\"] under [fetch]";
    }
    return {};
}

/// The same of a web feed's.
std::string web_problem(const Feed& feed) {
    if (const auto address = feeds::address_of(feed.url); !address) {
        return ": " + address.error().text;
    }
    return names_a_user(feed.url) ? " has a user name in its url, which alerts and logs would "
                                    "show; write 'user' and 'password_file' instead"
                                  : "";
}

/// The id of a [[feed]] or [[rule]]; empty, after a complaint, where it is missing or wrong.
std::string read_id(TomlTable& table, std::string_view kind) {
    const std::string id = table.string("id");
    if (is_id(id)) {
        return id;
    }
    const std::string what = id.empty() ? "this " + std::string{kind} + " has no 'id'"
                                        : "'" + printable(id, 80) + "' is no id";
    table.complain(
        "id", what + "; write one of a-z, 0-9, '.', '_' and '-', at most 64 of them, like id = \"" +
                  (kind == "feed" ? "voa-world" : "pakistan-russia") + "\"");
    return {};
}

void read_feed(TomlTable table, Lists& lists) {
    Feed feed;
    feed.id = read_id(table, "feed");
    feed.url = table.string("url");
    feed.title = table.string("title");
    feed.tags = table.strings("tags");
    feed.language = table.string("language");
    feed.enabled = table.boolean("enabled", true);
    if (const auto interval = read_interval(table, "interval")) {
        feed.interval = interval->fixed;
        feed.adaptive = !interval->fixed;
    }
    feed.respect_ttl = table.boolean("respect_ttl", true);
    feed.identity =
        static_cast<Identity>(table.choice("identity", 0, {"auto", "id", "url", "title"}));
    read_access(table, lists.access, feed);
    table.unknown_keys();

    if (feed.id.empty()) {
        return;
    }
    const bool is_file = feeds::is_file_url(feed.url);
    if (!is_file && !is_web_address(feed.url)) {
        table.complain(
            "url",
            "feed '" + feed.id + "' has " +
                (feed.url.empty() ? "no 'url'" : "the url '" + printable(feed.url, 200) + "'") +
                "; write one that begins with https:// or http://");
        return;
    }
    if (const std::string problem =
            is_file ? file_problem(feed, lists.file_roots) : web_problem(feed);
        !problem.empty()) {
        table.complain("url", "feed '" + feed.id + "'" + problem);
        return;
    }
    if (!lists.feed_ids.insert(feed.id).second) {
        table.complain(
            "id", "there are two feeds with the id '" + feed.id + "'; give one of them another");
        return;
    }
    lists.feeds.push_back(std::move(feed));
}

void read_rule(TomlTable table, Lists& lists, bool stemming) {
    Rule rule;
    rule.id = read_id(table, "rule");
    rule.title = table.string("title");
    rule.severity =
        static_cast<Severity>(table.choice("severity", static_cast<std::size_t>(Severity::normal),
                                           {"low", "normal", "high", "critical"}));
    rule.tags = table.strings("tags");
    rule.feeds = table.strings("feeds");
    rule.enabled = table.boolean("enabled", true);
    rule.stemming = table.boolean("stemming", stemming);
    if (table.has("backfill")) {
        rule.backfill =
            table.duration("backfill", kShortestBackfill, kShortestBackfill, kLongestBackfill);
    }
    const auto query = table.placed_text("query");
    if (!query && !table.has("query")) {
        table.complain("query", "rule '" + rule.id +
                                    "' has no 'query'; write what it looks for, like "
                                    "query = 'pakistan AND russia'");
    }
    table.unknown_keys();
    if (rule.id.empty() || !query) {
        return;
    }
    rule.query = query->text;
    rule.at = query->at;
    rule.bends = query->bends;
    rule.title = rule.title.empty() ? rule.id : rule.title;
    lists.rules.push_back(std::move(rule));
}

}  // namespace

void read_feeds(TomlTable& root, Lists& lists) {
    auto tables = root.tables("feed");
    if (tables.size() > kMaxFeeds) {
        root.complain("feed", "more than 100,000 feeds");
        return;
    }
    for (TomlTable& table : tables) {
        read_feed(std::move(table), lists);
    }
}

void read_sets(TomlTable& root, Lists& lists) {
    for (auto& [name, query] : root.table("sets").named_texts()) {
        lists.sets.push_back(
            {std::move(name), std::move(query.text), std::move(query.at), std::move(query.bends)});
    }
}

void read_rules(TomlTable& root, Lists& lists) {
    const bool stemming = root.boolean("stemming", true);  // for all rules of this file
    for (TomlTable& table : root.tables("rule")) {
        read_rule(std::move(table), lists, stemming);
    }
}

}  // namespace wirewatch::daemon
