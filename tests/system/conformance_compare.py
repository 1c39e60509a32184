"""How one value of ours is held against one that another project's tests expect."""
import collections
import dataclasses
import datetime
import html
import re


@dataclasses.dataclass
class Check:
    """`path` into our JSON Feed ("items[0].title"), what is expected there, and as what it is compared."""

    path: str
    expected: object
    kind: str


@dataclasses.dataclass
class Case:
    """One document: how to parse it, and what must come of it. `outcome`: feed, error, any."""

    suite: str
    name: str
    file: object
    outcome: str = "feed"
    base_url: str = ""
    content_type: str = ""
    checks: list = dataclasses.field(default_factory=list)


def at(feed, path):
    """The value at a path; "x.length" counts. None where there is nothing."""
    if path.endswith(".length"):
        return len(at(feed, path[: -len(".length")]) or [])
    for part in re.findall(r"[^.\[\]]+", path):
        try:
            feed = feed[int(part)] if isinstance(feed, list) else feed.get(part)
        except (IndexError, ValueError, AttributeError):
            return None
    return feed


def field_of(path):
    return re.sub(r"\[\d+\]", "", path)


def squeezed(text):
    return " ".join(str(text).replace("\u00ad", "").replace("\ufeff", "").split())


def visible(text):
    """What a reader sees of HTML, words only: white space between tags is nobody's promise."""
    text = re.sub(r"(?is)<!--.*?-->|<(script|style)\b.*?</\1\s*>|<!\[CDATA\[|\]\]>", "", str(text))
    text = re.sub(r"(?s)</?[a-zA-Z!][^<>]*>", " ", text)
    return squeezed(html.unescape(text))


def letters(text):
    return re.sub(r"\s+", "", text)


def same_text(expected, got):
    """Ours is visible text; others keep markup and escapes. Equal as written, or as seen, once or twice."""
    once = visible(expected)
    ours = {letters(squeezed(got)), letters(visible(got))}
    return bool(ours & {letters(form) for form in (squeezed(expected), once, visible(once))})


def instant(text):
    text = str(text).strip().replace("Z", "+00:00")
    text = re.sub(r"\.(\d+)", lambda m: "." + (m[1] + "000000")[:6], text)
    try:
        at_time = datetime.datetime.fromisoformat(text)
    except ValueError:
        return None
    if at_time.tzinfo is None:
        at_time = at_time.replace(tzinfo=datetime.timezone.utc)
    return at_time.replace(microsecond=0)


def same_person(expected, got):
    """ "a@b.c (Name)" as written, or only the name or address in it."""
    if same_text(expected, got):
        return True
    words = re.split(r"[()<>]|mailto:", str(expected))
    return any(part.strip() and same_text(part.strip(), got) for part in words) and "@" in str(expected)


def same_list(expected, got, same):
    got = got or []
    return len(expected) == len(got) and all(same(e, g) for e, g in zip(expected, got))


def same_url(expected, got):
    """A host in any case, and alone with "/" or not: the same address (RFC 3986 section 6.2)."""
    forms = [html.unescape(str(url)).strip() for url in (expected, got)]
    forms = [url + "/" if re.fullmatch(r"https?://[^/?#]+", url) else url for url in forms]
    forms = [re.sub(r"^https?://[^/?#]+", lambda host: host[0].lower(), url) for url in forms]
    return forms[0] == forms[1]


def same_words(expected, got):
    """The same letters in any order, or only the text between elements (the rule rss-parser-mixed)."""
    theirs, ours = (collections.Counter(letters(visible(text))) for text in (expected, got))
    return theirs == ours or ("<" not in expected and theirs <= ours)


def once(values):
    return list(dict.fromkeys(map(squeezed, values)))


def is_original_link(document, got):
    """Whether the document names `got` as what an address that counts clicks leads to (original-link)."""
    text = document.read_bytes().decode("utf-8", "replace")
    found = re.findall(r"<[\w.-]+:orig(?:Enclosure)?Link\s*>\s*(?:<!\[CDATA\[)?([^<\]]+)", text, re.IGNORECASE)
    return got is not None and any(same_url(one.strip(), got) for one in found)


def holds(check, feed):
    """True where `feed` has what the check expects."""
    got = at(feed, check.path)
    expected = check.expected
    if expected in ("", [], 0, None):
        return got in ("", [], 0, None)
    if check.kind == "present":
        return got not in ("", [], 0, None)
    if check.kind == "people":
        return same_list(expected, [person.get("name", "") for person in got or []], same_person)
    if check.kind == "texts":
        return same_list(once(expected), got, same_text)  # a tag said twice counts once
    if check.kind == "urls_among":
        item = at(feed, check.path.rsplit(".", 1)[0]) or {}
        return any(same_url(expected, url) for url in [one.get("url") for one in got or []] + [item.get("image")])
    if got is None:
        return False
    if check.kind == "date":
        return instant(expected) is not None and instant(expected) == instant(got)
    if check.kind == "url":
        return same_url(expected, got)
    if check.kind == "language":
        return str(expected).strip().replace("_", "-").lower() == str(got).lower()
    if check.kind == "exact":
        return str(expected).strip() == str(got)
    if check.kind == "start":
        return squeezed(got).startswith(squeezed(expected))
    return same_text(expected, got)


def shown(feed, check):
    value = at(feed, check.path)
    if check.kind == "people":
        value = [person.get("name", "") for person in value or []]
    return "nothing" if value is None else value
