// SPDX-License-Identifier: MIT
#include "review/span_json.hpp"

#include <utility>

#include <nlohmann/json.hpp>

namespace wirewatch::review {

nlohmann::ordered_json spans_json(const std::vector<Span>& spans) {
    using Json = nlohmann::ordered_json;
    Json matches = Json::array();
    for (const Span& span : spans) {
        Json match{{"field", to_text(span.field)},
                   {"start", span.start},
                   {"end", span.end},
                   {"text", span.text},
                   {"term", span.term}};
        if (span.item > 0) {
            match["item"] = span.item;
        }
        matches.push_back(std::move(match));
    }
    return matches;
}

}  // namespace wirewatch::review
