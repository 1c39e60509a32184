// SPDX-License-Identifier: MIT
#include "feeds/transfer.hpp"

#include "base/check.hpp"
#include "feeds/address.hpp"
#include "feeds/fetch_error.hpp"
#include "feeds/url.hpp"

#include <algorithm>
#include <cstdlib>
#include <utility>

#include <curl/curl.h>

namespace wirewatch::feeds {

namespace {

constexpr const char* kSchemes = "http,https";
constexpr const char* kAccept =
    "Accept: application/atom+xml, application/rss+xml, application/rdf+xml, "
    "application/feed+json, application/xml;q=0.9, text/xml;q=0.9, */*;q=0.8";

std::string user_agent(const FetchOptions& options) {
    const std::string name = "wirewatch/" WIREWATCH_VERSION;
    return options.contact.empty() ? name : name + " (+" + options.contact + ")";
}

// Sets option after option and remembers the first that libcurl would not have.
class Setter {
  public:
    explicit Setter(CURL* easy) : easy_{easy} {}

    template <class Value>
    Setter& operator()(CURLoption option, Value value) {
        if (code_ == CURLE_OK) {
            code_ = curl_easy_setopt(easy_, option, value);
        }
        return *this;
    }
    [[nodiscard]] int code() const { return code_; }

  private:
    CURL* easy_;
    CURLcode code_ = CURLE_OK;
};

template <class Value>
Value info(CURL* easy, CURLINFO which) {
    Value value{};
    curl_easy_getinfo(easy, which, &value);
    return value;
}

}  // namespace

void Transfer::EasyCleanup::operator()(CURL* easy) const {
    curl_easy_cleanup(easy);
}

void Transfer::ListCleanup::operator()(curl_slist* list) const {
    curl_slist_free_all(list);
}

Transfer::Transfer(const FetchOptions& options) : options_{options}, easy_{curl_easy_init()} {
    static_assert(CURL_ERROR_SIZE <= sizeof(detail_));
    WIREWATCH_CHECK(easy_ != nullptr);  // only without memory
}

Result<> Transfer::prepare(FetchRequest request) {
    if (auto address = address_of(request.url); !address) {
        return fail(std::move(address));
    }
    request_ = std::move(request);
    for (const int code : {set_limits(), set_manners(), set_request()}) {
        if (code != CURLE_OK) {
            return fail(Errc::refused, std::string{"libcurl does not take this request: "} +
                                           curl_easy_strerror(static_cast<CURLcode>(code)));
        }
    }
    return {};
}

int Transfer::set_limits() {
    Setter set{easy_.get()};
    set(CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(options_.connect_timeout.count()));
    set(CURLOPT_TIMEOUT_MS, static_cast<long>(options_.total_timeout.count()));
    set(CURLOPT_LOW_SPEED_LIMIT, static_cast<long>(options_.low_speed_bytes));
    set(CURLOPT_LOW_SPEED_TIME, static_cast<long>(options_.low_speed_time.count()));
    set(CURLOPT_MAXREDIRS, static_cast<long>(options_.max_redirects));
    set(CURLOPT_HEADERFUNCTION, &Transfer::on_header);
    set(CURLOPT_HEADERDATA, static_cast<void*>(this));
    set(CURLOPT_WRITEFUNCTION, &Transfer::on_body);
    set(CURLOPT_WRITEDATA, static_cast<void*>(this));
    return set.code();
}

int Transfer::set_manners() {
    Setter set{easy_.get()};
    set(CURLOPT_NOSIGNAL, 1L);
    set(CURLOPT_PROTOCOLS_STR, kSchemes);
    set(CURLOPT_REDIR_PROTOCOLS_STR, kSchemes);
    set(CURLOPT_FOLLOWLOCATION, 1L);
    set(CURLOPT_PROXY, "");  // not even one that the environment names
    set(CURLOPT_SSL_VERIFYPEER, 1L);
    set(CURLOPT_SSL_VERIFYHOST, 2L);
    set(CURLOPT_HTTP_VERSION, static_cast<long>(CURL_HTTP_VERSION_2TLS));
    set(CURLOPT_ACCEPT_ENCODING, "");  // all that libcurl was built with: gzip, br, zstd
    set(CURLOPT_USERAGENT, user_agent(options_).c_str());
    // A feed comes back after minutes. Its host's address would be looked for in vain by then, and
    // pruning the cache takes time linear in the hosts (fetching.md, "Measured").
    set(CURLOPT_DNS_CACHE_TIMEOUT, 0L);
    // Without it a transfer that times out during its name look-up holds up all others until the
    // resolver's thread has ended.
    set(CURLOPT_QUICK_EXIT, 1L);
    return set.code();
}

int Transfer::set_request() {
    detail_.fill('\0');
    headers_.reset();
    add_header(kAccept);
    if (!request_.etag.empty()) {
        add_header("If-None-Match: " + request_.etag);
    }
    if (!request_.last_modified.empty()) {
        add_header("If-Modified-Since: " + request_.last_modified);
    }
    Setter set{easy_.get()};
    set(CURLOPT_ERRORBUFFER, detail_.data());
    set(CURLOPT_HTTPHEADER, headers_.get());
    set(CURLOPT_URL, request_.url.c_str());
    return set.code();
}

void Transfer::add_header(const std::string& line) {
    curl_slist* longer = curl_slist_append(headers_.get(), line.c_str());
    WIREWATCH_CHECK(longer != nullptr);  // only without memory
    static_cast<void>(headers_.release());
    headers_.reset(longer);
}

FetchResult Transfer::finish(int code) {
    FetchResult result{.feed_id = std::move(request_.feed_id),
                       .url = request_.url,
                       .response = {},
                       .elapsed = std::chrono::milliseconds{
                           info<curl_off_t>(easy_.get(), CURLINFO_TOTAL_TIME_T) / 1000}};
    if (code == CURLE_OK) {
        result.response = take_response();
    } else {
        result.response = tl::unexpected<Error>(error(code));
    }
    // Nothing of this feed may reach the next: neither its headers nor its user name.
    curl_easy_reset(easy_.get());
    headers_.reset();
    request_ = {};
    body_ = {};
    hop_status_ = 0;
    redirects_.clear();
    over_limit_ = false;
    return result;
}

Response Transfer::take_response() {
    const char* url = info<const char*>(easy_.get(), CURLINFO_EFFECTIVE_URL);
    return {.status = static_cast<int>(info<long>(easy_.get(), CURLINFO_RESPONSE_CODE)),
            .final_url = without_userinfo(url == nullptr ? request_.url : url),
            .etag = validator("ETag"),
            .last_modified = validator("Last-Modified"),
            .content_type = header("Content-Type"),
            .retry_after = header("Retry-After"),
            .cache_control = joined_header("Cache-Control"),
            .expires = header("Expires"),
            .date = header("Date"),
            .age = header("Age"),
            .redirects = std::move(redirects_),
            .body = std::move(body_)};
}

Error Transfer::error(int code) const {
    CURL* easy = easy_.get();
    const char* url = info<const char*>(easy, CURLINFO_EFFECTIVE_URL);
    return fetch_error(
        {.code = code,
         .system = static_cast<int>(info<long>(easy, CURLINFO_OS_ERRNO)),
         .url = url == nullptr ? request_.url : url,
         .connected = info<curl_off_t>(easy, CURLINFO_PRETRANSFER_TIME_T) > 0,
         .over_limit = over_limit_,
         .received_bytes = body_.size(),
         .elapsed = std::chrono::milliseconds{info<curl_off_t>(easy, CURLINFO_TOTAL_TIME_T) / 1000},
         .detail = detail_.data()},
        options_);
}

// Of the last response alone: not of a redirect, an interim answer or a trailer before it.
std::string Transfer::header(const char* name) const {
    curl_header* found = nullptr;
    const CURLHcode code = curl_easy_header(easy_.get(), name, 0, CURLH_HEADER, -1, &found);
    return code == CURLHE_OK ? found->value : "";
}

std::string Transfer::validator(const char* name) const {
    std::string value = header(name);
    // It goes into a later request as it is, so it must not be able to end its line.
    const bool sendable = std::none_of(value.begin(), value.end(), [](char c) {
        return (static_cast<unsigned char>(c) < 0x20 && c != '\t') || c == 0x7f;
    });
    return sendable && value.size() <= options_.max_validator_bytes ? value : "";
}

std::string Transfer::joined_header(const char* name) const {
    std::string all;
    curl_header* found = nullptr;
    for (std::size_t i = 0;
         curl_easy_header(easy_.get(), name, i, CURLH_HEADER, -1, &found) == CURLHE_OK; ++i) {
        all += (i == 0 ? "" : ", ") + std::string{found->value};
    }
    return all;
}

void Transfer::take_header_line(std::string_view line) {
    constexpr std::string_view kLocation = "location:";
    if (line.starts_with("HTTP/")) {
        const std::size_t space = std::min(line.find(' '), line.size());
        hop_status_ = std::atoi(std::string{line.substr(space)}.c_str());
        return;
    }
    const bool located = line.size() > kLocation.size() &&
                         std::equal(kLocation.begin(), kLocation.end(), line.begin(),
                                    [](char a, char b) { return a == (b | 0x20) || a == b; });
    if (located && hop_status_ >= 300 && hop_status_ < 400) {
        const std::string& base = redirects_.empty() ? request_.url : redirects_.back().to;
        redirects_.push_back(
            {.status = hop_status_,
             .to = without_userinfo(resolve_url(base, line.substr(kLocation.size())))});
    }
}

std::size_t Transfer::on_header(char* bytes, std::size_t size, std::size_t count, void* self) {
    static_cast<Transfer*>(self)->take_header_line({bytes, size * count});
    return size * count;
}

std::size_t Transfer::on_body(char* bytes, std::size_t size, std::size_t count, void* self) {
    auto* transfer = static_cast<Transfer*>(self);
    const std::size_t arrived = size * count;
    if (arrived > transfer->options_.max_body_bytes - transfer->body_.size()) {
        transfer->over_limit_ = true;
        return CURL_WRITEFUNC_ERROR;
    }
    transfer->body_.append(bytes, arrived);
    return arrived;
}

}  // namespace wirewatch::feeds
