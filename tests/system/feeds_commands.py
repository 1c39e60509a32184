#!/usr/bin/env python3
"""wirewatch feeds parse, discover, add, import and export from outside. Usage: feeds_commands.py --bin DIR"""
import argparse
import http.server
import json
import os
import pathlib
import pty
import select
import subprocess
import tempfile
import threading
import time
import xml.etree.ElementTree as tree

from commands import Programs
from harness import check, rss


class Site:
    """A web site on loopback: path -> (status, headers, body)."""

    def __init__(self):
        self.answers = {}
        self.asked = []
        site = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self):
                site.asked.append((self.path, dict(self.headers)))
                status, headers, body = site.answers.get(self.path, (404, {}, b"nothing here"))
                self.send_response(status)
                for name, value in headers.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def url(self, path):
        return f"http://127.0.0.1:{self.server.server_address[1]}{path}"

    def feed(self, path, title="A feed", content_type="application/rss+xml"):
        self.answers[path] = (200, {"Content-Type": content_type}, rss(title, [("1", "First", "Text")]))

    def page(self, path, head, status=200):
        body = f"<!DOCTYPE html><html><head><title>Front page</title>{head}</head><body><p>Hello</p></body></html>"
        self.answers[path] = (status, {"Content-Type": "text/html; charset=utf-8"}, body.encode())

    def redirect(self, path, target, status=301):
        self.answers[path] = (status, {"Location": target}, b"")


HERE = ("--allow-private", "127.0.0.1")  # where the sites of these tests are


def link(href, kind="application/rss+xml", title=""):
    return f'<link rel="alternate" type="{kind}" title="{title}" href="{href}">'


def configuration(directory, text=""):
    config = directory / "wirewatch.toml"
    config.write_text('include = ["feeds.toml"]\n' + text)
    (directory / "feeds.toml").write_text("# by hand\n\n[[feed]]\nid = 'mine'   # odd layout\nurl = \"https://mine.example/rss\"\n")
    return config


def configured(programs, config):
    return {feed["id"]: feed for feed in json.loads(programs.run("wirewatch", "--config", config, "feeds", "--json"))}


def parse(programs, directory):
    site = Site()
    nowhere = {"XDG_CONFIG_HOME": str(directory), "HOME": str(directory)}

    def asks(path, *arguments, **options):
        return programs.run("wirewatch", "feeds", "parse", site.url(path), *HERE, *arguments, env=nowhere, **options)

    relative = rss("R", [("1", "x", "")]).replace(b"https://example.org/1", b"/story")
    site.answers["/feed/rss"] = (200, {"Content-Type": "text/xml"}, relative)
    site.redirect("/old", "/feed/rss")
    out = json.loads(asks("/old"))
    check(out["title"] == "R" and out["items"][0]["url"] == site.url("/story"), f"the base is the final address: {out}")
    check(site.asked[0][1]["User-Agent"].startswith("wirewatch/"), "wirewatch says who it is")
    out = json.loads(asks("/old", "--base-url", "https://other.example/"))
    check(out["items"][0]["url"] == "https://other.example/story", "--base-url wins")
    cyrillic = '<rss version="2.0"><channel><title>Мир</title></channel></rss>'.encode("windows-1251")
    site.answers["/koi"] = (200, {"Content-Type": "text/xml; charset=windows-1251"}, cyrillic)
    check(json.loads(asks("/koi"))["title"] == "Мир", "the Content-Type of the server is used")
    site.answers["/koi"] = (200, {"Content-Type": "text/xml; charset=koi8-r"}, cyrillic)
    check(json.loads(asks("/koi", "--content-type", "text/xml; charset=windows-1251"))["title"] == "Мир", "--content-type wins")
    check(json.loads(programs.run("wirewatch", "feeds", "parse", "feed:" + site.url("/old"), *HERE, env=nowhere))["title"] == "R", "feed:")

    site.page("/page", link("/rss") + link("atom.xml", "application/atom+xml"))
    asks("/page", code=1, says="this is an HTML page titled 'Front page'; it links to the feeds "
                               f"{site.url('/rss')} and {site.url('/atom.xml')}")
    asks("/page", code=1, says=f"wirewatch feeds discover {site.url('/page')}")
    bare = directory / "bare.html"
    bare.write_text("<html><title>Bare</title></html>")
    done = subprocess.run([programs.bin / "wirewatch", "feeds", "parse", bare], capture_output=True, text=True, timeout=60)
    check(done.returncode == 1 and "'Bare'" in done.stderr and "discover" not in done.stderr, f"no false hope: {done}")
    asks("/none", code=1, says="404 Not Found")
    site.redirect("/file", "file:///etc/passwd")
    asks("/file", code=1, says="neither http nor https")
    site.redirect("/loop", "/loop")
    asks("/loop", code=1, says="more than 5 redirects")
    programs.run("wirewatch", "feeds", "parse", "http://127.0.0.1:1/", *HERE, code=1, says="127.0.0.1:1", env=nowhere)
    programs.run("wirewatch", "feeds", "parse", "https://", code=1, env=nowhere)
    programs.run("wirewatch", "feeds", "parse", directory, code=1, says="cannot read", env=nowhere)
    small = directory / "small.toml"
    small.write_text('[fetch]\nmax_body = "1KiB"\n')
    site.answers["/big"] = (200, {"Content-Type": "text/xml"}, rss("B", [("1", "x" * 2000, "")]))
    programs.run("wirewatch", "--config", small, "feeds", "parse", site.url("/big"), *HERE, code=1, says="over 1 KiB")
    programs.run("wirewatch", "--config", directory / "none.toml", "feeds", "parse", site.url("/big"), code=78)


def discover(programs, directory):
    site = Site()
    nowhere = {"XDG_CONFIG_HOME": str(directory), "HOME": str(directory)}

    def asks(what, *arguments, **options):
        return programs.run("wirewatch", "feeds", "discover", what, *HERE, *arguments, env=nowhere, **options)

    site.page("/", "<base href='/deep/'>" + link("rss", "text/xml") + link("javascript:alert(1)") + link("/gone", title="Old\x1b[2J"))
    site.feed("/deep/rss", "World \x9b news")
    out = asks(site.url("/"), says="World")
    check("\x9b" not in out and "\x1b" not in out, "control characters stay off the terminal")
    found = json.loads(asks(site.url("/"), "--json"))
    check([feed["url"] for feed in found] == [site.url("/deep/rss"), site.url("/gone")], f"found {found}")
    check(found[0]["verified"] and found[0]["articles"] == 1 and found[0]["format"] == "RSS 2.0", f"found {found}")
    check("404" in found[1]["problem"] and not found[1]["verified"], f"found {found}")
    asks(site.url("/deep/rss"), says="is a feed itself")
    site.page("/blog/", "")
    site.feed("/blog/feed", "Blog")
    asks(site.url("/blog/"), says="found where feeds usually stand")
    site.page("/named/", link("/gone"))
    site.feed("/named/feed", "Named")
    found = json.loads(asks(site.url("/named/"), "--json"))
    check([feed["found_by"] for feed in found] == ["guess", "link"], f"where what is named is broken, places are tried: {found}")
    site.page("/empty/", "")
    site.asked.clear()
    asks(site.url("/empty/"), code=1, says="links to no feed, and there is none where feeds usually stand")
    check(len(site.asked) <= 21, f"{len(site.asked)} requests for one page")
    check(json.loads(asks(site.url("/empty/"), "--json", code=1)) == [], "nothing found is an empty list")
    site.page("/broken/", link("/gone"))
    asks(site.url("/broken/"), code=1, says="404 Not Found")
    asks(site.url("/none"), code=1, says="404 Not Found")
    site.page("/many", "".join(link(f"/rss/{i}") for i in range(60)))
    site.asked.clear()
    asks(site.url("/many"), code=1, says="40 further links of the page were not tried")
    check(len(site.asked) == 21, f"{len(site.asked)} requests for one page")

    page = directory / "page.html"
    page.write_text("<html><head>" + link("/rss", title="Named") + "</head><a href='/feed/x'>x</a></html>")
    found = json.loads(asks(page, "--base-url", "https://example.org/a/", "--json"))
    check([feed["url"] for feed in found] == ["https://example.org/rss", "https://example.org/feed/x"], f"found {found}")
    asks(page, "--base-url", "https://example.org/", says="not verified")
    asks("-", code=1, stdin=b"<html><title>T</title></html>", says="'T' (standard input) links to no feed")
    asks("-", code=1, stdin=b"hello", says="no feed")
    asks(directory / "none", code=1, says="cannot read")


OUTLINES = """<?xml version="1.0"?>
<opml version="1.0"><head><title>Mine</title></head><body>
  <outline text="World"><outline text="Middle East">
    <outline type="rss" text="Gulf &quot;News&quot;" xmlUrl="https://gulf.example/rss" htmlUrl="https://gulf.example/"/>
  </outline></outline>
  <outline text="Mine again" xmlUrl="https://MINE.example/rss?utm_source=x"/>
  <outline text="Script" xmlUrl="javascript:alert(1)"/>
  <outline text="Escape&#27;[2J" xmlUrl="https://escape.example/rss"/>
  <outline text="Secret" xmlUrl="https://me:hunter2@secret.example/rss"/>
  <outline text="Gulf twice" xmlUrl="https://gulf.example/rss"/>
  <outline text="Gulf News" xmlUrl="https://other.example/rss"/>
  <outline text="A & B" xmlUrl=https://tolerant.example/></outline>
  <outline text="No address"/>
</body></opml>"""


def guard(programs, directory):
    site = Site()
    site.feed("/feed")
    config = configuration(directory)
    leads = "is a loopback address; if that is meant, list it in the feed's allow_private (on the command line: --allow-private 127.0.0.1)"
    for command in ("parse", "discover", "add"):
        run = ("wirewatch", "--config", config, "feeds", command, site.url("/feed"))
        programs.run(*run, code=1, says=f"127.0.0.1 {leads}")
        programs.run(*run, "--allow-private", "10.0.0.0/8", code=1, says=leads)
        programs.run(*run, "--allow-private", "localhost", code=2, says="neither an address nor a network")
        proxied = {"HTTP_PROXY": site.url(""), "http_proxy": site.url(""), "ALL_PROXY": site.url(""), "all_proxy": site.url("")}
        programs.run("wirewatch", "--config", config, "feeds", command, "http://nobody..invalid/", env=proxied, code=1, says="cannot resolve")
    check(not site.asked, f"nothing was asked for: {site.asked}")
    programs.run("wirewatch", "feeds", "parse", site.url("/feed"), "--allow-private", "127.0.0.0/8")
    check(len(site.asked) == 1, "what is allowed is fetched")


def opml_import(programs, directory):
    config = configuration(directory)
    feeds = directory / "feeds.toml"
    by_hand = feeds.read_text()
    opml = directory / "list.opml"
    opml.write_text(OUTLINES)

    def imports(*arguments, **options):
        return programs.run("wirewatch", "--config", config, "feeds", "import", *arguments, **options)

    blocks = imports(opml, "--dry-run")
    check(blocks.count("[[feed]]") == 4 and feeds.read_text() == by_hand, "a dry run prints the blocks and writes nothing")
    for words in ("'Mine again' (https://MINE.example/rss?utm_source=x) is configured already, as 'mine'", "'javascript:alert(1)'",
                  "holds a user name", "is in the list twice", "'No address' has no address", "5 outlines skipped, 4 feeds new", "repaired: "):
        imports(opml, "--dry-run", says=words)
    out = imports(opml, says="added 4 feeds to " + str(feeds))
    check("hunter2" not in out and f"wirewatch --config {config} reload" in out, "what to do next, without passwords")
    check(feeds.read_text().startswith(by_hand), "what was written by hand stays")
    found = configured(programs, config)
    check(set(found) == {"mine", "gulf-news", "escape-2j", "gulf-news-2", "a-b"}, f"ids: {set(found)}")
    check(found["gulf-news"]["title"] == 'Gulf "News"' and found["gulf-news"]["tags"] == ["world", "middle-east"], "title and tags")
    check("\x1b" not in feeds.read_text(), "control characters are escaped in the file")
    after = feeds.read_text()
    imports(opml, code=1, says="there is no new feed in the list")
    check(feeds.read_text() == after, "an import twice adds nothing")

    many = "".join(f'<outline text="Feed {i}" xmlUrl="https://h{i}.example/rss"/>' for i in range(300))
    opml.write_text(f"<opml version='2.0'><body>{many}</body></opml>")
    imports(opml, says="added 300 feeds")
    check(len(configured(programs, config)) == 305, "300 outlines")
    new = directory / "new.toml"
    opml.write_text("<opml><body><outline text='n' xmlUrl='https://n.example/'/></body></opml>")
    imports(opml, "--write", new, code=1, says="Add it to 'include'")
    check(not new.exists(), "no file is made that nobody reads")
    config.write_text('include = ["*.toml"]\n'.replace("*", "[fn]e*"))
    imports("-", "--write", new, stdin=opml.read_bytes(), says=f"added feed 'n' to {new}")
    imports(opml, "--dry-run", "--write", new, code=2)
    for document, words in [(b"<html><title>Login</title></html>", "HTML page titled 'Login'"), (rss("F", []), "this is a feed (RSS 2.0)"),
                            (b"", "empty"), (b"<opml><body>" + b"<outline text='x'>" * 400, "more than 256")]:
        imports("-", stdin=document, code=65, says=words)
    imports(directory / "none.opml", code=1, says="cannot read")
    config.write_text("[fetch\n")
    imports(opml, code=78)
    config.unlink()
    imports(opml, code=78, says="there is no such file")


def opml_export(programs, directory):
    (directory / "a").mkdir()
    (directory / "b").mkdir()
    one, two = configuration(directory / "a"), configuration(directory / "b")
    (directory / "a/feeds.toml").write_text(
        '[[feed]]\nid = "x"\nurl = "https://x.example/?a=1&b=2"\ntitle = "A <b> & \\"C\\" \\u0007"\ntags = ["world", "Middle East"]\n'
        '[[feed]]\nid = "y"\nurl = "https://y.example/"\ninterval = "5m"\nenabled = false\nlanguage = "ur"\nidentity = "url"\n'
        '[[feed]]\nid = "z"\nurl = "https://z.example/"\ntags = ["world"]\ntitle = "Новости"\n')
    (directory / "b/feeds.toml").write_text("")
    exported = programs.run("wirewatch", "--config", one, "feeds", "export")
    root = tree.fromstring(exported.encode())
    check(root.get("version") == "2.0" and root.find("body/outline").get("text") == "world", "an OPML 2.0 with folders")
    check(len(root.findall(".//outline[@xmlUrl]")) == 3, "three feeds")
    programs.run("wirewatch", "--config", two, "feeds", "export", code=1, says="there are no feeds")
    programs.run("wirewatch", "--config", two, "feeds", "import", "-", stdin=exported.encode(), says="added 3 feeds")
    again = programs.run("wirewatch", "--config", two, "feeds", "export")
    outlines = [sorted(sorted(o.attrib.items()) for o in tree.fromstring(text.encode()).iter("outline")) for text in (exported, again)]
    check(outlines[0] == outlines[1], f"an export that is imported and exported is the same: {outlines}")


def on_terminal(command, answers):
    """Runs a command on a terminal of its own; gives its exit code and all that it wrote."""
    child, terminal = pty.fork()
    if child == 0:
        os.execv(command[0], command)
    written, deadline = b"", time.monotonic() + 30
    while time.monotonic() < deadline:
        if not select.select([terminal], [], [], 0.2)[0]:
            continue
        try:
            part = os.read(terminal, 4096)
        except OSError:
            break
        if not part:
            break
        written += part
        if answers and written.rstrip().endswith(answers[0][0].encode()):
            os.write(terminal, answers.pop(0)[1].encode() + b"\n")
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), written.decode()


def add(programs, directory):
    site = Site()
    config = configuration(directory)
    feeds = directory / "feeds.toml"
    by_hand = feeds.read_text()

    def adds(*arguments, **options):
        return programs.run("wirewatch", "--config", config, "feeds", "add", *HERE, *arguments, **options)

    site.feed("/world", 'World "today"')
    out = adds(site.url("/world"), "--tag", "world", "--tag", "gulf", "--interval", "30m", says="added feed 'world-today' to")
    check("RSS 2.0, 1 articles" in out, f"what was found is shown: {out}")
    check(feeds.read_text() == by_hand + "\n[[feed]]\nid = \"world-today\"\ntitle = \"World \\\"today\\\"\"\n"
          f"url = \"{site.url('/world')}\"\ntags = [\"world\", \"gulf\"]\ninterval = \"30m\"\nallow_private = [\"127.0.0.1\"]\n", f"the block: {feeds.read_text()}")
    for tag in ("", " ", " gulf", "gu*", "gu?f", "a\nb", "a\u202eb"):
        adds(site.url("/world"), "--tag", tag, code=2, says="cannot be a tag")
    adds(site.url("/world") + "#top", code=1, says="is configured already, as feed 'world-today'")
    site.feed("/spaced", "Spaced")
    adds(site.url("/spaced"), "--tag", "south asia", "--tag", 'O\'Hara "x\\y" #1, Ру')
    check(configured(programs, config)["spaced"]["tags"] == ["south asia", 'O\'Hara "x\\y" #1, Ру'], "tags are read again as they were given")
    programs.run("wirewatchd", "--config", config, "--check")
    site.page("/one", link("/rss2"))
    site.feed("/rss2", "Second")
    out = adds(site.url("/one"), "--id", "second", "--title", "Number two", says=f"is a page; its feed is {site.url('/rss2')}")
    check(configured(programs, config)["second"]["title"] == "Number two", "--id and --title")
    adds(site.url("/one"), code=1, says="is configured already, as feed 'second'")
    site.page("/two", link("/a?x=1&y='") + link("/b"))
    site.feed("/a?x=1&y='", "A")
    site.feed("/b", "B")
    before = feeds.read_text()
    adds(site.url("/two"), code=2, says=f"wirewatch --config {config} feeds add {site.url('/b')}    # B")
    adds(site.url("/two"), code=2, says=f"wirewatch --config {config} feeds add '{site.url('/a?x=1&y=')}'\\'''    # A")
    site.page("/empty", "")
    adds(site.url("/empty"), code=1, says="no feed of it was found")
    site.page("/broken", link("/gone"))
    adds(site.url("/broken"), code=1, says="404 Not Found")
    adds(site.url("/gone"), code=1, says="404 Not Found")
    secret = site.url("/b").replace("http://", "http://me:hunter2@")
    adds(secret, code=2, says="holds a user name")
    adds("https://", code=2)
    adds("example.org", code=2, says="write one that begins with https://")
    adds(site.url("/b"), "--id", "No Id", code=2, says="is no id")
    adds(site.url("/b"), "--interval", "often", code=2, says="is no duration")
    adds(site.url("/b"), "--interval", "1ms", code=78, says="nothing was written")
    adds(site.url("/b"), "--id", "mine", code=1, says="there is a feed 'mine' already")
    check(feeds.read_text() == before, "what fails writes nothing")
    mode = os.stat(feeds).st_mode
    command = [str(programs.bin / "wirewatch"), "--config", str(config), "feeds", "add", *HERE, site.url("/two")]
    code, said = on_terminal(command, [("else none]", "2"), ("[Y/n]", "n")])
    check(code == 1 and "nothing was added" in said and feeds.read_text() == before, f"a no is a no: {said}")
    code, said = on_terminal(command, [("else none]", "9")])
    check(code == 1 and "nothing was added" in said, f"no such number: {said}")
    code, said = on_terminal(command, [("else none]", "2"), ("[Y/n]", "")])
    check(code == 0 and "added feed 'b'" in said, f"chosen on a terminal: {said}")
    code, said = on_terminal(command + ["--yes"], [("else none]", "1")])
    check(code == 0 and "added feed 'a'" in said, f"--yes asks only which: {said}")
    check(os.stat(feeds).st_mode == mode and sorted(os.listdir(directory)) == ["feeds.toml", "wirewatch.toml"], "mode kept, no leftovers")
    programs.run("wirewatchd", "--config", config, "--check", says="6 feeds")
    config.write_text("[fetch]\nintervall = \"5m\"\n")
    adds(site.url("/world"), code=78, says="did you mean 'interval'?")


def main():
    options = argparse.ArgumentParser()
    options.add_argument("--bin", required=True)
    programs = Programs(options.parse_args().bin)
    for command in ("parse", "discover", "add", "import", "export"):
        programs.run("wirewatch", "feeds", command, "--help", says=f"Example: wirewatch feeds {command}")
        programs.run("wirewatch", "feeds", command, "--nonsense", code=2)
    for test in (parse, discover, guard, add, opml_import, opml_export):
        with tempfile.TemporaryDirectory(prefix="wirewatch-feeds-") as directory:
            test(programs, pathlib.Path(directory))
        print(f"ok: {test.__name__}")


if __name__ == "__main__":
    main()
