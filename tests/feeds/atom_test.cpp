// SPDX-License-Identifier: MIT
#include "feeds/html_text.hpp"
#include "feeds/parser.hpp"

#include <string>
#include <vector>

#include <catch2/catch.hpp>

using namespace wirewatch;
using namespace wirewatch::feeds;

namespace {

ParsedFeed parsed(const std::string& document, std::string_view base_url = "") {
    const auto feed = parse_feed(document, {"application/atom+xml", base_url});
    INFO((feed ? "" : feed.error().text));
    REQUIRE(feed);
    return *feed;
}

Article entry(const std::string& content) {
    const auto feed = parsed("<feed xmlns='http://www.w3.org/2005/Atom' xml:lang='en'><entry>" +
                                 content + "</entry></feed>",
                             "https://example.org/feed");
    REQUIRE(feed.articles.size() == 1);
    return feed.articles[0];
}

}  // namespace

TEST_CASE("an Atom 1.0 feed is read field by field") {
    const auto feed = parsed(R"(<?xml version="1.0" encoding="utf-8"?>
<a:feed xmlns:a="http://www.w3.org/2005/Atom" xml:lang="zh">
  <a:title type="text">BBC <![CDATA[中文]]></a:title>
  <a:subtitle type="html">&lt;i&gt;News&lt;/i&gt;</a:subtitle>
  <a:link rel="self" href="http://www.bbc.co.uk/zhongwen/index.xml"/>
  <a:link rel="alternate" href="/zhongwen/"/>
  <a:logo>logo.png</a:logo>
  <a:author><a:name>BBC</a:name></a:author>
  <a:entry>
    <a:id>tag:bbc.co.uk,2015-03-16:1</a:id>
    <a:title>萨达姆之墓</a:title>
    <a:published>2015-03-16T07:32:23Z</a:published>
    <a:updated>2015-03-16T08:00:00+00:00</a:updated>
    <a:summary type="html">&lt;p&gt;One&lt;/p&gt;&lt;p&gt;Two&lt;/p&gt;</a:summary>
    <a:content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>Body <b>and</b> <i>more</i></p></div></a:content>
    <a:link rel="alternate" type="application/pdf" href="1.pdf"/>
    <a:link rel="alternate" type="text/html" href="1.html"/>
    <a:link rel="enclosure" type="audio/mpeg" length="1337" href="1.mp3"/>
    <a:link rel="replies" type="application/atom+xml" href="1.replies.xml"/>
    <a:link rel="replies" type="text/html" href="1.html#replies"/>
    <a:author><a:name>Jane Roe</a:name><a:email>jane@example.org</a:email></a:author>
    <a:category term="war" label="War &amp; peace"/><a:category term="iraq"/>
  </a:entry>
</a:feed>)");
    CHECK(feed.format == "Atom 1.0");
    CHECK(feed.title == "BBC 中文");
    CHECK(feed.description == "News");
    CHECK(feed.feed_url == "http://www.bbc.co.uk/zhongwen/index.xml");
    CHECK(feed.url == "http://www.bbc.co.uk/zhongwen/");
    CHECK(feed.image == "http://www.bbc.co.uk/zhongwen/logo.png");
    CHECK(feed.language == "zh");
    CHECK(feed.authors == std::vector<std::string>{"BBC"});
    REQUIRE(feed.articles.size() == 1);
    const Article& article = feed.articles[0];
    CHECK(article.id == "tag:bbc.co.uk,2015-03-16:1");
    CHECK(article.title == "萨达姆之墓");
    CHECK(article.summary == "One\n\nTwo");
    CHECK(article.content == "Body and more");
    CHECK(article.content_html == "<p>Body <b>and</b> <i>more</i></p>");
    CHECK(article.url == "http://www.bbc.co.uk/zhongwen/1.html");
    CHECK(article.comments_url == "http://www.bbc.co.uk/zhongwen/1.html#replies");
    CHECK(to_rfc3339(article.published.value()) == "2015-03-16T07:32:23Z");
    CHECK(to_rfc3339(article.updated.value()) == "2015-03-16T08:00:00Z");
    CHECK(article.authors == std::vector<std::string>{"Jane Roe"});
    CHECK(article.categories == std::vector<std::string>{"War & peace", "iraq"});
    CHECK(article.language == "zh");
    REQUIRE(article.enclosures.size() == 1);
    CHECK(article.enclosures[0].url == "http://www.bbc.co.uk/zhongwen/1.mp3");
    CHECK(article.enclosures[0].length == 1337);
}

TEST_CASE("an Atom 0.3 feed is read with its own names") {
    const auto feed = parsed(R"(<feed version="0.3" xmlns="http://purl.org/atom/ns#">
      <title mode="escaped" type="text/html">dive &amp;amp; mark</title><tagline>Plain</tagline>
      <link rel="alternate" type="text/html" href="http://example.org/"/>
      <entry><title>Atom 0.3</title><id>1</id>
        <link rel="alternate" href="http://example.org/1"/>
        <issued>2003-12-13T08:29:29-04:00</issued><modified>2003-12-13T18:30:02Z</modified>
        <content type="application/xhtml+xml" mode="xml"><p>Some <b>text</b></p></content>
      </entry></feed>)");
    CHECK(feed.format == "Atom 0.3");
    CHECK(feed.title == "dive & mark");
    CHECK(feed.description == "Plain");
    REQUIRE(feed.articles.size() == 1);
    CHECK(feed.articles[0].url == "http://example.org/1");
    CHECK(to_rfc3339(feed.articles[0].published.value()) == "2003-12-13T12:29:29Z");
    CHECK(to_rfc3339(feed.articles[0].updated.value()) == "2003-12-13T18:30:02Z");
    CHECK(feed.articles[0].content_html == "<p>Some <b>text</b></p>");
}

TEST_CASE("a text construct is what its type says") {
    const auto [title, text] = GENERATE(table<const char*, const char*>({
        {"<title>1 &lt; 2 &amp;amp; 3</title>", "1 < 2 &amp; 3"},
        {"<title type='text'>&lt;b&gt;literal&lt;/b&gt;</title>", "<b>literal</b>"},
        {"<title type='html'>&lt;b&gt;bold&lt;/b&gt; &amp;amp;</title>", "bold &"},
        {"<title type='text/html'>&lt;b&gt;bold&lt;/b&gt;</title>", "bold"},
        {"<title type='xhtml'><div xmlns='http://www.w3.org/1999/xhtml'>a <b>b</b></div></title>",
         "a b"},
        {"<title>a <b>b</b></title>", "a b"},
        {"<title type='image/png'>aGVsbG8=</title>", ""},
        {"<title> \n One \n line </title>", "One line"},
    }));
    CAPTURE(title);
    CHECK(entry(title).title == text);
}

TEST_CASE("an entry's address is its alternate, its source or its id") {
    const auto [content, url] = GENERATE(table<const char*, const char*>({
        {"<link href='/1'/>", "https://example.org/1"},
        {"<link rel='self' href='/s'/><link rel='alternate' href='/1'/>", "https://example.org/1"},
        {"<link xml:base='/a/' href='1'/>", "https://example.org/a/1"},
        {"<content src='/1.html' type='text/html'/>", "https://example.org/1.html"},
        {"<id>https://example.org/1</id>", "https://example.org/1"},
        {"<id>tag:example.org,2021:1</id>", ""},
        {"<link rel='related' href='/r'/>", ""},
    }));
    CAPTURE(content);
    CHECK(entry(content).url == url);
}

TEST_CASE("Media RSS fills what a video site leaves out") {
    const auto article = entry(R"(<title>Film</title>
        <media:group xmlns:media="http://search.yahoo.com/mrss/"><media:title>Other</media:title>
        <media:content url="https://v.example/1" type="application/x-shockwave-flash"/>
        <media:thumbnail url="https://v.example/1.jpg"/>
        <media:description>What it shows</media:description></media:group>)");
    CHECK(article.title == "Film");
    CHECK(article.summary == "What it shows");
    CHECK(article.image == "https://v.example/1.jpg");
    CHECK(article.enclosures.at(0).url == "https://v.example/1");
}

TEST_CASE("a feed that forgot its namespace is Atom all the same") {
    const auto feed = parsed("<feed><title>t</title><entry><title>e</title></entry></feed>");
    CHECK(feed.format == "Atom 1.0");
    CHECK(feed.articles.at(0).title == "e");
}

TEST_CASE("an entry has its source's authors, else its feed's") {
    using People = std::vector<std::string>;
    const std::string source = "<source><author><name>S</name></author></source>";
    const auto authors = [](const std::string& content) {
        return parsed(
                   "<feed xmlns='http://www.w3.org/2005/Atom'><author><name>F</name></author>"
                   "<entry>" +
                   content + "</entry></feed>")
            .articles.at(0)
            .authors;
    };
    CHECK(authors("<author><name>E</name></author>" + source) == People{"E"});
    CHECK(authors(source) == People{"S"});
    CHECK(authors("<title>t</title>") == People{"F"});
    CHECK(authors("<author><url>https://a.example/</url></author>") ==
          People{"https://a.example/"});
}

TEST_CASE("bytes in base64 are read where they are text") {
    const auto [content, text] = GENERATE(table<const char*, const char*>({
        {"<content mode='base64' type='text/html'>PHA+VGV4dDwvcD4=</content>", "Text"},
        {"<content mode='base64' type='text/plain'>PHA+VGV4dDwvcD4=</content>", "<p>Text</p>"},
        {"<content type='application/octet-stream'>PHA+VGV4dDwvcD4=</content>", "Text"},
        {"<content type='application/octet-stream'>iVBORw0K</content>", ""},
        {"<content type='application/json'>{\"a\": 1}</content>", "{\"a\": 1}"},
        {"<content type='video/mp4'>aGVsbG8=</content>", ""},
    }));
    CAPTURE(content);
    CHECK(entry(content).content == text);
}

TEST_CASE("a title with a type that no title can have is text") {
    CHECK(entry("<title type='foo/bar'>test</title>").title == "test");
}

TEST_CASE("content that shows nothing but a picture is kept as it is") {
    const auto article = entry("<content type='html'>&lt;img src='/1.png'&gt;</content>");
    CHECK(article.content.empty());
    CHECK(article.content_html.find("/1.png") != std::string::npos);
}

TEST_CASE("an entry on its own is a feed of one") {
    const auto feed = parsed(
        "<entry xmlns='http://www.w3.org/2005/Atom'><id>urn:1</id>"
        "<title>Alone</title></entry>");
    CHECK(feed.format == "Atom 1.0");
    REQUIRE(feed.articles.size() == 1);
    CHECK(feed.articles[0].title == "Alone");
    const auto dictionary = parse_feed("<entry><form>word</form></entry>", {});
    REQUIRE_FALSE(dictionary);
    CHECK(dictionary.error().code == Errc::not_a_feed);
}

TEST_CASE("a feed names its hubs and where it goes on") {
    const auto feed = parsed(
        "<feed xmlns='http://www.w3.org/2005/Atom'><title>t</title>"
        "<link rel='hub' href='https://hub.example/'/>"
        "<link rel='next' href='/2'/></feed>",
        "https://example.org/1");
    CHECK(feed.hubs == std::vector<std::string>{"https://hub.example/"});
    CHECK(feed.next_url == "https://example.org/2");
}

TEST_CASE("replies are a page only where the link says so") {
    const auto [link, url] = GENERATE(table<const char*, const char*>({
        {"<link rel='replies' type='text/html' href='/1#c'/>", "https://example.org/1#c"},
        {"<link rel='replies' type='application/atom+xml' href='/1.atom'/>", ""},
        {"<link rel='replies' href='/1.atom'/>", ""},
        {"<link rel='replies' type='text/html' href='no address'/>", ""},
    }));
    CAPTURE(link);
    CHECK(entry(link).comments_url == url);
}

TEST_CASE("a relation may be written out as a URI") {
    CHECK(entry("<link rel='http://www.iana.org/assignments/relation/alternate' href='/1'/>").url ==
          "https://example.org/1");
}

TEST_CASE("text in XHTML is text: what looks like a tag in it is none") {
    const std::string div = "<div xmlns='http://www.w3.org/1999/xhtml'>";
    const auto [written, seen] = GENERATE_COPY(table<std::string, const char*>({
        {div + "How to use &lt;b&gt; in HTML</div>", "How to use <b> in HTML"},
        {div + "Use <!-- c --> &lt;b&gt;x&lt;/b&gt;</div>", "Use <b>x</b>"},
        {div + "Vector&lt;int&gt;<br/> AT&amp;amp;T</div>", "Vector<int> AT&amp;T"},
        {"<x:div xmlns:x='http://www.w3.org/1999/xhtml'>a &lt;i&gt;</x:div>", "a <i>"},
        {div + "plain</div>", "plain"},
        // Without an element only what is surely a tag is one.
        {"History of the &lt;blink&gt; tag", "History of the <blink> tag"},
        {"<![CDATA[<p>One <b>two</b></p>]]>", "One two"},
    }));
    CAPTURE(written);
    const auto article = entry("<title type='xhtml'>" + written + "</title><content type='xhtml'>" +
                               written + "</content>");
    CHECK(article.title == seen);
    CHECK(html_to_line(article.content_html) == seen);
    const bool is_html = written.starts_with("<![CDATA[<p>One <b>");
    CHECK((article.content_html.find("<b>") != std::string::npos) == is_html);
}

TEST_CASE("text in a div is HTML where the feed says that it is") {
    const std::string div =
        "<div xmlns='http://www.w3.org/1999/xhtml'>&lt;b&gt;Hello&lt;/b&gt;</div>";
    const std::string attributes =
        GENERATE(as<std::string>{}, "type='html'", "mode='escaped' type='text/html'");
    CAPTURE(attributes);
    CHECK(entry("<title " + attributes + ">" + div + "</title>").title == "Hello");
}

TEST_CASE("a link's relation is known in any case, and in its long form") {
    const auto article = entry(
        "<link rel='Alternate' type='application/json' href='http://e/j'/>"
        "<link rel=' alternate ' type='Text/HTML' href='http://e/1'/>"
        "<link rel='HTTP://www.iana.org/assignments/relation/Enclosure' href='http://e/a.mp3'/>"
        "<link rel='REPLIES' type='Text/Html' href='http://e/1#c'/>");
    CHECK(article.url == "http://e/1");
    CHECK(article.enclosures.at(0).url == "http://e/a.mp3");
    CHECK(article.comments_url == "http://e/1#c");
}

TEST_CASE("a link that leads nowhere, or elsewhere, is not the article's") {
    const auto [links, url] = GENERATE(table<const char*, const char*>({
        {"<link rel='enclosure'>http://e/a.mp3</link><link rel='alternate'>http://e/1</link>",
         "http://e/1"},
        {"<link rel='enclosure'>http://e/a.mp3</link>", ""},
        {"<link>http://e/2</link>", "http://e/2"},
        {"<link rel='alternate' href=''/><link rel='alternate' href='http://e/1'/>", "http://e/1"},
        {"<link rel='alternate' href=' '/><link rel='alternate' href='http://e/1'/>", "http://e/1"},
    }));
    CAPTURE(links);
    CHECK(entry(links).url == url);
}

TEST_CASE("a feed's title may be Dublin Core's") {
    CHECK(parsed("<feed xmlns='http://www.w3.org/2005/Atom' "
                 "xmlns:dc='http://purl.org/dc/elements/1.1/'><dc:title>T</dc:title></feed>")
              .title == "T");
}

TEST_CASE("Atom from before it had a name is read") {
    const auto feed = parsed(
        "<a:feed xmlns:a='http://purl.org/echo/'><a:title>T</a:title><a:entry>"
        "<a:title>One</a:title></a:entry></a:feed>");
    CHECK(feed.format == "Atom 0.3");
    CHECK(feed.title == "T");
    CHECK(feed.articles.at(0).title == "One");
}
