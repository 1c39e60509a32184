#!/usr/bin/env python3
"""Published bodies, live and replayed, are what CloudEvents 1.0 and our JSON Schemas say: checked by a validator that is
not ours (python3-jsonschema), of a daemon that reads feeds of our own and, where they are there, the real ones of the
shared corpora. Usage: schema.py --bin DIR --root DIR"""
import argparse
import json
import pathlib
import tempfile

import jsonschema

from harness import Daemon, Origin, check, rss, shared_directory, wait_until

ODD = [
    ("plain", "The world", "An ordinary summary of it."),
    ("long", "The world at length", "the same words again and again " * 8_000),
    ("empty", "the", ""),
    ("letters", "The world: Лавров, روس, 俄罗斯, 😀 and \"quotes\" \\ and \t tabs", "the\u0085line, the\u2028line"),
    ("many", "the " * 3_000, "the " * 300),
]


def validators(root):
    """Type of event -> the validators that it must satisfy."""
    def of(file):
        schema = json.loads(pathlib.Path(file).read_text())
        jsonschema.Draft202012Validator.check_schema(schema)
        return jsonschema.Draft202012Validator(schema, format_checker=jsonschema.FormatChecker())

    cloudevents = of(root / "tests/data/stream/cloudevents.schema.json")
    return {"wirewatch.alert.v1": [cloudevents, of(root / "docs/alert.schema.json")],
            "wirewatch.feed.v1": [cloudevents, of(root / "docs/feed-event.schema.json")]}


def feeds_of(root, origin):
    origin.documents["/odd"] = rss("odd", ODD)
    urls = {"odd": origin.url("/odd"), "broken": origin.url("/broken")}
    shared = shared_directory(root)
    real = sorted((shared / "corpora/feeds/real").iterdir()) if shared else []
    if not real:
        print("the shared corpora are not here: feeds of our own alone")
    for number, file in enumerate(real[:40]):
        origin.documents[f"/real{number}"] = file.read_bytes()
        urls[f"real{number}"] = origin.url(f"/real{number}")
    return urls


def main():
    options = argparse.ArgumentParser()
    options.add_argument("--bin", required=True)
    options.add_argument("--root", required=True)
    options = options.parse_args()
    root = pathlib.Path(options.root)
    with tempfile.TemporaryDirectory(prefix="wirewatch-schema-") as directory:
        origin = Origin()
        origin.server.handle_error = lambda *_: None  # the daemon's end may break off a connection
        rules = {"the-world": "world OR the OR of OR दुनिया OR دنیا OR мир", "scored": "SCORE/3(world^2, the^1)"}
        daemon = Daemon(options.bin, directory, feeds_of(root, origin), rules)
        daemon.start()
        wait_until(lambda: origin.fetches("/odd") > 2 and origin.fetches("/broken") > 0, "the feeds")
        origin.documents["/broken"] = rss("mended", [("m", "the mended", "of it")])
        origin.documents["/odd"] = b"no feed any more"
        wait_until(lambda: origin.fetches("/broken") > 1, "another look at the broken feed", 60)
        replayed = daemon.wirewatch("tail", "--since", "0", "--feeds", "--json", "--no-follow")
        check(replayed.returncode == 0, replayed.stderr)
        check(daemon.stop()[0] == 0, "the daemon ended with an error")

    bodies = [json.loads(line) for line in replayed.stdout.splitlines()]
    by_type, wanted = {}, validators(root)
    for body in bodies:
        by_type.setdefault(body["type"], []).append(body)
        for validator in wanted[body["type"]]:
            for wrong in validator.iter_errors(body):
                check(False, f"{body['type']} #{body['sequence']}: {wrong.json_path}: {wrong.message[:300]}")
        check(body["sequence"] == str(body["data"]["seq"]), "sequence is not seq")
    check(set(by_type) == set(wanted), f"only {set(by_type)} were published")
    check(any(body["data"]["score"] for body in by_type["wirewatch.alert.v1"]), "none had a score")
    check(any(body["data"]["article"].get("truncated") for body in by_type["wirewatch.alert.v1"]), "none was shortened")
    spoilt = json.loads(json.dumps(by_type["wirewatch.alert.v1"][0]))
    spoilt["data"]["article"].pop("key")
    check(not wanted["wirewatch.alert.v1"][1].is_valid(spoilt), "the validator lets anything pass")
    spoilt["sequence"] = 2**40
    check(not wanted["wirewatch.alert.v1"][0].is_valid(spoilt), "the validator lets any integer pass")
    print("ok: " + ", ".join(f"{len(found)} of {kind}" for kind, found in sorted(by_type.items())))


if __name__ == "__main__":
    main()
