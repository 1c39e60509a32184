"""A database of a former wirewatch's, as large as a test wants it: what takes no time with a few articles takes
some here."""
import pathlib
import shutil
import sqlite3

SCHEMAS = pathlib.Path(__file__).resolve().parents[1] / "data" / "schemas"
SAMPLE_ARTICLES = 40  # in tests/data/schemas/*.db


def make_large_database(file, version, articles):
    """The sample of that schema version with its articles again and again, under other keys and addresses. They are
    not in the full-text index."""
    shutil.copy(SCHEMAS / f"v{version}.db", file)
    database = sqlite3.connect(file, isolation_level=None)
    database.execute("PRAGMA synchronous = OFF")
    database.execute("BEGIN")
    copies = "WITH RECURSIVE copy (n) AS (VALUES (1) UNION ALL SELECT n + 1 FROM copy WHERE n < ?)"
    times = (articles // SAMPLE_ARTICLES,)
    database.execute(
        f"INSERT INTO articles (id, key, feed_id, first_seen, revision) {copies}"
        " SELECT a.id + n * 1000, substr(a.key, 1, 20) || printf('%012x', a.id + n * 1000), a.feed_id, a.first_seen, 1"
        f" FROM copy, articles a WHERE a.id <= {SAMPLE_ARTICLES} ORDER BY n, a.id", times)
    columns = [row[1] for row in database.execute("PRAGMA table_info (revisions)")]
    values = {"article_id": "article_id + n * 1000", "url": "url || '?' || n",
              "content": "content || hex(randomblob(100))"}
    database.execute(
        f"INSERT INTO revisions ({', '.join(columns)}) {copies}"
        f" SELECT {', '.join(values.get(column, column) for column in columns)} FROM copy, revisions"
        f" WHERE article_id <= {SAMPLE_ARTICLES} AND revision = 1 ORDER BY n, article_id", times)
    database.execute("COMMIT")
    database.close()


def version_of(file):
    """Of the schema, and whether every page of the file is well."""
    with sqlite3.connect(file) as database:
        return (database.execute("PRAGMA user_version").fetchone()[0],
                database.execute("PRAGMA quick_check").fetchone()[0] == "ok")
