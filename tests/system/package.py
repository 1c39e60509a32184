#!/usr/bin/env python3
"""The Debian package, made of a build tree as it is: contents, dependencies, lintian; installed below a
root of its own, upgraded, removed and purged by dpkg. package_root.py does it in a whole Debian.

    package.py --build DIR --root SOURCE
"""
import argparse
import json
import os
import pathlib
import re
import shutil
import subprocess
import tempfile

from harness import check

CONFFILES = {"/etc/wirewatch/feeds.toml", "/etc/wirewatch/rules/pakistan-russia.toml", "/etc/wirewatch/wirewatch.toml"}
MUST_HOLD = CONFFILES | {
    "/etc/wirewatch/credentials/",
    "/usr/bin/wirewatch", "/usr/bin/wirewatchd", "/usr/lib/systemd/system/wirewatchd.service",
    "/usr/share/bash-completion/completions/wirewatch", "/usr/share/bash-completion/completions/wirewatchd",
    "/usr/share/zsh/vendor-completions/_wirewatch",
    "/usr/share/fish/vendor_completions.d/wirewatch.fish", "/usr/share/fish/vendor_completions.d/wirewatchd.fish",
    "/usr/share/doc/wirewatch/README.md", "/usr/share/doc/wirewatch/changelog.gz",
    "/usr/share/doc/wirewatch/changelog.Debian.gz", "/usr/share/doc/wirewatch/copyright",
    "/usr/share/doc/wirewatch/docs/operations.md",
}
# As root, or as if: dpkg sets owners.
ROOT = [] if os.geteuid() == 0 else ["fakeroot"]


def run(*command, code=0, **options):
    done = subprocess.run([str(word) for word in command], capture_output=True, text=True, timeout=120, **options)
    check(done.returncode == code, f"{' '.join(map(str, command))} ended with {done.returncode}:\n{done.stdout}{done.stderr}")
    return done.stdout


def build(tree, directory):
    """As 'cpack -G DEB' makes it, but packed in haste."""
    run("cpack", "-G", "DEB", "--config", tree / "CPackConfig.cmake", "-B", directory, "-D", "CPACK_DEBIAN_COMPRESSION_TYPE=gzip",
        cwd=directory)
    (package,) = directory.glob("*.deb")
    return package


def later(package, directory):
    """The next package, whose feeds.toml has changed as well."""
    tree = directory / "later"
    run(*ROOT, "dpkg-deb", "-R", package, tree)
    control = tree / "DEBIAN/control"
    control.write_text(re.sub(r"^(Version: .*)-\d+$", r"\1-99", control.read_text(), flags=re.MULTILINE))
    feeds = tree / "etc/wirewatch/feeds.toml"
    feeds.write_text(feeds.read_text() + "# The feeds of a later version.\n")
    run(*ROOT, "dpkg-deb", "-Znone", "--root-owner-group", "-b", tree, directory / "later.deb")
    return directory / "later.deb"


def contents(package, source):
    modes, links = {}, 0
    for line in run("dpkg-deb", "-c", package).splitlines():
        mode, owner, _, _, _, name = line.split(maxsplit=5)
        check(owner == "root/root", f"{name} belongs to {owner}")
        check(mode[5] != "w" and mode[8] != "w", f"{name} may be written by others: {mode}")
        links += mode[0] == "l"
        modes[name.removeprefix(".")] = mode
    pages = {f"/usr/share/man/man{page.suffix[1:]}/{page.name}.gz" for page in (source / "docs/man").iterdir()}
    missing = (MUST_HOLD | pages) - modes.keys()
    check(not missing, f"the package lacks {sorted(missing)}")
    check(not any(name.startswith(("/usr/local", "/usr/etc", "/usr/include")) for name in modes), f"strange places: {sorted(modes)}")
    check(modes["/etc/wirewatch/credentials/"] == "drwx------", "credentials are for root alone")
    check(all(modes[name].startswith("-rw-r--r--") for name in CONFFILES), "the service's user reads the configuration")
    print(f"ok: {len(modes)} files and directories")


def holders(library):
    """The packages that hold a library, by all their names."""
    owners = {re.split("[:,]", line)[0] for line in run("dpkg-query", "-S", f"*/{library}").splitlines()}
    provided = run("dpkg-query", "-W", "-f", "${Provides}, ", *owners)
    return owners | {entry.split()[0] for entry in provided.split(", ") if entry.strip()}


def control(package, unpacked):
    conffiles = set(run("dpkg-deb", "-I", package, "conffiles").split())
    check(conffiles == CONFFILES, f"conffiles: {conffiles}")
    depends = run("dpkg-deb", "-f", package, "Depends")
    names = {entry.split()[0] for entry in depends.split(", ")}
    for program in ("wirewatch", "wirewatchd"):
        headers = run("readelf", "-dS", unpacked / "usr/bin" / program)
        check(".symtab" not in headers and ".debug_info" not in headers, f"{program} is not stripped")
        for library in re.findall(r"Shared library: \[(.*)\]", headers):
            if library.startswith("ld-linux"):  # comes with libc
                continue
            check(names & holders(library), f"{program} needs {library}, but Depends is {depends}")
    check("ca-certificates" in names, "nobody fetches over https without ca-certificates")
    first = subprocess.run(f"zcat {unpacked}/usr/share/doc/wirewatch/changelog.Debian.gz | head -1", shell=True,
                           capture_output=True, text=True, check=True).stdout
    version = run("dpkg-deb", "-f", package, "Version").strip()
    check(f"({version})" in first, f"package/changelog begins with {first.strip()}, the package is {version}")
    print(f"ok: depends on {len(names)} packages")


def lintian(package):
    if shutil.which("lintian") is None:
        print("skipped: there is no lintian on this machine")
        return
    told = run("lintian", "--allow-root", "--fail-on", "error,warning", package)
    check(not told.strip(), told)
    print("ok: lintian has nothing to say")


class Root:
    """A root with nothing in it but dpkg's own books."""

    def __init__(self, directory):
        self.directory = directory
        books = directory / "var/lib/dpkg"
        for name in ("info", "updates"):
            (books / name).mkdir(parents=True)
        (books / "status").touch()

    def dpkg(self, *arguments):
        # The scripts run with the programs of this machine, told by DPKG_ROOT where to work.
        return run(*ROOT, "dpkg", f"--root={self.directory}", "--force-script-chrootless", "--force-depends",
                   "--force-not-root", "--force-confold", "--log=/dev/null", *arguments)

    def files(self):
        """All but dpkg's books."""
        return {str(path.relative_to(self.directory)) for path in self.directory.rglob("*")
                if not path.is_dir() and "var/lib/dpkg/" not in str(path)}


def life(package, directory):
    (directory / "root").mkdir()
    root = Root(directory / "root")
    root.dpkg("-i", package)
    programs, etc = root.directory / "usr/bin", root.directory / "etc/wirewatch"
    told = run(programs / "wirewatchd", "--config", etc / "wirewatch.toml", "--check")
    check("7 feeds, 7 rules" in told, told)
    alerts = run(programs / "wirewatch", "demo", "--once", "--json").splitlines()
    check(len(alerts) == 7 and all(json.loads(alert)["id"] for alert in alerts), f"the installed demo gives {len(alerts)} alerts")
    paths = json.loads(run(programs / "wirewatch", "--config", etc / "wirewatch.toml", "paths", "--json"))
    check(paths["database"] == "/var/lib/wirewatch/wirewatch.db", f"{paths}")
    unit = (root.directory / "usr/lib/systemd/system/wirewatchd.service").read_text()
    check("ExecStart=/usr/bin/wirewatchd --config /etc/wirewatch/wirewatch.toml" in unit, "the unit names the installed program")
    wants = root.directory / "etc/systemd/system/multi-user.target.wants/wirewatchd.service"
    check(wants.is_symlink(), "the service is enabled")
    print("ok: installed; its demo gives 7 alerts")

    feeds, secret = etc / "feeds.toml", etc / "credentials/token"
    feeds.write_text(feeds.read_text().replace("dawn", "dusk"))
    secret.write_text("secret\n")
    history = root.directory / "var/lib/private/wirewatch/wirewatch.db"
    history.parent.mkdir(parents=True)
    history.write_text("history")
    (root.directory / "var/lib/wirewatch").symlink_to("private/wirewatch")
    wants.unlink()  # as 'systemctl disable' does
    root.dpkg("-i", later(package, directory))
    check('id = "dusk"' in feeds.read_text() and secret.exists() and history.exists(), "an upgrade keeps what was changed")
    check((etc / "feeds.toml.dpkg-dist").exists(), "the new version's file is beside the changed one")
    check(not wants.is_symlink(), "a service that was disabled stays so")
    print("ok: upgraded; changed configuration and data are kept")

    root.dpkg("-r", "wirewatch")
    check(feeds.exists() and history.exists(), "a removed package leaves configuration and data")
    check(not (programs / "wirewatchd").exists(), "and nothing else")
    root.dpkg("-P", "wirewatch")
    check(not root.files(), f"a purge leaves {sorted(root.files())}")
    check(not etc.exists() and not history.parent.exists(), "a purge leaves directories")
    print("ok: removed and purged; nothing is left")


def main():
    options = argparse.ArgumentParser()
    options.add_argument("--build", type=pathlib.Path, required=True)
    options.add_argument("--root", type=pathlib.Path, required=True)
    given = options.parse_args()
    for tool in ("cpack", "dpkg-deb", "dpkg-shlibdeps", *ROOT):
        if shutil.which(tool) is None:
            print(f"skipped: there is no {tool} on this machine")
            return
    with tempfile.TemporaryDirectory(prefix="wirewatch-package-") as name:
        directory = pathlib.Path(name)
        package = build(given.build.resolve(), directory)
        contents(package, given.root)
        run("dpkg-deb", "-x", package, directory / "unpacked")
        control(package, directory / "unpacked")
        lintian(package)
        life(package, directory)


if __name__ == "__main__":
    main()
