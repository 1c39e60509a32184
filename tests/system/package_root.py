#!/usr/bin/env python3
"""The Debian package in a fresh Debian 12: installed, started, upgraded, removed, purged.

    package_root.py DEB [--base TAR] [--mirror URL]

Makes the root with mmdebstrap (or debootstrap) from the mirror and keeps it as TAR for the next time, where
that is given. systemd-nspawn boots it, without a network but loopback; where there is none, the package is
installed without a running systemd, and the test says so. Needs root. Skips what this machine cannot do.
"""
import argparse
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

from harness import check
from package import later

# Run as root inside. Prints "ok: …" for what it has seen, "FAILED: …" for what is not so.
SCRIPT = r'''#!/bin/bash
say() { echo "ok: $*"; }
fail() { echo "FAILED: $*"; systemctl status wirewatchd --no-pager 2>&1 | tail -20; journalctl -u wirewatchd --no-pager 2>&1 | tail -20
         [ "$BOOTED" ] && systemctl poweroff; exit 1; }
holds() { timeout 120 "$@" >/tmp/said 2>&1 || { cat /tmp/said; fail "$*"; }; }
export DEBIAN_FRONTEND=noninteractive
if [ -d /run/systemd/system ]; then BOOTED=1; systemctl is-system-running --wait >/dev/null; fi

holds dpkg -i /root/first.deb
holds wirewatchd --check
grep -q "7 feeds, 7 rules" /tmp/said || fail "$(cat /tmp/said)"
holds wirewatch demo --once --json
[ "$(grep -c '"sequence"' /tmp/said)" = 7 ] || fail "the demo gives 7 alerts"
say "installed; wirewatchd --check is content, wirewatch demo --once gives 7 alerts"
holds man --where wirewatchd wirewatch wirewatch.toml wirewatch-rules

mkdir -p /srv/feeds
cat >/srv/feeds/a.xml <<XML
<rss version="2.0"><channel><title>Local</title><item><guid>1</guid><title>Pakistan, Russia agree on gas pipeline</title>
<link>https://example.org/1</link><pubDate>$(date -R)</pubDate><description>Islamabad and Moscow agree on energy.</description></item></channel></rss>
XML
sed -i 's|^\[fetch\]|[fetch]\nfile_roots = ["/srv/feeds"]|' /etc/wirewatch/wirewatch.toml
printf '[[feed]]\nid = "local"\nurl = "file:///srv/feeds/a.xml"\n' >/etc/wirewatch/feeds.toml
holds wirewatchd --check

if [ "$BOOTED" ]; then
    [ "$(systemctl is-enabled wirewatchd)" = enabled ] || fail "the service is not enabled"
    [ "$(systemctl is-active wirewatchd)" = active ] || fail "the service is not active"
    holds systemctl restart wirewatchd
    pid=$(systemctl show -P MainPID wirewatchd)
    [ "$(stat -c %u "/proc/$pid")" -gt 60000 ] || fail "it does not run under a user of its own"
    holds wirewatch tail --since 0 --limit 1 --json
    holds wirewatch history gas
    holds wirewatch status
    say "started: ready under its own user; reads a feed and alerts: $(systemctl show -P StatusText wirewatchd)"
    holds wirewatch reload
    holds systemctl reload wirewatchd
    runuser -u nobody -- wirewatch history >/tmp/said 2>&1 && fail "everybody may read the history"
    say "reloads; nobody else reads its history"
    install -m 600 /dev/stdin /etc/wirewatch/credentials/token <<<"a secret"
    printf 'token_file = "credentials/token"\n' >>/etc/wirewatch/feeds.toml
    sed -i 's|file:///srv/feeds/a.xml|https://feeds.invalid/a.xml|' /etc/wirewatch/feeds.toml
    systemctl restart wirewatchd || fail "it does not start with a secret of root's"
    say "starts with a secret that only root can read"
    sed -i '/token_file/d; s|https://feeds.invalid/a.xml|file:///srv/feeds/a.xml|' /etc/wirewatch/feeds.toml
    holds systemctl restart wirewatchd
fi

alerts() { wirewatch history --json | grep -c '"uuid"\|"article"'; }
[ "$BOOTED" ] && before=$(alerts) && pid=$(systemctl show -P MainPID wirewatchd)
holds dpkg --force-confold -i /root/later.deb
holds grep -q /srv/feeds/a.xml /etc/wirewatch/feeds.toml
[ -f /etc/wirewatch/feeds.toml.dpkg-dist ] || fail "the new feeds.toml is not beside the changed one"
if [ "$BOOTED" ]; then
    [ "$(systemctl show -P MainPID wirewatchd)" != "$pid" ] || fail "it was not started again"
    [ "$(alerts)" = "$before" ] && [ "$before" -gt 0 ] || fail "history: $(alerts), not $before"
    systemctl disable --now wirewatchd >/dev/null 2>&1
    holds dpkg --force-confold -i /root/first.deb
    [ "$(systemctl is-enabled wirewatchd)" = disabled ] || fail "an upgrade enables what was disabled"
    holds systemctl enable --now wirewatchd
fi
say "upgraded: changed configuration and history are kept"

holds dpkg -r wirewatch
[ -e /usr/bin/wirewatchd ] && fail "remove leaves the program"
[ -f /etc/wirewatch/feeds.toml ] || fail "remove takes the configuration"
if [ "$BOOTED" ]; then
    pgrep -x wirewatchd >/dev/null && fail "remove leaves it running"
    [ -f /var/lib/private/wirewatch/wirewatch.db ] || fail "remove takes the history"
fi
say "removed: configuration and history are there still"
holds dpkg -P wirewatch
left=$(find / -xdev -name '*wirewatch*' -not -path '/proc/*' -not -path '/tmp/*' -not -path '/root/*' -not -path '/var/log/*')
[ -z "$left" ] || fail "purge leaves $left"
say "purged: nothing is left"
echo "ok: all"
[ "$BOOTED" ] && systemctl poweroff
exit 0
'''
UNIT = """[Unit]
After=multi-user.target
[Service]
Type=idle
ExecStart=/root/test.sh
StandardOutput=file:/root/told
StandardError=file:/root/told
[Install]
WantedBy=multi-user.target
"""


def skip(why):
    print(f"skipped: {why}")
    sys.exit(0)


def install_missing(depends, root):
    """What an older root lacks; says whether it did."""
    there = subprocess.run(["dpkg-query", f"--admindir={root}/var/lib/dpkg", "-W", "-f", "${Package} "],
                           capture_output=True, text=True, check=True).stdout.split()
    missing = [name for name in depends if name not in there]
    if missing:
        shutil.copy("/etc/resolv.conf", root / "etc/resolv.conf")
        for command in (["update"], ["install", "-y", "--no-install-recommends", *missing]):
            subprocess.run(["chroot", root, "apt-get", "-q", *command], check=True, stdout=subprocess.DEVNULL)
    return bool(missing)


def make_root(base, mirror, depends, root):
    """A Debian 12 with systemd and what the package depends on."""
    wanted = ",".join(["systemd", "systemd-sysv", "dbus", "man-db", "procps", *depends])
    if base and base.exists():
        subprocess.run(["tar", "-xf", base, "-C", root], check=True)
        if install_missing(depends, root):
            subprocess.run(["tar", "-cf", base, "-C", root, "."], check=True)
        return
    if shutil.which("mmdebstrap"):
        command = ["mmdebstrap", "-q", "--variant=apt", f"--include={wanted}", "bookworm", root, mirror]
    elif shutil.which("debootstrap"):
        command = ["debootstrap", "--variant=minbase", f"--include={wanted}", "bookworm", root, mirror]
    else:
        skip("there is neither mmdebstrap nor debootstrap on this machine")
    made = subprocess.run(command, capture_output=True, text=True)
    if made.returncode != 0:
        skip(f"no Debian could be had from {mirror}: {(made.stderr or made.stdout).strip().splitlines()[-1:]}")
    if base:
        subprocess.run(["tar", "-cf", base, "-C", root, "."], check=True)


def can_boot(root):
    if shutil.which("systemd-nspawn") is None:
        return False
    probe = subprocess.run(["systemd-nspawn", "-q", "-D", root, "--register=no", "--keep-unit", "--private-network", "/bin/true"],
                           capture_output=True, timeout=60)
    return probe.returncode == 0


def run_inside(root):
    """What the script told."""
    script = root / "root/test.sh"
    script.write_text(SCRIPT)
    script.chmod(0o755)
    if can_boot(root):
        (root / "etc/systemd/system/package-test.service").write_text(UNIT)
        wants = root / "etc/systemd/system/multi-user.target.wants"
        wants.mkdir(parents=True, exist_ok=True)
        (wants / "package-test.service").symlink_to("../package-test.service")
        subprocess.run(["systemd-nspawn", "-q", "-D", root, "--register=no", "--keep-unit", "--private-network", "-b"],
                       stdin=subprocess.DEVNULL, capture_output=True, timeout=600)
        return (root / "root/told").read_text()
    print("skipped: no systemd could be booted on this machine; the package is installed without it")
    return subprocess.run(["chroot", root, "/root/test.sh"], capture_output=True, text=True, timeout=600).stdout


def main():
    options = argparse.ArgumentParser()
    options.add_argument("deb", type=pathlib.Path)
    options.add_argument("--base", type=pathlib.Path)
    options.add_argument("--mirror", default="http://deb.debian.org/debian")
    options.add_argument("--keep", action="store_true", help="leave the root where it is, and say where")
    given = options.parse_args()
    if os.geteuid() != 0:
        skip("this needs root")
    depends = subprocess.run(["dpkg-deb", "-f", given.deb, "Depends"], capture_output=True, text=True, check=True).stdout
    names = [entry.split()[0] for entry in depends.split(", ")]
    names = ["libspdlog1.10" if name.startswith("libspdlog") else name for name in names]  # a virtual one
    directory = pathlib.Path(tempfile.mkdtemp(prefix="wirewatch-root-"))
    root = directory / "debian"
    root.mkdir()
    try:
        make_root(given.base, given.mirror, names, root)
        shutil.copy(given.deb, root / "root/first.deb")
        shutil.copy(later(given.deb.resolve(), directory), root / "root/later.deb")
        told = run_inside(root)
        print(told, end="")
        check("ok: all" in told, "the package does not live through this")
    finally:
        if given.keep:
            print(f"kept: {root}")
        else:
            shutil.rmtree(directory)


if __name__ == "__main__":
    main()
