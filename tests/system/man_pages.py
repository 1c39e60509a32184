#!/usr/bin/env python3
"""The man pages are good mdoc, and tell what the programs have: no more, no less.

    man_pages.py ROOT --bin DIR
"""
import argparse
import pathlib
import re
import subprocess
import tempfile

from command_tree import EVERYWHERE, command_tree
from harness import check

PAGES = ["wirewatch.1", "wirewatch.toml.5", "wirewatch-rules.5", "wirewatchd.8"]


def lint(page):
    done = subprocess.run(["mandoc", "-T", "lint", "-W", "warning", page], capture_output=True, text=True)
    check(done.returncode == 0 and not done.stdout, f"{page}:\n{done.stdout}{done.stderr}")
    shown = subprocess.run(["mandoc", "-T", "ascii", page], capture_output=True, text=True, check=True).stdout
    check(shown.startswith(f"{page.stem.upper()}({page.suffix[1:]})"), f"{page} is headed {shown.splitlines()[0]}")


def section(text, title):
    found = re.search(rf"^\.Sh {title}\n(.*?)(?=^\.Sh |\Z)", text, re.MULTILINE | re.DOTALL)
    check(found, f"there is no section {title}")
    return found[1]


def options_of(line):
    """Those of an item's head: '.It Fl -since Ar WHEN , Fl -yes' -> '--since WHEN', '--yes'."""
    return [f"--{name} {value}".strip() for name, value in re.findall(r"\bFl -([a-z0-9-]+)(?: Ar ([A-Z]+))?", line)]


def options_in(command):
    return {f"{name} {value or ''}".strip() for name, value in command.options.items() if name not in EVERYWHERE}


def commands_of(text):
    """path -> (options, arguments) of the items '.It Ic feeds show Ar FEED' with what is below them."""
    found, path = {}, None
    for line in section(text, "COMMANDS").splitlines():
        head = re.match(r"\.It Ic ((?:[a-z-]+ ?)+)(.*)", line)
        if head:
            path = tuple(head[1].split())
            check(path not in found, f"'{' '.join(path)}' stands in the page twice")
            found[path] = (set(), re.findall(r"\bAr ([A-Z]+)", head[2]))
        elif line.startswith(".It Fl"):
            found[path][0].update(options_of(line))
    return found


def differences(there, told, what):
    missing, too_much = sorted(there - told), sorted(told - there)
    return [f"{what} lacks {thing}" for thing in missing] + [f"{what} tells of {thing}, which is not" for thing in too_much]


def commands(root, programs):
    text = (root / "docs/man/wirewatch.1").read_text()
    told = commands_of(text)
    whole, *tree = command_tree(programs / "wirewatch")
    there = {command.path: command for command in tree}
    name = " ".join
    wrong = differences(set(map(name, there)), set(map(name, told)), "wirewatch(1)")
    for path in there.keys() & told.keys():
        options, arguments = told[path]
        where = f"wirewatch(1), {name(path)},"
        wrong += differences(options_in(there[path]), options, where)
        wrong += differences(set(there[path].positionals), set(arguments), where)
    general = {option.split()[0] for option in options_of(section(text, "DESCRIPTION"))}
    wrong += differences(set(whole.options), general, "wirewatch(1), DESCRIPTION,")
    check(not wrong, "\n".join(wrong))
    print(f"ok: wirewatch(1) tells of {len(there)} commands")


def daemon(root, programs):
    text = (root / "docs/man/wirewatchd.8").read_text()
    heads = "\n".join(line for line in section(text, "DESCRIPTION").splitlines() if line.startswith(".It"))
    told = {option.split()[0] for option in options_of(heads)}
    (whole,) = command_tree(programs / "wirewatchd")
    wrong = differences(set(whole.options), told, "wirewatchd(8)")
    check(not wrong, "\n".join(wrong))
    print(f"ok: wirewatchd(8) tells of {len(told)} options")


def keys_of_page(text):
    """'[fetch] interval' and the like -> default, or None."""
    found, table = {}, ""
    for line in section(text, "KEYS").splitlines():
        if line.startswith(".Ss "):
            table = line[4:] + " " if "[" in line else ""
        elif line.startswith(".It Ic "):
            names, _, default = line[7:].partition(" No = ")
            for name in names.split(" , "):
                found[table + name] = re.sub(r"^(Li|Qq) ", lambda kind: "" if kind[1] == "Li" else '"', default) or None
    return {key: value + '"' if value and value.startswith('"') else value for key, value in found.items()}


def keys_of_docs(text):
    """The same, from the tables of docs/configuration.md."""
    found, table = {}, None
    for line in text.splitlines():
        if line.startswith("#"):
            head = re.findall(r"\[+[a-z]+\]+", line)
            table = head[-1] + " " if head else "" if "main file" in line else table
        elif line.startswith("| `"):
            cells = [cell.strip() for cell in line.split("|")]
            default = re.fullmatch(r"`([^`<]+)`", cells[2])
            for name in re.findall(r"`(\w+)`", cells[1]):
                found[table + name] = default[1] if default else None
    return found


def plain(value):
    """A duration in milliseconds, so that 24h and 1d are the same; anything else as it is."""
    units = {"ms": 1, "s": 1000, "m": 60_000, "h": 3_600_000, "d": 86_400_000, "w": 604_800_000}
    duration = re.fullmatch(r'"(\d+)(ms|s|m|h|d|w)"', value)
    return str(int(duration[1]) * units[duration[2]]) if duration else value


def keys_in_force(programs):
    """The same, as the daemon lists them for a configuration that leaves all to the defaults."""
    with tempfile.TemporaryDirectory() as directory:
        config = pathlib.Path(directory) / "wirewatch.toml"
        config.write_text('[[feed]]\nid = "a"\nurl = "https://example.org/"\n[[rule]]\nid = "a"\nquery = "gas"\n')
        printed = subprocess.run([programs / "wirewatchd", "--config", config, "--print-config"], capture_output=True,
                                 text=True, check=True, timeout=30).stdout
    found, table = {}, ""
    for line in printed.splitlines():
        if line.startswith("["):
            table = line + " "
        elif match := re.match(r"(\w+) = (.*?)(?:\s+# the default)?$", line):
            found[table + match[1]] = match[2]
    return found


def keys(root, programs):
    told = keys_of_page((root / "docs/man/wirewatch.toml.5").read_text())
    docs = keys_of_docs((root / "docs/configuration.md").read_text().split("## Exit codes")[0])
    wrong = differences(set(docs), set(told), "wirewatch.toml(5)")
    for key in docs.keys() & told.keys():
        if docs[key] != told[key]:
            wrong.append(f"{key}: the default is {told[key]} in wirewatch.toml(5), {docs[key]} in docs/configuration.md")
    in_force = keys_in_force(programs)
    wrong += [f"wirewatch.toml(5) lacks {key}" for key in sorted(in_force.keys() - told.keys())]
    for key in in_force.keys() & told.keys():
        if told[key] is not None and plain(told[key]) != plain(in_force[key]):
            wrong.append(f"{key}: the default is {told[key]} in wirewatch.toml(5), {in_force[key]} in the program")
    check(not wrong, "\n".join(wrong))
    print(f"ok: wirewatch.toml(5) tells of {len(told)} keys and their defaults")


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("root", type=pathlib.Path)
    arguments.add_argument("--bin", type=pathlib.Path, required=True)
    given = arguments.parse_args()
    pages = {page.name: page for page in (given.root / "docs/man").iterdir()}
    check(set(PAGES) <= pages.keys(), f"pages are missing: {set(PAGES) - pages.keys()}")
    for page in pages.values():
        lint(page)
    print(f"ok: {len(pages)} pages are good mdoc")
    for test in (commands, daemon, keys):
        test(given.root, given.bin.resolve())


if __name__ == "__main__":
    main()
