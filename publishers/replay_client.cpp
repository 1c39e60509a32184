// SPDX-License-Identifier: MIT
#include "publishers/replay_client.hpp"

#include <utility>

#include <zmq.h>

namespace wirewatch::publishers {

namespace {

Result<ZmqSocket> open_dealer(const ZmqContext& context, const ReplayPlace& place) {
    auto dealer = ZmqSocket::open(context, ZMQ_DEALER, std::chrono::milliseconds{0});
    if (!dealer) {
        return dealer;
    }
    const auto ready = place.keys ? dealer->use_curve(*place.keys, place.server_key) : Result<>{};
    auto connected = ready.and_then([&] { return dealer->connect(place.address); });
    if (!connected) {
        return fail(std::move(connected));
    }
    return dealer;
}

}  // namespace

Result<ReplayClient> ReplayClient::open(const ZmqContext& context, ReplayPlace place,
                                        std::string subtree) {
    return open_dealer(context, place).map([&](ZmqSocket dealer) {
        return ReplayClient{std::move(dealer), std::move(place), std::move(subtree)};
    });
}

ReplayClient::ReplayClient(ZmqSocket dealer, ReplayPlace place, std::string subtree)
    : dealer_{std::move(dealer)}, place_{std::move(place)}, subtree_{std::move(subtree)} {}

Result<> ReplayClient::ask(const ZmqContext& context, std::uint64_t since, Ticks now) {
    if (waiting_) {
        auto fresh = open_dealer(context, place_);
        if (!fresh) {
            return fail(std::move(fresh));
        }
        dealer_ = std::move(*fresh);
    }
    waiting_ = true;
    silent_since_ = now;
    // A request that does not get out is like one that got lost: it is asked again.
    const auto sent = dealer_.send(encode(ReplayRequest{.subtree = subtree_, .since = since}));
    return sent.map([](auto) {});
}

Result<std::optional<ReplayAnswer>> ReplayClient::receive(Ticks now) {
    auto message = dealer_.receive();
    if (!message || !*message) {
        return message.map([](const auto&) { return std::optional<ReplayAnswer>{}; });
    }
    auto answer = decode_answer(**message);
    if (!answer) {
        return fail(std::move(answer), "the replay address " + place_.address + " sent");
    }
    silent_since_ = now;
    waiting_ = std::holds_alternative<Message>(*answer);  // everything else ends the answer
    return std::optional{std::move(*answer)};
}

}  // namespace wirewatch::publishers
