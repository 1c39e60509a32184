#!/usr/bin/env python3
"""The man pages are good mdoc. Usage: man_pages.py ROOT"""
import pathlib
import subprocess
import sys

from harness import check


def main():
    pages = sorted((pathlib.Path(sys.argv[1]) / "docs/man").iterdir())
    check(pages, "there are no man pages")
    for page in pages:
        done = subprocess.run(["mandoc", "-T", "lint", "-W", "warning", page], capture_output=True, text=True)
        check(done.returncode == 0 and not done.stdout, f"{page}:\n{done.stdout}{done.stderr}")
        name = page.stem.upper()
        shown = subprocess.run(["mandoc", "-T", "ascii", page], capture_output=True, text=True, check=True).stdout
        check(shown.startswith(f"{name}({page.suffix[1:]})"), f"{page} is headed {shown.splitlines()[0]}")
        print(f"ok: {page.name}")


if __name__ == "__main__":
    main()
