#!/usr/bin/env python3
"""Documents that want to harm the parser: each is read or refused in words, fast and in little memory.

hostile.py --bin DIR [--seconds 2] [--short] [--list]
"""
import argparse
import concurrent.futures
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import threading

MIB = 1 << 20
FULL = 16 * MIB
MEMORY = 350 * MIB
# What a library says of itself, and what has no meaning to the person who reads it.
RAW = re.compile(r"parse_error|json\.exception|\[json|pugi|status_|errno|terminate|what\(\)|std::|0x[0-9a-f]{6}", re.I)


def rss(items, before="", attributes=""):
    return f"{before}<rss version='2.0'{attributes}><channel><title>F</title>{items}</channel></rss>"


def item(inside):
    return f"<item><title>t</title><link>http://a.example/1</link>{inside}</item>"


def fill(piece, size=FULL, before="", after=""):
    """As many of `piece` as fit between `before` and `after` in `size` bytes."""
    room = size - len(before.encode()) - len(after.encode())
    return before + piece * (room // len(piece.encode())) + after


HEAD, TAIL = "<rss version='2.0'><channel><title>F</title>", "</channel></rss>"
IN_ITEM = HEAD + "<item><title>t</title>"
END_ITEM = "</item>" + TAIL


def entities():
    lol = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))
    yield "billion laughs", rss(item("<description>&a11;</description>"), f'<!DOCTYPE r [<!ENTITY a0 "lol">{lol}]>')
    yield "entity blow-up", rss(item(f"<description>{'&a;' * 50000}</description>"), f'<!DOCTYPE r [<!ENTITY a "{"x" * 50000}">]>')
    yield "entity of itself", rss(item("<description>&a;</description>"), '<!DOCTYPE r [<!ENTITY a "&b;"><!ENTITY b "&a;">]>')
    for name, uri in (("file", "file:///etc/passwd"), ("device", "file:///dev/zero"), ("web", "http://127.0.0.1:9/x"), ("relative", "passwd")):
        yield f"external entity {name}", rss(item("<description>&x;</description>"), f'<!DOCTYPE r [<!ENTITY x SYSTEM "{uri}">]>')
        yield f"external subset {name}", rss(item(""), f'<!DOCTYPE r SYSTEM "{uri}">')
        yield f"parameter entity {name}", rss(item(""), f'<!DOCTYPE r [<!ENTITY % p SYSTEM "{uri}"> %p;]>')
        yield f"xinclude {name}", rss(item(f'<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="{uri}" parse="text"/>'))
    yield "a million entities declared", rss(item(""), "<!DOCTYPE r [" + '<!ENTITY a "b">' * 600000 + "]>")
    yield "DOCTYPE never closed", fill("<!ENTITY a 'b'>", before="<!DOCTYPE r [", after=rss(item("")))
    yield "DOCTYPE quotes never closed", fill("<!ENTITY a 'b>", before="<!DOCTYPE r [", after="]>" + rss(item("")))
    yield "DOCTYPE brackets", fill("[", before="<!DOCTYPE r ", after=rss(item("")))
    for name, text in (("amp", "&amp;"), ("nbsp", "&nbsp;"), ("unknown", "&nothing;"), ("bare", "& "), ("ampersands", "&"),
                       ("hex", "&#x1F600;"), ("zero", "&#0;"), ("huge number", "&#99999999999;"), ("surrogate", "&#xD800;"),
                       ("cut hex", "&#x"), ("cut", "&#"), ("long name", "&" + "a" * 300 + ";"), ("twice", "&amp;amp;lt;b&amp;gt;")):
        yield f"16 MiB of entities: {name}", fill(text, before=IN_ITEM + "<description>", after="</description>" + END_ITEM)
        yield f"entities in a title: {name}", fill(text, MIB, HEAD + "<item><title>", "</title></item>" + TAIL)


def shapes():
    for name in ("a", "item", "rss", "entry", "description", "b", "p", "x:y", "media:group", "div"):
        yield f"depth of a million: {name}", HEAD + f"<{name}>" * 1000000
        yield f"depth of a million, closed: {name}", HEAD + f"<{name}>" * 1000000 + f"</{name}>" * 1000000 + TAIL
    for name, piece in (("empty", "<a/>"), ("pairs", "<a></a>"), ("with text", "<a/>x"), ("items", "<item/>"), ("unclosed items", "<item>"),
                        ("whole items", item("")), ("void", "<br>"), ("ends", "</a>"), ("prefixed", "<a:b/>"), ("titles", "<title>x</title>"),
                        ("comments", "x<!---->"), ("instructions", "x<?a?>"), ("sections", "<![CDATA[]]>"), ("declarations", "<!x>"),
                        ("categories", "<category>c</category>"), ("links", "<link>http://a.example/</link>")):
        yield f"16 MiB of {name}", fill(piece, before=HEAD, after=TAIL)
        yield f"16 MiB of {name} in an item", fill(piece, before=IN_ITEM, after=END_ITEM)
        yield f"{name}, cut", fill(piece, 2 * MIB, before=IN_ITEM)
    yield "ends under depth", fill("</b>", before=HEAD + "<a>" * 250)
    yield "Atom siblings", fill("<a/>", before="<feed xmlns='http://www.w3.org/2005/Atom'>", after="</feed>")
    yield "a million Atom entries", fill("<entry/>", before="<feed xmlns='http://www.w3.org/2005/Atom'>", after="</feed>")


def attributes():
    yield "a million attributes", "<rss " + "".join(f"a{n}='' " for n in range(1000000)) + ">" + TAIL
    yield "the same attribute a million times", fill("a='' ", before="<rss ", after="><channel/></rss>")
    yield "250 attributes in each tag", fill("<a " + "b='' " * 250 + "/>", before=HEAD, after=TAIL)
    yield "a huge attribute", rss(item(f"<enclosure url='{'x' * (15 * MIB)}'/>"))
    yield "a huge attribute with markup", rss(item(f"<enclosure url='{'<b>' * (5 * MIB)}'/>"))
    yield "a huge attribute of entities", rss(item(f"<enclosure url='{'&lt;' * (3 * MIB)}'/>"))
    yield "a huge name", "<rss><channel><" + "n" * (15 * MIB) + "/></channel></rss>"
    yield "a huge attribute name", "<rss><channel><a " + "n" * (15 * MIB) + "=''/></channel></rss>"
    for name, piece in (("quotes never closed", "<a b='>"), ("double quotes never closed", '<a b=">x</a>'), ("no values", "<a b>"),
                        ("no end", "<a b='c' "), ("equals", "<a ====>"), ("junk", "<a '\"'\">"), ("no names", "<a ='b'>"), ("cut tags", "<a b"),
                        ("mixed quotes", "<a b='\"><a b=\"'>")):
        yield f"attributes: {name}", fill(piece, 4 * MIB, before=IN_ITEM, after=END_ITEM)
        yield f"attributes: {name}, cut", fill(piece, 2 * MIB, IN_ITEM)
    yield "namespaces", "<rss " + " ".join(f"xmlns:n{n}='urn:{n}'" for n in range(250)) + ">" + "<n249:a/>" * 300000 + "</rss>"
    yield "namespaces in each tag", fill("<a " + " ".join(f"xmlns:n{n}='u{n}'" for n in range(200)) + "/>", before=HEAD, after=TAIL)
    yield "nested namespaces", HEAD + "".join(f"<n{n}:a xmlns:n{n}='u' xmlns='v{n}'>" for n in range(240)) + "<b/>" * 300000
    yield "a huge namespace", f"<rss xmlns:a='{'u' * (15 * MIB)}'><channel><a:b/></channel></rss>"
    yield "nested xml:base", HEAD + "".join("<a xml:base='b/'>" for _ in range(240)) + item("<link>x</link>")
    yield "xml:base of 1 MiB", f"<rss xml:base='http://a.example/{'x/' * (MIB // 2)}'><channel>" + item("<link>../y</link>") * 300 + TAIL
    yield "nested xml:base and 10,000 items", (HEAD + "<a xml:base='http://a.example/'>" + f"<a xml:base='{'b/' * 3000}'>" * 240
                                               + "<item><link>x</link><enclosure url='y'/></item>" * 9999)
    yield "xml:base of Atom links", (f"<feed xmlns='http://www.w3.org/2005/Atom' xml:base='http://a.example/{'x/' * 1000000}'>"
                                     + "<entry><link href='y'/><link rel='enclosure' href='z'/></entry>" * 9999 + "</feed>")
    yield "dots in an address", rss(item(f"<link>{'../' * (5 * MIB)}</link>"))


def open_ends():
    whole = rss(item("<description a=\"b\"><![CDATA[<p>x</p>]]>&amp;</description><!-- c --><?d e?>"), "<?xml version='1.0'?><!DOCTYPE rss [<!ENTITY a 'b'>]>")
    for end in range(1, len(whole), 7):
        yield f"cut after {end} bytes", whole[:end]
    for name, piece in (("comment", "<!--"), ("CDATA", "<![CDATA["), ("instruction", "<?a"), ("tag", "<a"), ("declaration", "<!"),
                        ("end tag", "</"), ("less-than", "<"), ("section ends", "]]>"), ("comment ends", "-->"), ("greater-than", ">"),
                        ("short comments", "<!-->"), ("nested comments", "<!-- <!-- -->"), ("CDATA in elements", "<a><![CDATA[")):
        yield f"never closed, once: {name}", HEAD + item("") + piece + "x" * MIB + TAIL
        yield f"never closed: {name}", fill(piece, 4 * MIB, before=IN_ITEM, after=END_ITEM)
        yield f"never closed, cut: {name}", fill(piece, before=IN_ITEM)
        yield f"never closed, before the root: {name}", fill(piece, MIB, after=rss(item("")))
        yield f"never closed, after the root: {name}", fill(piece, MIB, before=rss(item("")))


def text():
    for name, piece in (("letters", "x"), ("spaces", " "), ("lines", "\n"), ("words", "word "), ("Chinese", "\u4e2d"), ("emoji", "\U0001F600"),
                        ("soft hyphens", "\u00ad"), ("marks", "e\u0301"), ("U+FFFD", "\ufffd"), ("controls", "\x01"), ("right to left", "\u202e")):
        yield f"huge text: {name}", fill(piece, before=IN_ITEM + "<description>", after="</description>" + END_ITEM)
        yield f"huge title: {name}", fill(piece, 4 * MIB, before=HEAD + "<item><title>", after="</title></item>" + TAIL)
    for field in ("pubDate", "guid", "link", "author", "category", "dc:creator", "itunes:image", "language", "comments"):
        yield f"huge {field}", fill("1 ", 4 * MIB, before=HEAD + f"<item><{field}>", after=f"</{field}></item>" + TAIL)
    yield "a person of brackets", fill("(", before=HEAD + "<item><author>", after="</author></item>" + TAIL)


def html():
    for name, piece in (("b", "<b>"), ("b and p", "<b><p>"), ("tables", "<table><td>"), ("a", "<a href=x>"), ("divs", "<div>"), ("fonts", "<font size=1>"),
                        ("ends", "</p>"), ("comments", "<!--"), ("scripts", "<script>"), ("titles", "<title>"), ("templates", "<template>"),
                        ("selects", "<select><option>"), ("svg", "<svg><math>"), ("attributes", "<p a='"), ("less-than", "<"), ("misnested", "<b><i></b></i>"),
                        ("formatting in cells", "<table><b><tr><td><i>"), ("nobr", "<nobr>"), ("plaintext", "<plaintext>"), ("lists", "<ul><li>")):
        # Less than a full document: what a text may hold is bounded by the parser of HTML.
        body = piece * (4 * MIB // len(piece))
        yield f"HTML in CDATA: {name}", rss(item(f"<description><![CDATA[{body}]]></description>"))
        yield f"HTML in Atom: {name}", ("<feed xmlns='http://www.w3.org/2005/Atom'><entry><title type='html'><![CDATA["
                                        + piece * (MIB // len(piece)) + "]]></title></entry></feed>")
    # Each just short enough to be judged: which of these are tags?
    for name, piece in (("a", "<a "), ("quotes", '<a "'), ("ends", "</b ")):
        nested = f"<![CDATA[{piece * (64000 // len(piece))}>]]>"
        yield f"tags in each other, titles: {name}", fill(f"<item><title>{nested}</title></item>", before=HEAD, after=TAIL)
        yield f"tags in each other, XHTML: {name}", fill(f"<entry><content type='xhtml'>{nested}</content></entry>",
                                                         before="<feed xmlns='http://www.w3.org/2005/Atom'>", after="</feed>")
    yield "attributes in an HTML tag", rss(item(f"<description><![CDATA[<p {' '.join(f'a{n}=1' for n in range(200000))}>x]]></description>"))
    yield "a page of 4 MiB", "<!DOCTYPE html><html><head><title>x</title>" + "<link rel=alternate>" * (4 * MIB // 20)
    yield "a page of open tags", "<!DOCTYPE html><html><head>" + "<link a='" * (4 * MIB // 9)


def json():
    version = '"version":"https://jsonfeed.org/version/1.1"'
    yield "JSON depth, arrays", "[" * 1000000
    yield "JSON depth, closed", "{" + version + ',"items":' + "[" * 1000000 + "]" * 1000000 + "}"
    yield "JSON depth, objects", '{"a":' * 1000000
    yield "JSON numbers", "{" + version + ',"items":[' + "1e999999999," * 100000 + "1]}"
    yield "a JSON number of 15 MiB", "{" + version + ',"items":[{"id":' + "9" * (15 * MIB) + "}]}"
    yield "a JSON string of 15 MiB", "{" + version + ',"items":[{"id":"' + "x" * (15 * MIB) + '"}]}'
    yield "a JSON string of escapes", "{" + version + ',"items":[{"id":"' + "\\u0041" * (2 * MIB) + '"}]}'
    yield "a JSON string of surrogates", "{" + version + ',"items":[{"id":"1","title":"' + "\\ud800" * MIB + '"}]}'
    yield "a JSON string never closed", "{" + version + ',"items":[{"id":"' + "x" * (15 * MIB)
    yield "JSON values", "{" + version + ',"items":[' + "1," * 5000000 + "1]}"
    yield "JSON empty items", "{" + version + ',"items":[' + "{}," * 5000000 + "{}]}"
    yield "JSON keys", "{" + version + "," + ",".join(f'"k{n}":1' for n in range(900000)) + ',"items":[]}'
    yield "the same JSON key", "{" + version + ',"a":1' * 900000 + ',"items":[]}'
    yield "JSON types", "{" + version + ',"title":{},"items":[{"id":[],"url":1,"authors":"x","tags":{"a":1},"date_published":9}]}'
    yield "JSON null bytes", "{" + version + ',"items":[{"id":"\\u0000","title":"a\\u0000b"}]}'
    yield "JSON with text behind it", "{" + version + ',"items":[]}' + "x" * MIB
    yield "JSON HTML", "{" + version + ',"items":[{"id":"1","content_html":"' + "<b><p>" * 300000 + '"}]}'


def encodings():
    plain = rss(item("<description>caf\u00e9 \u4e2d</description>"), "<?xml version='1.0' encoding='ENC'?>")
    for codec in ("utf-8", "utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be", "cp1252", "gb18030", "shift_jis"):
        for said in ("utf-8", "utf-16", "utf-32", "iso-8859-1", "utf-7", "x" * 5000, "//TRANSLIT", "../../etc/passwd"):
            yield f"{codec} declared as {said[:20]}", plain.replace("ENC", said).encode(codec, "replace")
    for name, piece in (("FF", b"\xff"), ("tails", b"\x80"), ("overlong", b"\xc0\xaf"), ("surrogates", b"\xed\xa0\x80"), ("cut", b"\xe4\xb8"),
                        ("NUL", b"\0"), ("random", bytes(range(256)))):
        body = piece * (4 * MIB // len(piece))
        yield f"bad UTF-8: {name}", (IN_ITEM + "<description>").encode() + body + ("</description>" + END_ITEM).encode()
        yield f"nothing but {name}", body
        yield f"{name} as a name", b"<rss><" + piece * 1000 + b"/></rss>"
        yield f"UTF-16 with {name}", b"\xff\xfe" + body + b"x"
        yield f"UTF-32 with {name}", b"\xff\xfe\0\0" + body + b"x"
    yield "half surrogates in UTF-16", b"\xff\xfe" + b"<\0r\0" + b"\x00\xd8" * MIB
    yield "UTF-32 out of range", b"\xff\xfe\0\0" + b"\xff\xff\xff\x7f" * MIB
    yield "16 MiB of UTF-16", b"\xff\xfe" + fill("x", FULL // 2 - 1, IN_ITEM, END_ITEM).encode("utf-16-le")
    yield "16 MiB + 1", b" " * (FULL + 1)
    yield "16 MiB", fill(" ", FULL, rss(item(""))).encode()
    yield "nothing", b""
    yield "a mark", b"\xef\xbb\xbf"
    yield "gzip", b"\x1f\x8b\x08" + bytes(1000)


def documents():
    for group in (entities, shapes, attributes, open_ends, text, html, json, encodings):
        yield from group()


class Worker:
    """A small process that starts the program for us: a child begins with the memory peak of its parent."""

    def __init__(self, binary):
        self.process = subprocess.Popen([sys.executable, "-S", __file__, "--worker", "--bin", binary],
                                        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def run(self, path):
        print(path, file=self.process.stdin, flush=True)
        return eval(self.process.stdout.readline())  # a tuple of numbers, from ourselves


def work(binary):
    for path in sys.stdin:
        path = path.strip()
        with open(path + ".said", "wb") as words, open(os.devnull, "r+b") as null:
            pid = os.posix_spawn(binary, [binary, "feeds", "parse", path], os.environ, file_actions=[
                (os.POSIX_SPAWN_DUP2, null.fileno(), 0), (os.POSIX_SPAWN_DUP2, null.fileno(), 1),
                (os.POSIX_SPAWN_DUP2, words.fileno(), 2)])
            _, status, usage = os.wait4(pid, 0)
        print((os.waitstatus_to_exitcode(status), usage.ru_utime + usage.ru_stime, usage.ru_maxrss * 1024), flush=True)


def run(worker, document, seconds, memory_counts):
    """What is wrong with how `document` was read (None: nothing), and the seconds and bytes that it took."""
    path = pathlib.Path(worker.directory) / "document"
    path.write_bytes(document if isinstance(document, bytes) else document.encode("utf-8", "surrogatepass"))
    code, cpu, memory = worker.run(path)
    said = path.with_name("document.said").read_text("utf-8", "replace")
    wrong = None
    if code not in (0, 1):
        wrong = f"ended with {code}: {said[-300:]}"
    elif code == 1 and (not said.strip() or RAW.search(said) or len(said) > 2000):
        wrong = f"said {said[:300]!r}"
    elif cpu > seconds:  # of its own, since others use the machine too
        wrong = f"took {cpu:.1f} s of CPU"
    elif memory_counts and memory > MEMORY:
        wrong = f"took {memory // MIB} MiB"
    return wrong, cpu, memory


def try_all(binary, wanted, seconds):
    """(cpu, memory, name, wrong) of each wanted document; two at a time."""
    memory_counts = b"__asan_init" not in pathlib.Path(binary).read_bytes()
    rows, lock, source = [], threading.Lock(), documents()

    def loop(directory):
        worker = Worker(binary)
        worker.directory = directory
        while True:
            with lock:
                name, document = next(((n, d) for n, d in source if wanted(n, d)), (None, None))
            if name is None:
                worker.process.stdin.close()
                return
            wrong, cpu, memory = run(worker, document, seconds, memory_counts)
            rows.append((cpu, memory, name, wrong))

    with tempfile.TemporaryDirectory() as directory, concurrent.futures.ThreadPoolExecutor(2) as pool:
        folders = [pathlib.Path(directory) / str(n) for n in range(2)]
        for folder in folders:
            folder.mkdir()
        for future in [pool.submit(loop, folder) for folder in folders]:
            future.result()
    return rows


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--bin", required=True)
    parser.add_argument("--seconds", type=float, default=2, help="CPU time that a document may take")
    parser.add_argument("--only", default="", help="documents whose name holds this")
    parser.add_argument("--short", action="store_true", help="documents of at most 2 MiB")
    parser.add_argument("--worker", action="store_true", help=argparse.SUPPRESS)
    parser.add_argument("--list", action="store_true", help="the slowest and the largest, too")
    arguments = parser.parse_args()
    if arguments.worker:
        work(arguments.bin)
        return 0

    def wanted(name, document):
        return arguments.only in name and not (arguments.short and len(document) > 2 * MIB)

    rows = try_all(str(pathlib.Path(arguments.bin).resolve() / "wirewatch"), wanted, arguments.seconds)
    if arguments.list:
        for cpu, memory, name, _ in sorted(rows)[-12:] + sorted(rows, key=lambda row: row[1])[-12:]:
            print(f"{cpu:5.2f} s {memory // MIB:4d} MiB  {name}")
    failed = [row for row in rows if row[3]]
    for _, _, name, wrong in failed:
        print(f"FAILED: {name}: {wrong}", file=sys.stderr)
    slowest, largest = max(rows), max(rows, key=lambda row: row[1])
    print(f"{len(rows)} documents, {len(failed)} failed; slowest {slowest[0]:.2f} s ({slowest[2]}), "
          f"largest {largest[1] // MIB} MiB ({largest[2]})")
    return 1 if failed or (not arguments.only and len(rows) < 200) else 0


if __name__ == "__main__":
    sys.exit(main())
