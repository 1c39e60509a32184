// SPDX-License-Identifier: MIT
// Any line at the control socket: refused in words, or a request that says the same when it is
// written down and read again.
#include "review/control_wire.hpp"
#include "tests/fuzz/expect.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

using namespace wirewatch;
using fuzz::expect;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view line{reinterpret_cast<const char*>(data), size};
    const auto request = review::decode_request(line);
    if (!request) {
        expect(!request.error().text.empty(), "a refusal has words");
    } else {
        const std::string written = review::encode(*request);
        expect(written.size() <= review::kMaxRequestBytes, "every request fits its line");
        const auto again =
            review::decode_request(std::string_view{written}.substr(0, written.size() - 1));
        expect(again && again->command == request->command && again->feeds == request->feeds &&
                   again->marks.articles == request->marks.articles &&
                   again->marks.read == request->marks.read &&
                   again->marks.starred == request->marks.starred &&
                   again->marks.dismissed == request->marks.dismissed &&
                   again->marks.note == request->marks.note && again->marks.by == request->marks.by,
               "what is written reads the same");
    }
    if (const auto answer = review::decode_answer(line)) {
        const std::string written = review::encode(*answer);
        expect(written.find('\n') == written.size() - 1, "an answer is one line");
        expect(review::decode_answer(std::string_view{written}.substr(0, written.size() - 1))
                   .has_value(),
               "an answer that is written can be read");
    }
    return 0;
}
