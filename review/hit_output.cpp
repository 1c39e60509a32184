// SPDX-License-Identifier: MIT
#include "review/hit_output.hpp"

#include "base/time.hpp"

#include <ostream>
#include <string_view>

#include <nlohmann/json.hpp>

namespace wirewatch::review {

namespace {

using Json = nlohmann::ordered_json;

Json time_or_null(const std::optional<Instant>& instant) {
    return instant ? Json(to_rfc3339(*instant)) : Json(nullptr);
}

Json to_json(const Article& article, const std::string& feed_title, Instant first_seen) {
    return {{"key", article.key},
            {"title", article.title},
            {"url", article.url},
            {"summary", article.summary},
            {"content", article.content},
            {"authors", article.authors},
            {"categories", article.categories},
            {"language", article.language},
            {"published", time_or_null(article.published)},
            {"updated", time_or_null(article.updated)},
            {"first_seen", to_rfc3339(first_seen)},
            {"feed", {{"id", article.feed_id}, {"title", feed_title}}}};
}

Json to_json(const history::HitRow::Found& found) {
    Json matches = Json::array();
    for (const Span& span : found.hit.spans) {
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
    Json hit{{"rule",
              {{"id", found.rule.id},
               {"title", found.rule.title},
               {"severity", to_text(found.rule.severity)},
               {"tags", found.rule.tags}}},
             {"found", to_rfc3339(found.at)},
             {"seq", found.seq ? Json(*found.seq) : Json(nullptr)},
             {"matches", std::move(matches)}};
    if (found.hit.score) {
        hit["score"] = *found.hit.score;
    }
    if (found.hit.backfilled) {
        hit["backfill"] = true;
    }
    return hit;
}

Json to_json(const history::HitRow& row) {
    Json hits = Json::array();
    for (const auto& found : row.hits) {
        hits.push_back(to_json(found));
    }
    return {{"article", to_json(row.article, row.feed_title, row.first_seen)},
            {"hits", std::move(hits)}};
}

std::string dump(const Json& json, int indent) {
    return json.dump(indent, ' ', false, Json::error_handler_t::replace);
}

std::string csv_cell(std::string_view text) {
    std::string cell = "\"";
    if (!text.empty() &&
        std::string_view{"=+-@\t\r"}.find(text.front()) != std::string_view::npos) {
        cell += '\'';  // OWASP "CSV Injection": a spreadsheet would run it
    }
    for (const char c : text) {
        cell += c;
        if (c == '"') {
            cell += c;
        }
    }
    return cell + '"';
}

std::string matched_words(const Hit& hit) {
    std::string words;
    for (const Span& span : hit.spans) {
        words += (words.empty() ? "" : "; ") + span.text;
    }
    return words;
}

}  // namespace

void write_json(std::ostream& out, const std::vector<history::HitRow>& rows) {
    out << '[';
    const char* separator = "\n";
    for (const history::HitRow& row : rows) {
        out << separator << dump(to_json(row), -1);
        separator = ",\n";
    }
    out << "\n]\n";
}

void write_csv(std::ostream& out, const std::vector<history::HitRow>& rows) {
    out << "found,article,severity,rule,feed,title,url,published,matched\r\n";
    for (const history::HitRow& row : rows) {
        for (const auto& found : row.hits) {
            const Article& article = row.article;
            out << csv_cell(to_rfc3339(found.at)) << ',' << csv_cell(article.key) << ','
                << csv_cell(to_text(found.rule.severity)) << ',' << csv_cell(found.rule.id) << ','
                << csv_cell(article.feed_id) << ',' << csv_cell(article.title) << ','
                << csv_cell(article.url) << ','
                << csv_cell(article.published ? to_rfc3339(*article.published) : "") << ','
                << csv_cell(matched_words(found.hit)) << "\r\n";
        }
    }
}

void write_json(std::ostream& out, const history::StoredArticle& stored) {
    Json matched = Json::array();
    for (const history::HitRow& row : stored.matched) {
        matched.push_back(to_json(row));
    }
    out << dump(Json{{"article", to_json(stored.article, stored.feed_title, stored.first_seen)},
                     {"revisions", stored.revisions},
                     {"matched", std::move(matched)}},
                2)
        << '\n';
}

}  // namespace wirewatch::review
