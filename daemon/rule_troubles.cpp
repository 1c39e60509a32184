// SPDX-License-Identifier: MIT
#include "daemon/rule_troubles.hpp"

#include "base/printable.hpp"
#include "daemon/log.hpp"

#include <spdlog/spdlog.h>

namespace wirewatch::daemon {

namespace {

std::string named(const Article& article) {
    return "article " + article.key.substr(0, 10) + " (" + printable(article.title, 100) + ")";
}

bool is_power_of_ten(std::uint64_t count) {
    while (count % 10 == 0) {
        count /= 10;
    }
    return count == 1;
}

}  // namespace

void RuleTroubles::tell(const std::vector<rules::MatchTrouble>& troubles, const Article& article) {
    for (const rules::MatchTrouble& trouble : troubles) {
        switch (trouble.kind) {
            case rules::MatchTrouble::Kind::cut:
                spdlog::warn(about_feed(article.feed_id, named(article) +
                                                             " is longer than what rules look at: "
                                                             "its end was not looked at"));
                break;
            case rules::MatchTrouble::Kind::slow: {
                std::string& told = slow_[trouble.rule->id];
                if (told != trouble.rule->query) {
                    told = trouble.rule->query;
                    spdlog::warn(about_rule(trouble.rule->id,
                                            "is slow: " + named(article) +
                                                " took it over a millisecond; 'wirewatch rules' "
                                                "shows what it costs"));
                }
                break;
            }
            case rules::MatchTrouble::Kind::given_up: {
                const std::uint64_t count = ++given_up_[trouble.rule->id];
                if (is_power_of_ten(count)) {
                    spdlog::warn(about_rule(
                        trouble.rule->id,
                        "was given up for " + named(article) +
                            ", which it may have missed: it would take too long to tell (" +
                            std::to_string(count) + (count == 1 ? " article" : " articles") +
                            " so far). Make it simpler; 'wirewatch rules explain' takes the time"));
                }
                break;
            }
        }
    }
}

}  // namespace wirewatch::daemon
