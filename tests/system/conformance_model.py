"""What the readings of all suites share: the named rules, and checks as they are collected."""
import json
import re

from conformance_compare import Check

RULES = {
    "gofeed-model": "copyright, generator, categories and dates of a feed, contributors, textInput, cloud, rating,"
    " links beside the one and atom:source have no place in an article or a feed of ours",
    "gofeed-description-image": "gofeed takes the first <img> in a description for an image; we leave it in the text",
    "feed-rs-id": "feed-rs invents an id (a hash, a UUID) where the document has none",
    "feed-rs-updated": "feed-rs fills dates of a feed, which we do not keep, and an RSS item's `updated` from pubDate",
    "rss-parser-snippet": "contentSnippet is that library's plain text of content: content itself is compared",
    "rss-parser-mixed": "xml2js puts the text of markup in an XML element behind its"
    " child elements: words in any order",
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


def attachment(checks, here, value, url, kind, length):
    checks.add(here + "url", value.get(url), "url")
    checks.add(here + "mime_type", value.get(kind), "exact")
    if str(value.get(length) or "").strip().isdigit():
        checks.add(here + "size_in_bytes", int(value[length]), "exact")


def rel(links, wanted):
    return next((l.get("href") for l in links or [] if (l.get("rel") or "alternate") == wanted), None)


def labels(entry):
    words = [category.get("label") or category.get("term") for category in entry.get("categories") or []]
    return [word for word in words if word]
