// SPDX-License-Identifier: MIT
#include "daemon/feed_turn.hpp"

#include "feeds/dates.hpp"
#include "feeds/documents.hpp"
#include "feeds/http_policy.hpp"
#include "feeds/identity.hpp"
#include "rules/language.hpp"
#include "rules/stem_beginning.hpp"

#include <algorithm>
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

/// The article as search will want to know it.
history::MatchedArticle as_read(const Feed& feed, Article article) {
    history::MatchedArticle read;
    read.language = rules::language_of(article, feed);
    read.stems =
        rules::stems_begin_alike(read.language) ? history::Stems::alike : history::Stems::anyhow;
    read.address = feeds::canonical_url(article.url);
    read.article = std::move(article);
    return read;
}

history::MatchedArticle match(const TurnContext& desk, const Feed& feed, Article article) {
    history::MatchedArticle matched = as_read(feed, std::move(article));
    for (rules::Match& match : desk.matcher.match(matched.article, feed)) {
        matched.hits.push_back({*match.rule, std::move(match.hit)});
    }
    const auto troubles = desk.matcher.take_troubles();
    if (desk.troubles != nullptr) {
        desk.troubles->tell(troubles, matched.article);
    }
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
        if (unseen->articles.empty()) {
            known.emplace(article.url, article.title);
        }
    }
    return known;
}

/// What the document holds, beside what history holds.
struct Compared {
    history::Unseen unseen;
    Known known;
    Identity identity = Identity::automatic;

    /// How much of it earlier reads had brought, under whatever key.
    [[nodiscard]] feeds::ReadCounts counts() const {
        const auto of_former_key = std::count_if(
            unseen.articles.begin(), unseen.articles.end(), [this](const Article& article) {
                return known.contains({article.url, article.title});
            });
        return {.articles = unseen.different,
                .seen_before = unseen.known + static_cast<std::size_t>(of_former_key)};
    }
};

Result<Compared> compare(feeds::ParsedFeed& parsed, const Feed& feed, const FeedState& former,
                         const history::Writer& writer) {
    Compared compared;
    compared.identity = settle_identity(parsed, feed.identity, former.identity);
    std::vector<Article>& articles = parsed.articles;
    auto known = known_by_former_key(articles, former, compared.identity, writer);
    if (!known) {
        return fail(std::move(known));
    }
    compared.known = std::move(*known);
    feeds::assign_keys(articles, feed.id, compared.identity);
    auto unseen = writer.unseen(std::move(articles));
    if (!unseen) {
        return fail(std::move(unseen));
    }
    compared.unseen = std::move(*unseen);
    return compared;
}

/// Alerts go out as the news came: by the dates where all have one, else from the end of the
/// document, since feeds put the newest first.
void put_oldest_first(std::vector<Article>& articles) {
    std::reverse(articles.begin(), articles.end());
    const bool dated = std::all_of(articles.begin(), articles.end(), [](const Article& article) {
        return article.published.has_value();
    });
    if (dated) {
        std::stable_sort(articles.begin(), articles.end(), [](const Article& a, const Article& b) {
            return *a.published < *b.published;
        });
    }
}

FeedTurn turn_of(feeds::Outcome outcome) {
    return {.turn = {.state = std::move(outcome.state),
                     .move = std::move(outcome.move),
                     .gap = outcome.gap},
            .pause = std::move(outcome.pause)};
}

}  // namespace

Result<FeedTurn> read_turn(const TurnContext& desk, const Feed& feed, const FeedState& former,
                           const feeds::FetchResult& result) {
    const Config& config = desk.plan.config;
    const feeds::PollContext poll{feed, desk.now, config.poll, desk.random};
    feeds::Outcome outcome = feeds::judge(poll, former, result);
    if (outcome.verdict != feeds::Verdict::parse) {
        return turn_of(std::move(outcome));
    }

    const feeds::Response& response = *result.response;
    feeds::ParseLimits limits = config.parse;
    limits.latest_guess = desk.now + feeds::kMaxGuessAhead;
    auto documents = feeds::read_documents(response, limits);
    if (!documents) {
        return turn_of(
            feeds::unreadable(poll, former, std::move(outcome), std::move(documents.error())));
    }
    feeds::ParsedFeed* const parsed = &documents->feed;
    auto compared = compare(*parsed, feed, former, desk.writer);
    if (!compared) {
        return fail(std::move(compared));
    }
    const bool whole = !parsed->cut_off && !documents->trouble;
    const feeds::Reading reading{
        .schedule = parsed->schedule,
        .counts = compared->counts(),
        .completeness = whole ? feeds::Completeness::whole : feeds::Completeness::cut_off};
    FeedTurn read = turn_of(feeds::read(poll, former, std::move(outcome), response, reading));
    history::Turn& turn = read.turn;
    if (documents->trouble) {
        // What could be read is kept; the next poll reads it all again.
        turn.state.failures = former.failures + 1;
        turn.state.error = std::move(documents->trouble);
    }
    turn.state.title = feed.title.empty() ? parsed->title : feed.title;
    turn.state.identity = compared->identity;

    const bool first_poll = !former.last_success;
    put_oldest_first(compared->unseen.articles);
    for (Article& article : compared->unseen.articles) {
        if (compared->known.contains({article.url, article.title})) {
            turn.articles.push_back(as_read(feed, std::move(article)));
            continue;
        }
        const auto announced = announce(article, first_poll, desk.now - config.first_poll_window);
        turn.articles.push_back(match(desk, feed, std::move(article)));
        turn.articles.back().announce = announced;
    }
    return read;
}

}  // namespace wirewatch::daemon
