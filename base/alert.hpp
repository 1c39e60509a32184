// SPDX-License-Identifier: MIT
// An alert: a numbered hit with all that its message says of it.
#pragma once

#include "base/article.hpp"
#include "base/digest.hpp"
#include "base/hit.hpp"
#include "base/rule.hpp"
#include "base/time.hpp"

#include <cstdint>
#include <string>

namespace wirewatch {

/// Copies of one article and near-duplicates form a story; an article alone is a story of one.
struct Story {
    std::string id;      ///< the key of its first article
    int size = 1;        ///< its articles; of an alert: with it, at its commit
    Instant first_seen;  ///< of its first article
};

struct Alert {
    std::uint64_t seq = 0;   ///< from 1, without gaps within an epoch
    std::uint64_t tseq = 0;  ///< from 1, without gaps within an epoch and topic
    Uuid uuid{};             ///< the same for the same deployment, rule and article, for ever
    Instant committed;
    Rule rule;  ///< id, title, severity, tags and query as they were at the commit
    Article article;
    std::string feed_title;
    std::string feed_url;
    Hit hit;
    Story story;
};

/// Guarantee G3 of docs/alerts.md.
[[nodiscard]] inline Uuid alert_uuid(std::string_view deployment, std::string_view rule_id,
                                     std::string_view article_key) {
    return head16(sha256({deployment, rule_id, article_key}));
}

}  // namespace wirewatch
