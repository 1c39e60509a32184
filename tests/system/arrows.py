#!/usr/bin/env python3
"""Holds the arrows between folders: what a folder includes must be in the FOLDERS of its library,
and FOLDERS may name only what docs/architecture.md allows. Usage: arrows.py ROOT"""
import pathlib
import re
import sys

ALLOWED = {
    "base": set(),
    "feeds": {"base"},
    "rules": {"base"},
    "history": {"base"},
    "publishers": {"base", "history"},
    "review": {"base", "feeds", "history", "rules"},
    "daemon": {"base", "feeds", "history", "publishers", "review", "rules"},
}
HEAVY = ("zmq.hpp", "zmq_addon.hpp", "nlohmann/json.hpp", "spdlog/", "pugixml.hpp", "CLI/", "unicode/", "curl/", "sqlite3.h")


def declared(folder: pathlib.Path) -> set[str]:
    text = re.sub(r"#.*", "", (folder / "CMakeLists.txt").read_text())
    call = re.search(r"wirewatch_library\(\s*%s\b(.*?)\)" % folder.name, text, re.S)
    if call is None:
        return set()
    folders = re.search(r"\bFOLDERS\b(.*?)(\bLIBS\b|\bSOURCES\b|\bHEADERS\b|$)", call[1], re.S)
    return set(folders[1].split()) if folders else set()


def main(root: pathlib.Path) -> int:
    wrong = []
    for name, allowed in ALLOWED.items():
        folder = root / name
        arrows = declared(folder)
        if arrows - allowed:
            wrong.append(f"{name}/CMakeLists.txt: FOLDERS names {sorted(arrows - allowed)}, which the house forbids")
        used = set()
        for file in sorted(folder.rglob("*.[ch]pp")):
            for included in re.findall(r'^\s*#\s*include\s*[<"]([^>"]+)[>"]', file.read_text(), re.M):
                top = included.split("/")[0]
                if top in ALLOWED and top != name:
                    used.add(top)
                    if top not in arrows:
                        wrong.append(f"{file.relative_to(root)}: includes {included}, but FOLDERS of {name} has no {top}")
                if file.suffix == ".hpp" and included.startswith(HEAVY):
                    wrong.append(f"{file.relative_to(root)}: a header includes {included}; move it to the .cpp")
        if arrows - used:
            wrong.append(f"{name}/CMakeLists.txt: FOLDERS names {sorted(arrows - used)}, which nothing includes")
    print("\n".join(wrong) or "the arrows are as the house draws them")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(pathlib.Path(sys.argv[1])))
