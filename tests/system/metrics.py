#!/usr/bin/env python3
"""What Prometheus reads from the daemon. Usage: metrics.py --bin DIR"""
import argparse
import json
import pathlib
import re
import tempfile
import urllib.error
import urllib.request

from harness import Daemon, Origin, check, free_port, rss, wait_until

LINE = re.compile(r'^(?P<name>[a-z_]+)(\{(?P<labels>[^}]*)\})? (?P<value>[-+0-9.eInfNa]+)$')


def ask(port):
    """name -> {labels: value}, from a document in which every line has its form and every name its words."""
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/metrics", timeout=10) as answer:
        check(answer.headers["Content-Type"].startswith("text/plain"), answer.headers["Content-Type"])
        text = answer.read().decode()
    metrics, described = {}, set()
    for line in text.splitlines():
        if line.startswith("# HELP "):
            described.add(line.split()[2])
        elif not line.startswith("#"):
            found = LINE.match(line)
            check(found is not None, f"this is no line of the text format: {line}")
            metrics.setdefault(found["name"], {})[found["labels"] or ""] = float(found["value"])
    for name in metrics:
        check(name in described or re.sub("_(bucket|sum|count)$", "", name) in described, f"{name} has no HELP")
    return metrics


def main():
    options = argparse.ArgumentParser()
    options.add_argument("--bin", required=True)
    options = options.parse_args()
    with tempfile.TemporaryDirectory(prefix="wirewatch-metrics-") as directory:
        origin = Origin()
        origin.documents["/a"] = rss("a", [("a1", "Pakistan", ""), ("a2", "Peru", "")])
        port = free_port()
        daemon = Daemon(options.bin, directory, {"good": origin.url("/a"), "bad": origin.url("/none")},
                        {"talks": "pakistan"})
        text = daemon.config.read_text()
        daemon.config.write_text(text + f'[metrics]\nlisten = "127.0.0.1:{port}"\n')
        daemon.start()

        def answers():
            try:
                return ask(port)
            except urllib.error.URLError:
                return None

        wait_until(answers, "the listener")
        wait_until(lambda: ask(port)["wirewatch_polls_total"]['result="failed"'] >= 1 and
                   ask(port)["wirewatch_polls_total"]['result="unchanged"'] >= 1, "polls of each kind")
        # The failing feed is announced on the stream too, and has a number of its own.
        wait_until(lambda: ask(port)["wirewatch_published_seq"][""] == 2, "the alert to be sent")
        seen = ask(port)
        for name, labels, value in (
            ("wirewatch_articles_total", "", 2), ("wirewatch_hits_total", "", 1), ("wirewatch_alerts_total", "", 1),
            ("wirewatch_outbox_seq", "", 2), ("wirewatch_alerts_behind", "", 0), ("wirewatch_rules", "", 1),
            ("wirewatch_feeds", 'state="ok"', 1), ("wirewatch_feeds", 'state="failing"', 1),
            ("wirewatch_feed_failures", 'feed="good"', 0), ("wirewatch_rule_alerts_total", 'rule="talks"', 1),
        ):
            check(seen[name].get(labels) == value, f"{name}{{{labels}}} is {seen[name]}, not {value}")
        for name in ("wirewatch_database_bytes", "wirewatch_disk_free_bytes", "wirewatch_start_timestamp_seconds"):
            check(seen[name][""] > 0, f"{name} is {seen[name]}")
        check(seen["wirewatch_feed_last_success_timestamp_seconds"].keys() == {'feed="good"'}, "last successes")
        polls = sum(seen["wirewatch_polls_total"].values())
        check(seen["wirewatch_poll_seconds_count"][""] == polls, "the histogram of polls misses some")
        check(seen["wirewatch_commit_seconds_count"][""] >= 1, "the histogram of commits is empty")

        check(seen["wirewatch_subscribers"] == {'publisher="zeromq"': 0}, f"subscribers: {seen['wirewatch_subscribers']}")
        tail = daemon.follow()
        wait_until(lambda: ask(port)["wirewatch_subscribers"]['publisher="zeromq"'] == 1, "the subscriber to be counted")
        check(json.loads(daemon.wirewatch("status", "--json").stdout)["subscribers"] == 1, "status counts no subscriber")
        tail.terminate()
        tail.wait()
        wait_until(lambda: ask(port)["wirewatch_subscribers"]['publisher="zeromq"'] == 0, "the subscriber to be missed")
        for name, value in (("candidates", 1), ("evaluations", 0), ("matches", 1), ("given_up", 0)):
            wait_until(lambda: ask(port)[f"wirewatch_{name}_total"][""] == value, f"{value} {name}")
            seen_rule = ask(port)[f"wirewatch_rule_{name}_total"]
            check(seen_rule == {'rule="talks"': value}, f"{name} of rules: {seen_rule}")

        table = (pathlib.Path(__file__).parents[2] / "docs/metrics.md").read_text()
        documented = set(re.findall(r"`(wirewatch_[a-z_]+)", table))
        served = {re.sub("_(bucket|sum|count)$", "", name) for name in seen if not name.startswith("exposer_")}
        check(documented == served, f"docs/metrics.md and the daemon differ in {documented ^ served}")

        # Rules have lines of their own, but not any number of them; their counts go on over reloads.
        many = "".join(f'[[rule]]\nid = "r{n}"\nquery = "peru"\n' for n in range(1_200))
        daemon.config.write_text(daemon.config.read_text() + many)
        check(daemon.wirewatch("reload").returncode == 0, "the reload failed")
        wait_until(lambda: len(ask(port)["wirewatch_rule_matches_total"]) == 1_000, "the new rules to have lines")
        check(ask(port)["wirewatch_matches_total"][""] == 1, "matches before the reload are forgotten")
        origin.documents["/a"] = rss("a", [("a3", "Peru", ""), ("a4", "Rain", "")])  # two articles, as before
        wait_until(lambda: ask(port)["wirewatch_matches_total"][""] == 1_201, "all rules to match")
        seen = ask(port)
        check(seen["wirewatch_rules"][""] == 1_201, f"there are {seen['wirewatch_rules']} rules")
        matches = seen["wirewatch_rule_matches_total"]
        check(len(matches) == 1_000, f"{len(matches)} rules have lines")
        check(matches['rule="talks"'] == 1 and matches['rule="r998"'] == 1, "counts of rules")
        check(len(seen["wirewatch_rule_alerts_total"]) <= 1_000, "alerts of too many rules")

        # Another daemon at that address is told so; one that asks for more than loopback is refused.
        code, _ = daemon.stop()
        check(code == 0, f"the daemon ended with {code}")
        for listen in ("0.0.0.0:9580", "127.0.0.1", "127.0.0.1:*", "localhost:9580", "10.0.0.7:80"):
            daemon.config.write_text(text + f'[metrics]\nlisten = "{listen}"\n')
            daemon.start()
            check(daemon.process.wait(timeout=15) == 78, f"{listen} was accepted")
    print("ok: what Prometheus reads")


if __name__ == "__main__":
    main()
