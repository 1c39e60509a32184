// SPDX-License-Identifier: MIT
// One request and its answer, on a libcurl easy handle that is used again and again.
#pragma once

#include "feeds/fetch_options.hpp"
#include "feeds/fetcher.hpp"

#include <array>
#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

struct Curl_easy;
struct curl_slist;

namespace wirewatch::feeds {

class Transfer {
  public:
    /// `options` must outlive the transfer.
    explicit Transfer(const FetchOptions& options);

    /// Makes the handle ready for `request`. Error: refused, where it must not begin.
    [[nodiscard]] Result<> prepare(FetchRequest request);

    /// What came of it, given the CURLcode that it ended with. Leaves nothing behind for the next
    /// request.
    [[nodiscard]] FetchResult finish(int code);

    [[nodiscard]] Curl_easy* handle() const { return easy_.get(); }

  private:
    struct EasyCleanup {
        void operator()(Curl_easy* easy) const;
    };
    struct ListCleanup {
        void operator()(curl_slist* list) const;
    };

    int set_limits();
    int set_manners();
    int set_request();
    void add_header(const std::string& line);
    Response take_response();
    Error error(int code) const;
    std::string header(const char* name) const;
    std::string validator(const char* name) const;
    std::string joined_header(const char* name) const;
    void take_header_line(std::string_view line);
    static std::size_t on_header(char* bytes, std::size_t size, std::size_t count, void* self);
    static std::size_t on_body(char* bytes, std::size_t size, std::size_t count, void* self);

    const FetchOptions& options_;
    std::unique_ptr<Curl_easy, EasyCleanup> easy_;
    std::unique_ptr<curl_slist, ListCleanup> headers_;
    FetchRequest request_;
    std::string body_;
    int hop_status_ = 0;               // of the answer whose headers are coming in
    std::vector<Redirect> redirects_;  // as far as they have been followed
    bool over_limit_ = false;
    std::array<char, 256> detail_{};  // CURL_ERROR_SIZE
};

}  // namespace wirewatch::feeds
