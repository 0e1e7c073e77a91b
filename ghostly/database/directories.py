"""Directories that the server's account can reach and nobody else can look into."""

from __future__ import annotations

import hashlib
import os
import re
import stat
from contextlib import suppress
from pathlib import Path

from ghostly.database.errors import EmbeddedUnavailable
from ghostly.database.installation import OTHERWISE, Account

LONGEST_SOCKET = 103  # bytes of a socket's path: what macOS takes; Linux takes four more
PLAIN = re.compile(r"[\w/.+@ -]+")  # a comma, say, would part a list of hosts


def make_directory(path: Path) -> None:
    """Makes the directory and the parents that are missing; of those there it changes nothing."""
    mode = 0o711 if os.geteuid() == 0 else 0o700  # the server, not root, has to walk through
    for missing in (p for p in (*reversed(path.parents), path) if not p.exists()):
        with suppress(FileExistsError):
            missing.mkdir()
            missing.chmod(mode)


def open_to(account: Account, directory: Path) -> None:
    """Lets the account walk through this directory of ours, or says what stands in its way."""
    if directory.stat().st_uid == os.geteuid() != account.uid:
        os.chown(directory, -1, account.gid)
        directory.chmod(0o710)
    if not account.reaches(directory):
        way = (*reversed(directory.parents), directory)
        barred = next((path for path in way if not account.reaches(path)), directory)
        raise EmbeddedUnavailable(
            f"PostgreSQL runs as the system user number {account.uid}, which may not enter "
            f"{barred}: set GHOSTLY_DATA_DIR to a place that it can reach, {OTHERWISE}"
        )


def own(path: Path, account: Account) -> Path:
    """Makes sure that the directory is there and the account's alone, or refuses to trust it."""
    with suppress(FileExistsError):
        path.mkdir(mode=0o700)
    # By descriptor, so that nobody can put a link in its place between the look and the change.
    descriptor = os.open(path, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
    try:
        if os.fstat(descriptor).st_uid not in (os.geteuid(), account.uid):
            raise EmbeddedUnavailable(f"{path} belongs to somebody else: remove it, {OTHERWISE}")
        if os.geteuid() == 0:
            os.fchown(descriptor, account.uid, account.gid)
        os.fchmod(descriptor, stat.S_IRWXU)
    finally:
        os.close(descriptor)
    return path


def socket_directory(directory: Path) -> Path:
    """Beneath the directory, or a short one for it alone where sockets could not have that name."""
    beneath = directory / "socket"
    if len(os.fsencode(beneath / ".s.PGSQL.5432")) <= LONGEST_SOCKET and PLAIN.fullmatch(str(beneath)):
        return beneath
    name = hashlib.sha256(os.fsencode(directory)).hexdigest()[:16]
    # Not tempfile's choice: with another TMPDIR a second process would look elsewhere.
    return Path("/tmp") / f"ghostly-{name}"  # noqa: S108  - checked by `own`
