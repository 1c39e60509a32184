// SPDX-License-Identifier: MIT
#include "feeds/http_status.hpp"

#include <algorithm>
#include <array>
#include <string_view>

namespace wirewatch::feeds {

namespace {

struct Meaning {
    int status;
    std::string_view name;
    std::string_view advice;
};

constexpr std::array kMeanings{
    Meaning{204, "No Content",
            "the server has nothing at this address; look for the feed's new one"},
    Meaning{206, "Partial Content", "the server sent a part that nobody asked for; tell its owner"},
    Meaning{304, "Not Modified",
            "said to a request without conditions; the server, or a cache before it, is at fault"},
    Meaning{400, "Bad Request", "the server does not understand the address; check its spelling"},
    Meaning{401, "Unauthorized", "the feed wants a user name and password"},
    Meaning{402, "Payment Required", "the feed has to be paid for"},
    Meaning{403, "Forbidden",
            "the server turns wirewatch away; see whether a browser may read the address, and ask "
            "its owner"},
    Meaning{404, "Not Found", "the feed is no longer at this address; look for its new one"},
    Meaning{406, "Not Acceptable", "the server has the feed in no form that it thinks we read"},
    Meaning{408, "Request Timeout", "the server gave up on us; it is asked again later"},
    Meaning{410, "Gone",
            "the feed has ended; once this has been said for 24 h it is asked no more"},
    Meaning{421, "Misdirected Request", "the server does not serve this host; check the address"},
    Meaning{429, "Too Many Requests",
            "the server wants to be asked less often; raise the interval"},
    Meaning{451, "Unavailable For Legal Reasons", "a law keeps the feed from here"},
    Meaning{500, "Internal Server Error", "the server is at fault; it is asked again later"},
    Meaning{502, "Bad Gateway", "what stands behind the server is down; it is asked again later"},
    Meaning{503, "Service Unavailable",
            "the server is overloaded or under repair; it is asked again "
            "later"},
    Meaning{504, "Gateway Timeout",
            "what stands behind the server does not answer; it is asked again later"},
};

std::string_view advice_for_class(int status) {
    switch (status / 100) {
        case 2:
            return "an answer that carries no feed";
        case 3:
            return "a redirect that leads nowhere; look for the feed's new address";
        case 4:
            return "the server refuses the request; see what a browser shows at this address";
        case 5:
            return "the server is at fault; it is asked again later";
        default:
            return "no status that HTTP knows";
    }
}

constexpr std::size_t kWallBytes = 64u << 10;  // our choice: these pages are short

// What stands in the pages themselves, in lower case: parts of scripts and addresses that no
// article has, and of titles.
constexpr std::array<std::string_view, 21> kWallMarks{
    "/cdn-cgi/challenge-platform/",
    "cf-chl-",
    "_cf_chl_opt",
    "<title>just a moment...</title>",
    "<title>attention required! | cloudflare</title>",
    "enable javascript and cookies to continue",
    "checking your browser before accessing",
    "checking if the site connection is secure",
    "_incapsula_resource",
    "captcha-delivery.com",
    "datadome",
    "ddos-guard",
    "sucuri website firewall",
    "perimeterx",
    "px-captcha",
    "awswafcookiedomainlist",
    "awswafintegration",
    "akamai-bm-challenge",
    "sec-if-cpt-container",
    "anubis_challenge",
    "g-recaptcha",
};

std::string lower(std::string_view text) {
    std::string out{text};
    std::transform(out.begin(), out.end(), out.begin(), [](char c) {
        return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    });
    return out;
}

}  // namespace

bool is_robot_wall(std::string_view body) {
    const std::string page = lower(body.substr(0, kWallBytes));
    return std::any_of(kWallMarks.begin(), kWallMarks.end(),
                       [&](std::string_view mark) { return page.find(mark) != std::string::npos; });
}

std::string status_words(int status, std::string_view body) {
    const bool may_be = status == 403 || status == 429 || status == 503;
    if (!may_be || !is_robot_wall(body)) {
        return status_words(status);
    }
    const std::string words = status_words(status);
    return words.substr(0, words.find(':')) +
           ": a wall against robots: the server wants a browser to solve a challenge; ask its "
           "owner "
           "to let feed readers through, or look for another address of the feed";
}

std::string status_words(int status) {
    std::string words = std::to_string(status);
    const auto known = std::find_if(kMeanings.begin(), kMeanings.end(),
                                    [&](const Meaning& m) { return m.status == status; });
    if (known == kMeanings.end()) {
        return words.append(": ").append(advice_for_class(status));
    }
    return words.append(" ").append(known->name).append(": ").append(known->advice);
}

}  // namespace wirewatch::feeds
