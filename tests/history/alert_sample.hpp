// SPDX-License-Identifier: MIT
// One alert with every field set.
#pragma once

#include "base/alert.hpp"

namespace wirewatch::history {

inline Alert sample_alert() {
    using namespace std::chrono;
    Alert alert;
    alert.seq = 0x0102030405060708;
    alert.tseq = 7;
    alert.uuid = *parse_uuid("00112233-4455-6677-8899-aabbccddeeff");
    alert.committed = sys_days{April / 7 / 2021} + hours{9} + minutes{30};
    alert.rule.id = "pakistan-russia";
    alert.rule.title = "Pakistan and Russia";
    alert.rule.severity = Severity::high;
    alert.rule.tags = {"energy", "csp"};
    alert.article.key = "0123456789abcdef0123456789abcdef";
    alert.article.feed_id = "voa-world";
    alert.article.url = "https://example.org/a?b=1&c=2";
    alert.article.title = "Lavrov \"in\" Islamabad";
    alert.article.summary = "Gas, für alle: روس";
    alert.article.authors = {"A. Writer", "B. Writer"};
    alert.article.categories = {"World"};
    alert.article.language = "en";
    alert.article.published = alert.committed - hours{1};
    alert.feed_title = "VOA World";
    alert.feed_url = "https://example.org/voa.xml";
    alert.hit.rule_id = alert.rule.id;
    alert.hit.spans = {{Field::title, 0, 0, 6, "Lavrov", "lavrov"},
                       {Field::author, 1, 3, 9, "Writer", "writer"}};
    alert.hit.score = 12.5;
    alert.story = {alert.article.key, 1, alert.committed};
    return alert;
}

}  // namespace wirewatch::history
