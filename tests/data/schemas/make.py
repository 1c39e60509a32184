#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Makes v<N>.db: a database as a wirewatch with schema version N left it. The steps are read from
history/schema.cpp; the content is invented. A file that is there already is left alone, since what was released
never changes. Usage: make.py N (from the next version on: run it for the last one before a step is added)"""
import hashlib
import pathlib
import re
import sqlite3
import sys

HERE = pathlib.Path(__file__).resolve().parent
SCHEMA = HERE.parents[2] / "history" / "schema.cpp"
BEGIN = 1617796800000  # 7 April 2021, 12:00 UTC
MINUTE = 60_000


def digest(*parts):
    return hashlib.sha256("\0".join(parts).encode()).digest()


def fill(db):
    """What version 1 knew: two feeds, 40 articles (three revised), 20 hits of two rules, 15 of them alerted on."""
    for feed in ("voa", "gulf"):
        db.execute(
            "INSERT INTO feeds (feed_id, url, title, etag, last_modified, body_hash, identity, last_attempt, stopped,"
            " http_status, failures, latency_ms, body_bytes) VALUES (?, ?, ?, '\"x\"', '', '', 'id', ?, 0, 200, 0, 12, 999)",
            (feed, f"https://{feed}.example/rss", f"Feed {feed}", BEGIN))
    for rule, severity in (("russia", "high"), ("energy", "normal")):
        db.execute("INSERT INTO rule_versions (digest, rule_id, title, severity, tags, query) VALUES (?, ?, ?, ?, '[]', ?)",
                   (digest(rule)[:16], rule, f"Rule {rule}", severity, rule))
        db.execute("INSERT INTO topics (name, tseq) VALUES (?, 0)", (f"alert/{rule}/",))
    for n in range(40):
        key = digest("article", str(n)).hex()[:32]
        revised = n % 15 == 7
        feed = "voa" if n % 2 else "gulf"
        seen = BEGIN + n * MINUTE
        db.execute("INSERT INTO articles (key, feed_id, first_seen, revision) VALUES (?, ?, ?, ?)",
                   (key, feed, seen, 2 if revised else 1))
        for revision in (1, 2) if revised else (1,):
            title = f"Russia and Zürich talk, round {n}" + (" (corrected)" if revision == 2 else "")
            texts = (title, f"Summary number {n}.", f"Content number {n} on energy and pipelines.")
            db.execute(
                "INSERT INTO revisions (article_id, revision, seen_at, content_hash, published, language, guid, url, image,"
                " comments_url, authors, categories, enclosures, title, summary, content)"
                " VALUES (?, ?, ?, ?, ?, 'en', ?, ?, '', '', '[\"A. Writer\"]', '[]', '[]', ?, ?, ?)",
                (n + 1, revision, seen + revision, digest(*texts)[:16], seen, f"guid-{n}", f"https://{feed}.example/{n}",
                 *texts))
        db.execute("INSERT INTO article_text (rowid, title, summary, content)"
                   " SELECT id, title, summary, content FROM current_text WHERE id = ?", (n + 1,))
    for n in range(20):
        rule = 1 + n % 2
        name = "energy" if n % 2 else "russia"
        db.execute("INSERT INTO hits (article_id, revision, rule_id, rule_version, at, spans) VALUES (?, 1, ?, ?, ?, ?)",
                   (2 * n + 1, name, rule, BEGIN + n * MINUTE, '[["title",0,0,6,"Russia","russia"]]'))
        if n < 15:
            db.execute("UPDATE topics SET tseq = tseq + 1 WHERE id = ?", (rule,))
            db.execute("UPDATE meta SET head = head + 1")
            db.execute("INSERT INTO outbox (seq, topic_id, tseq, uuid, committed_at, hit_id) SELECT m.head, t.id, t.tseq,"
                       " ?, ?, ? FROM meta m, topics t WHERE t.id = ?",
                       (digest("uuid", str(n))[:16], BEGIN + n * MINUTE, n + 1, rule))


def main():
    version = int(sys.argv[1])
    file = HERE / f"v{version}.db"
    if file.exists():
        raise SystemExit(f"{file} is there already")
    steps = re.findall(r'kStep\d+ = R"sql\((.*?)\)sql"', SCHEMA.read_text(), re.S)
    db = sqlite3.connect(file, isolation_level=None)
    db.create_function("address_hash", 1, lambda url: int.from_bytes(digest(url)[:8], "big", signed=True) if url else None,
                       deterministic=True)
    db.create_function("content_hash", 3, lambda *texts: hashlib.blake2b(
        b"".join(len(t.encode()).to_bytes(8, "little") + t.encode() for t in texts), digest_size=16).digest(),
        deterministic=True)
    db.execute("PRAGMA page_size = 1024")
    db.executescript(steps[0])
    db.execute("UPDATE meta SET epoch = '0123456789abcdef'")
    db.execute("BEGIN")
    fill(db)
    db.execute("COMMIT")
    for step in steps[1:version]:
        db.executescript(step)
    db.execute(f"PRAGMA application_id = {0x57575443}")
    db.execute(f"PRAGMA user_version = {version}")
    db.execute("VACUUM")
    db.execute("PRAGMA journal_mode = WAL")
    db.close()
    print(file, file.stat().st_size, "bytes")


if __name__ == "__main__":
    main()
