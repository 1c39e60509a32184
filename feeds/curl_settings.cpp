// SPDX-License-Identifier: MIT
#include "feeds/curl_settings.hpp"

#include <curl/curl.h>

namespace wirewatch::feeds {

namespace {

std::string user_agent(const FetchOptions& options) {
    const std::string name = "wirewatch/" WIREWATCH_VERSION;
    return options.contact.empty() ? name : name + " (+" + options.contact + ")";
}

// Sets option after option and remembers the first that libcurl would not have.
class Setter {
  public:
    explicit Setter(CURL* easy) : easy_{easy} {}

    template <class Value>
    void operator()(CURLoption option, Value value) {
        if (code_ == CURLE_OK) {
            code_ = curl_easy_setopt(easy_, option, value);
        }
    }
    [[nodiscard]] int code() const { return code_; }

  private:
    CURL* easy_;
    CURLcode code_ = CURLE_OK;
};

void set_limits(Setter& set, const FetchOptions& options) {
    set(CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(options.connect_timeout.count()));
    set(CURLOPT_LOW_SPEED_LIMIT, static_cast<long>(options.low_speed_bytes));
    set(CURLOPT_LOW_SPEED_TIME, static_cast<long>(low_speed_window(options).count()));
    set(CURLOPT_MAXAGE_CONN, static_cast<long>(options.keep_alive.count()));
}

void set_trust(Setter& set) {
    set(CURLOPT_SSL_VERIFYPEER, 1L);
    set(CURLOPT_SSL_VERIFYHOST, 2L);
    if (curl_version_info(CURLVERSION_NOW)->cainfo != nullptr) {
        // Authorities from the system's one file are parsed once and kept by libcurl; a directory
        // beside it would make every connection parse them again, which takes milliseconds.
        set(CURLOPT_CAPATH, static_cast<const char*>(nullptr));
    }
}

}  // namespace

int set_common(CURL* easy, const FetchOptions& options) {
    Setter set{easy};
    set_limits(set, options);
    set_trust(set);
    set(CURLOPT_NOSIGNAL, 1L);
    set(CURLOPT_PROTOCOLS_STR, "http,https");
    set(CURLOPT_FOLLOWLOCATION, 0L);
    set(CURLOPT_PROXY, options.proxy.c_str());  // "": not even one that the environment names
    set(CURLOPT_NOPROXY, "");                   // nor its exceptions
    set(CURLOPT_SUPPRESS_CONNECT_HEADERS, 1L);
    set(CURLOPT_HTTP_VERSION, static_cast<long>(CURL_HTTP_VERSION_2TLS));
    set(CURLOPT_ACCEPT_ENCODING, "");  // all that libcurl was built with: gzip, br, zstd
    set(CURLOPT_USERAGENT, user_agent(options).c_str());
    // A feed comes back after minutes. Its host's address would be looked for in vain by then, and
    // pruning the cache takes time linear in the hosts (fetching.md, "Measured").
    set(CURLOPT_DNS_CACHE_TIMEOUT, 0L);
    // Without it a transfer that times out during its name look-up holds up all others until the
    // resolver's thread has ended.
    set(CURLOPT_QUICK_EXIT, 1L);
    return set.code();
}

int set_hop(CURL* easy, const HopSettings& hop) {
    Setter set{easy};
    set(CURLOPT_HTTPHEADER, hop.headers);
    set(CURLOPT_URL, hop.url.c_str());
    set(CURLOPT_TIMEOUT_MS, static_cast<long>(hop.left.count()));
    if (!hop.authorities.empty()) {
        // curl_blob is for both directions; here libcurl only copies it.
        curl_blob authorities{const_cast<char*>(hop.authorities.data()), hop.authorities.size(),
                              CURL_BLOB_COPY};
        set(CURLOPT_CAINFO_BLOB, &authorities);
        set(CURLOPT_CAPATH, curl_version_info(CURLVERSION_NOW)->capath);  // the system's own stay
    }
    if (hop.credentials != nullptr) {
        if (hop.credentials->scheme == Credentials::Scheme::bearer) {
            set(CURLOPT_HTTPAUTH, CURLAUTH_BEARER);
            set(CURLOPT_XOAUTH2_BEARER, hop.credentials->secret.c_str());
        } else {
            set(CURLOPT_HTTPAUTH, CURLAUTH_BASIC);
            set(CURLOPT_USERNAME, hop.credentials->user.c_str());
            set(CURLOPT_PASSWORD, hop.credentials->secret.c_str());
        }
    }
    return set.code();
}

}  // namespace wirewatch::feeds
