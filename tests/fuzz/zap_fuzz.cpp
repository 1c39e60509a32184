// SPDX-License-Identifier: MIT
// Any message at the ZAP handler: refused, or a request whose key has the form of one; every answer
// has its six frames and the request's own id.
#include "publishers/curve.hpp"
#include "publishers/zap_wire.hpp"
#include "tests/fuzz/expect.hpp"
#include "tests/fuzz/frames.hpp"

#include <cstddef>
#include <cstdint>

using namespace wirewatch;
using namespace wirewatch::publishers;
using fuzz::expect;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto frames = fuzz::frames_of(data, size);
    const auto request = decode_zap_request(frames);
    const auto refusal = zap_refusal(frames, request ? "not allowed" : request.error().text);
    expect(refusal.size() == 6 && refusal[0] == "1.0" && refusal[2] == "400", "a refusal is one");
    expect(refusal[3].size() <= 255 && refusal[4].empty(), "a refusal names no user");
    expect(frames.size() < 2 || refusal[1] == frames[1], "an answer has the request's id");
    if (request) {
        expect(is_curve_key(request->key), "a key that is read has the form of one");
        expect(frames.size() == 7 && frames[5] == "CURVE", "only CURVE comes in");
        const auto welcome = zap_welcome(*request);
        expect(welcome.size() == 6 && welcome[2] == "200" && welcome[4] == request->key,
               "who comes in is known by its key");
        expect(welcome[1] == frames[1], "a welcome has the request's id");
    }
    return 0;
}
