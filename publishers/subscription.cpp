// SPDX-License-Identifier: MIT
#include "publishers/subscription.hpp"

#include "base/id.hpp"
#include "base/printable.hpp"

#include <algorithm>
#include <utility>

namespace wirewatch::publishers {

Result<Subscription> Subscription::of(std::vector<std::string> rules, FeedEvents feed_events) {
    for (const std::string& rule : rules) {
        if (!is_id(rule)) {
            return fail(Errc::invalid, "'" + printable(rule, 100) +
                                           "' is no rule id; one has 1 to 64 of a-z, 0-9, '.', "
                                           "'_' and '-'");
        }
    }
    std::sort(rules.begin(), rules.end());
    rules.erase(std::unique(rules.begin(), rules.end()), rules.end());
    return Subscription{std::move(rules), feed_events};
}

Subscription::Subscription(std::vector<std::string> rules, FeedEvents feed_events)
    : rules_{std::move(rules)}, feed_events_{feed_events} {}

std::vector<std::string> Subscription::prefixes() const {
    std::vector<std::string> prefixes = topics();
    if (to_all() && feed_events_ == FeedEvents::leave) {
        prefixes.emplace_back(kFeeds);  // seq counts them too: without them each would be a gap
    }
    prefixes.emplace_back(kHeartbeat);
    // The last, also at a reconnect, where ZeroMQ sends subscriptions in order of their bytes: when
    // the welcome comes, all others hold.
    prefixes.emplace_back(kWelcome);
    return prefixes;
}

std::string Subscription::subtree() const {
    if (to_one()) {
        return alert_topic(rules_.front());
    }
    return to_all() || feed_events_ == FeedEvents::tell ? std::string{} : std::string{kAlerts};
}

std::vector<std::string> Subscription::topics() const {
    std::vector<std::string> topics;
    for (const std::string& rule : rules_) {
        topics.push_back(alert_topic(rule));
    }
    if (to_all()) {
        topics.emplace_back(kAlerts);
    }
    if (feed_events_ == FeedEvents::tell) {
        topics.emplace_back(kFeeds);
    }
    return topics;
}

bool Subscription::wants(std::string_view topic) const {
    if (feed_of(topic)) {
        return feed_events_ == FeedEvents::tell;
    }
    const auto rule = rule_of(topic);
    return rule && (to_all() || std::binary_search(rules_.begin(), rules_.end(), *rule));
}

}  // namespace wirewatch::publishers
