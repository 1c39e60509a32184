// SPDX-License-Identifier: MIT
#include "bench/news_set.hpp"

#include <array>
#include <random>
#include <string_view>

namespace wirewatch::bench {

namespace {

constexpr auto kWords = std::to_array<std::string_view>({
    "the",        "of",         "and",           "to",        "in",         "a",
    "for",        "on",         "that",          "with",      "said",       "at",
    "by",         "from",       "was",           "has",       "minister",   "president",
    "government", "officials",  "border",        "agreement", "talks",      "economy",
    "report",     "Wednesday",  "Islamabad",     "Moscow",    "parliament", "election",
    "pipeline",   "energy",     "security",      "trade",     "central",    "bank",
    "inflation",  "company",    "shares",        "quarter",   "percent",    "million",
    "police",     "court",      "investigation", "storm",     "rescue",     "hospital",
    "university", "scientists", "climate",       "season",    "final",      "coach",
    "festival",   "film",       "award",
});
constexpr auto kBeyondAscii =
    std::to_array<std::string_view>({"café", "Zürich", "naïve", "–", "it’s", "Łódź"});
constexpr auto kNames = std::to_array<std::string_view>(
    {"Jane Roe", "Ali Khan", "Maria García", "Ivan Petrov", "Chen Wei", "Anna Schmidt"});
constexpr auto kTopics = std::to_array<std::string_view>(
    {"World", "Politics", "Business", "Science", "Sport", "Culture", "Asia", "Europe"});

std::string escaped(std::string_view text) {
    std::string out;
    out.reserve(text.size() * 5 / 4);
    for (const char c : text) {
        switch (c) {
            case '<':
                out += "&lt;";
                break;
            case '>':
                out += "&gt;";
                break;
            case '&':
                out += "&amp;";
                break;
            default:
                out += c;
        }
    }
    return out;
}

class Writer {
  public:
    Writer(Content content, std::uint32_t seed) : content_{content}, random_{seed} {}

    std::string rss() {
        out_ =
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<rss version=\"2.0\""
            " xmlns:content=\"http://purl.org/rss/1.0/modules/content/\""
            " xmlns:dc=\"http://purl.org/dc/elements/1.1/\""
            " xmlns:atom=\"http://www.w3.org/2005/Atom\">\n<channel>\n"
            "  <title>Daily News</title>\n  <link>https://news.example/</link>\n"
            "  <description>All the news</description>\n  <language>en</language>\n";
        for (auto left = between(20, 60); left > 0; --left) {
            rss_item();
        }
        return out_ += "</channel>\n</rss>\n";
    }

    std::string atom() {
        out_ =
            "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n"
            "<feed xmlns=\"http://www.w3.org/2005/Atom\">\n  <title>Daily News</title>\n"
            "  <link href=\"https://news.example/\"/>\n  <id>urn:news:example</id>\n"
            "  <updated>2026-11-23T10:00:00Z</updated>\n";
        for (auto left = between(20, 60); left > 0; --left) {
            atom_entry();
        }
        return out_ += "</feed>\n";
    }

  private:
    std::size_t between(std::size_t low, std::size_t high) {
        return low + random_() % (high - low + 1);  // not a distribution: these differ by library
    }

    template <class List>
    std::string_view one_of(const List& list) {
        return list[random_() % list.size()];
    }

    std::string words(std::size_t bytes) {
        std::string text;
        while (text.size() < bytes) {
            // English with a name or a dash beyond ASCII every thirty words or so.
            text += between(1, 30) == 1 ? one_of(kBeyondAscii) : one_of(kWords);
            text += between(1, 12) == 1 ? ". " : between(1, 200) == 1 ? " R&D " : " ";
        }
        text.pop_back();
        return text;
    }

    std::string html(std::size_t bytes) {
        std::string out;
        while (out.size() < bytes) {
            switch (between(1, 8)) {
                case 1:
                    out += "<ul><li>" + escaped(words(40)) + "</li><li>" + escaped(words(40)) +
                           "</li></ul>\n";
                    break;
                case 2:
                    out += "<p><img src=\"https://img.example/" + number() + ".jpg\" alt=\"" +
                           escaped(words(20)) + "\" width=\"640\"/></p>\n";
                    break;
                default:
                    out += "<p>" + escaped(words(120)) + " <a href=\"https://news.example/" +
                           number() + "?a=1&amp;b=2\">" + escaped(words(15)) + "</a> <strong>" +
                           escaped(words(15)) + "</strong>&nbsp;" + escaped(words(100)) +
                           "<br/></p>\n";
            }
        }
        return out;
    }

    std::string number() { return std::to_string(between(100'000, 999'999)); }

    void content_in(std::string_view open, std::string_view close) {
        const std::size_t bytes = between(1'000, 3'000);
        out_ += open;
        if (content_ == Content::text) {
            out_ += escaped(words(bytes));
        } else if (between(1, 2) == 1) {
            out_.append("<![CDATA[").append(html(bytes)).append("]]>");
        } else {
            out_ += escaped(html(bytes));
        }
        out_ += close;
    }

    void tag(std::string_view name, std::string_view text) {
        out_.append("      <").append(name).append(">").append(text);
        out_.append("</").append(name.substr(0, name.find(' '))).append(">\n");
    }

    void rss_item() {
        const std::string id = number();
        out_ += "    <item>\n";
        tag("title", escaped(words(between(30, 80))));
        tag("link", "https://news.example/2026/11/23/story-" + id + "?utm_source=rss");
        tag("guid isPermaLink=\"false\"", "story-" + id);
        tag("pubDate", "Mon, 23 Nov 2026 " + time() + " +0100");
        tag("dc:creator", one_of(kNames));
        tag("category", one_of(kTopics));
        tag("category", one_of(kTopics));
        tag("description", escaped(words(between(80, 200))));
        content_in("      <content:encoded>", "</content:encoded>\n");
        out_ += "    </item>\n";
    }

    void atom_entry() {
        const std::string id = number();
        out_ += "    <entry>\n";
        tag("title", escaped(words(between(30, 80))));
        out_ += "      <link rel=\"alternate\" href=\"https://news.example/story-" + id + "\"/>\n";
        tag("id", "urn:story:" + id);
        tag("published", "2026-11-23T" + time() + "Z");
        tag("updated", "2026-11-23T" + time() + "Z");
        out_ += "      <author><name>";
        out_.append(one_of(kNames)).append("</name></author>\n");
        out_.append("      <category term=\"").append(one_of(kTopics)).append("\"/>\n");
        tag("summary", escaped(words(between(80, 200))));
        content_in(content_ == Content::text ? "      <content type=\"text\">"
                                             : "      <content type=\"html\">",
                   "</content>\n");
        out_ += "    </entry>\n";
    }

    std::string time() {
        const auto two = [&](std::size_t high) {
            return std::to_string(100 + between(0, high)).substr(1);
        };
        const std::string hour = two(23);
        const std::string minute = two(59);
        return hour + ":" + minute + ":" + two(59);
    }

    Content content_;
    std::mt19937 random_;
    std::string out_;
};

}  // namespace

std::vector<std::string> make_news_set(Content content, std::size_t bytes, std::uint32_t seed) {
    Writer writer{content, seed};
    std::vector<std::string> documents;
    for (std::size_t made = 0; made < bytes;) {
        documents.push_back(documents.size() % 2 == 0 ? writer.rss() : writer.atom());
        made += documents.back().size();
    }
    return documents;
}

}  // namespace wirewatch::bench
