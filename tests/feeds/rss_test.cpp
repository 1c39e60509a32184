// SPDX-License-Identifier: MIT
#include "feeds/parser.hpp"

#include <string>
#include <vector>

#include <catch2/catch.hpp>

using namespace wirewatch;
using namespace wirewatch::feeds;

namespace {

ParsedFeed parsed(const std::string& document, std::string_view base_url = "") {
    const auto feed = parse_feed(document, {"application/rss+xml", base_url});
    INFO((feed ? "" : feed.error().text));
    REQUIRE(feed);
    return *feed;
}

/// An RSS 2.0 feed with one item, and that item as it was read.
Article item(const std::string& content) {
    const auto feed = parsed(
        R"(<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"
             xmlns:content="http://purl.org/rss/1.0/modules/content/"
             xmlns:media="http://search.yahoo.com/mrss/" xmlns:a="http://www.w3.org/2005/Atom"
             xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd"
             xmlns:feedburner="http://rssnamespace.org/feedburner/ext/1.0">
           <channel><language>en_US</language><item>)" +
            content + "</item></channel></rss>",
        "https://example.org/feed");
    REQUIRE(feed.articles.size() == 1);
    return feed.articles[0];
}

}  // namespace

TEST_CASE("an RSS 2.0 feed is read field by field") {
    const auto feed = parsed(R"(<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom">
  <channel>
    <title>خبریں - وائس آف امریکہ</title>
    <link>http://www.urduvoa.com/archive/2184.html</link>
    <description><![CDATA[اردو <b>خبریں</b>]]></description>
    <image><url>/img/logo.gif</url><title>VOA</title></image>
    <language>ur</language>
    <managingEditor>desk@voanews.com (VOA Urdu)</managingEditor>
    <atom:link href="http://www.urduvoa.com/api/zoot" rel="self"/>
    <item>
      <title>کرائمیا: ریفرنڈم</title>
      <description><![CDATA[<p>One &amp; two</p><p>Three</p>]]></description>
      <link>http://www.urduvoa.com/content/1872523.html</link>
      <guid>http://www.urduvoa.com/content/1872523.html</guid>
      <pubDate>Sun, 16 Mar 2014 17:51:37 -0400</pubDate>
      <category>خبریں</category><category>دنیا</category><category>دنیا</category>
      <comments>http://www.urduvoa.com/content/1872523.html#comments</comments>
      <enclosure url="http://gdb.voanews.com/31.jpg" length="3123" type="image/jpeg"/>
    </item>
  </channel>
</rss>)");
    CHECK(feed.format == "RSS 2.0");
    CHECK(feed.encoding == "UTF-8");
    CHECK(feed.repaired.empty());
    CHECK(feed.title == "خبریں - وائس آف امریکہ");
    CHECK(feed.url == "http://www.urduvoa.com/archive/2184.html");
    CHECK(feed.feed_url == "http://www.urduvoa.com/api/zoot");
    CHECK(feed.description == "اردو خبریں");
    CHECK(feed.language == "ur");
    CHECK(feed.authors == std::vector<std::string>{"VOA Urdu"});
    CHECK(feed.image == "http://www.urduvoa.com/img/logo.gif");
    REQUIRE(feed.articles.size() == 1);
    const Article& article = feed.articles[0];
    CHECK(article.id == "http://www.urduvoa.com/content/1872523.html");
    CHECK(article.url == "http://www.urduvoa.com/content/1872523.html");
    CHECK(article.title == "کرائمیا: ریفرنڈم");
    CHECK(article.summary == "One & two\n\nThree");
    CHECK(article.summary_html == "<p>One &amp; two</p><p>Three</p>");
    CHECK(article.content.empty());
    CHECK(to_rfc3339(article.published.value()) == "2014-03-16T21:51:37Z");
    CHECK_FALSE(article.updated);
    CHECK(article.categories == std::vector<std::string>{"خبریں", "دنیا"});
    CHECK(article.comments_url == "http://www.urduvoa.com/content/1872523.html#comments");
    CHECK(article.language == "ur");
    REQUIRE(article.enclosures.size() == 1);
    CHECK(article.enclosures[0].url == "http://gdb.voanews.com/31.jpg");
    CHECK(article.enclosures[0].type == "image/jpeg");
    CHECK(article.enclosures[0].length == 3123);
    CHECK(article.image == "http://gdb.voanews.com/31.jpg");
}

TEST_CASE("the version of RSS is told") {
    const auto [document, format] = GENERATE(table<const char*, const char*>({
        {R"(<rss version="0.91"><channel><item><title>t</title></item></channel></rss>)",
         "RSS 0.91"},
        {R"(<!DOCTYPE rss PUBLIC "-//Netscape Communications//DTD RSS 0.91//EN"
            "http://my.netscape.com/publish/formats/rss-0.91.dtd">
            <rss version="0.91"><channel><item><title>t</title></item></channel></rss>)",
         "RSS 0.91"},
        {R"(<rss version=" 0.92 "><channel><item><title>t</title></item></channel></rss>)",
         "RSS 0.92"},
        {R"(<rss version="4.20"><channel><item><title>t</title></item></channel></rss>)", "RSS"},
        {R"(<RSS Version="2.0"><Channel><Item><Title>t</Title></Item></Channel></RSS>)", "RSS 2.0"},
        {R"(<rss version="2.0" xmlns="http://backend.userland.com/rss2"><channel><item>
            <title>t</title></item></channel></rss>)",
         "RSS 2.0"},
        {R"(<channel><item><title>t</title></item></channel>)", "RSS"},
        {R"(<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
            xmlns="http://my.netscape.com/rdf/simple/0.9/"><channel/><item><title>t</title></item>
            </rdf:RDF>)",
         "RSS 0.90"},
        {R"(<r:RDF xmlns:r="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
            xmlns:x="http://purl.org/rss/1.0/"><x:channel/><x:item><x:title>t</x:title></x:item>
            </r:RDF>)",
         "RSS 1.0"},
    }));
    CAPTURE(document);
    const auto feed = parsed(document);
    CHECK(feed.format == format);
    REQUIRE(feed.articles.size() == 1);
    CHECK(feed.articles[0].title == "t");
}

TEST_CASE("RSS 1.0 keeps items beside the channel, with Dublin Core") {
    const auto feed = parsed(R"(<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
        xmlns="http://purl.org/rss/1.0/" xmlns:d="http://purl.org/dc/elements/1.1/">
      <channel rdf:about="http://www.dw.de"><title>DW</title><link>http://www.dw.de</link>
        <d:language>zh</d:language></channel>
      <image><url>http://www.dw.de/logo.gif</url></image>
      <item rdf:about="http://www.dw.de/a-1"><title>格林沃尔德</title><link>http://www.dw.de/a-1</link>
        <d:date>2015-03-15T16:44:00Z</d:date><d:creator>Jane Roe</d:creator>
        <d:subject>Politics</d:subject></item></rdf:RDF>)");
    CHECK(feed.language == "zh");
    CHECK(feed.image == "http://www.dw.de/logo.gif");
    REQUIRE(feed.articles.size() == 1);
    CHECK(feed.articles[0].id == "http://www.dw.de/a-1");
    CHECK(to_rfc3339(feed.articles[0].published.value()) == "2015-03-15T16:44:00Z");
    CHECK(feed.articles[0].authors == std::vector<std::string>{"Jane Roe"});
    CHECK(feed.articles[0].categories == std::vector<std::string>{"Politics"});
}

TEST_CASE("an item's address is the first that leads somewhere") {
    const auto [content, url] = GENERATE(table<const char*, const char*>({
        {"<link>http://a.example/1</link>", "http://a.example/1"},
        {"<link>/news/1</link>", "https://example.org/news/1"},
        {"<link><![CDATA[ http://a.example/1?a=1&b=2 ]]></link>", "http://a.example/1?a=1&b=2"},
        {"<link>http://t.example/1</link><feedburner:origLink>http://a.example/1"
         "</feedburner:origLink>",
         "http://a.example/1"},
        {"<link></link><guid>http://a.example/1</guid>", "http://a.example/1"},
        {"<guid isPermaLink='false'>http://a.example/1</guid>", ""},
        {"<guid>tag:a.example,2021:1</guid>", ""},
        {"<a:link rel='self' href='http://a.example/s'/><a:link href='http://a.example/1'/>",
         "http://a.example/1"},
        {"<link href='http://a.example/1'/>", "http://a.example/1"},
        {"<link>javascript:alert(1)</link>", ""},
    }));
    CAPTURE(content);
    CHECK(item(content).url == url);
}

TEST_CASE("xml:base moves relative addresses, one inside the other") {
    const auto feed = parsed(R"(<rss version="2.0" xml:base="https://a.example/x/"><channel>
        <item xml:base="y/"><link>z</link><enclosure url="/film.mp4"/></item></channel></rss>)");
    REQUIRE(feed.articles.size() == 1);
    CHECK(feed.articles[0].url == "https://a.example/x/y/z");
    CHECK(feed.articles[0].enclosures.at(0).url == "https://a.example/film.mp4");
}

TEST_CASE("namespaces count by their URI, whatever the prefix") {
    const auto feed = parsed(R"(<rss version="2.0" xmlns:x="http://purl.org/dc/elements/1.1/"
        xmlns:dc="http://example.org/other"><channel><item><dc:creator>Not an author</dc:creator>
        <x:creator>Jane Roe</x:creator>
        <creator xmlns="http://purl.org/dc/elements/1.1/">John Doe</creator>
        <title>Right</title><title xmlns="http://example.org/other">Wrong</title>
        </item></channel></rss>)");
    REQUIRE(feed.articles.size() == 1);
    CHECK(feed.articles[0].authors == std::vector<std::string>{"Jane Roe", "John Doe"});
    CHECK(feed.articles[0].title == "Right");
}

TEST_CASE("a prefix that is nowhere declared is taken at its word") {
    const auto feed = parsed(R"(<rss version="2.0"><channel><item><title>t</title>
        <dc:creator>Jane Roe</dc:creator></item></channel></rss>)");
    CHECK(feed.articles.at(0).authors == std::vector<std::string>{"Jane Roe"});
}

TEST_CASE("people are named, not addressed") {
    const auto [written, name] = GENERATE(table<const char*, const char*>({
        {"Jane Roe", "Jane Roe"},
        {"jane@example.org (Jane Roe)", "Jane Roe"},
        {"Jane Roe (jane@example.org)", "Jane Roe"},
        {"Jane Roe &lt;jane@example.org&gt;", "Jane Roe"},
        {"jane@example.org", "jane@example.org"},
        {"Jane Roe (Cairo)", "Jane Roe (Cairo)"},
    }));
    CAPTURE(written);
    CHECK(item("<author>" + std::string{written} + "</author>").authors ==
          std::vector<std::string>{name});
}

TEST_CASE("title, summary and content are text, whatever the feed wraps them in") {
    const auto article = item(R"(
        <title>&lt;b&gt;Bold&lt;/b&gt; &amp;amp; plain</title>
        <description>Five &amp;lt; six</description>
        <content:encoded><![CDATA[<p>Body</p>]]></content:encoded>)");
    CHECK(article.title == "Bold & plain");
    CHECK(article.summary == "Five < six");
    CHECK(article.content == "Body");
    CHECK(article.content_html == "<p>Body</p>");
    CHECK(item("<title>&lt;/example&gt;</title>").title == "</example>");
    CHECK(item("<description>One <b>two</b> <i>three</i> &amp; four</description>").summary ==
          "One two three & four");
}

TEST_CASE("the picture is the article's own before a thumbnail before the show's") {
    const auto [content, image] = GENERATE(table<const char*, const char*>({
        {"<itunes:image href='/show.png'/><media:thumbnail url='/small.png'/>"
         "<media:content url='/big.png' medium='image'/>",
         "https://example.org/big.png"},
        {"<media:group><media:content url='/film.mp4' type='video/mp4'/>"
         "<media:thumbnail url='/small.png'/></media:group>",
         "https://example.org/small.png"},
        {"<itunes:image href='/show.png'/>", "https://example.org/show.png"},
        {"<enclosure url='/a.mp3' type='audio/mpeg'/><enclosure url='/b.png' type='image/png'/>",
         "https://example.org/b.png"},
        {"<enclosure url='/a.mp3' type='audio/mpeg'/>", ""},
        {"<media:content url='/film.MP4?a=1.jpg'/><media:thumbnail url='/small.png'/>",
         "https://example.org/small.png"},
        {"<media:content url=' /film.mp4'/><media:thumbnail url='/small.png'/>",
         "https://example.org/small.png"},
        {"<media:content url='/big'/><media:thumbnail url='/small.png'/>",
         "https://example.org/big"},
        {"<itunes:image url='/show.png'/>", "https://example.org/show.png"},
        {"<itunes:image>/show.png</itunes:image>", "https://example.org/show.png"},
        {"<image href='/show.png'/>", "https://example.org/show.png"},
        {"<image><url>/show.png</url></image>", "https://example.org/show.png"},
    }));
    CAPTURE(content);
    CHECK(item(content).image == image);
}

TEST_CASE("enclosures are listed once, with what is known of them") {
    const auto article = item(R"(<enclosure url="/a.mp3" type="audio/mpeg" length="none"/>
        <media:content url="/a.mp3" type="audio/mpeg"/>
        <media:group><media:content url="/b.mp4" type="video/mp4" fileSize="12"/></media:group>
        <a:link rel="enclosure" href="/c.pdf" type="application/pdf" length="7"/>)");
    REQUIRE(article.enclosures.size() == 3);
    CHECK(article.enclosures[0].length == 0);
    CHECK(article.enclosures[1].type == "application/pdf");
    CHECK(article.enclosures[2].url == "https://example.org/b.mp4");
    CHECK(article.enclosures[2].length == 12);
}

TEST_CASE("an item has its own language, else its feed's") {
    CHECK(item("<title>t</title>").language == "en-US");
    CHECK(item("<dc:language>fr</dc:language>").language == "fr");
}

TEST_CASE("a date that no one can read leaves the next one its chance") {
    const auto article = item("<pubDate>soon</pubDate><dc:date>2021-04-07</dc:date>");
    CHECK(to_rfc3339(article.published.value()) == "2021-04-07T00:00:00Z");
    CHECK_FALSE(item("<pubDate>soon</pubDate>").published);
}

TEST_CASE("a feed without items is a feed") {
    CHECK(parsed("<rss version='2.0'><channel><title>t</title></channel></rss>").articles.empty());
}

TEST_CASE("Media RSS names files, pictures and pages that play them") {
    const auto article = item(R"(<media:thumbnail url="/t.jpg"/><media:peerLink href="/f.torrent"/>
        <media:content url="/p.jpg" medium="image"/>
        <media:content medium="video"><media:player url="/play"/></media:content>
        <media:content url="/v.mp4"><media:player url="/other"/></media:content>
        <media:content url="  "/><enclosure url="/a.mp3" type="audio/mpeg"/>)");
    std::vector<std::string> files;
    for (const auto& enclosure : article.enclosures) {
        files.push_back(enclosure.url.substr(enclosure.url.rfind('/')) + " " + enclosure.type);
    }
    CHECK(files == std::vector<std::string>{"/a.mp3 audio/mpeg", "/p.jpg image/*", "/v.mp4 ",
                                            "/f.torrent application/x-bittorrent",
                                            "/play text/html", "/t.jpg image/*"});
    CHECK(article.image == "https://example.org/p.jpg");
}

TEST_CASE("FeedBurner's original addresses replace those that count") {
    const auto article = item(R"(<link>https://count.example/1</link>
        <feedburner:origLink>https://example.org/1</feedburner:origLink>
        <enclosure url="https://count.example/1.mp3"/><enclosure url="/2.mp3"/>
        <feedburner:origEnclosureLink>/1.mp3</feedburner:origEnclosureLink>)");
    CHECK(article.url == "https://example.org/1");
    REQUIRE(article.enclosures.size() == 2);
    CHECK(article.enclosures[0].url == "https://example.org/1.mp3");
    CHECK(article.enclosures[1].url == "https://example.org/2.mp3");
}

TEST_CASE("an episode without a page has the address of its file") {
    CHECK(item("<enclosure url='/a.mp3'/>").url == "https://example.org/a.mp3");
    CHECK(item("<enclosure url='/a.mp3'/><link>/1</link>").url == "https://example.org/1");
}

TEST_CASE("links hang on the site where another host carries the feed") {
    const auto url = [](const char* base) {
        return parsed(
                   "<rss version='2.0'><channel><link>https://site.example/news/</link>"
                   "<item><link>1.html</link></item></channel></rss>",
                   base)
            .articles.at(0)
            .url;
    };
    CHECK(url("https://feeds.example/x") == "https://site.example/news/1.html");
    CHECK(url("https://site.example/rss.xml") == "https://site.example/1.html");
}

TEST_CASE("a channel names its hubs and where it goes on") {
    const auto feed = parsed(
        "<rss version='2.0' xmlns:a='http://www.w3.org/2005/Atom'><channel>"
        "<a:link rel='hub' href='https://hub.example/'/>"
        "<a:link rel='next' href='/2'/></channel></rss>",
        "https://example.org/");
    CHECK(feed.hubs == std::vector<std::string>{"https://hub.example/"});
    CHECK(feed.next_url == "https://example.org/2");
}

TEST_CASE("a channel's picture may stand in many places") {
    const auto [content, image] = GENERATE(table<const char*, const char*>({
        {"<image><url>/i.gif</url></image><m:thumbnail url='/t.gif'/>",
         "https://example.org/i.gif"},
        {"<m:content url='/f.mp4' type='video/mp4'/><m:content url='/t.gif'/>", ""},
        {"<m:content url='/t.gif' medium='image'/>", "https://example.org/t.gif"},
        {"<i:image href='/i.gif'/>", "https://example.org/i.gif"},
        {"<image xml:base='/a/'><url>i.gif</url></image>", "https://example.org/a/i.gif"},
    }));
    CAPTURE(content);
    CHECK(parsed("<rss version='2.0' xmlns:m='http://search.yahoo.com/mrss/' "
                 "xmlns:i='http://www.itunes.com/dtds/podcast-1.0.dtd'><channel>" +
                     std::string{content} + "</channel></rss>",
                 "https://example.org/")
              .image == image);
}

TEST_CASE("an item on its own is a feed of one") {
    const auto feed = parsed("<item><title>Alone</title><link>https://example.org/1</link></item>");
    REQUIRE(feed.articles.size() == 1);
    CHECK(feed.articles[0].url == "https://example.org/1");
    CHECK(parsed("<item><title>Alone</title><link href='https://example.org/1'/></item>")
              .articles.at(0)
              .url == "https://example.org/1");
    CHECK_FALSE(parse_feed("<item><price>3</price></item>", {}));
}

TEST_CASE("the page with the comments may be a link to the replies") {
    CHECK(item("<a:link rel='replies' type='text/html' href='/1#c'/>").comments_url ==
          "https://example.org/1#c");
    CHECK(item("<a:link rel='replies' type='application/rss+xml' href='/1.rss'/>")
              .comments_url.empty());
}

TEST_CASE("an item that says nothing at all is none") {
    const auto feed = parsed(
        "<rss version='2.0'><channel><item><title>1</title><item /></item>"
        "<item> </item><item><title>2</title></item></channel></rss>");
    REQUIRE(feed.articles.size() == 2);
    CHECK(feed.articles[1].title == "2");
}

TEST_CASE("text stands before, between and behind the elements and sections of a field") {
    const Article mixed = item(
        "<description>1 &lt; 2 &amp; <b>bold <i>and</i></b> <u>more</u> <![CDATA[<s>raw</s>]]> "
        "end</description>");
    CHECK(mixed.summary == "1 < 2 & bold and more raw end");
    CHECK(mixed.summary_html == "1 &lt; 2 &amp; <b>bold <i>and</i></b> <u>more</u> <s>raw</s> end");

    CHECK(item("<title>one<![CDATA[ & two]]> three</title>").title == "one & two three");
    CHECK(item("<title>one<?a?> two</title>").title == "one two");
    CHECK(item("<title><![CDATA[one]]></title>").title == "one");
    CHECK(item("<title> <![CDATA[one]]> </title>").title == "one");
    CHECK(item("<title><![CDATA[]]>one</title>").title == "one");
    CHECK(item("<guid><x>no</x>yes<x>no</x></guid>").id == "yes");
}

TEST_CASE("elements of all kinds may stand in one item") {
    const Article article = item(
        "<a:author>by <a:name>Jane Roe</a:name><name>not asked</name></a:author>"
        "<a:category term='Asia'>not asked</a:category><category domain='x'>Sport</category>"
        "<unknown><title>not this</title></unknown><TITLE>this</TITLE>"
        "<dc:creator><b>Ali</b> Khan</dc:creator>");
    CHECK(article.title == "this");
    CHECK(article.authors == std::vector<std::string>{"Ali Khan", "Jane Roe"});
    CHECK(article.categories == std::vector<std::string>{"Sport", "Asia"});
}

TEST_CASE("Media RSS speaks for an item that says nothing itself") {
    const std::string texts =
        "<media:title>T</media:title><media:description>D</media:description>"
        "<media:category>C</media:category>";
    const std::string media =
        GENERATE_COPY(as<std::string>{}, "<media:group>" + texts + "</media:group>",
                      "<media:content url='/a.jpg'>" + texts + "</media:content>",
                      "<media:group><media:content url='/a.jpg'/><media:content url='/b.jpg'>" +
                          texts + "</media:content></media:group>");
    CAPTURE(media);
    const Article silent = item("<guid>g</guid>" + media);
    CHECK(silent.title == "T");
    CHECK(silent.summary == "D");
    CHECK(silent.categories == std::vector<std::string>{"C"});
    const Article own =
        item("<title>Own</title><description>Words</description><category>K</category>" + media);
    CHECK(own.title == "Own");
    CHECK(own.summary == "Words");
    CHECK(own.categories == std::vector<std::string>{"K", "C"});
    const Article pictured = item("<content:encoded>Note</content:encoded>" + media);
    CHECK(pictured.title.empty());
    CHECK(pictured.summary.empty());
    const auto atom = parsed(
        "<feed xmlns='http://www.w3.org/2005/Atom' "
        "xmlns:media='http://search.yahoo.com/mrss/'><entry><id>1</id>" +
        media + "</entry></feed>");
    CHECK(atom.articles.at(0).title == "T");
    CHECK(atom.articles.at(0).summary == "D");
    CHECK(atom.articles.at(0).categories == std::vector<std::string>{"C"});
}

TEST_CASE("a namespace is known with and without what is often left out of its URI") {
    const std::string uri = GENERATE(
        as<std::string>{}, "http://www.itunes.com/dtds/podcast-1.0.dtd",
        "http://itunes.com/dtds/podcast-1.0.dtd", "https://www.itunes.com/DTDs/PodCast-1.0.dtd/");
    CAPTURE(uri);
    CHECK(parsed("<rss version='2.0' xmlns:x='" + uri +
                 "'><channel><item><x:summary>S</x:summary></item></channel></rss>")
              .articles.at(0)
              .summary == "S");
}

TEST_CASE("a channel may be described as Atom 0.3 does") {
    CHECK(parsed("<rss version='2.0' xmlns:a='http://purl.org/atom/ns#'><channel>"
                 "<a:tagline>All the news</a:tagline></channel></rss>")
              .description == "All the news");
}

TEST_CASE("a link whose address is an attribute is Atom's, with or without its prefix") {
    const auto [links, url] = GENERATE(table<const char*, const char*>({
        {"<link rel='self' href='/rss'/><guid>http://s/p</guid>", "http://s/p"},
        {"<link rel='hub' href='/hub'/><link rel='alternate' href='/a'/>", "https://example.org/a"},
        {"<link href='/a'/>", "https://example.org/a"},
        {"<link href='/b'/><link>/a</link>", "https://example.org/a"},
        {"<link href='/b'>/a</link>", "https://example.org/a"},
        {"<link rel='via' href='/b'/>", ""},
    }));
    CAPTURE(links);
    CHECK(item(links).url == url);
    const auto more = item(
        "<title>t</title><link rel='enclosure' href='/a.mp3' length='7'/>"
        "<link rel='replies' type='text/html' href='/c'/>");
    CHECK(more.enclosures.at(0).url == "https://example.org/a.mp3");
    CHECK(more.comments_url == "https://example.org/c");
    const auto feed = parsed(
        "<rss version='2.0'><channel><link rel='Self' href='http://s/rss'/>"
        "<link rel='hub' href='http://h/'/><link rel='next' href='http://s/2'/>"
        "<link rel='alternate' href='http://s/'/></channel></rss>");
    CHECK(feed.feed_url == "http://s/rss");
    CHECK(feed.hubs == std::vector<std::string>{"http://h/"});
    CHECK(feed.next_url == "http://s/2");
    CHECK(feed.url == "http://s/");
}
