// SPDX-License-Identifier: MIT
#include "daemon/feed_turn.hpp"

#include "feeds/dates.hpp"
#include "feeds/http_policy.hpp"
#include "feeds/identity.hpp"
#include "feeds/parser.hpp"

#include <set>
#include <string>
#include <utility>
#include <vector>

namespace wirewatch::daemon {

namespace {

/// On the first poll of a feed its back numbers arrive all at once: kept, but no news.
history::Announce announce(const Article& article, bool first_poll, Instant oldest_news) {
    const auto date = article.published ? article.published : article.updated;
    const bool old = date && *date < oldest_news;
    return first_poll && old ? history::Announce::keep : history::Announce::alert;
}

history::MatchedArticle match(const rules::RuleSet& rules, const Feed& feed, Article article) {
    history::MatchedArticle matched;
    for (rules::Match& match : rules.match(article, feed)) {
        matched.hits.push_back({*match.rule, std::move(match.hit)});
    }
    matched.article = std::move(article);
    return matched;
}

/// The identity of the feed's articles. An article that breaks off has no say in it, and is left
/// out where it could come back under another key, as news once more: the next poll may bring it
/// whole.
Identity settle_identity(feeds::ParsedFeed& parsed, Identity configured, Identity former) {
    std::vector<Article>& articles = parsed.articles;
    if (!parsed.last_is_unfinished) {
        return feeds::choose_identity(articles, configured, former);
    }
    Article unfinished = std::move(articles.back());
    articles.pop_back();
    const Identity identity = feeds::choose_identity(articles, configured, former);
    if (feeds::keeps_its_key(unfinished, identity)) {
        articles.push_back(std::move(unfinished));
    }
    return identity == Identity::automatic ? feeds::choose_identity(articles, configured, former)
                                           : identity;
}

using Known = std::set<std::pair<std::string, std::string>>;  // url and title

/// Where the feed's identity has just changed, all its keys have. The articles that history knows
/// by their former keys, unchanged: stored anew, but matched no second time.
Result<Known> known_by_former_key(const std::vector<Article>& articles, const FeedState& former,
                                  Identity now, const history::Writer& writer) {
    Known known;
    if (former.identity == Identity::automatic || former.identity == now) {
        return known;
    }
    for (const Article& article : articles) {
        std::vector<Article> alone{article};  // beside the others it could count as a repeat
        feeds::assign_keys(alone, former.feed_id, former.identity);
        const auto unseen = writer.unseen(std::move(alone));
        if (!unseen) {
            return tl::unexpected{unseen.error()};
        }
        if (unseen->empty()) {
            known.emplace(article.url, article.title);
        }
    }
    return known;
}

}  // namespace

Result<history::Turn> read_turn(const Plan& plan, const Feed& feed, const FeedState& former,
                                const feeds::FetchResult& result, const history::Writer& writer,
                                Instant now) {
    const Config& config = plan.config;
    feeds::Outcome outcome = feeds::judge(feed, former, result, now, config.poll);
    history::Turn turn;
    if (outcome.verdict != feeds::Verdict::parse) {
        turn.state = std::move(outcome.state);
        return turn;
    }

    const feeds::Response& response = *result.response;
    feeds::ParseLimits limits = config.parse;
    limits.latest_guess = now + feeds::kMaxGuessAhead;
    auto parsed = feeds::parse_feed(response.body, {response.content_type, response.final_url},
                                    limits, feeds::Markup::dropped);
    if (!parsed) {
        turn.state = feeds::unreadable(feed, former, std::move(outcome.state),
                                       std::move(parsed.error()), now, config.poll);
        return turn;
    }

    turn.state = parsed->cut_off ? feeds::half_read(feed, former, std::move(outcome.state))
                                 : std::move(outcome.state);
    turn.state.title = feed.title.empty() ? parsed->title : feed.title;
    turn.state.identity = settle_identity(*parsed, feed.identity, former.identity);
    const auto known = known_by_former_key(parsed->articles, former, turn.state.identity, writer);
    if (!known) {
        return tl::unexpected{known.error()};
    }
    feeds::assign_keys(parsed->articles, feed.id, turn.state.identity);

    auto unseen = writer.unseen(std::move(parsed->articles));
    if (!unseen) {
        return fail(std::move(unseen));
    }
    const bool first_poll = !former.last_success;
    for (Article& article : *unseen) {
        if (known->contains({article.url, article.title})) {
            turn.articles.push_back({.article = std::move(article)});
            continue;
        }
        const auto announced = announce(article, first_poll, now - config.first_poll_window);
        turn.articles.push_back(match(plan.rules, feed, std::move(article)));
        turn.articles.back().announce = announced;
    }
    return turn;
}

}  // namespace wirewatch::daemon
