// SPDX-License-Identifier: MIT
// One request with all its redirects, on a libcurl easy handle that is used again and again. Each
// hop is a transfer of its own, checked before it begins; libcurl follows nothing by itself.
#pragma once

#include "base/time.hpp"
#include "feeds/address.hpp"
#include "feeds/address_guard.hpp"
#include "feeds/fetch_error.hpp"
#include "feeds/fetch_options.hpp"
#include "feeds/fetcher.hpp"
#include "feeds/incoming.hpp"
#include "feeds/request_headers.hpp"

#include <array>
#include <chrono>
#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

struct Curl_easy;
struct curl_slist;
struct curl_sockaddr;

namespace wirewatch::feeds {

class Transfer {
  public:
    /// `options` must outlive the transfer.
    explicit Transfer(const FetchOptions& options);

    /// Makes the handle ready for the first hop of `request`. Error: refused, where it must not
    /// begin: the scheme, or an address that the feed may not go to.
    [[nodiscard]] Result<> begin(FetchRequest request);

    /// What came of it, given the CURLcode that a hop ended with. None: it was a redirect, and the
    /// handle is ready for the next hop. A result leaves nothing behind for the next request.
    [[nodiscard]] std::optional<FetchResult> ended(int code);

    /// The result where it goes on no further.
    [[nodiscard]] FetchResult give_up(Error error);

    [[nodiscard]] Curl_easy* handle() const { return easy_.get(); }

  private:
    struct EasyCleanup {
        void operator()(Curl_easy* easy) const;
    };
    struct ListCleanup {
        void operator()(curl_slist* list) const;
    };

    Result<> prepare_hop();
    int set_up();
    void set_watch();
    void add_header(const std::string& line);

    bool is_redirect() const;
    Result<> follow();
    void reset();
    FetchResult take_result();
    std::chrono::milliseconds elapsed() const;
    Response take_response();
    Error error(int code) const;
    std::string header(const char* name) const;
    std::string joined_header(const char* name) const;
    std::string validator(const char* name) const;

    bool take_body(std::string_view bytes);
    bool may_connect(const std::optional<IpAddress>& address);
    static std::size_t on_header(char* line, std::size_t size, std::size_t count, void* self);
    static std::size_t on_body(char* bytes, std::size_t size, std::size_t count, void* self);
    static int on_open_socket(void* self, int purpose, curl_sockaddr* address);
    static int on_request(void* self, char* remote, char* local, int remote_port, int local_port);

    const FetchOptions& options_;
    std::unique_ptr<Curl_easy, EasyCleanup> easy_;
    std::unique_ptr<curl_slist, ListCleanup> headers_;
    bool is_set_up_ = false;

    // Of the whole request.
    FetchRequest request_;
    AddressGuard guard_;
    Ticks began_;
    std::vector<Redirect> redirects_;
    Audience audience_ = Audience::origin;

    // Of this hop.
    std::string url_;  // without user name and password
    Address address_;
    std::string authorities_;  // beside the system's own, in PEM
    Incoming incoming_;
    std::size_t discarded_bytes_ = 0;   // of a redirect's body
    bool asked_ = false;                // the request went out
    bool asked_twice_ = false;          // libcurl wanted to send it again
    std::optional<IpAddress> refused_;  // an address that it must not connect to
    std::array<char, 256> detail_{};    // CURL_ERROR_SIZE
};

}  // namespace wirewatch::feeds
