// SPDX-License-Identifier: MIT
// Documents that a person names on the command line: a file, standard input, or an address.
#pragma once

#include "base/error.hpp"
#include "feeds/fetcher.hpp"
#include "feeds/parser.hpp"
#include "review/session.hpp"

#include <csignal>
#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

namespace wirewatch::review {

/// Whether it is meant as an address: http, https or feed in front.
[[nodiscard]] bool is_address(std::string_view name);

/// The bytes of a file, or of standard input for "-"; at most one more than `max_bytes`, which is
/// enough to be refused. Error: io.
[[nodiscard]] Result<std::string> read_document(const std::string& file, std::size_t max_bytes);

/// The fetcher of the daemon, with the limits of the configuration where there is a good one. While
/// it lives, SIGPIPE is ignored, as libcurl wants it.
class Web {
  public:
    explicit Web(const feeds::FetchOptions& options);
    ~Web();
    Web(const Web&) = delete;
    Web& operator=(const Web&) = delete;

    [[nodiscard]] feeds::Fetcher& fetcher() { return *fetcher_; }

  private:
    struct sigaction former_ {};
    std::unique_ptr<feeds::Fetcher> fetcher_;
};

/// What `[fetch]` of the configuration says; the defaults where there is no configuration, since
/// looking at a feed needs none. An exit code, after words, where --config names one that cannot be
/// read.
struct WebOptions {
    feeds::FetchOptions fetch;
    feeds::ParseLimits parse;
};
[[nodiscard]] tl::expected<WebOptions, int> web_options(const Session& session);

/// Why the configuration would refuse an address, in words without it; empty: it would not.
[[nodiscard]] std::string refusal(std::string_view url);

/// An address as it may be shown: without user name and password.
[[nodiscard]] std::string shown_url(const std::string& url);

}  // namespace wirewatch::review
