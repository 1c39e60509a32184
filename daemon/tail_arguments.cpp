// SPDX-License-Identifier: MIT
#include "daemon/tail_arguments.hpp"

#include "daemon/config.hpp"
#include "daemon/curve_key_file.hpp"
#include "publishers/listen_address.hpp"
#include "review/exit_code.hpp"
#include "review/history_filters.hpp"

#include <utility>

namespace wirewatch::daemon {

namespace {

using publishers::Cursor;
using publishers::SubscriberOptions;

/// What the command line leaves open.
Result<> add_configured(const review::Session& session, SubscriberOptions& options,
                        std::string& key_file) {
    const auto file =
        session.config_file ? Result<std::filesystem::path>{*session.config_file} : find_config();
    const auto reading =
        file ? read_config(*file, {.secrets = SecretUse::leave}) : tl::unexpected{file.error()};
    if (!reading) {
        return tl::unexpected{reading.error()};
    }
    const Config& config = reading->config;
    review::print_unknown_rules(session, options.rules, config.rules);
    options.live = options.live.empty() ? config.zmq.live : options.live;
    options.replay = options.replay.empty() ? config.zmq.replay : options.replay;
    if (options.server_key.empty() && key_file.empty()) {
        options.server_key = config.tail.server_key;
        key_file = config.tail.key_file.string();
    }
    return {};
}

Result<> add_keys_of(const std::string& key_file, SubscriberOptions& options) {
    if (key_file.empty() != options.server_key.empty()) {
        return fail(Errc::invalid, "--key-file and --server-key go together");
    }
    if (key_file.empty()) {
        return {};
    }
    if (!publishers::is_curve_key(options.server_key)) {
        return fail(Errc::invalid,
                    "--server-key is no public CURVE key, which has 40 characters; it is in the "
                    ".public file of the daemon's pair");
    }
    auto keys = read_curve_keys(key_file);
    if (!keys) {
        return fail(std::move(keys), "the key file");
    }
    if (keys->secret_key == options.server_key) {
        return fail(Errc::invalid,
                    "the key file holds the daemon's public key, which is --server-key; the secret "
                    "half of your own pair is wanted ('wirewatch keys new' makes one)");
    }
    options.keys = std::move(*keys);
    return {};
}

/// The configuration says where the daemon listens.
Result<> reach(std::string& address) {
    auto reached = publishers::address_to_connect(address);
    if (!reached) {
        return fail(std::move(reached));
    }
    address = std::move(*reached);
    return {};
}

Result<> set_place(const TailArguments& arguments, SubscriberOptions& options) {
    if (arguments.since) {
        options.from = Cursor{{}, *arguments.since};
    }
    if (arguments.cursor_file.empty()) {
        return {};
    }
    auto saved = subscription(arguments).and_then([&](const publishers::Subscription& wanted) {
        return publishers::load_cursor(arguments.cursor_file, wanted.topics());
    });
    if (!saved) {
        return fail(std::move(saved));
    }
    if (*saved) {
        options.from = **saved;
    } else if (!options.from) {
        options.from = Cursor{};  // a new cursor starts at the beginning, so that nothing is missed
    }
    return {};
}

}  // namespace

Result<publishers::Subscription> subscription(const TailArguments& arguments) {
    return publishers::Subscription::of(arguments.rules, arguments.feeds
                                                             ? publishers::FeedEvents::tell
                                                             : publishers::FeedEvents::leave);
}

tl::expected<SubscriberOptions, int> subscriber_options(const review::Session& session,
                                                        const TailArguments& arguments) {
    SubscriberOptions options;
    options.rules = arguments.rules;
    options.feed_events =
        arguments.feeds ? publishers::FeedEvents::tell : publishers::FeedEvents::leave;
    options.live = arguments.live;
    options.replay = arguments.replay;
    options.server_key = arguments.server_key;
    std::string key_file = arguments.key_file;
    if (options.live.empty() || options.replay.empty()) {
        if (const auto added = add_configured(session, options, key_file); !added) {
            review::report(session, added.error());
            return tl::unexpected<int>{review::kBadConfiguration};
        }
    }
    auto ready = add_keys_of(key_file, options)
                     .and_then([&] { return reach(options.live); })
                     .and_then([&] { return reach(options.replay); })
                     .and_then([&] { return set_place(arguments, options); });
    if (!ready) {
        return tl::unexpected<int>{review::report(session, ready.error())};
    }
    return options;
}

}  // namespace wirewatch::daemon
