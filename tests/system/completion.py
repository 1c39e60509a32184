#!/usr/bin/env python3
"""What shells offer is what the programs take: real bash, zsh and fish, typed at through a terminal.

    completion.py --bin DIR
"""
import argparse
import os
import pathlib
import pty
import select
import shutil
import signal
import subprocess
import tempfile

from command_tree import command_tree
from harness import check, wait_until

SCRIPTS = pathlib.Path(__file__).resolve().parents[2] / "review/completion"

# What is typed, and what the program is then called with. CONFIG stands for the configuration.
TYPED = [
    ("wirewatch hist\t", "history"),
    ("wirewatch feeds refr\t", "feeds refresh"),
    ("wirewatch history --sev\tcri\t", "history --severity critical"),
    ("wirewatch --config CONFIG history --rule pakistan-russia-en\t", "--config CONFIG history --rule pakistan-russia-energy"),
    ("wirewatch --config CONFIG history --rule=pakistan-russia-en\t", "--config CONFIG history --rule=pakistan-russia-energy"),
    ("wirewatch --config CONFIG feeds pause bbc\tgulf\t", "--config CONFIG feeds pause bbc-world gulf-news"),
    ("wirewatch rules check my-\t", "rules check my-rules.toml"),
    ("wirewatch init some\t", "init some-directory"),
    ("wirewatch completion fi\t", "completion fish"),
    ("wirewatchd --che\t", "--check"),
    ("wirewatchd --config my-\t", "--config my-rules.toml"),
]


def asks(program, *words):
    done = subprocess.run([program, "complete", "--", *words], capture_output=True, text=True, timeout=30)
    check(done.returncode == 0 and not done.stderr, f"complete {words}: {done}")
    kind, *lines = done.stdout.splitlines()
    return kind, [line.split("\t")[0] for line in lines]


def tree(programs):
    """Every command offers its subcommands and options, as its help has them."""
    count = 0
    for program in ("wirewatch", "wirewatchd"):
        whole, *below = command_tree(programs / program)
        for command in (whole, *below):
            _, offered = asks(programs / program, *command.path, "-")
            wanted = set(command.options) | set(whole.options)
            check(set(offered) == wanted, f"{program} {command.path}: {offered} instead of {wanted}")
            check(len(offered) == len(set(offered)), f"twice: {offered}")
            _, offered = asks(programs / program, *command.path, "")
            check(set(command.subcommands) <= set(offered), f"{program} {command.path}: {offered}")
            count += 1
    return count


class Shell:
    """An interactive shell on a terminal of its own. `wirewatch` there tells what it is called with."""

    def __init__(self, arguments, directory, environment):
        self.called = directory / "called"
        self.shown = b""
        self.process, self.terminal = pty.fork()
        if self.process == 0:
            os.chdir(directory)
            os.execvpe(arguments[0], arguments, environment)

    def read(self):
        while select.select([self.terminal], [], [], 0)[0]:
            self.shown += os.read(self.terminal, 65536)

    def type(self, keys):
        """The arguments of the program that is run by that line."""
        self.called.unlink(missing_ok=True)
        os.write(self.terminal, keys.encode() + b"\r")

        def called():
            self.read()
            return self.called.exists()

        try:
            wait_until(called, f"a call after '{keys!r}'", 20)
        except SystemExit as waited:
            raise SystemExit(f"{waited}; the terminal shows:\n{self.shown[-2000:]!r}")
        return self.called.read_text().strip().removesuffix("/")  # zsh drops it

    def end(self):
        os.kill(self.process, signal.SIGKILL)
        os.waitpid(self.process, 0)
        os.close(self.terminal)


def shell_of(name, directory):
    """How it is started: nothing of its user's, only the script."""
    script = SCRIPTS / f"wirewatch.{name}"
    if name == "bash":
        (directory / "bashrc").write_text(f"source {script}\n")
        return ["bash", "--noprofile", "--rcfile", str(directory / "bashrc"), "-i"]
    if name == "zsh":
        (directory / "functions").mkdir()
        shutil.copy(script, directory / "functions/_wirewatch")
        (directory / ".zshrc").write_text(
            f"fpath=({directory}/functions $fpath)\nautoload -Uz compinit\ncompinit -u -D\nunsetopt prompt_sp\n")
        return ["zsh", "-d", "-i"]
    return ["fish", "--private", "--init-command", f"source {script}"]


def real_shell(name, programs, directory):
    (directory / "bin").mkdir()
    for program in ("wirewatch", "wirewatchd"):
        stub = directory / "bin" / program
        stub.write_text(f'#!/bin/sh\n[ "$1" = complete ] && exec {programs / program} "$@"\n'
                        f'echo "$*" > "{directory}/called.new" && mv "{directory}/called.new" "{directory}/called"\n')
        stub.chmod(0o755)
    subprocess.run([programs / "wirewatch", "init", directory / "conf"], check=True, capture_output=True)
    (directory / "my-rules.toml").write_text("")
    (directory / "some-directory").mkdir()
    config = "conf/wirewatch.toml"
    environment = {**os.environ, "PATH": f"{directory}/bin:{os.environ['PATH']}", "TERM": "vt100", "HOME": str(directory),
                   "ZDOTDIR": str(directory), "XDG_CONFIG_HOME": str(directory), "XDG_DATA_HOME": str(directory)}
    shell = Shell(shell_of(name, directory), directory, environment)
    try:
        for keys, wanted in TYPED:
            called = shell.type(keys.replace("CONFIG", config))
            check(called == wanted.replace("CONFIG", config), f"{name}: {keys!r} calls '{called}', not '{wanted}'")
    finally:
        shell.end()


def main():
    options = argparse.ArgumentParser()
    options.add_argument("--bin", type=pathlib.Path, required=True)
    programs = options.parse_args().bin.resolve()
    print(f"ok: {tree(programs)} commands offer what they take")
    for name in ("bash", "zsh", "fish"):
        printed = subprocess.run([programs / "wirewatch", "completion", name], capture_output=True, text=True, check=True).stdout
        check(printed == (SCRIPTS / f"wirewatch.{name}").read_text(), f"'wirewatch completion {name}' prints another script")
        if shutil.which(name) is None:
            print(f"skipped: there is no {name} on this machine")
            continue
        with tempfile.TemporaryDirectory(prefix="wirewatch-completion-") as directory:
            real_shell(name, programs, pathlib.Path(directory))
        print(f"ok: {name}")


if __name__ == "__main__":
    main()
