"""The suites of /work/shared/corpora/feeds as cases: each README's mapping, and no more.

What a suite's file does not mention is not checked: absent there means "not asked", since models differ
in what they have a place for. Conventions of a project that no document carries are left out by the
named rules below, which apply to whole suites; single disagreements are in conformance_choices.tsv.
"""
import csv
import json
import re
import urllib.parse

from conformance_compare import Case, Check

RULES = {
    "gofeed-model": "copyright, generator, categories and dates of a feed, contributors, textInput, cloud, rating,"
    " links beside the one and atom:source have no place in an article or a feed of ours",
    "gofeed-description-image": "gofeed takes the first <img> in a description for an image; we leave it in the text",
    "feed-rs-id": "feed-rs invents an id (a hash, a UUID) where the document has none",
    "feed-rs-updated": "feed-rs fills dates of a feed, which we do not keep, and an RSS item's `updated` from pubDate",
    "rss-parser-snippet": "contentSnippet is that library's plain text of content: content itself is compared",
    "rss-parser-mixed": "xml2js puts the text of markup in an XML element behind its child elements: words in any order",
    "as-written": "feed-rs and rss-parser leave a relative address as it stands: ours must end in it",
    "original-link": "an address that counts clicks gives way to feedburner:origLink, which the document names itself",
    "feed-rs-author": "feed-rs calls an author without a name `author`",
    "rss-parser-date": "isoDate is either date",
    "miniflux-inherits": "an item without authors or tags gets the feed's editor, owner or categories there (README):"
    " who edits a feed did not write its articles",
    "miniflux-base": "a relative address hangs on the site's address there, here on the document's (README; RFC 3986)",
    "attachment-order": "miniflux lists thumbnails first, here files come first: compared by address",
    "miniflux-order": "miniflux sorts and merges authors and tags: compared in any order",
    "rss-parser-options": "customfields and xml2js-options depend on options of the library",
    "rss-parser-mojibake": "uolNoticias and encoding are read in the wrong encoding there (README)",
    "miniflux-title": "an item without title gets words of its text or its URL there; here it stays without",
    "miniflux-site": "a feed without title, feed or page address gets the address fetched there",
    "w3c-other-format": "RSS 1.1, OPML, KML, XRD and the like are no feeds of ours: a clean error will do",
    "w3c-date": "a date that the validator calls invalid may be read or not",
}


def load(path):
    for encoding in ("utf-8-sig", "latin-1"):
        try:
            return json.loads(path.read_text(encoding))
        except UnicodeDecodeError:
            continue


def document_of(expectation, suffixes=(".xml", ".json", ".rss", ".atom")):
    stem = re.sub(r"(\.serde|_expected)?\.json$", "", expectation.name)
    for suffix in suffixes:
        found = expectation.with_name(stem + suffix)
        if found != expectation and found.exists():
            return found
    return None


class Checks:
    """Collects checks; a value that the expectation lacks is none."""

    def __init__(self, **given):
        self.list = []

    def add(self, path, value, kind="text"):
        if value not in (None, "", [], {}):
            self.list.append(Check(path, value, kind))

    def count(self, path, values):
        self.list.append(Check(path + ".length", len(values or []), "exact"))


def person(value):
    return value.get("name") or value.get("email") or value.get("uri") or value.get("url")


def people(values):
    return [name for name in map(person, values or []) if name and name != "author"]  # feed-rs-author


# ---- gofeed ------------------------------------------------------------------------------------


def gofeed_universal(feed):
    checks = Checks()
    checks.add("title", feed.get("title"))
    checks.add("description", feed.get("description"))
    checks.add("language", feed.get("language"), "language")
    checks.add("home_page_url", feed.get("link"), "url")
    checks.add("feed_url", feed.get("feedLink"), "url")
    checks.add("authors", people(feed.get("authors")), "people")
    image = (feed.get("image") or {}).get("url")
    if image and image not in (feed.get("description") or ""):  # gofeed-description-image
        checks.add("icon", image, "url")
    checks.count("items", feed.get("items"))
    for i, item in enumerate(feed.get("items") or []):
        here = f"items[{i}]."
        checks.add(here + "title", item.get("title"))
        checks.add(here + "id", item.get("guid"), "exact")
        checks.add(here + "url", item.get("link"), "url")
        checks.add(here + "content_html", item.get("content"), "body")
        checks.add(here + "summary", item.get("description"), "body")
        checks.add(here + "date_published", item.get("publishedParsed"), "date")
        checks.add(here + "date_modified", item.get("updatedParsed"), "date")
        checks.add(here + "authors", people(item.get("authors")), "people")
        checks.add(here + "tags", item.get("categories"), "texts")
        image = (item.get("image") or {}).get("url")
        if image and image not in (item.get("description") or "") + (item.get("content") or ""):
            checks.add(here + "image", image, "url")
        for n, enclosure in enumerate(item.get("enclosures") or []):
            attachment(checks, f"{here}attachments[{n}].", enclosure, "url", "type", "length")
    return checks.list


def attachment(checks, here, value, url, kind, length):
    checks.add(here + "url", value.get(url), "url")
    checks.add(here + "mime_type", value.get(kind), "exact")
    if str(value.get(length) or "").strip().isdigit():
        checks.add(here + "size_in_bytes", int(value[length]), "exact")


def gofeed_rss(feed):
    checks = Checks()
    checks.add("title", feed.get("title"))
    checks.add("description", feed.get("description"))
    checks.add("language", feed.get("language"), "language")
    checks.add("home_page_url", feed.get("link"), "url")
    person_said = feed.get("managingEditor") or feed.get("webMaster")
    checks.add("authors", [person_said] if person_said else [], "people")
    checks.add("icon", (feed.get("image") or {}).get("url"), "url")
    checks.add("_wirewatch.skip_hours", [str(int(h)) for h in feed.get("skipHours") or [] if h.isdigit()], "texts")
    checks.add("_wirewatch.skip_days", feed.get("skipDays"), "texts")
    checks.count("items", feed.get("items"))
    for i, item in enumerate(feed.get("items") or []):
        here = f"items[{i}]."
        checks.add(here + "title", item.get("title"))
        checks.add(here + "id", (item.get("guid") or {}).get("value"), "text")
        checks.add(here + "url", item.get("link"), "url")
        checks.add(here + "summary", item.get("description"), "body")
        checks.add(here + "content_html", item.get("content"), "body")
        checks.add(here + "date_published", item.get("pubDateParsed"), "date")
        checks.add(here + "authors", [item["author"]] if item.get("author") else [], "people")
        checks.add(here + "tags", [c.get("value") for c in item.get("categories") or []], "texts")
        checks.add(here + "_wirewatch.comments_url", item.get("comments"), "url")
        for n, enclosure in enumerate(item.get("enclosures") or []):
            attachment(checks, f"{here}attachments[{n}].", enclosure, "url", "type", "length")
    return checks.list


def rel(links, wanted):
    return next((l.get("href") for l in links or [] if (l.get("rel") or "alternate") == wanted), None)


def labels(entry):
    words = [category.get("label") or category.get("term") for category in entry.get("categories") or []]
    return [word for word in words if word]


def gofeed_atom(feed):
    checks = Checks()
    checks.add("title", feed.get("title"))
    checks.add("description", feed.get("subtitle"))
    checks.add("language", feed.get("language"), "language")
    checks.add("home_page_url", rel(feed.get("links"), "alternate"), "url")
    checks.add("feed_url", rel(feed.get("links"), "self"), "url")
    checks.add("icon", feed.get("logo") or feed.get("icon"), "url")
    checks.add("authors", people(feed.get("authors")), "people")
    checks.count("items", feed.get("entries"))
    for i, entry in enumerate(feed.get("entries") or []):
        here = f"items[{i}]."
        checks.add(here + "title", entry.get("title"))
        checks.add(here + "id", entry.get("id"), "exact")
        checks.add(here + "url", rel(entry.get("links"), "alternate"), "url")
        checks.add(here + "summary", entry.get("summary"), "body")
        checks.add(here + "content_html", (entry.get("content") or {}).get("value"), "body")
        checks.add(here + "url", (entry.get("content") or {}).get("src"), "url")
        checks.add(here + "date_published", entry.get("publishedParsed"), "date")
        checks.add(here + "date_modified", entry.get("updatedParsed"), "date")
        checks.add(here + "authors", people(entry.get("authors")), "people")
        checks.add(here + "tags", labels(entry), "texts")
    return checks.list


def json_feed(feed):
    """JSON Feed expected of JSON Feed."""
    checks = Checks()
    checks.add("title", feed.get("title"))
    checks.add("description", feed.get("description"))
    for name, ours in (("home_page_url",) * 2, ("feed_url",) * 2, ("icon",) * 2):
        checks.add(ours, feed.get(name), "url")
    checks.add("authors", people(feed.get("authors") or [feed.get("author") or {}]), "people")
    checks.count("items", feed.get("items"))
    for i, item in enumerate(feed.get("items") or []):
        here = f"items[{i}]."
        checks.add(here + "id", item.get("id"), "exact")
        checks.add(here + "title", item.get("title"))
        checks.add(here + "url", item.get("url"), "url")
        checks.add(here + "summary", item.get("summary"), "body")
        checks.add(here + "content_html", item.get("content_html") or item.get("content_text"), "body")
        checks.add(here + "date_published", item.get("date_published"), "date")
        checks.add(here + "date_modified", item.get("date_modified"), "date")
        checks.add(here + "authors", people(item.get("authors") or [item.get("author") or {}]), "people")
        checks.add(here + "tags", item.get("tags"), "texts")
        checks.add(here + "image", item.get("image"), "url")
        for n, one in enumerate(item.get("attachments") or []):
            attachment(checks, f"{here}attachments[{n}].", one, "url", "mime_type", "size_in_bytes")
    return checks.list


def gofeed(root):
    models = {"translator/rss": gofeed_universal, "translator/atom": gofeed_universal,
              "translator/json": gofeed_universal, "parser/rss": gofeed_rss, "parser/atom": gofeed_atom,
              "parser/json": json_feed, "extensions/dublincore": gofeed_universal,
              "extensions/itunes": gofeed_universal, "extensions/media": gofeed_universal}
    for folder, model in models.items():
        for expectation in sorted((root / folder).glob("*.json")):
            expected = expectation
            is_json = folder.endswith("json")
            document = document_of(expected, (".json",) if is_json else (".xml.xml", ".xml"))
            if is_json and not expected.name.endswith("_expected.json"):
                continue
            if document is None and expected.name.endswith(".xml.json"):
                document = expected.with_name(expected.name[: -len(".json")])
            if document is not None and document.exists():
                feed = load(expected)
                checks = (json_feed if "version" in feed and is_json else model)(feed)
                yield Case("gofeed", f"{folder}/{document.name}", document, checks=checks)
    for document in sorted((root / "parser/universal").iterdir()):
        if document.name in ("unknown_feed.xml", "invalid.json"):
            yield Case("gofeed", f"parser/universal/{document.name}", document, outcome="error")
        else:
            title = "title" if document.suffix == ".json" else "Feed Title"
            yield Case("gofeed", f"parser/universal/{document.name}", document, checks=[Check("title", title, "text")])


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
