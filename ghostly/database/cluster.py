"""What lies beneath one data directory, and the programs that act on it: made, started, asked."""

from __future__ import annotations

import os
import re
import secrets
import shlex
import shutil
import time
from contextlib import suppress
from enum import IntEnum
from pathlib import Path
from urllib.parse import quote

import psutil

from ghostly.database.directories import open_to, own, socket_directory
from ghostly.database.errors import EmbeddedUnavailable
from ghostly.database.installation import OTHERWISE, account_for, programs_for

USER = "ghostly"
PORT = "5432"  # only a part of the socket's name; nothing listens on it
INITDB = (
    "--auth=scram-sha-256",
    f"--username={USER}",
    "--encoding=UTF8",
    "--locale=C",
    "--locale-provider=builtin",  # letters and their order are the same on every machine
    "--builtin-locale=C.UTF-8",
    "--data-checksums",
    "--no-instructions",
)
# Given at every start, so that they also hold in a directory that an older version has made.
SETTINGS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "max_connections": "100",
    "max_wal_size": "512MB",
    "fsync": "on",  # durability is promised, whatever a postgresql.conf says
    "full_page_writes": "on",
    "synchronous_commit": "on",
    "io_method": "sync",  # three processes fewer
    "max_logical_replication_workers": "0",
    "logging_collector": "on",
    "log_filename": "%a.log",  # one a weekday, begun anew a week later
    "log_rotation_age": "1d",
    "log_rotation_size": "0",
    "log_truncate_on_rotation": "on",
    "log_min_messages": "log",  # its own life; a statement that failed is its caller's story
    "log_min_error_statement": "panic",  # statements carry what people typed
    "log_checkpoints": "off",
}

GRAVE = re.compile(r"(FATAL|PANIC):  (?!the database system is )")  # that answers our own knocking


class Answer(IntEnum):
    """What is heard at the socket, in the numbers of pg_isready."""

    ACCEPTS = 0
    BUSY = 1  # starting, recovering or shutting down
    SILENCE = 2


class Cluster:
    """One data directory with its password, socket and log, and the account that owns them."""

    def __init__(self, directory: Path) -> None:
        self._data = directory / "data"
        self._password = directory / "password"
        self._log = directory / "log"
        self._socket = socket_directory(directory)
        self._account = account_for(self._data)
        self._programs = programs_for(self._account)
        open_to(self._account, directory)

    @property
    def dsn(self) -> str:
        """The address for asyncpg, with the password."""
        where = f"host={quote(str(self._socket), safe='')}&port={PORT}"  # or it asks PGPORT
        return f"postgresql://{USER}:{self._password.read_text()}@/postgres?{where}"

    @property
    def last_words(self) -> str:
        """The line of the newest log that most likely says why the server is gone."""
        logs = list(self._log.glob("*.log"))
        if not logs:
            return "it left no word"
        newest = max(logs, key=lambda log: log.stat().st_mtime_ns)
        lines = newest.read_text("utf-8", "replace").splitlines()
        return ([line for line in lines if GRAVE.search(line)] or lines or ["it left no word"])[-1]

    def ask(self, seconds: int = 10) -> Answer:
        """Connects and tells what is heard within so many seconds; takes no password and no free place."""
        words = ("-q", "-t", str(seconds), "-h", self._socket, "-p", PORT, "-U", USER)
        heard = self._account.run(self._programs / "pg_isready", *words)
        return Answer(heard.returncode) if heard.returncode in set(Answer) else Answer.SILENCE

    def start(self, server_lock: int) -> None:
        """Makes what is missing and launches the server, which inherits the lock; does not wait.

        Only for who holds that lock alone: then no process of a former server lives, and whatever
        number its own lock files name is somebody else's or nobody's.
        """
        if self.ask() is not Answer.SILENCE:
            raise EmbeddedUnavailable(f"Another PostgreSQL answers in {self._socket}: stop it, {OTHERWISE}")
        for path in (self._socket, self._log):
            own(path, self._account)
        if not self._data.exists():
            self._make(server_lock)
        if not self._password.exists():
            raise EmbeddedUnavailable(f"{self._password} is missing: put it back, {OTHERWISE}")
        self._sweep()
        self._pg_ctl("start", "-l", self._log / "start.log", "-o", self._options, keep=server_lock)

    def stop(self, mode: str) -> bool:
        """Tells the server to stop, and does not wait; False if there is none that is surely it.

        One that hangs is told too: it stops as soon as it goes on.
        """
        if not self._knows_its_server():
            return False
        try:
            self._pg_ctl("stop", "-m", mode)
        except EmbeddedUnavailable:
            if self._knows_its_server():
                raise  # it has not just gone by itself
        return True

    def _knows_its_server(self) -> bool:
        """Whether the process that their file names works in our data: its number may be another's by now."""
        try:
            number = int((self._data / "postmaster.pid").read_text().split()[0])
            return self._data.samefile(psutil.Process(number).cwd())
        except (OSError, ValueError, IndexError, psutil.Error):
            return False

    def tidy(self) -> None:
        """Removes the empty place of the socket, which may lie outside the data directory."""
        with suppress(OSError):
            self._socket.rmdir()

    @property
    def _options(self) -> str:
        places = {"unix_socket_directories": self._socket, "log_directory": self._log}
        settings = {**SETTINGS, **places}
        return shlex.join(f"--{name}={value}" for name, value in settings.items())

    def _make(self, server_lock: int) -> None:
        """Initialises under another name, so that the data are there whole or not at all.

        initdb inherits the lock too: if we are killed it goes on, and cleans up if it fails.
        """
        if not self._password.exists():
            self._write_password()
        making = self._data.with_name("data.new")
        shutil.rmtree(making, ignore_errors=True)  # of an initdb that was killed
        own(making, self._account)
        self._run("initdb", *INITDB, "-D", making, "--pwfile", self._password, keep=server_lock)
        making.rename(self._data)
        _sync(self._data.parent)

    def _write_password(self) -> None:
        """Written whole before any data exist, and never again."""
        fresh = self._password.with_name("password.new")
        fresh.unlink(missing_ok=True)
        fresh.touch(mode=0o600)
        fresh.write_text(secrets.token_urlsafe(32))
        os.chown(fresh, self._account.uid, self._account.gid)  # initdb reads it as that account
        _sync(fresh)
        fresh.rename(self._password)

    def _sweep(self) -> None:
        """Removes what a killed server left that could hinder the next, and logs of last week."""
        days_ago = time.time() - 6 * 86400
        old = (log for log in self._log.glob("*.log") if log.stat().st_mtime < days_ago)
        leftovers = self._data / "postmaster.pid", self._log / "start.log", *self._socket.iterdir()
        for path in (*leftovers, *old):
            path.unlink(missing_ok=True)

    def _pg_ctl(self, action: str, *words: str | Path, keep: int | None = None) -> None:
        self._run("pg_ctl", action, "-W", "-s", "-D", self._data, *words, keep=keep)

    def _run(self, program: str, *words: str | Path, keep: int | None = None) -> None:
        descriptors = () if keep is None else (keep,)
        done = self._account.run(self._programs / program, *words, keep=descriptors)
        if done.returncode != 0:
            complaint = (done.stderr or done.stdout).strip().splitlines() or ["without a word"]
            raise EmbeddedUnavailable(f"{program} failed: {complaint[-1]}")


def _sync(path: Path) -> None:
    """Only after this does it outlive a power cut."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
