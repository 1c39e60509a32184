// SPDX-License-Identifier: MIT
#include "feeds/scheduler.hpp"

#include "feeds/address.hpp"

#include <algorithm>
#include <set>
#include <unordered_map>
#include <utility>

namespace wirewatch::feeds {

namespace {

// Ordered by time, then name, so that equal times come in the same order everywhere.
using Slot = std::pair<Instant, std::string>;

// One server, whose requests are counted together.
struct Host {
    std::set<Slot> waiting;  // ids of feeds, by due time
    std::size_t in_flight = 0;
    std::optional<Instant> turn;  // where it stands in Impl::turns; none: not there
};

struct Flight {
    std::string host;     // the one that was asked, whatever adopt() has said since
    bool adopted = true;  // false: forgotten when it finishes
};

std::string host_of(const Feed& feed) {
    const auto address = address_of(feed.url);
    return address ? address->host : feed.url;  // the fetcher will say what is wrong with it
}

}  // namespace

struct Scheduler::Impl {
    SchedulerOptions options;
    std::unordered_map<std::string, std::string> host_of_feed;  // by id: the feeds adopted
    std::unordered_map<std::string, Flight> flights;            // by id
    std::unordered_map<std::string, Host> hosts;                // by name
    std::set<Slot> turns;  // hosts that have a feed waiting and room for it, by their first due

    void wait_at(const std::string& host, std::string feed_id, Instant due) {
        hosts[host].waiting.emplace(due, std::move(feed_id));
        place(host);
    }

    // Puts a host where it now belongs in `turns`, and drops it where nothing is left of it.
    void place(const std::string& name) {
        Host& host = hosts.at(name);
        if (host.turn) {
            turns.erase({*host.turn, name});
            host.turn.reset();
        }
        if (host.waiting.empty() && host.in_flight == 0) {
            hosts.erase(name);
        } else if (!host.waiting.empty() && host.in_flight < options.max_per_host) {
            host.turn = host.waiting.begin()->first;
            turns.emplace(*host.turn, name);
        }
    }

    std::string start_first_of(const std::string& name) {
        Host& host = hosts.at(name);
        std::string feed_id = std::move(host.waiting.extract(host.waiting.begin()).value().second);
        ++host.in_flight;
        flights.emplace(feed_id, Flight{.host = name});
        place(name);
        return feed_id;
    }

    // Forgets every feed but those in flight.
    void clear() {
        host_of_feed.clear();
        turns.clear();
        hosts.clear();
        for (auto& [id, flight] : flights) {
            flight.adopted = false;
            ++hosts[flight.host].in_flight;
        }
    }
};

Scheduler::Scheduler(SchedulerOptions options) : impl_{std::make_unique<Impl>()} {
    impl_->options = options;
}

Scheduler::~Scheduler() = default;
Scheduler::Scheduler(Scheduler&&) noexcept = default;
Scheduler& Scheduler::operator=(Scheduler&&) noexcept = default;

void Scheduler::adopt(const std::vector<Feed>& feeds, const std::vector<FeedState>& states,
                      Instant now) {
    std::unordered_map<std::string_view, const FeedState*> state_of;
    for (const FeedState& state : states) {
        state_of.emplace(state.feed_id, &state);
    }
    impl_->clear();
    for (const Feed& feed : feeds) {
        const auto found = state_of.find(feed.id);
        const bool known = found != state_of.end() && found->second->url == feed.url;
        const bool paused = found != state_of.end() && found->second->paused;
        if (!feed.enabled || paused || (known && found->second->stopped)) {
            continue;
        }
        const std::string host = host_of(feed);
        impl_->host_of_feed.emplace(feed.id, host);
        if (const auto flight = impl_->flights.find(feed.id); flight != impl_->flights.end()) {
            flight->second.adopted = true;
        } else {
            impl_->wait_at(host, feed.id, known ? found->second->next_due.value_or(now) : now);
        }
    }
}

std::vector<std::string> Scheduler::take_due(Instant now) {
    std::vector<std::string> due;
    while (in_flight() < impl_->options.max_in_flight && !impl_->turns.empty() &&
           impl_->turns.begin()->first <= now) {
        const std::string host = impl_->turns.begin()->second;  // a copy: the turn moves
        due.push_back(impl_->start_first_of(host));
    }
    return due;
}

void Scheduler::finished(std::string_view feed_id, std::optional<Instant> next_due) {
    const std::string id{feed_id};
    const auto flight = impl_->flights.extract(id);
    if (flight.empty()) {
        return;
    }
    const std::string& asked = flight.mapped().host;
    --impl_->hosts.at(asked).in_flight;
    impl_->place(asked);
    if (flight.mapped().adopted && next_due) {
        impl_->wait_at(impl_->host_of_feed.at(id), id, *next_due);
    }
}

bool Scheduler::refresh(std::string_view feed_id, Instant now) {
    const std::string id{feed_id};
    const auto named = impl_->host_of_feed.find(id);
    if (named == impl_->host_of_feed.end() || impl_->flights.contains(id)) {
        return false;
    }
    auto& waiting = impl_->hosts.at(named->second).waiting;
    const auto slot = std::find_if(waiting.begin(), waiting.end(),
                                   [&](const Slot& candidate) { return candidate.second == id; });
    if (slot == waiting.end()) {
        return false;
    }
    const Instant due = std::min(slot->first, now);
    waiting.erase(slot);
    impl_->wait_at(named->second, id, due);
    return true;
}

std::optional<Instant> Scheduler::next_due() const {
    if (in_flight() >= impl_->options.max_in_flight || impl_->turns.empty()) {
        return std::nullopt;
    }
    return impl_->turns.begin()->first;
}

std::size_t Scheduler::in_flight() const {
    return impl_->flights.size();
}

}  // namespace wirewatch::feeds
