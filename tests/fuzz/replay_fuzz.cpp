// SPDX-License-Identifier: MIT
// Any message at the ROUTER: refused in words, or a request that says the same when it is written
// down and read again. And any message as the answer to a subscriber.
#include "publishers/replay_wire.hpp"
#include "tests/fuzz/expect.hpp"
#include "tests/fuzz/frames.hpp"

#include <cstddef>
#include <cstdint>
#include <variant>

using namespace wirewatch;
using namespace wirewatch::publishers;
using fuzz::expect;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto frames = fuzz::frames_of(data, size);
    if (const auto request = decode_request(frames); !request) {
        expect(!request.error().text.empty(), "a refusal has words");
        const auto told = encode(Refusal{request.error().text});
        const auto read = decode_answer(told);
        expect(read && std::holds_alternative<Refusal>(*read), "a refusal can be read");
    } else {
        expect(request->max >= 1 && request->max <= kPageLimit, "a page has its limit");
        expect(parse_subtree(request->subtree).has_value(), "the subtree is one of ours");
        const auto again = decode_request(encode(*request));
        expect(again && again->subtree == request->subtree && again->since == request->since &&
                   again->max == (request->since ? request->max : kPageLimit),
               "what is written reads the same");
    }
    if (const auto answer = decode_answer(frames)) {
        if (const auto* message = std::get_if<Message>(&*answer)) {
            expect(message->seq > 0 && message->tseq > 0, "a message of an answer is numbered");
            expect(is_numbered(message->topic) && is_epoch(message->epoch), "and of a known kind");
        } else if (const auto* end = std::get_if<PageEnd>(&*answer)) {
            expect(encode(*end) == frames, "an end that is read is written the same");
        } else if (const auto* gone = std::get_if<Gone>(&*answer)) {
            expect(encode(*gone) == frames, "GONE that is read is written the same");
        }
    }
    return 0;
}
