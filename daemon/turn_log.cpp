// SPDX-License-Identifier: MIT
#include "daemon/turn_log.hpp"

#include "daemon/log.hpp"

#include <cstddef>
#include <string>

#include <spdlog/spdlog.h>

namespace wirewatch::daemon {

namespace {

void log_health(const FeedState& former, const FeedState& state) {
    if (state.stopped && !former.stopped) {
        spdlog::error(about_feed(state.feed_id, state.error ? state.error->text : "stopped"));
    } else if (state.error && !former.error) {
        spdlog::warn(about_feed(state.feed_id, state.error->text));
    } else if (!state.error && former.error) {
        spdlog::info(
            about_feed(state.feed_id, "is well again, after " + std::to_string(former.failures) +
                                          (former.failures == 1 ? " failure" : " failures")));
    }
}

void log_articles(const FeedState& former, const history::Turn& turn) {
    std::size_t kept = 0;
    std::size_t hits = 0;
    for (const history::MatchedArticle& matched : turn.articles) {
        hits += matched.hits.size();
        kept += matched.announce == history::Announce::keep ? matched.hits.size() : 0;
    }
    if (!former.last_success && turn.state.last_success) {
        std::string words = "first poll: " + std::to_string(turn.articles.size()) + " articles, " +
                            std::to_string(hits) + " hits";
        if (kept > 0) {
            words += ", of which " + std::to_string(kept) +
                     " in articles older than first_poll_window: in the history, without alerts";
        }
        spdlog::info(about_feed(turn.state.feed_id, words));
    } else if (!turn.articles.empty()) {
        spdlog::debug(about_feed(turn.state.feed_id, std::to_string(turn.articles.size()) +
                                                         " new or revised articles, " +
                                                         std::to_string(hits) + " hits"));
    }
}

}  // namespace

void log_turn(const FeedState& former, const history::Turn& turn) {
    log_health(former, turn.state);
    log_articles(former, turn);
}

}  // namespace wirewatch::daemon
