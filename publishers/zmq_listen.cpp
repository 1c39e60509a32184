// SPDX-License-Identifier: MIT
#include "publishers/zmq_listen.hpp"

#include "publishers/curve.hpp"
#include "publishers/listen_address.hpp"

#include <cerrno>
#include <system_error>
#include <utility>

#include <sys/stat.h>
#include <zmq.h>

namespace wirewatch::publishers {

namespace {

/// Nobody may connect to an ipc file before it has its mode: it is made without any for others, and
/// widened. The mask is the whole process's; the daemon binds before it has other threads that make
/// files.
class NarrowMask {
  public:
    NarrowMask() : former_{::umask(0177)} {}
    ~NarrowMask() { ::umask(former_); }
    NarrowMask(const NarrowMask&) = delete;
    NarrowMask& operator=(const NarrowMask&) = delete;

  private:
    mode_t former_;
};

Result<> bind(ZmqSocket& socket, const std::string& address, unsigned ipc_mode) {
    const std::string file = ipc_file(address);
    if (file.empty()) {
        return socket.bind(address);
    }
    {
        const NarrowMask mask;
        if (auto bound = socket.bind(address); !bound) {
            return bound;
        }
    }
    if (::chmod(file.c_str(), ipc_mode) != 0) {
        return fail(Errc::io, "cannot set the mode of '" + file +
                                  "': " + std::generic_category().message(errno));
    }
    return {};
}

}  // namespace

Result<ZmqSocket> open_live(const ZmqContext& context, const ZmqOptions& options) {
    auto live = ZmqSocket::open(context, ZMQ_XPUB, options.linger);
    if (!live) {
        return live;
    }
    // VERBOSER tells of every subscription and its end, also of one that another peer has: each is
    // welcomed, and counted.
    for (const auto& [option, value] :
         {std::pair{ZMQ_SNDHWM, options.send_hwm}, std::pair{ZMQ_XPUB_VERBOSER, 1}}) {
        if (auto set = live->set(option, value); !set) {
            return fail(std::move(set));
        }
    }
    return live;
}

Result<> listen(ZmqSocket& socket, const std::string& address, const std::string& key,
                const ZmqOptions& options) {
    const std::string where = "the address for '" + key + "' under [zeromq]";
    const Curve curve = options.curve_key.empty() ? Curve::off : Curve::on;
    Result<> ready = check_address(address, curve)
                         .and_then([&] { return check_ipc_place(address); })
                         .and_then([&] { return check_free(address); });
    if (ready && curve == Curve::on) {
        ready = curve_keys_of(options.curve_key).and_then([&](const CurveKeys& keys) {
            return socket.serve_curve(keys);
        });
    }
    auto bound = ready.and_then([&] { return bind(socket, address, options.ipc_mode); });
    if (!bound && bound.error().code == Errc::busy) {
        return fail(Errc::busy, where + ", " + address +
                                    ", is in use by another program; end that one (another "
                                    "wirewatchd?) or write another address");
    }
    return bound ? std::move(bound) : Result<>{fail(std::move(bound), where)};
}

}  // namespace wirewatch::publishers
