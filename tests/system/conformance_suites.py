"""The suites of ../shared/corpora/feeds as cases: each README's mapping, and no more.

What a suite's file does not mention is not checked: absent there means "not asked", since models differ
in what they have a place for. Conventions of a project that no document carries are left out by the
named rules in conformance_model.py, which apply to whole suites; single disagreements are in conformance_choices.tsv.
"""
import csv
import re
import urllib.parse

from conformance_compare import Case, Check
from conformance_gofeed import gofeed
from conformance_model import Checks, attachment, labels, load, people, rel

# ---- feed-rs -----------------------------------------------------------------------------------


def content(value):
    return (value or {}).get("content")


def feed_rs_page(links):
    for wanted in ("alternate", None):
        for link in links or []:
            if link.get("rel") == wanted:
                return link.get("href")
    return None


def feed_rs_model(feed, text):
    checks = Checks()
    checks.add("title", content(feed.get("title")))
    checks.add("description", content(feed.get("description")))
    checks.add("language", feed.get("language"), "language")
    checks.add("home_page_url", feed_rs_page(feed.get("links")), "url")
    checks.add("feed_url", rel([l for l in feed.get("links") or [] if l.get("rel")], "self"), "url")
    picture = feed.get("logo") or feed.get("icon") or {}
    checks.add("icon", picture.get("uri"), "url")
    checks.add("authors", people(feed.get("authors")), "people")
    checks.count("items", feed.get("entries"))
    for i, entry in enumerate(feed.get("entries") or []):
        here = f"items[{i}]."
        if entry.get("id") and entry["id"] in text:  # feed-rs-id
            checks.add(here + "id", entry["id"], "exact")
        checks.add(here + "title", content(entry.get("title")))
        checks.add(here + "url", feed_rs_page(entry.get("links")), "url")
        checks.add(here + "summary", content(entry.get("summary")), "body")
        checks.add(here + "content_html", (entry.get("content") or {}).get("body"), "body")
        checks.add(here + "date_published", entry.get("published"), "date")
        if feed.get("feed_type") in ("Atom", "JSON"):  # feed-rs-updated
            checks.add(here + "date_modified", entry.get("updated"), "date")
        checks.add(here + "authors", people(entry.get("authors")), "people")
        checks.add(here + "tags", labels(entry), "texts")
        for media in entry.get("media") or []:
            for one in media.get("content") or []:
                checks.add(here + "attachments", one.get("url"), "urls_among")
    return checks.list


def feed_rs(root):
    for document in sorted(root.glob("*/*")):
        if document.name.endswith(".serde.json") or document.parent.name == "xml":
            continue
        expectation = document.with_name(document.stem + ".serde.json")
        if document.name == "rss_2.0_invalid_1.xml":
            yield Case("feed-rs", document.name, document, outcome="error")
        elif expectation.exists():
            text = document.read_bytes().decode("utf-8", "replace").replace("&amp;", "&")
            yield Case("feed-rs", document.name, document, checks=feed_rs_model(load(expectation), text))


# ---- rss-parser --------------------------------------------------------------------------------


def words(value):
    """Text where xml2js gave an object, {"_": text, "$": attributes}."""
    return value.get("_") if isinstance(value, dict) else value


def rss_parser_model(feed):
    checks = Checks()
    checks.add("title", words(feed.get("title")))
    checks.add("description", words(feed.get("description")))
    checks.add("home_page_url", feed.get("link"), "url")
    checks.add("feed_url", feed.get("feedUrl"), "url")
    checks.add("language", feed.get("language"), "language")
    checks.add("icon", (feed.get("image") or {}).get("url"), "url")
    checks.count("items", feed.get("items"))
    for i, item in enumerate(feed.get("items") or []):
        here = f"items[{i}]."
        checks.add(here + "title", words(item.get("title")))
        checks.add(here + "url", item.get("link"), "url")
        checks.add(here + "id", words(item.get("guid")) or item.get("id"), "text")
        checks.add(here + "content_html", item.get("content:encoded"), "body")
        checks.add(here + "content_html", None if "content:encoded" in item else words(item.get("content")), "body")
        checks.add(here + ("date_modified" if "id" in item and "guid" not in item and "date" not in item
                           else "date_published"), item.get("isoDate"), "either_date")
        author = item.get("creator") or item.get("author")
        checks.add(here + "authors", [author] if isinstance(author, str) else [], "people")
        checks.add(here + "tags", [words(one) for one in item.get("categories") or []], "texts")
        attachment(checks, here + "attachments[0].", item.get("enclosure") or {}, "url", "type", "length")
    return checks.list


def rss_parser(root):
    for document in sorted((root / "input").iterdir()):
        expectation = root / "output" / (document.stem + ".json")
        if document.name == "unrecognized.rss":
            yield Case("rss-parser", document.name, document, outcome="error")
        elif document.stem in ("customfields", "xml2js-options", "atom-customfields", "uolNoticias", "encoding"):
            yield Case("rss-parser", document.name, document)  # rss-parser-options, rss-parser-mojibake
        elif expectation.exists():
            yield Case("rss-parser", document.name, document, checks=rss_parser_model(load(expectation)["feed"]))


# ---- miniflux, node-feedparser: checks.json -----------------------------------------------------

KINDS = {"title": "text", "description": "text", "items[].title": "text", "items[].content_html": "body",
         "items[].authors": "people", "items[].tags": "texts", "items[].date_published": "date",
         "items[].attachments[].mime_type": "exact", "items[].attachments[].size_in_bytes": "exact",
         "language": "language", "items[].language": "language", "items[].id": "exact"}


def checked(suite, root):
    for entry in load(root / "checks.json"):
        case = Case(suite, entry["file"], root / entry["file"], base_url=(entry["base_url"] or "").strip())
        if entry["error"]:
            case.outcome = "error"
        for path, expected in entry["checks"].items():
            kind = KINDS.get(re.sub(r"\[\d+\]", "[]", path), "url")
            if path.endswith(".length"):
                kind = "exact"
            if suite == "miniflux" and is_policy(path, expected, entry, root / entry["file"]):
                continue
            if suite == "miniflux" and re.search(r"attachments\[\d+\]", path):
                url = entry["checks"].get(path.rsplit(".", 1)[0] + ".url")
                if url is not None:  # attachment-order
                    if is_policy(path.rsplit(".", 1)[0] + ".url", url, entry, root / entry["file"]):
                        continue
                    expected, kind = (url, expected), "attachment"
            path = path.replace("comments_url", "_wirewatch.comments_url").replace("favicon", "icon")
            case.checks.append(Check(path, expected, kind))
        yield case


def is_policy(path, expected, entry, document):
    """miniflux-title, miniflux-site, miniflux-inherits, miniflux-base."""
    if path not in entry["feedparser_differs"]:
        return False
    base = (entry["base_url"] or "").strip()
    filled = [base, base.rstrip("/"), base.rstrip("/") + "/"]
    if path.endswith("title") or (path in ("feed_url", "home_page_url") and expected in filled):
        return True
    text = document.read_text(encoding="utf-8", errors="replace")
    items = "".join(re.findall(r"(?s)<(?:item|entry)\b.*?</(?:item|entry)>", text))
    if path.endswith("authors"):
        rss = "<rss" in text or "<rdf:RDF" in text
        return rss and "author" not in items and "creator" not in items and "<itunes:author" not in text
    if ".tags" in path:
        return "category" not in items and "keywords" not in items and "subject" not in items
    if path.endswith("url") and isinstance(expected, str) and expected not in text:
        page = urllib.parse.urlsplit(expected).path.rpartition("/")[2]
        return page != "" and page in text
    return False


# ---- W3C, real ---------------------------------------------------------------------------------

OTHER_FORMATS = ("rss11/", "opml", "kml", "xrd")


def w3c(root):
    for row in csv.DictReader((root / "index.tsv").open(encoding="utf-8"), delimiter="\t", quoting=csv.QUOTE_NONE):
        document = root / row["file"]
        text = document.read_bytes()
        is_feed = re.search(rb"<(\w+:)?(rss|RDF|feed|channel)[\s>]", text) and not row["file"].startswith(OTHER_FORMATS)
        is_wrong = re.search(r"/must/", row["file"]) or row["message"] in ("SAXError", "UnicodeError")
        case = Case("w3c", row["file"], document, outcome="feed" if is_feed and not is_wrong else "any")
        if row["message_is"] == "present" and re.match(r"Valid(RFC2822|W3CDTF)Date", row["message"]):
            if re.search(r"parent:(item|entry),element:(pubDate|dc:date|published|updated|issued|created)$",
                         row["parameters"]):
                case.checks.append(Check("items[0].date_published", True, "any_date"))
        yield case


def real(root):
    with (root / "manifest.tsv").open(encoding="utf-8") as manifest:
        for row in csv.DictReader(manifest, delimiter="\t", quoting=csv.QUOTE_NONE):
            case = Case("real", row["file"], root / row["file"], content_type=row["content_type"] or "")
            if row["format"] == "-":
                case.outcome = "error"
            else:
                case.checks.append(Check("items.length", int(row["items"]), "exact"))
                case.checks.append(Check("_wirewatch.format", row["format"], "exact"))
                checks = Checks()
                checks.add("items[0].title", row["first_title"], "start")
                checks.add("items[0].url", row["first_url"], "url")
                checks.add("items[0].date_published", row["first_date"], "either_date")
                case.checks += checks.list
            yield case


SUITES = {"gofeed": gofeed, "feed-rs": feed_rs, "rss-parser": rss_parser,
          "miniflux": lambda root: checked("miniflux", root),
          "node-feedparser": lambda root: checked("node-feedparser", root), "w3c": w3c, "real": real}
FOLDERS = {"w3c": "w3c-feedvalidator"}
