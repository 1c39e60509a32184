// SPDX-License-Identifier: MIT
// The quick way from HTML to text: one pass, no tree. Knows when it cannot know.
#pragma once

#include "feeds/html_elements.hpp"
#include "feeds/html_tag.hpp"
#include "feeds/text_writer.hpp"

#include <array>
#include <cstddef>
#include <string>
#include <string_view>

namespace wirewatch::feeds {

/// What to do with HTML whose text hangs on rules that only a tree follows.
enum class Doubt { stop, guess };

class HtmlScanner {
  public:
    enum class Outcome {
        sure,
        doubtful,      ///< a tree must tell
        wrapped,       ///< there is a "<![CDATA[" in it
        endless_quote  ///< a tree would lose all that follows
    };

    /// `html` must outlive the scanner.
    HtmlScanner(std::string_view html, Lines lines, Doubt doubt)
        : html_{html}, doubt_{doubt}, writer_{lines, html.size()} {}

    /// Reads all, or up to what is not sure. With Doubt::guess it is always `sure`.
    [[nodiscard]] Outcome run();

    /// After run.
    [[nodiscard]] std::string take() { return writer_.take(); }

  private:
    static constexpr std::size_t kMaxOpen = 64;

    void entity();
    void markup();
    void tag();
    void starts(const HtmlElement& element);
    void ends(const HtmlElement& element);
    void begin_item(const HtmlElement& element);
    void open(const HtmlElement& element);
    void close_paragraph();
    void close_to(std::size_t depth);
    void skip_content(std::string_view name);
    void skip_past(char end);
    void give_up(Outcome outcome);

    std::string_view html_;
    std::size_t at_ = 0;
    Doubt doubt_;
    Quotes quotes_ = Quotes::respect;
    bool no_more_tags_ = false;  // to look for a ">" again at each "<" would take quadratic time
    Outcome outcome_ = Outcome::sure;
    TextWriter writer_;
    // Only what is not transparent. A <p> is always the last: all others end it.
    // Not initialised: most texts are shorter than it.
    std::array<const HtmlElement*, kMaxOpen> open_;
    std::size_t depth_ = 0;
};

/// Where "</name" stands that ends an element of raw text begun before `at`; the end of `html`:
/// nowhere.
[[nodiscard]] std::size_t end_of_raw(std::string_view html, std::size_t at, std::string_view name);

/// Whether each tag has its ">": a quote without its end would hide one, and all that follows.
[[nodiscard]] bool all_tags_end(std::string_view html);

}  // namespace wirewatch::feeds
