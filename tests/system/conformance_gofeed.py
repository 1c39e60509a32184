"""The suite of gofeed: three models of its own, and JSON Feed."""
from conformance_compare import Case, Check
from conformance_model import Checks, attachment, document_of, labels, load, people, rel


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
