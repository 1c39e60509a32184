#!/usr/bin/env python3
"""systemd reads the unit without a complaint, and finds little that a break-in could do. Usage: unit_file.py BUILD_DIR"""
import pathlib
import shutil
import subprocess
import sys
import tempfile

from harness import check


def main(build):
    if shutil.which("systemd-analyze") is None:
        print("skipped: there is no systemd-analyze on this machine")
        return
    unit = (build / "systemd/wirewatchd.service").read_text()
    with tempfile.TemporaryDirectory() as directory:
        # The program as it was built stands in for the one that an installation puts in place.
        file = pathlib.Path(directory) / "wirewatchd.service"
        program = next(line for line in unit.splitlines() if line.startswith("ExecStart="))
        installed = program.removeprefix("ExecStart=").split()[0]
        file.write_text(unit.replace(installed, str(build / "bin/wirewatchd")))
        done = subprocess.run(["systemd-analyze", "verify", "--man=no", file], capture_output=True, text=True)
        check(done.returncode == 0 and "wirewatchd" not in done.stderr, f"systemd-analyze verify: {done.stderr}")
        graded = subprocess.run(["systemd-analyze", "security", "--offline=yes", "--threshold=12", file],
                                capture_output=True, text=True)
        check(graded.returncode == 0, f"systemd-analyze security:\n{graded.stdout}{graded.stderr}")
    print("ok: systemd-analyze verify and security")


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1]))
