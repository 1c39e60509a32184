#!/usr/bin/env python3
"""The same scenarios against every subscriber that wirewatch offers: `wirewatch tail` and the clients in Python,
JavaScript and C++, with the real daemon; where messages must go missing, a proxy drops them.

Usage: tests/system/clients --bin DIR [--at-once 6] [NAME…]   (NAME: part of a scenario's name)"""
import argparse
import concurrent.futures
import pathlib
import sys
import tempfile
import time
import traceback

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
from scenarios import SCENARIOS  # noqa: E402
from scene import Failed, Scene, javascript, programs  # noqa: E402


def play(scenario, bin_dir, found):
    """Empty, or what went wrong."""
    with tempfile.TemporaryDirectory(prefix="wirewatch-clients-") as directory:
        scene = Scene(bin_dir, directory, found)
        try:
            scenario(scene)
            return ""
        except Failed as wrong:
            log = (pathlib.Path(directory) / "daemon.log").read_text()[-1500:]
            said = "".join(f"\n  {p.name}: {p.err.read_text()[-300:]}" for p in scene.running if p.err.exists())
            return f"{wrong}{said}\n  daemon: {log}"
        except Exception:
            return traceback.format_exc()
        finally:
            scene.end()


def main():
    options = argparse.ArgumentParser()
    options.add_argument("--bin", required=True)
    options.add_argument("--at-once", type=int, default=6)
    options.add_argument("--only", action="append", help="one of tail, python, js, cpp")
    options.add_argument("names", nargs="*")
    options = options.parse_args()
    found = programs(options.bin, javascript())
    if options.only:
        found = {name: command for name, command in found.items() if name in options.only}
    chosen = [s for s in SCENARIOS if not options.names or any(name in s.__name__ for name in options.names)]

    began, failed = time.monotonic(), 0
    with concurrent.futures.ThreadPoolExecutor(options.at_once) as pool:
        results = {pool.submit(play, scenario, options.bin, found): scenario for scenario in chosen}
        for done in concurrent.futures.as_completed(results):
            words = results[done].__name__.replace("_", " ")
            if done.result():
                failed += 1
            print(f"FAILED: {words}: {done.result()}" if done.result() else f"ok: {words}", flush=True)
    print(f"{len(chosen)} scenarios, each with {', '.join(found)}: {failed} failed, {time.monotonic() - began:.0f} s")
    sys.exit(1 if failed or not chosen else 0)


if __name__ == "__main__":
    main()
