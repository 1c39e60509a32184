// SPDX-License-Identifier: MIT
#include "review/hit_output.hpp"

#include "base/time.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <ostream>
#include <string_view>
#include <utility>

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

Json to_json(const Story& story, const std::vector<history::Copy>& copies) {
    Json also_in = Json::array();
    for (const history::Copy& copy : copies) {
        also_in.push_back({{"key", copy.key},
                           {"title", copy.title},
                           {"url", copy.url},
                           {"first_seen", to_rfc3339(copy.first_seen)},
                           {"feed", {{"id", copy.feed_id}, {"title", copy.feed_title}}}});
    }
    return {{"id", story.id},
            {"size", story.size},
            {"first_seen", to_rfc3339(story.first_seen)},
            {"also_in", std::move(also_in)}};
}

Json to_json(const std::vector<Span>& spans) {
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

Json to_json(const history::HitRow::Found& found) {
    Json hit{{"rule",
              {{"id", found.rule.id},
               {"title", found.rule.title},
               {"severity", to_text(found.rule.severity)},
               {"tags", found.rule.tags}}},
             {"found", to_rfc3339(found.at)},
             {"seq", found.seq ? Json(*found.seq) : Json(nullptr)},
             {"told_by", found.told_by ? Json(*found.told_by) : Json(nullptr)},
             {"matches", to_json(found.hit.spans)}};
    if (found.hit.score) {
        hit["score"] = *found.hit.score;
    }
    if (found.hit.backfilled) {
        hit["backfill"] = true;
    }
    return hit;
}

Json to_json(const std::optional<Mark>& mark) {
    return mark ? Json{{"read", mark->read},           {"starred", mark->starred},
                       {"dismissed", mark->dismissed}, {"note", mark->note},
                       {"at", to_rfc3339(mark->at)},   {"by", mark->by}}
                : Json(nullptr);
}

Json to_json(const history::HitRow& row) {
    Json hits = Json::array();
    for (const auto& found : row.hits) {
        hits.push_back(to_json(found));
    }
    return {{"article", to_json(row.article, row.feed_title, row.first_seen)},
            {"hits", std::move(hits)}};
}

Json to_json(const Found& found) {
    Json json = to_json(found.row);
    json["read_as"] = found.row.language;
    json["mark"] = to_json(found.row.mark);
    json["story"] = to_json(found.row.story, found.row.also_in);
    if (found.answer) {
        json["matches"] = to_json(found.answer->spans);
        if (found.answer->score) {
            json["score"] = *found.answer->score;
        }
    }
    return json;
}

std::string dump(const Json& json, int indent) {
    return json.dump(indent, ' ', false, Json::error_handler_t::replace);
}

std::string matched_words(const Hit& hit) {
    std::string words;
    for (const Span& span : hit.spans) {
        words += (words.empty() ? "" : "; ") + span.text;
    }
    return words;
}

std::string marks_in_words(const std::optional<Mark>& mark) {
    std::string words;
    if (mark) {
        for (const auto& [set, word] : {std::pair{mark->starred, "starred"},
                                        {mark->read, "read"},
                                        {mark->dismissed, "dismissed"}}) {
            words += set ? (words.empty() ? "" : " ") + std::string{word} : "";
        }
    }
    return words;
}

constexpr std::string_view kHeadings =
    "found,article,severity,rule,feed,title,url,published,matched,first_seen,language,marks,note";

/// A line; `hit` is null where no rule has matched the article.
void write_line(std::ostream& out, const Found& found, const history::HitRow::Found* hit) {
    const history::HitRow& row = found.row;
    const Article& article = row.article;
    const Hit* matched = found.answer ? &*found.answer : hit != nullptr ? &hit->hit : nullptr;
    const std::string cells[] = {
        hit != nullptr ? to_rfc3339(hit->at) : "",
        article.key,
        hit != nullptr ? std::string{to_text(hit->rule.severity)} : "",
        hit != nullptr ? hit->rule.id : "",
        article.feed_id,
        article.title,
        article.url,
        article.published ? to_rfc3339(*article.published) : "",
        matched != nullptr ? matched_words(*matched) : "",
        to_rfc3339(row.first_seen),
        row.language,
        marks_in_words(row.mark),
        row.mark ? row.mark->note : "",
    };
    const char* separator = "";
    for (const std::string& cell : cells) {
        out << separator << csv_cell(cell);
        separator = ",";
    }
    out << "\r\n";
}

bool starts_formula(std::string_view text) {
    // OWASP, "CSV Injection"; the last four are = + - @ of full width.
    constexpr std::array<std::string_view, 11> kSigns{"=",  "+",  "-",  "@",  "\t", "\r",
                                                      "\n", "＝", "＋", "－", "＠"};
    return std::any_of(kSigns.begin(), kSigns.end(),
                       [&](std::string_view sign) { return text.starts_with(sign); });
}

}  // namespace

ListWriter::ListWriter(std::ostream& out, ListFormat format) : out_{out}, format_{format} {
    if (format_ == ListFormat::json) {
        out_ << '[';
    } else if (format_ == ListFormat::csv) {
        out_ << kHeadings << "\r\n";
    }
}

void ListWriter::add(const Found& found) {
    if (format_ == ListFormat::csv) {
        for (const auto& hit : found.row.hits) {
            write_line(out_, found, &hit);
        }
        if (found.row.hits.empty()) {
            write_line(out_, found, nullptr);
        }
        return;
    }
    if (format_ == ListFormat::json) {
        out_ << (first_ ? "\n" : ",\n");
    }
    out_ << dump(to_json(found), -1) << (format_ == ListFormat::jsonl ? "\n" : "");
    first_ = false;
}

void ListWriter::finish() {
    if (format_ == ListFormat::json) {
        out_ << "\n]\n";
    }
}

std::string spans_json(const std::vector<Span>& spans) {
    return dump(to_json(spans), -1);
}

std::string csv_cell(std::string_view text) {
    std::string cell = "\"";
    if (starts_formula(text.substr(std::min(text.find_first_not_of('\''), text.size())))) {
        cell += '\'';
    }
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if ((byte < 0x20 && c != '\t' && c != '\r' && c != '\n') || byte == 0x7F) {
            cell += "\uFFFD";
            continue;
        }
        cell += c;
        if (c == '"') {
            cell += c;
        }
    }
    return cell + '"';
}

void write_json(std::ostream& out, const history::StoredArticle& stored) {
    Json matched = Json::array();
    for (const history::HitRow& row : stored.matched) {
        matched.push_back(to_json(row));
    }
    out << dump(Json{{"article", to_json(stored.article, stored.feed_title, stored.first_seen)},
                     {"story", to_json(stored.story, stored.also_in)},
                     {"read_as", stored.language},
                     {"revisions", stored.revisions},
                     {"mark", to_json(stored.mark)},
                     {"matched", std::move(matched)}},
                2)
        << '\n';
}

}  // namespace wirewatch::review
