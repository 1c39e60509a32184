// SPDX-License-Identifier: MIT
// Any bytes as HTML and as plain text: what comes out is tidy, and no longer than its source
// allows.
#include "base/utf8.hpp"
#include "feeds/html_text.hpp"
#include "tests/fuzz/expect.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

using namespace wirewatch;
using fuzz::expect;

namespace {

void expect_tidy(std::string_view text, std::size_t source_bytes) {
    expect(utf8::valid(text), "valid UTF-8");
    expect(text.find("\n\n\n") == std::string_view::npos, "one empty line at most");
    expect(text.find("  ") == std::string_view::npos, "one space at a time");
    expect(text.empty() || (text.front() > ' ' || text.front() < 0), "no white space in front");
    expect(text.empty() || (text.back() > ' ' || text.back() < 0), "no white space at the end");
    expect(text.size() <= 4 * source_bytes + 16, "no longer than entities make it");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string html = utf8::repair({reinterpret_cast<const char*>(data), size});
    expect_tidy(feeds::html_to_text(html), html.size());
    const std::string line = feeds::html_to_line(html);
    expect_tidy(line, html.size());
    expect(line.find('\n') == std::string::npos, "a line is one line");
    const std::string plain = feeds::plain_to_text(html);
    expect_tidy(plain, html.size());
    expect(feeds::plain_to_text(plain) == plain, "tidy text stays as it is");
    const std::string plain_line = feeds::plain_to_line(html);
    expect(feeds::plain_to_line(plain_line) == plain_line, "a tidy line stays as it is");
    return 0;
}
