"""The commands of a program, as its own --help tells them."""
import re
import subprocess

EVERYWHERE = {"--help", "--version", "--config"}


class Command:
    def __init__(self, path, text):
        self.path = path  # ("feeds", "show"); the program itself is ()
        self.text = text
        # "--limit N:INT in [1 - 100]": the option, and the name of what it takes.
        self.options = {found[1]: found[2] for found in (
            re.search(r"(--[a-z0-9-]+)(?: ([A-Z]+)(?![a-z]))?", line) for line in self.section("Options"))}
        self.positionals = [line.split()[0] for line in self.section("Positionals")]
        self.subcommands = [line.split()[0] for line in self.section("Subcommands")]

    def section(self, name):
        """The lines that begin an entry: those that are indented by two."""
        found = re.search(rf"^{name}:\n((?:  .*\n)+)", self.text, re.MULTILINE)
        return [line for line in found[1].splitlines() if re.match(r"  \S", line)] if found else []


def command_tree(program, path=()):
    """This command, then all below it."""
    done = subprocess.run([program, *path, "--help"], capture_output=True, text=True, check=True, timeout=30)
    command = Command(path, done.stdout)
    yield command
    for name in command.subcommands:
        yield from command_tree(program, (*path, name))
