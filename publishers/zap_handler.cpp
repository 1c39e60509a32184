// SPDX-License-Identifier: MIT
#include "publishers/zap_handler.hpp"

#include "base/printable.hpp"
#include "publishers/zap_wire.hpp"

#include <utility>

#include <zmq.h>

namespace wirewatch::publishers {

Result<ZapHandler> ZapHandler::open(const ZmqContext& context, const AllowList& allowed,
                                    std::function<void(const std::string&)> on_refusal) {
    auto socket = ZmqSocket::open(context, ZMQ_REP, std::chrono::milliseconds{0});
    if (!socket) {
        return fail(std::move(socket));
    }
    if (auto bound = socket->bind(std::string{kZapAddress}); !bound) {
        return fail(std::move(bound));
    }
    return ZapHandler{std::move(*socket), allowed, std::move(on_refusal)};
}

ZapHandler::ZapHandler(ZmqSocket socket, const AllowList& allowed,
                       std::function<void(const std::string&)> on_refusal)
    : socket_{std::move(socket)}, allowed_{&allowed}, on_refusal_{std::move(on_refusal)} {}

Result<> ZapHandler::serve() {
    for (;;) {
        auto frames = socket_.receive();
        if (!frames || !*frames) {
            return frames.map([](const auto&) {});
        }
        const auto request = decode_zap_request(**frames);
        Multipart answer;
        if (request && allowed_->has(request->key)) {
            answer = zap_welcome(*request);
        } else {
            const std::string why =
                request ? "its key " + request->key + " is not under [zeromq.clients]"
                        : request.error().text;
            on_refusal_("a subscriber at " +
                        printable(request ? request->address : std::string{"?"}, 100) +
                        " was refused: " + printable(why, 200));
            answer = zap_refusal(**frames, "not allowed");
        }
        if (auto sent = socket_.send(answer); !sent) {
            return tl::unexpected(sent.error());
        }
    }
}

}  // namespace wirewatch::publishers
