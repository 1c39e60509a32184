// SPDX-License-Identifier: MIT
#include "feeds/scheduler.hpp"

#include "feeds/address.hpp"
#include "feeds/file_source.hpp"
#include "feeds/moves.hpp"
#include "feeds/pacing.hpp"

#include <algorithm>
#include <set>
#include <unordered_map>
#include <utility>

namespace wirewatch::feeds {

namespace {

using std::chrono::milliseconds;

// Ordered by time, then name, so that equal times come in the same order everywhere.
using Slot = std::pair<Instant, std::string>;

// One server, whose requests are counted together.
struct Host {
    std::set<Slot> waiting;  // ids of feeds, by due time
    std::size_t in_flight = 0;
    Instant next_start = Instant::min();  // the last start and the spacing
    Instant paused_until = Instant::min();
    std::optional<Instant> turn;  // where it stands in Impl::turns; none: not there
};

// A feed that was adopted and is polled.
struct Polled {
    std::string url;   // where it is polled
    std::string host;  // of the url
    QuietTimes quiet;
    std::optional<Instant> told;     // next_due as it was told last
    std::optional<Instant> waiting;  // when it is due; none: in flight
    bool wanted = false;             // refresh(): its quiet times do not count
};

struct Flight {
    std::string host;     // the one that was asked, whatever adopt() has said since
    bool adopted = true;  // false: forgotten when it finishes
};

std::string host_of(std::string_view url) {
    const auto address = address_of(url);
    return address ? address->host : std::string{url};  // the fetcher will say what is wrong
}

// next_due, were it told by the clock of today: one that has been set back since the feed was
// polled would keep it waiting.
std::optional<Instant> due_of(const FeedState& state, Instant now) {
    if (state.next_due && state.last_attempt && *state.last_attempt > now) {
        return *state.next_due - (*state.last_attempt - now);
    }
    return state.next_due;
}

// Ids, the longest overdue first; those of equal age in the order that they came in.
std::vector<std::string> in_order(std::vector<Slot> slots) {
    std::stable_sort(slots.begin(), slots.end(),
                     [](const Slot& a, const Slot& b) { return a.first < b.first; });
    std::vector<std::string> ids;
    ids.reserve(slots.size());
    for (Slot& slot : slots) {
        ids.push_back(std::move(slot.second));
    }
    return ids;
}

}  // namespace

struct Scheduler::Impl {
    SchedulerOptions options;
    std::unordered_map<std::string, Polled> feeds;    // by id
    std::unordered_map<std::string, Flight> flights;  // by id
    std::unordered_map<std::string, Host> hosts;      // by name
    std::set<Slot> turns;  // hosts that have a feed waiting and room for it, by when they may start

    void wait_for(const std::string& feed_id, Instant due) {
        Polled& feed = feeds.at(feed_id);
        feed.waiting = due;
        hosts[feed.host].waiting.emplace(due, feed_id);
        place(feed.host);
    }

    // Puts a host where it now belongs in `turns`.
    void place(const std::string& name) {
        Host& host = hosts.at(name);
        if (host.turn) {
            turns.erase({*host.turn, name});
            host.turn.reset();
        }
        if (!host.waiting.empty() && host.in_flight < options.max_per_host) {
            host.turn = std::max({host.waiting.begin()->first, host.next_start, host.paused_until});
            turns.emplace(*host.turn, name);
        }
    }

    // The first feed of a host, unless its quiet times have begun while it waited.
    std::optional<std::string> start_first_of(const std::string& name, Instant now) {
        Host& host = hosts.at(name);
        std::string feed_id = std::move(host.waiting.extract(host.waiting.begin()).value().second);
        Polled& feed = feeds.at(feed_id);
        feed.waiting.reset();
        if (!std::exchange(feed.wanted, false) && feed.quiet.covers(now)) {
            wait_for(feed_id, feed.quiet.end(now));
            return std::nullopt;
        }
        ++host.in_flight;
        if (!is_file_url(name)) {  // nobody is disturbed by a read of this machine's own files
            host.next_start = now + options.host_spacing;
        }
        flights.emplace(feed_id, Flight{.host = name});
        place(name);
        return feed_id;
    }

    // Makes them due one after the other, in this order.
    void spread(const std::vector<std::string>& feed_ids, Instant now) {
        const auto count =
            static_cast<milliseconds::rep>(std::max<std::size_t>(feed_ids.size(), 1));
        const milliseconds step = std::min(options.spread_step, options.spread_over / count);
        Instant due = now;
        for (const std::string& id : feed_ids) {
            wait_for(id, due);
            due += step;
        }
    }

    // Forgets every feed but those in flight; of a host, what it asked for.
    std::unordered_map<std::string, Polled> clear(Instant now) {
        turns.clear();
        std::erase_if(hosts, [now](const auto& named) {
            const Host& host = named.second;
            return host.in_flight == 0 && host.next_start <= now && host.paused_until <= now;
        });
        for (auto& [name, host] : hosts) {
            host.waiting.clear();
            host.turn.reset();
        }
        for (auto& [id, flight] : flights) {
            flight.adopted = false;
        }
        return std::exchange(feeds, {});
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
    const auto former = impl_->clear(now);
    const FeedState unknown;
    std::vector<Slot> at_once;
    for (const Feed& feed : feeds) {
        const auto found = state_of.find(feed.id);
        const FeedState& state = found == state_of.end() ? unknown : *found->second;
        const bool known = state.url == feed.url;
        if (!feed.enabled || state.paused || (known && state.stopped)) {
            continue;
        }
        Polled polled{.url = poll_url(feed, state)};
        polled.host = host_of(polled.url);
        if (known) {
            polled.quiet = quiet_times(state);
            polled.told = state.next_due;
        }
        const auto before = former.find(feed.id);
        const bool waits_already = before != former.end() && before->second.waiting &&
                                   before->second.url == polled.url &&
                                   before->second.told == polled.told;
        const Instant due = waits_already ? *before->second.waiting
                            : known       ? due_of(state, now).value_or(now)
                                          : now;
        impl_->feeds.emplace(feed.id, std::move(polled));
        if (const auto flight = impl_->flights.find(feed.id); flight != impl_->flights.end()) {
            flight->second.adopted = true;
        } else if (waits_already || due > now) {
            impl_->wait_for(feed.id, due);
        } else {
            at_once.emplace_back(due, feed.id);
        }
    }
    impl_->spread(in_order(std::move(at_once)), now);
}

std::vector<std::string> Scheduler::take_due(Instant now) {
    std::vector<std::string> due;
    while (in_flight() < impl_->options.max_in_flight && !impl_->turns.empty() &&
           impl_->turns.begin()->first <= now) {
        const std::string host = impl_->turns.begin()->second;  // a copy: the turn moves
        if (auto started = impl_->start_first_of(host, now)) {
            due.push_back(std::move(*started));
        }
    }
    return due;
}

void Scheduler::finished(std::string_view feed_id, std::optional<Instant> next_due,
                         const QuietTimes& quiet) {
    const std::string id{feed_id};
    const auto flight = impl_->flights.extract(id);
    if (flight.empty()) {
        return;
    }
    const std::string& asked = flight.mapped().host;
    --impl_->hosts.at(asked).in_flight;
    impl_->place(asked);
    if (!flight.mapped().adopted) {
        return;
    }
    Polled& feed = impl_->feeds.at(id);
    feed.quiet = quiet;
    feed.told = next_due;
    if (next_due) {
        impl_->wait_for(id, *next_due);
    }
}

void Scheduler::moved(std::string_view feed_id, std::string_view url) {
    const std::string id{feed_id};
    const auto found = impl_->feeds.find(id);
    if (found == impl_->feeds.end()) {
        return;
    }
    Polled& feed = found->second;
    const std::string former = std::exchange(feed.host, host_of(url));
    feed.url = url;
    if (feed.waiting) {
        impl_->hosts.at(former).waiting.erase({*feed.waiting, id});
        impl_->place(former);
        impl_->wait_for(id, *feed.waiting);
    }
}

bool Scheduler::refresh(std::string_view feed_id, Instant now) {
    const std::string id{feed_id};
    const auto found = impl_->feeds.find(id);
    if (found == impl_->feeds.end() || !found->second.waiting) {
        return false;
    }
    Polled& feed = found->second;
    impl_->hosts.at(feed.host).waiting.erase({*feed.waiting, id});
    feed.wanted = true;
    impl_->wait_for(id, std::min(*feed.waiting, now));
    return true;
}

std::vector<std::string> Scheduler::pause_host(std::string_view url, Instant until) {
    const auto found = impl_->hosts.find(host_of(url));
    std::vector<std::string> concerned;
    if (found == impl_->hosts.end()) {
        return concerned;
    }
    auto& [name, host] = *found;
    host.paused_until = std::max(host.paused_until, until);
    for (const auto& [due, feed_id] : host.waiting) {
        std::optional<Instant>& told = impl_->feeds.at(feed_id).told;
        if (!told || *told < host.paused_until) {
            told = host.paused_until;
            concerned.push_back(feed_id);
        }
    }
    for (const auto& [feed_id, flight] : impl_->flights) {
        if (flight.host == name) {
            concerned.push_back(feed_id);
        }
    }
    impl_->place(name);
    return concerned;
}

std::optional<Instant> Scheduler::host_paused_until(std::string_view url) const {
    const auto found = impl_->hosts.find(host_of(url));
    return found == impl_->hosts.end() || found->second.paused_until == Instant::min()
               ? std::nullopt
               : std::optional{found->second.paused_until};
}

void Scheduler::clock_jumped(milliseconds by, Instant now) {
    std::vector<Slot> overtaken;
    for (auto& [name, host] : impl_->hosts) {
        if (host.next_start != Instant::min()) {
            host.next_start += by;  // a second lasts as long as ever
        }
        if (by < milliseconds{0} && host.paused_until != Instant::min()) {
            host.paused_until += by;
        }
        for (const Slot& slot : std::exchange(host.waiting, {})) {
            if (by < milliseconds{0}) {
                host.waiting.emplace(slot.first + by, slot.second);
                impl_->feeds.at(slot.second).waiting = slot.first + by;
            } else if (slot.first <= now && slot.first > now - by) {
                overtaken.push_back(slot);
            } else {
                host.waiting.insert(slot);
            }
        }
        impl_->place(name);
    }
    impl_->spread(in_order(std::move(overtaken)), now);
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
