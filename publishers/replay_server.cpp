// SPDX-License-Identifier: MIT
#include "publishers/replay_server.hpp"

#include <algorithm>
#include <span>
#include <utility>

#include <zmq.h>

namespace wirewatch::publishers {

namespace {

// Room for the longest answer, 1,000 alerts and their end, and some. A peer that reads its answer
// before it asks again never fills it. Our choice.
constexpr int kSendHwm = 1'200;
constexpr int kReceiveHwm = 100;  // requests of one peer that wait; the rest waits at the peer

}  // namespace

Result<ReplayServer> ReplayServer::open(ZmqSocket router, history::AlertLog log) {
    // MANDATORY: a full queue is reported, not silently dropped into. HANDOVER: a peer with a
    // routing id of its own may come back before its old connection is known to be dead.
    for (const auto& [option, value] :
         {std::pair{ZMQ_SNDHWM, kSendHwm}, std::pair{ZMQ_RCVHWM, kReceiveHwm},
          std::pair{ZMQ_ROUTER_MANDATORY, 1}, std::pair{ZMQ_ROUTER_HANDOVER, 1}}) {
        if (auto set = router.set(option, value); !set) {
            return fail(std::move(set));
        }
    }
    return ReplayServer{std::move(router), std::move(log)};
}

ReplayServer::ReplayServer(ZmqSocket router, history::AlertLog log)
    : router_{std::move(router)}, log_{std::move(log)} {}

Result<bool> ReplayServer::answer_one(const std::function<bool(const Sender&)>& lets_in) {
    Sender sender;
    auto message = router_.receive(&sender);
    if (!message || !*message) {
        return message.map([](const auto&) { return false; });
    }
    if (!lets_in(sender)) {
        return true;
    }
    const std::string& peer = (**message)[0];  // a ROUTER puts it there
    const auto request = decode_request(std::span{**message}.subspan(1));
    auto answered =
        request ? answer(peer, *request)
                : router_.send(encode(Refusal{request.error().text}), peer).map([](auto) {});
    return answered.map([] { return true; });
}

Result<> ReplayServer::answer(const std::string& peer, const ReplayRequest& request) {
    const auto since = request.since ? Result<std::uint64_t>{*request.since} : plain_since();
    if (!since) {
        return tl::unexpected(since.error());
    }
    const auto page = log_.after(*since, request.since ? request.max : kPlainPageLimit,
                                 parse_subtree(request.subtree).value());
    const auto oldest = log_.oldest();
    if (!oldest) {
        return tl::unexpected(oldest.error());
    }
    if (!page && page.error().code == Errc::gone) {
        return router_.send(encode(Gone{*oldest, log_.epoch()}), peer).map([](auto) {});
    }
    if (!page) {
        return tl::unexpected(page.error());
    }
    for (const Message& message : page->messages) {
        const auto sent = router_.send(encode(message), peer);
        if (!sent) {
            return tl::unexpected(sent.error());
        }
        if (*sent != ZmqSocket::Sent::whole) {
            return {};  // no KTHXBAI: what follows must not look complete
        }
    }
    const PageEnd end{page->cursor, log_.epoch(), *oldest, request.subtree};
    return router_.send(encode(end), peer).map([](auto) {});
}

/// Where the last 1,000 alerts begin.
Result<std::uint64_t> ReplayServer::plain_since() const {
    const auto head = log_.head();
    const auto oldest = log_.oldest();
    if (!head || !oldest) {
        return tl::unexpected((head ? oldest : head).error());
    }
    const std::uint64_t first = *head > kPlainPageLimit ? *head - kPlainPageLimit : 0;
    return std::max(first, *oldest - 1);
}

}  // namespace wirewatch::publishers
