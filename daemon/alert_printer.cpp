// SPDX-License-Identifier: MIT
#include "daemon/alert_printer.hpp"

#include "base/hit.hpp"
#include "base/printable.hpp"
#include "review/heading.hpp"

#include <vector>

#include <nlohmann/json.hpp>

namespace wirewatch::daemon {

namespace {

using Json = nlohmann::json;
using review::Style;

std::vector<Span> spans_of(const Json& matches) {
    constexpr Field kShown[] = {Field::title, Field::summary};
    std::vector<Span> spans;
    for (const Json& match : matches) {
        for (const Field field : kShown) {
            if (match.at("field").get<std::string>() == to_text(field)) {
                spans.push_back({.field = field,
                                 .start = match.at("start").get<std::uint32_t>(),
                                 .end = match.at("end").get<std::uint32_t>()});
            }
        }
    }
    return spans;
}

/// What befell the feed, without its name.
std::string event_in_words(const Json& data) {
    const std::string state = data.at("state").get<std::string>();
    if (state == "gap") {
        const Json& gap = data.at("gap");
        return "articles may be missing between " + gap.at("from").get<std::string>() + " and " +
               gap.at("to").get<std::string>();
    }
    if (state == "good") {
        return "is well again";
    }
    return std::string{data.at("stopped").get<bool>() ? "is polled no more: "
                                                      : "has turned bad: "} +
           data.at("error").at("text").get<std::string>();
}

std::string in_words(const review::Terminal& terminal, const Json& data) {
    const Json& rule = data.at("rule");
    const Json& article = data.at("article");
    const auto spans = spans_of(data.at("matches"));
    const auto text = [](const Json& from, const char* key) {
        return from.at(key).get<std::string>();
    };

    std::string who = printable(text(article.at("feed"), "title"), 200);
    for (const Json& author : article.at("authors")) {
        who += ", " + printable(author.get<std::string>(), 200);
    }
    std::string out = styled(terminal, Style::strong,
                             "#" + std::to_string(data.at("seq").get<std::uint64_t>()) + "  " +
                                 printable(text(rule, "id"), 80));
    if (data.contains("backfill")) {
        out += "  (from the history)";
    }
    out += "  " + printable(text(rule, "severity"), 20) + "  " + styled(terminal, Style::dim, who) +
           "\n    ";
    const std::string title = text(article, "title");
    out += title.empty() ? review::kUntitled
                         : review::highlighted(terminal, title, Field::title, spans);
    out += '\n';
    if (const std::string summary = text(article, "summary"); !summary.empty()) {
        out += "    " + review::highlighted(terminal, summary, Field::summary, spans) + '\n';
    }
    return out + "    " + styled(terminal, Style::dim, printable(text(article, "url"))) + '\n';
}

}  // namespace

Result<std::string> feed_event_in_words(const review::Terminal& terminal, std::string_view body) {
    try {
        const Json data = Json::parse(body).at("data");
        const std::string seq = "#" + std::to_string(data.at("seq").get<std::uint64_t>());
        const std::string feed = data.at("feed").at("id").get<std::string>();
        return styled(terminal, Style::strong, seq + "  " + printable(feed, 80)) + "  " +
               printable(event_in_words(data), 1000) + '\n';
    } catch (const Json::exception& wrong) {
        return fail(Errc::invalid,
                    std::string{"the daemon sent a body that is no feed event: "} + wrong.what());
    }
}

Result<std::string> alert_in_words(const review::Terminal& terminal, std::string_view body) {
    try {
        return in_words(terminal, Json::parse(body).at("data"));
    } catch (const Json::exception& wrong) {
        return fail(Errc::invalid,
                    std::string{"the daemon sent a body that is no alert: "} + wrong.what());
    }
}

}  // namespace wirewatch::daemon
