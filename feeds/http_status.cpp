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

}  // namespace

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
