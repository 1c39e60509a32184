// SPDX-License-Identifier: MIT
// How each outlet writes its feed, quirks and all.
#include "daemon/demo/newsroom.hpp"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <sstream>
#include <string>

namespace wirewatch::daemon::demo {

namespace {

/// The moments of the stories are all of the form 2021-04-06T16:12:00Z.
struct Moment {
    int year, month, day, hour, minute;
};

Moment moment_of(std::string_view text) {
    Moment m{};
    std::sscanf(std::string{text}.c_str(), "%d-%d-%dT%d:%d", &m.year, &m.month, &m.day, &m.hour,
                &m.minute);
    return m;
}

/// "Tue, 6 Apr 2021 20:12:00 +0400", in a zone some hours east of Greenwich.
std::string rfc822(std::string_view text, int hours_east) {
    using namespace std::chrono;
    const Moment m = moment_of(text);
    const auto utc = sys_days{year{m.year} / m.month / m.day} + hours{m.hour} + minutes{m.minute};
    const auto local = utc + hours{hours_east};
    const auto day = floor<days>(local);
    const year_month_day date{day};
    const hh_mm_ss time{local - day};
    constexpr std::array kDays{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
    constexpr std::array kMonths{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                 "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    std::array<char, 48> out{};
    std::snprintf(out.data(), out.size(), "%s, %02u %s %d %02d:%02d:00 %+03d00",
                  kDays[weekday{day}.c_encoding()], static_cast<unsigned>(date.day()),
                  kMonths[static_cast<unsigned>(date.month()) - 1], static_cast<int>(date.year()),
                  static_cast<int>(time.hours().count()), static_cast<int>(time.minutes().count()),
                  hours_east);
    return out.data();
}

std::string escaped(std::string_view text) {
    std::string out;
    for (const char c : text) {
        switch (c) {
            case '&':
                out += "&amp;";
                break;
            case '<':
                out += "&lt;";
                break;
            case '>':
                out += "&gt;";
                break;
            case '\'':
                out += "&#39;";
                break;
            default:
                out += c;
        }
    }
    return out;
}

/// Plain text: no HTML. Guids are the links. Every item has a picture and an author's mail address.
void voice_of_america(std::ostream& out, const OutletFacts& outlet,
                      const std::vector<const StoryText*>& news) {
    out << R"(<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom" xmlns:media="http://search.yahoo.com/mrss/">
<channel>
<title>)"
        << outlet.title << R"(</title>
<link>)" << outlet.site
        << R"(</link>
<description>News of the world</description>
<language>en</language>
<ttl>60</ttl>
<atom:link href="https://www.voanews.com/api/" rel="self" type="application/rss+xml" />
)";
    for (const StoryText* story : news) {
        const std::string link = std::string{outlet.site} + std::string{story->path};
        out << "<item>\n<title>" << escaped(story->title) << "</title>\n<description>"
            << escaped(story->summary) << "</description>\n<link>" << link << "</link>\n<guid>"
            << link << "</guid>\n<pubDate>" << rfc822(story->published, 0)
            << "</pubDate>\n<category>" << escaped(story->section)
            << "</category>\n<author>webdesk@example.com (" << escaped(story->author)
            << ")</author>\n<enclosure url=\"https://gdb.example.com/picture.jpg\" length=\"3123\" "
               "type=\"image/jpeg\"/>\n</item>\n";
    }
    out << "</channel>\n</rss>\n";
}

/// HTML in CDATA, Dublin Core creators, numbers for guids, Gulf time, campaign marks nowhere.
void gulf_news(std::ostream& out, const OutletFacts& outlet,
               const std::vector<const StoryText*>& news) {
    out << R"(<?xml version="1.0" encoding="UTF-8"?>
<rss xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:media="http://search.yahoo.com/mrss/" version="2.0">
<channel>
<title><![CDATA[)"
        << outlet.title << R"(]]></title>
<link>)" << outlet.site
        << R"(</link>
<description><![CDATA[World]]></description>
<language>en-ae</language>
)";
    for (const StoryText* story : news) {
        const std::string_view number = story->path.substr(story->path.rfind('-') + 1);
        out << "<item>\n<title><![CDATA[ " << story->title << " ]]></title>\n<link>" << outlet.site
            << story->path << "</link>\n<guid isPermaLink=\"false\">" << number
            << "</guid>\n<pubDate>" << rfc822(story->published, 4)
            << "</pubDate>\n<dc:creator><![CDATA[" << story->author
            << "]]></dc:creator>\n<category><![CDATA[" << story->section
            << "]]></category>\n<description><![CDATA[<img "
               "src=\"https://imagevars.example.com/1.jpg\"/>"
            << story->summary
            << "]]></description>\n<media:content url=\"https://imagevars.example.com/1.jpg\" "
            << "medium=\"image\"/>\n</item>\n";
    }
    out << "</channel>\n</rss>\n";
}

/// Atom with relative links below an xml:base, tag URIs for ids, escaped HTML summaries.
void al_arabiya(std::ostream& out, const OutletFacts& outlet,
                const std::vector<const StoryText*>& news) {
    out << R"(<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en" xml:base=")"
        << outlet.site << R"(">
<title type="text">)"
        << outlet.title << R"(</title>
<id>tag:english.alarabiya.net,2021:news</id>
<link rel="self" href="/feed/atom/en/News.xml"/>
<updated>2021-04-07T20:00:00Z</updated>
)";
    for (const StoryText* story : news) {
        out << "<entry>\n<id>tag:english.alarabiya.net,2021:" << story->path
            << "</id>\n<title type=\"html\">" << escaped(story->title)
            << "</title>\n<link rel=\"alternate\" type=\"text/html\" href=\"/" << story->path
            << "\"/>\n<published>" << story->published << "</published>\n<updated>"
            << story->published << "</updated>\n<author><name>" << escaped(story->author)
            << "</name></author>\n<category term=\"" << escaped(story->section)
            << "\"/>\n<summary type=\"html\">" << escaped(story->summary)
            << "</summary>\n</entry>\n";
    }
    out << "</feed>\n";
}

}  // namespace

const std::array<OutletFacts, 3>& outlets() {
    static constexpr std::array<OutletFacts, 3> kOutlets{{
        {Outlet::voice_of_america, "voa-news", "Voice of America", "https://www.voanews.com/",
         "/voa/rss.xml"},
        {Outlet::gulf_news, "gulf-news", "Gulf News", "https://gulfnews.com/",
         "/gulfnews/feed.xml"},
        {Outlet::al_arabiya, "alarabiya-english", "Al Arabiya English",
         "https://english.alarabiya.net/", "/alarabiya/atom.xml"},
    }};
    return kOutlets;
}

std::string render(const OutletFacts& outlet, int wave) {
    std::vector<const StoryText*> news;
    for (const StoryText& story : stories()) {
        if (story.outlet == outlet.outlet && story.wave <= wave) {
            news.push_back(&story);
        }
    }
    std::sort(news.begin(), news.end(),
              [](const StoryText* a, const StoryText* b) { return a->published > b->published; });
    std::ostringstream out;
    switch (outlet.outlet) {
        case Outlet::voice_of_america:
            voice_of_america(out, outlet, news);
            break;
        case Outlet::gulf_news:
            gulf_news(out, outlet, news);
            break;
        case Outlet::al_arabiya:
            al_arabiya(out, outlet, news);
            break;
    }
    return out.str();
}

}  // namespace wirewatch::daemon::demo
