// SPDX-License-Identifier: MIT
#include "feeds/transfer.hpp"

#include "base/check.hpp"
#include "feeds/authorities.hpp"
#include "feeds/curl_settings.hpp"

#include <algorithm>
#include <utility>

#include <curl/curl.h>
#include <sys/socket.h>

namespace wirewatch::feeds {

namespace {

// Of a redirect's body, which nobody reads; what fits is worth a connection that can be kept.
constexpr std::size_t kMaxDiscardedBytes = 64u << 10;

// One of the answers that name another address for the same thing. Source: RFC 9110 section 15.4.
bool is_redirect_status(long status) {
    return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
}

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

Transfer::Transfer(const FetchOptions& options)
    : options_{options}, easy_{curl_easy_init()}, incoming_{options} {
    static_assert(CURL_ERROR_SIZE <= sizeof(detail_));
    WIREWATCH_CHECK(easy_ != nullptr);  // only without memory
}

Result<> Transfer::begin(FetchRequest request) {
    auto target = target_of(request.url);
    if (!target) {
        return fail(std::move(target));
    }
    auto guard = AddressGuard::allowing(request.allow_private);
    if (!guard) {
        return fail(std::move(guard), "allow_private");
    }
    request_ = std::move(request);
    if (target->userinfo && !request_.credentials) {
        request_.credentials = std::move(target->userinfo);
    }
    guard_ = std::move(*guard);
    began_ = std::chrono::steady_clock::now();
    url_ = std::move(target->url);
    address_ = std::move(target->address);
    return prepare_hop();
}

Result<> Transfer::prepare_hop() {
    if (const auto refused = guard_.refused_host(address_.host); refused) {
        return tl::unexpected<Error>(address_error(url_, *refused));
    }
    if (elapsed() >= options_.total_timeout) {
        return tl::unexpected<Error>(error(CURLE_OPERATION_TIMEDOUT));
    }
    static_cast<void>(incoming_.take());
    discarded_bytes_ = 0;
    asked_ = false;
    asked_twice_ = false;
    refused_.reset();
    detail_.fill('\0');
    authorities_.clear();
    if (!request_.ca_file.empty()) {
        auto authorities = read_authorities(request_.ca_file);
        if (!authorities) {
            return fail(std::move(authorities));
        }
        authorities_ = std::move(*authorities);
    }
    const int code = set_up();
    if (code != CURLE_OK) {
        return fail(Errc::refused, std::string{"libcurl does not take this request: "} +
                                       curl_easy_strerror(static_cast<CURLcode>(code)));
    }
    return {};
}

// A CURLcode. What is the same for every request stays until the handle is reset.
int Transfer::set_up() {
    if (!is_set_up_) {
        if (const int code = set_common(easy_.get(), options_); code != CURLE_OK) {
            return code;
        }
        set_watch();
        is_set_up_ = true;
    }
    headers_.reset();
    for (const std::string& line : header_lines(request_, audience_)) {
        add_header(line);
    }
    const bool shows_who_asks = request_.credentials && audience_ == Audience::origin;
    return set_hop(easy_.get(),
                   {.url = url_,
                    .left = std::max(options_.total_timeout - elapsed(),
                                     std::chrono::milliseconds{1}),  // 0 would be no limit
                    .headers = headers_.get(),
                    .authorities = authorities_,
                    .credentials = shows_who_asks ? &*request_.credentials : nullptr});
}

// What is looked at while it runs.
void Transfer::set_watch() {
    CURL* easy = easy_.get();
    auto* self = static_cast<void*>(this);
    curl_easy_setopt(easy, CURLOPT_HEADERFUNCTION, &Transfer::on_header);
    curl_easy_setopt(easy, CURLOPT_HEADERDATA, self);
    curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, &Transfer::on_body);
    curl_easy_setopt(easy, CURLOPT_WRITEDATA, self);
    curl_easy_setopt(easy, CURLOPT_PREREQFUNCTION, &Transfer::on_request);
    curl_easy_setopt(easy, CURLOPT_PREREQDATA, self);
    curl_easy_setopt(easy, CURLOPT_OPENSOCKETFUNCTION, &Transfer::on_open_socket);
    curl_easy_setopt(easy, CURLOPT_OPENSOCKETDATA, self);
    curl_easy_setopt(easy, CURLOPT_ERRORBUFFER, detail_.data());
}

void Transfer::add_header(const std::string& line) {
    curl_slist* longer = curl_slist_append(headers_.get(), line.c_str());
    WIREWATCH_CHECK(longer != nullptr);  // only without memory
    static_cast<void>(headers_.release());
    headers_.reset(longer);
}

// Nothing of this feed may reach the next: where it has a header, a user name or an authority of
// its own the handle is reset, and where something went wrong too, since libcurl counts its
// retries.
std::optional<FetchResult> Transfer::ended(int code) {
    // A redirect whose body we had enough of has said where to go on.
    const bool enough = discarded_bytes_ > kMaxDiscardedBytes;
    if ((code == CURLE_OK || (code == CURLE_WRITE_ERROR && enough)) && is_redirect()) {
        auto followed = follow();
        return followed ? std::nullopt : std::optional{give_up(std::move(followed.error()))};
    }
    if (code != CURLE_OK) {
        return give_up(error(code));
    }
    Response response = take_response();
    const bool is_plain = request_.headers.empty() && !request_.credentials &&
                          request_.ca_file.empty() && response.redirects.empty();
    FetchResult result = take_result();
    result.response = std::move(response);
    if (!is_plain) {
        reset();
    }
    return result;
}

void Transfer::reset() {
    curl_easy_reset(easy_.get());
    headers_.reset();
    is_set_up_ = false;
}

FetchResult Transfer::give_up(Error error) {
    FetchResult result = take_result();
    result.response = tl::unexpected<Error>(std::move(error));
    reset();
    return result;
}

FetchResult Transfer::take_result() {
    FetchResult result{.feed_id = std::move(request_.feed_id),
                       .url = std::move(request_.url),
                       .response = {},
                       .elapsed = elapsed()};
    request_ = {};
    guard_ = {};
    redirects_ = {};
    audience_ = Audience::origin;
    static_cast<void>(incoming_.take());
    return result;
}

bool Transfer::is_redirect() const {
    return is_redirect_status(info<long>(easy_.get(), CURLINFO_RESPONSE_CODE)) &&
           !header("Location").empty();
}

Result<> Transfer::follow() {
    std::string target = redirect_target(url_, header("Location"));
    auto address = address_of(target);
    if (!address || redirects_.size() == options_.max_redirects) {
        return tl::unexpected<Error>(redirect_error(url_, target, options_));
    }
    const auto status = static_cast<int>(info<long>(easy_.get(), CURLINFO_RESPONSE_CODE));
    // Once with strangers, always: a stranger must not choose what its owner's secrets ask for.
    audience_ = *address == address_ ? audience_ : Audience::stranger;
    address_ = std::move(*address);
    redirects_.push_back({.status = status, .to = target});
    url_ = std::move(target);
    reset();  // of what only the first server may see
    return prepare_hop();
}

std::chrono::milliseconds Transfer::elapsed() const {
    return std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() -
                                                                 began_);
}

Response Transfer::take_response() {
    return {.status = static_cast<int>(info<long>(easy_.get(), CURLINFO_RESPONSE_CODE)),
            .final_url = std::move(url_),
            .etag = validator("ETag"),
            .last_modified = validator("Last-Modified"),
            .content_type = header("Content-Type"),
            .retry_after = header("Retry-After"),
            .cache_control = joined_header("Cache-Control"),
            .expires = header("Expires"),
            .date = header("Date"),
            .age = header("Age"),
            .redirects = std::move(redirects_),
            .body = incoming_.take()};
}

Error Transfer::error(int code) const {
    CURL* easy = easy_.get();
    return fetch_error({.code = code,
                        .system = static_cast<int>(info<long>(easy, CURLINFO_OS_ERRNO)),
                        .url = url_,
                        .connected = asked_,
                        .overrun = incoming_.overrun(),
                        .asked_twice = asked_twice_,
                        .refused = refused_,
                        .received_bytes = incoming_.body_bytes(),
                        .elapsed = elapsed(),
                        .detail = detail_.data()},
                       options_);
}

// Of the last response alone: not of an interim answer or a trailer.
std::string Transfer::header(const char* name) const {
    curl_header* found = nullptr;
    const CURLHcode code = curl_easy_header(easy_.get(), name, 0, CURLH_HEADER, -1, &found);
    return code == CURLHE_OK ? found->value : "";
}

// Lines of one list are one list. Source: RFC 9110 section 5.3.
std::string Transfer::joined_header(const char* name) const {
    std::string list;
    curl_header* found = nullptr;
    for (std::size_t i = 0;
         curl_easy_header(easy_.get(), name, i, CURLH_HEADER, -1, &found) == CURLHE_OK; ++i) {
        list += (i == 0 ? "" : ", ") + std::string{found->value};
    }
    return list;
}

std::string Transfer::validator(const char* name) const {
    std::string value = header(name);
    // It goes into a later request as it is, so it must not be able to end its line.
    const bool sendable = std::none_of(value.begin(), value.end(), [](char c) {
        return (static_cast<unsigned char>(c) < 0x20 && c != '\t') || c == 0x7f;
    });
    return sendable && value.size() <= options_.max_validator_bytes ? value : "";
}

bool Transfer::take_body(std::string_view bytes) {
    if (discarded_bytes_ > 0 || (incoming_.body_bytes() == 0 && is_redirect())) {
        discarded_bytes_ += bytes.size();
        return discarded_bytes_ <= kMaxDiscardedBytes;
    }
    const auto received = info<curl_off_t>(easy_.get(), CURLINFO_SIZE_DOWNLOAD_T);
    return incoming_.take_body(bytes, static_cast<std::size_t>(received));
}

// A proxy is its owner's word: what lies behind it is checked by name, in prepare_hop().
bool Transfer::may_connect(const std::optional<IpAddress>& address) {
    if (!options_.proxy.empty() || (address && guard_.allows(*address))) {
        return true;
    }
    refused_ = refused_ ? refused_ : address;
    return false;
}

std::size_t Transfer::on_header(char*, std::size_t size, std::size_t count, void* self) {
    return static_cast<Transfer*>(self)->incoming_.take_header(size * count) ? size * count : 0;
}

std::size_t Transfer::on_body(char* bytes, std::size_t size, std::size_t count, void* self) {
    return static_cast<Transfer*>(self)->take_body({bytes, size * count}) ? size * count
                                                                          : CURL_WRITEFUNC_ERROR;
}

int Transfer::on_open_socket(void* self, int /*purpose*/, curl_sockaddr* address) {
    auto* transfer = static_cast<Transfer*>(self);
    transfer->asked_twice_ = transfer->asked_;
    if (transfer->asked_twice_ || !transfer->may_connect(ip_address_of(address->addr))) {
        return CURL_SOCKET_BAD;
    }
    return ::socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
}

// Before each request: a kept connection may have been opened for a feed that may go further, and a
// request on one that was closed meanwhile would be sent again.
int Transfer::on_request(void* self, char* remote, char*, int, int) {
    auto* transfer = static_cast<Transfer*>(self);
    transfer->asked_twice_ = transfer->asked_;
    if (transfer->asked_twice_ || !transfer->may_connect(parse_ip_address(remote))) {
        return CURL_PREREQFUNC_ABORT;
    }
    transfer->asked_ = true;
    return CURL_PREREQFUNC_OK;
}

}  // namespace wirewatch::feeds
