// SPDX-License-Identifier: MIT
#include "review/document.hpp"

#include "base/printable.hpp"
#include "feeds/address.hpp"
#include "feeds/curl_fetcher.hpp"
#include "feeds/feed_scheme.hpp"
#include "feeds/url.hpp"
#include "review/exit_code.hpp"

#include <fstream>
#include <iostream>
#include <utility>

namespace wirewatch::review {

bool is_address(std::string_view name) {
    return feeds::is_web_url(feeds::without_feed_scheme(name));
}

Result<std::string> read_document(const std::string& file, std::size_t max_bytes) {
    std::ifstream opened;
    if (file != "-") {
        opened.open(file, std::ios::binary);
        if (!opened) {
            return fail(Errc::io, "cannot read '" + file +
                                      "'; give a file, an address that begins with https:// or "
                                      "http://, or - for standard input");
        }
    }
    std::istream& in = file == "-" ? std::cin : opened;
    std::string bytes(max_bytes + 1, '\0');
    in.read(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    bytes.resize(static_cast<std::size_t>(in.gcount()));
    if (in.bad()) {
        return fail(Errc::io, "cannot read '" + file + "': it is no file, or its disk is failing");
    }
    return bytes;
}

Web::Web(const feeds::FetchOptions& options) {
    struct sigaction ignore {};
    ignore.sa_handler = SIG_IGN;
    sigaction(SIGPIPE, &ignore, &former_);
    fetcher_ = std::make_unique<feeds::CurlFetcher>(options);
}

Web::~Web() {
    fetcher_.reset();
    sigaction(SIGPIPE, &former_, nullptr);
}

tl::expected<WebOptions, int> web_options(const Session& session) {
    auto setup = session.load(session.config_file);
    if (!setup && session.config_file) {
        report(session, setup.error());
        return tl::unexpected<int>{kBadConfiguration};
    }
    if (!setup || !setup->parsed) {
        return WebOptions{};
    }
    return WebOptions{std::move(setup->fetch), setup->parse};
}

std::string refusal(std::string_view url) {
    if (const auto address = feeds::address_of(url); !address) {
        return address.error().text;
    }
    const std::string_view rest = url.substr(url.find("://") + 3);
    if (rest.substr(0, rest.find_first_of("/?#\\")).find('@') != std::string_view::npos) {
        return "its address holds a user name, which would stand in the configuration for all to "
               "read";
    }
    return {};
}

std::string shown_url(const std::string& url) {
    const std::string shown = feeds::without_userinfo(url);
    return shown.empty() ? "the address" : shown;
}

}  // namespace wirewatch::review
