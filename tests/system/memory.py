#!/usr/bin/env python3
"""Memory of a parse: at most 20 times the document, whatever it is made of.

memory.py --bin DIR [--short] [--list] [--only NAME]

Counted is the peak of a whole `wirewatch feeds parse` (reading the file and printing JSON Feed
included), less the peak of the same with an empty feed: what the program needs before it has read
anything. A document of less than 1 MiB may take as much as one of 1 MiB: 20 MiB.
"""
import argparse
import json
import pathlib
import sys
import tempfile

import hostile
from hostile import HEAD, IN_ITEM, END_ITEM, MIB, TAIL, fill

TIMES = 20
SIZES = (64 << 10, 256 << 10, MIB, 2 * MIB, 4 * MIB, 16 * MIB)
SHORT = ("news", "headlines", "dense", "HTML: b", "HTML in many items: tables", "JSON news", "JSON dense", "JSON HTML")
ATOM = "<feed xmlns='http://www.w3.org/2005/Atom'><title>F</title>"
PROSE = ("The council met on Tuesday to discuss the bridge over the river, which has been closed since "
         "March. Engineers found cracks in two of its piers; repairs may take a year, said the mayor. ")


def news_item(number, inside=""):
    return (f"<item><title>Council closes bridge number {number}</title><link>https://news.example/{number}</link>"
            f"<guid isPermaLink='false'>tag:{number}</guid><pubDate>Mon, 06 Sep 2021 00:01:00 +0000</pubDate>"
            f"<category>Politics</category><dc:creator>Jane Doe</dc:creator>{inside}</item>")


def news(size, inside):
    """A feed as outlets write them, of about `size` bytes and at most as many items as are read."""
    one = len(news_item(10000, inside))
    count = max(1, min(9999, size // one))
    return ("<rss version='2.0' xmlns:dc='http://purl.org/dc/elements/1.1/' xmlns:content='http://purl.org/rss/1.0/modules/content/'>"
            "<channel><title>F</title>" + "".join(news_item(n, inside) for n in range(count)) + TAIL)


def html_item(body):
    return f"<content:encoded><![CDATA[{body}]]></content:encoded>"


def normal(size):
    yield "news, prose", news(size, f"<description>{PROSE * 4}</description>")
    yield "news, HTML", news(size, html_item(f"<p>{PROSE}</p><p><a href='/x'>more</a> <img src='a.jpg'/></p>" * 8))
    yield "news, HTML with tables", news(size, html_item(f"<table><tr><td>{PROSE}</td></tr></table>" * 8))
    yield "news, escaped HTML", news(size, f"<description>&lt;p&gt;{PROSE}&lt;/p&gt;</description>")
    yield "headlines alone", news(size, "")
    yield "news in UTF-16", b"\xff\xfe" + news(size // 2, f"<description>{PROSE}</description>").encode("utf-16-le")
    yield "news in windows-1251", ("<?xml version='1.0' encoding='windows-1251'?>"
                                   + news(size, f"<description>{'Мост закрыт. ' * 20}</description>")).encode("windows-1251")
    yield "news that must be mended", news(size, f"<description>{PROSE} &nbsp; AT&T <br> </description>")


def small_things(size):
    for name, piece in (("elements and text", "<a/>x"), ("elements", "<a/>"), ("elements, two letters of text", "<a/>xy"),
                        ("pairs and text", "<a>x</a>x"), ("prefixed", "<a:b/>x"), ("titles", "<title>x</title>"),
                        ("categories", "<category>c</category>"), ("enclosures", "<enclosure url='a'/>"), ("links", "<link>a</link>"),
                        ("attributes", "<a b='' c='' d='' e='' f='' g=''/>"), ("base", "<a xml:base='b'/>x"),
                        ("comments", "x<!---->"), ("instructions", "x<?a?>"), ("declarations", "x<!x>"), ("sections", "<![CDATA[x]]>y"),
                        # As dense as a document may be (feeds/memory_budget.hpp).
                        ("dense elements", "<a/>" + "x" * 12), ("dense pairs", "<a>x</a>xxxxxxxx"), ("dense prefixes", "<a:b/>" + "x" * 10),
                        ("dense trees", "<a><b>x</b>x</a>" + "x" * 16)):
        yield f"{name} in a channel", fill(piece, size, HEAD, TAIL)
        yield f"{name} in an item", fill(piece, size, IN_ITEM, END_ITEM)
        yield f"{name}, mended", fill(piece, size, IN_ITEM, "&nbsp;" + END_ITEM)
        yield f"{name} in XHTML", fill(piece, size, ATOM + "<entry><content type='xhtml'>", "</content></entry></feed>")
    for name, piece in (("items", "<item><title>t</title></item>"), ("items with guids", "<item><guid>1</guid></item>"),
                        ("items of one letter", "<item>x</item>")):
        count = min(9999, size // len(piece))
        yield name, HEAD + piece * count + " " * (size - count * len(piece)) + TAIL
    yield "items with as many categories as are kept", fill("<item>" + "<category>c</category>" * 200 + "</item>", size, HEAD, TAIL)


def html(size):
    for name, piece in (("b", "<b>"), ("b and p", "<b><p>"), ("tables", "<table><td>"), ("tables with text", "<table><td>x"), ("p", "<p>x"),
                        ("lists", "<ul><li>"), ("divs", "<div>x</div>"), ("links", "<a href=x>x</a>"), ("attributes", "<p a b c d e f g>"),
                        ("svg", "<svg><math>"), ("entities", "&copy;"), ("cells", "<td>x</td>"), ("words", "x <i>y</i> "), ("selects", "<select><option>")):
        yield f"HTML: {name}", fill(piece, size, IN_ITEM + "<description><![CDATA[", "]]></description>" + END_ITEM)
        many = fill(piece, 4096)
        yield f"HTML in many items: {name}", fill(f"<item><description><![CDATA[{many}]]></description></item>", size, HEAD, TAIL)


def json_feeds(size):
    start = '{"version":"https://jsonfeed.org/version/1.1","title":"F","items":['
    item = '{"id":"https://news.example/1","title":"Council closes bridge","content_text":"' + PROSE + '","tags":["a","b"]}'
    yield "JSON news", start + ",".join([item] * min(9999, size // len(item))) + "]}"
    headline = '{"id":"1","title":"t"}'
    count = min(9999, size // len(headline))
    yield "JSON headlines", start + ",".join([headline] * count) + "]}" + " " * (size - count * len(headline))
    for name, piece in (("numbers", "1"), ("objects", "{}"), ("lists", "[]"), ("members", '{"":1}'), ("named members", '{"a":1}'), ("strings", '""'),
                        ("short strings", '"a"'), ("strings of a line", '"' + "x" * 40 + '"'), ("nested", "[[[[[]]]]]"),
                        ("dense strings", '"xxxxx"'), ("dense objects", '{     }'), ("dense members", '{"":1,"a":"xxx"}   '), ("dense lists", '[     ]')):
        yield f"JSON {name} as items", fill(piece + ",", size, start, piece + "]}")
        yield f"JSON {name} beside the items", fill(piece + ",", size, '{"a":[', piece + "]," + start[1:] + "]}")
        yield f"JSON {name} as tags", fill(piece + ",", size, start + '{"id":"1","tags":[', piece + "]}]}")
    yield "JSON members of one object", start + "{" + ",".join(f'"{n}":1' for n in range(size // 10)) + "}]}"
    yield "JSON deep", fill("[" * 100 + "]" * 100 + ",", size, '{"a":[', "1]," + start[1:] + "]}")
    yield "JSON to be mended", start + ",".join([item] * min(9999, size // len(item))) + ",]}"
    yield "JSON HTML", start + json.dumps({"id": "1", "content_html": fill("<b><p>", size)}) + "]}"


def documents(sizes):
    for size in sizes:
        for group in (normal, small_things, html, json_feeds):
            for name, document in group(size):
                yield f"{name}, {size >> 10} KiB", document


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--bin", required=True)
    parser.add_argument("--only", default="", help="documents whose name holds this")
    parser.add_argument("--short", action="store_true", help="documents of 1 MiB alone, the usual and the densest")
    parser.add_argument("--list", action="store_true", help="the hungriest, too")
    arguments = parser.parse_args()
    binary = str(pathlib.Path(arguments.bin).resolve() / "wirewatch")
    if b"__asan_init" in pathlib.Path(binary).read_bytes():
        print("skipped: memory does not count where AddressSanitizer keeps its own beside it")
        return 77

    rows, refused = [], 0
    with tempfile.TemporaryDirectory() as directory:
        worker = hostile.Worker(binary)
        worker.directory = directory

        def peak(document):
            path = pathlib.Path(directory) / "document"
            path.write_bytes(document if isinstance(document, bytes) else document.encode())
            code, _, memory = worker.run(path)
            return path.stat().st_size, code, memory

        floor = peak("<rss><channel/></rss>")[2]
        for name, document in documents((MIB,) if arguments.short else SIZES):
            if arguments.only in name and (not arguments.short or name.startswith(SHORT)):
                size, code, memory = peak(document)
                refused += code != 0
                rows.append(((memory - floor) / max(size, MIB), memory, name, code))
        worker.process.stdin.close()
    if arguments.list:
        for times, memory, name, code in sorted(rows)[-40:]:
            print(f"{times:5.1f} x {memory // MIB:4d} MiB  {'refused  ' if code else ''}{name}")
    wrong = [row for row in rows if row[0] > TIMES or row[1] > hostile.MEMORY or row[3] not in (0, 1)]
    for times, memory, name, code in wrong:
        print(f"FAILED: {name}: {times:.1f} times its size, {memory // MIB} MiB, exit {code}", file=sys.stderr)
    times, _, name, _ = max(rows)
    print(f"{len(rows)} documents ({refused} refused), {len(wrong)} failed; floor {floor / MIB:.1f} MiB, hungriest {times:.1f} times its size ({name})")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
