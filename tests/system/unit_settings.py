"""The [Service] settings of a unit file, and a sandbox that keeps them where no systemd runs: bubblewrap
and seccomp filters made from the unit's own lines."""
import errno
import os
import pathlib
import shutil
import subprocess
import tempfile

# What the sandbox does for a setting. A setting of the unit that stands in neither list is a failure: whoever
# adds one says here how it is tried.
EXERCISED = {
    "AmbientCapabilities": "no capabilities",
    "CapabilityBoundingSet": "no capabilities",
    "ConfigurationDirectory": "the configuration is read-only",
    "DynamicUser": "a user without a name, no other's files",
    "LoadCredential": "$CREDENTIALS_DIRECTORY with files of mode 0400",
    "LockPersonality": "seccomp",
    "MemoryDenyWriteExecute": "seccomp",
    "NoNewPrivileges": "prctl",
    "PrivateDevices": "a /dev of its own",
    "PrivateIPC": "a namespace of its own",
    "PrivateMounts": "a namespace of its own",
    "PrivateTmp": "a /tmp of its own",
    "PrivateUsers": "a namespace of its own",
    "ProtectHome": "empty /home, /root and /run/user",
    "ProtectHostname": "a namespace of its own",
    "ProtectKernelTunables": "a read-only file system",
    "ProtectSystem": "a read-only file system",
    "RestrictAddressFamilies": "seccomp",
    "RestrictNamespaces": "seccomp",
    "StateDirectory": "the one place that can be written",
    "SystemCallArchitectures": "seccomp",
    "SystemCallErrorNumber": "seccomp",
    "SystemCallFilter": "seccomp",
    "UMask": "umask",
}
NOT_EXERCISED = {
    "DevicePolicy", "ExecReload", "ExecStart", "KeyringMode", "NotifyAccess", "ProcSubset", "ProtectClock",
    "ProtectControlGroups", "ProtectKernelLogs", "ProtectKernelModules", "ProtectProc", "RemoveIPC", "Restart",
    "RestartPreventExitStatus", "RestartSec", "RestrictRealtime", "RestrictSUIDSGID", "StateDirectoryMode",
    "TimeoutStopSec", "Type", "WatchdogSec",
}


def service_settings(unit):
    """name -> its values, in order, of the section [Service]."""
    settings = {}
    section = ""
    for line in pathlib.Path(unit).read_text().splitlines():
        if line.startswith("["):
            section = line
        elif section == "[Service]" and "=" in line and not line.startswith("#"):
            name, value = line.split("=", 1)
            settings.setdefault(name, []).append(value)
    return settings


def missing_tool():
    """What this machine lacks for the sandbox, in words; None: nothing."""
    for tool in ("bwrap", "systemd-analyze"):
        if shutil.which(tool) is None:
            return f"there is no {tool}"
    try:
        import seccomp  # noqa: F401
    except ImportError:
        return "there is no python3-seccomp"
    tried = subprocess.run(["bwrap", "--ro-bind", "/", "/", "--unshare-user", "true"], capture_output=True, text=True)
    return f"bwrap may not make namespaces here: {tried.stderr.strip()}" if tried.returncode else None


def calls_of(name):
    """The system calls of "@group" or "call", as systemd has them."""
    if not name.startswith("@"):
        return {name}
    shown = subprocess.run(["systemd-analyze", "syscall-filter", name], capture_output=True, text=True, check=True).stdout
    lines = [line.strip() for line in shown.splitlines()[1:]]
    return set().union(*(calls_of(line) for line in lines if line and not line.startswith("#")))


def allowed_calls(settings):
    """systemd.exec(5): the first line allows, a line with ~ takes away."""
    allowed = set(calls_of("@default"))
    for line in settings["SystemCallFilter"]:
        names = set().union(*(calls_of(name) for name in line.lstrip("~").split()))
        allowed = allowed - names if line.startswith("~") else allowed | names
    return allowed


def call_filter(settings):
    import seccomp
    chosen = seccomp.SyscallFilter(seccomp.ERRNO(errno.EPERM))
    for name in allowed_calls(settings):
        try:
            chosen.add_rule(seccomp.ALLOW, name)
        except (RuntimeError, ValueError):
            pass  # a call that this architecture does not have
    return chosen


def argument_filter(settings):
    """What depends on a call's arguments; systemd makes the same rules."""
    import seccomp
    from seccomp import Arg, EQ, ERRNO, GT, MASKED_EQ
    chosen = seccomp.SyscallFilter(seccomp.ALLOW)
    write, execute, shm_exec = 2, 4, 0o100000
    if settings["MemoryDenyWriteExecute"] == ["yes"]:
        chosen.add_rule(ERRNO(errno.EPERM), "mmap", Arg(2, MASKED_EQ, write | execute, write | execute))
        chosen.add_rule(ERRNO(errno.EPERM), "mprotect", Arg(2, MASKED_EQ, execute, execute))
        chosen.add_rule(ERRNO(errno.EPERM), "pkey_mprotect", Arg(2, MASKED_EQ, execute, execute))
        chosen.add_rule(ERRNO(errno.EPERM), "shmat", Arg(2, MASKED_EQ, shm_exec, shm_exec))
    if settings["RestrictNamespaces"] == ["yes"]:
        for flag in (0x00020000, 0x02000000, 0x04000000, 0x08000000, 0x10000000, 0x20000000, 0x40000000):
            for call in ("clone", "unshare"):
                chosen.add_rule(ERRNO(errno.EPERM), call, Arg(0, MASKED_EQ, flag, flag))
        chosen.add_rule(ERRNO(errno.EPERM), "setns")
        chosen.add_rule(ERRNO(errno.ENOSYS), "clone3")  # its flags stand in memory
    families = {"AF_UNIX": 1, "AF_INET": 2, "AF_INET6": 10, "AF_NETLINK": 16}
    allowed = {families[name] for name in settings["RestrictAddressFamilies"][0].split()}
    for family in set(range(46)) - allowed:
        chosen.add_rule(ERRNO(errno.EAFNOSUPPORT), "socket", Arg(0, EQ, family))
    chosen.add_rule(ERRNO(errno.EAFNOSUPPORT), "socket", Arg(0, GT, 45))
    if settings["LockPersonality"] == ["yes"]:
        chosen.add_rule(ERRNO(errno.EPERM), "personality", Arg(0, GT, 0))
    return chosen


class Sandbox:
    """`wrapper` in front of a command runs it as the unit would; `fds` must be passed on to it."""

    USER = 61_184  # the first of systemd's dynamic users

    def __init__(self, settings, state, read_only, credentials):
        """Directories: `state` is the daemon's, `credentials` its secrets; both are handed over to its user."""
        as_user = []
        if os.geteuid() == 0:
            as_user = ["setpriv", f"--reuid={self.USER}", f"--regid={self.USER}", "--clear-groups"]
            for owned in (state, credentials, *credentials.iterdir()):
                os.chown(owned, self.USER, self.USER)
        self.filters = [tempfile.TemporaryFile() for _ in range(2)]
        call_filter(settings).export_bpf(self.filters[0])
        argument_filter(settings).export_bpf(self.filters[1])
        self.wrapper = [
            "sh", "-c", f'umask {settings["UMask"][0]}; exec "$@"', "sh", *as_user, "bwrap",
            "--ro-bind", "/", "/", "--dev", "/dev", "--proc", "/proc",
            "--tmpfs", "/tmp", "--tmpfs", "/home", "--tmpfs", "/root", "--tmpfs", "/run/user",
            "--unshare-user", "--unshare-ipc", "--unshare-uts", "--uid", str(self.USER), "--gid", str(self.USER),
            "--cap-drop", "ALL", "--new-session", "--die-with-parent",
        ]
        for path in read_only:
            self.wrapper += ["--ro-bind", str(path), str(path)]
        self.wrapper += ["--bind", str(state), str(state)]
        self.wrapper += ["--ro-bind", str(credentials), str(credentials)]
        self.wrapper += ["--setenv", "CREDENTIALS_DIRECTORY", str(credentials), "--setenv", "STATE_DIRECTORY", str(state)]
        for made in self.filters:
            self.wrapper += ["--add-seccomp-fd", str(made.fileno())]

    def fds(self):
        """bwrap reads them to their end: each run needs them rewound."""
        for made in self.filters:
            os.lseek(made.fileno(), 0, os.SEEK_SET)
        return [made.fileno() for made in self.filters]
