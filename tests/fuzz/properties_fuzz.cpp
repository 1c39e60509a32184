// SPDX-License-Identifier: MIT
// Any properties in a message that is otherwise in order: refused in words, or read within their
// bounds.
#include "publishers/wire.hpp"
#include "tests/fuzz/expect.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>

using namespace wirewatch;
using namespace wirewatch::publishers;
using fuzz::expect;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string lines{reinterpret_cast<const char*>(data), size};
    for (const std::string topic : {"alert/talks/", "sys/feed/wire/", "HUGZ", "sys/welcome/"}) {
        const std::array<std::string, 5> frames{topic, encode_u64(7), std::string(16, 'u'), lines,
                                                is_numbered(topic) ? "{}" : ""};
        const auto message = decode(frames);
        if (!message) {
            expect(!message.error().text.empty(), "a refusal has words");
            continue;
        }
        expect(size <= kMaxPropertyBytes, "long properties are refused");
        expect(is_epoch(message->epoch), "the epoch is one");
        expect(message->seq == 7 && message->topic == topic, "the other frames are untouched");
        expect(!is_numbered(topic) || message->tseq > 0, "what is numbered has a tseq");
    }
    return 0;
}
