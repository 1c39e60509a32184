// SPDX-License-Identifier: MIT
// A list as a feed that any reader takes: RSS 2.0 or Atom (RFC 4287).
#pragma once

#include "base/time.hpp"
#include "review/listing.hpp"

#include <iosfwd>
#include <string>
#include <string_view>

namespace wirewatch::review {

enum class FeedFormat { rss, atom };

struct Channel {
    std::string title;
    std::string description;
    std::string id;    ///< of the feed itself; the same list should always have the same
    std::string link;  ///< the page that it belongs to; empty: there is none
    Instant now;       ///< of a list without articles, when it was changed last
};

/// Writes a list as it comes: nothing is kept. Text goes in as paragraphs of HTML, so that
/// `wirewatch feeds parse` gives it back as it is; an article's guid is its key.
class FeedWriter {
  public:
    FeedWriter(std::ostream& out, FeedFormat format, Channel channel);

    void add(const Found& found);
    void finish();

  private:
    void begin(Instant updated);
    void add_rss(const Found& found);
    void add_atom(const Found& found);

    std::ostream& out_;
    FeedFormat format_;
    Channel channel_;
    bool begun_ = false;
};

/// Whether a reader could open it as a page.
[[nodiscard]] bool is_web_address(std::string_view url);

/// Text between tags and in attributes. What XML 1.0 cannot hold stands as U+FFFD.
[[nodiscard]] std::string xml_text(std::string_view text);

/// "Wed, 07 Apr 2021 12:00:00 +0000". Source: RFC 5322 section 3.3.
[[nodiscard]] std::string to_rfc5322(Instant instant);

}  // namespace wirewatch::review
