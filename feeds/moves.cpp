// SPDX-License-Identifier: MIT
#include "feeds/moves.hpp"

#include "feeds/address.hpp"

#include <algorithm>
#include <chrono>
#include <utility>

namespace wirewatch::feeds {

namespace {

// Both: fetching.md, "moved".
constexpr int kTimesSeen = 3;
constexpr std::chrono::hours kSeenFor{24};

constexpr std::size_t kMaxUrlBytes = 2048;  // longer ones are for one visit; our choice

bool is_permanent(const Redirect& hop) {
    return hop.status == 301 || hop.status == 308;
}

// Whether what only `from` may see may go to `to` as well.
bool same_server(const Address& from, const Address& to) {
    const bool upgraded =
        from.scheme == "http" && from.port == "80" && to.scheme == "https" && to.port == "443";
    return to.host == from.host && (to.port == from.port || upgraded);
}

// The target that all of `response` speaks for; empty: none.
std::string lasting_target(const Feed& feed, const FeedState& state, const Response& response) {
    const std::vector<Redirect>& hops = response.redirects;
    if (hops.empty() || !std::all_of(hops.begin(), hops.end(), is_permanent)) {
        return {};
    }
    const auto from = address_of(poll_url(feed, state));
    if (!from) {
        return {};
    }
    const bool tied_to_host = feed.credentials || !feed.headers.empty();
    for (const Redirect& hop : hops) {
        const auto to = address_of(hop.to);
        if (!to || hop.to.size() > kMaxUrlBytes ||
            (from->scheme == "https" && to->scheme != "https") ||
            (tied_to_host && !same_server(*from, *to))) {
            return {};
        }
    }
    return hops.back().to == poll_url(feed, state) ? std::string{} : hops.back().to;
}

}  // namespace

const std::string& poll_url(const Feed& feed, const FeedState& state) {
    return state.url == feed.url && !state.moved_to.empty() ? state.moved_to : feed.url;
}

std::optional<FeedMove> note_redirects(const Feed& feed, FeedState& state, const Response& response,
                                       Instant now) {
    std::string target = lasting_target(feed, state, response);
    if (target.empty()) {
        forget_redirects(state);
        return std::nullopt;
    }
    if (target != state.moving_to) {
        state.moving_to = std::move(target);
        state.moving_seen = 1;
        state.moving_since = now;
        return std::nullopt;
    }
    ++state.moving_seen;
    if (state.moving_seen < kTimesSeen || now - state.moving_since.value_or(now) < kSeenFor) {
        return std::nullopt;
    }
    FeedMove move{.from = poll_url(feed, state), .to = state.moving_to};
    state.moved_to = move.to == feed.url ? std::string{} : move.to;
    forget_redirects(state);
    return move;
}

void forget_redirects(FeedState& state) {
    state.moving_to.clear();
    state.moving_seen = 0;
    state.moving_since.reset();
}

}  // namespace wirewatch::feeds
