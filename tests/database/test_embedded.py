"""Real processes, real SIGKILL; nothing is killed but what a test has started."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from subprocess import PIPE

import asyncpg
import psutil
import pytest

import ghostly
from ghostly.database.directories import socket_directory
from ghostly.database.embedded import EmbeddedPostgres
from ghostly.database.errors import EmbeddedUnavailable

IMPORTS = """
import sys
from pathlib import Path
from ghostly.database.embedded import EmbeddedPostgres
"""
HOLD = """
with EmbeddedPostgres(Path(sys.argv[1])) as dsn:
    print(dsn, flush=True)
    sys.stdin.readline()
"""
COME_AND_GO = """
for _ in range(5):
    with EmbeddedPostgres(Path(sys.argv[1])):
        pass
"""


class Process:
    """Another process, which runs one of the scripts above and is gone when the test ends."""

    def __init__(self, script: str, directory: Path) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-c", IMPORTS + script, str(directory)],
            cwd=Path(ghostly.__file__).parents[1],
            stdin=PIPE,
            stdout=PIPE,
            text=True,
            start_new_session=True,
        )

    @property
    def dsn(self) -> str:
        return self._process.stdout.readline().strip()

    def leave(self) -> int:
        self._process.communicate("\n", timeout=60)
        return self._process.returncode

    def kill(self) -> None:
        """With its whole group, as the end of a terminal would."""
        os.killpg(self._process.pid, signal.SIGKILL)
        self._process.communicate()

    def interrupt(self) -> None:
        """Ctrl-C, as a terminal sends it."""
        os.killpg(self._process.pid, signal.SIGINT)
        self._process.communicate(timeout=60)


@pytest.fixture(scope="session")
def initialised(reachable):
    with EmbeddedPostgres(reachable / "initialised"):
        pass
    return reachable / "initialised"


@pytest.fixture
def directory(initialised, request):
    """A data directory of the test's own; afterwards its server is stopped in any case."""
    path = initialised.with_name(re.sub(r"\W", "-", request.node.name)[:40])
    subprocess.run(["cp", "-a", initialised, path], check=True)
    yield path
    with suppress(EmbeddedUnavailable), EmbeddedPostgres(path):
        pass
    assert not running(path)


@pytest.fixture
def start(directory):
    started = []

    def start(script: str = HOLD) -> Process:
        started.append(Process(script, directory))
        return started[-1]

    yield start
    for process in started:
        if process._process.poll() is None:
            process.kill()


def postmaster(directory: Path) -> int:
    return int((directory / "data" / "postmaster.pid").read_text().split()[0])


def running(directory: Path) -> list[int]:
    """The processes that have the data directory open, as only a server of its own has."""
    data = str(directory / "data")
    return [p.pid for p in psutil.process_iter(["cwd"]) if p.info["cwd"] == data]


@contextmanager
def frozen(processes: list[int]) -> Iterator[None]:
    """They do nothing meanwhile, and refuse nothing either."""
    for process in processes:
        os.kill(process, signal.SIGSTOP)
    try:
        yield
    finally:
        for process in processes:
            os.kill(process, signal.SIGCONT)


def log_of(directory: Path) -> str:
    return "".join(log.read_text() for log in (directory / "log").glob("*.log"))


async def ask(dsn: str, statement: str = "select 1") -> object:
    connection = await asyncpg.connect(dsn, timeout=10)
    try:
        return await connection.fetchval(statement)
    finally:
        await connection.close()


def wait_for(claim) -> None:
    deadline = time.monotonic() + 30
    while not claim():
        assert time.monotonic() < deadline
        time.sleep(0.005)


async def test_two_processes_hold_one_server(start, directory):
    first, second = start(), start()
    addresses = {first.dsn, second.dsn}

    assert len(addresses) == 1
    assert await ask(addresses.pop()) == 1


async def test_who_leaves_first_leaves_the_server_to_the_other(start):
    first, second = start(), start()
    dsn = first.dsn and second.dsn
    first.leave()

    assert await ask(dsn) == 1


def test_the_last_one_out_stops_the_server(start, directory):
    first, second = start(), start()
    assert first.dsn == second.dsn
    first.leave()
    second.leave()

    assert not running(directory)


def test_a_server_that_hangs_is_told_to_stop_and_does_so_as_soon_as_it_can(directory):
    embedded = EmbeddedPostgres(directory)
    embedded.acquire()
    with frozen(running(directory)):
        embedded.release()
        assert running(directory)

    wait_for(lambda: not running(directory))
    assert "database system is shut down" in log_of(directory)


def test_nobody_is_told_to_stop_who_is_not_the_server(directory):
    embedded = EmbeddedPostgres(directory)
    embedded.acquire()
    own = postmaster(directory)
    with stranger(directory) as living:
        reuse(own, living.pid, directory)
        embedded.release()
        assert living.poll() is None
        reuse(living.pid, own, directory)
        living.kill()


async def test_a_killed_starter_leaves_the_server_to_the_others(start):
    starter = start()
    assert starter.dsn
    dsn = start().dsn
    starter.kill()

    assert await ask(dsn) == 1


def test_the_last_one_out_stops_a_server_whose_starter_was_killed(start, directory):
    starter = start()
    assert starter.dsn
    other = start()
    assert other.dsn
    starter.kill()
    other.leave()

    assert not running(directory)


async def test_a_server_that_every_holder_was_killed_over_is_taken_over(start, directory):
    killed = start()
    before = killed.dsn and postmaster(directory)
    killed.kill()

    with EmbeddedPostgres(directory) as dsn:
        assert await ask(dsn) == 1
        assert postmaster(directory) == before
    assert not running(directory)


async def test_ctrl_c_does_not_reach_the_server(start):
    interrupted = start()
    assert interrupted.dsn
    dsn = start().dsn
    interrupted.interrupt()

    assert await ask(dsn) == 1


async def test_what_was_committed_outlives_a_killed_server(directory):
    embedded = EmbeddedPostgres(directory)
    dsn = embedded.acquire()
    await ask(dsn, "create table kept as select g from generate_series(1, 100000) g")
    os.kill(postmaster(directory), signal.SIGKILL)

    assert embedded.acquire() == dsn
    assert await ask(dsn, "select count(*) from kept") == 100_000
    embedded.release()


async def test_a_pid_that_belongs_to_somebody_else_by_now_does_not_hinder(start, directory):
    holder = start()
    dsn = holder.dsn
    dead = postmaster(directory)
    os.kill(dead, signal.SIGKILL)
    holder.kill()
    wait_for(lambda: not running(directory))
    with stranger(directory) as living:
        reuse(dead, living.pid, directory)

        with EmbeddedPostgres(directory):
            assert await ask(dsn) == 1
        assert living.poll() is None
        living.kill()


def stranger(directory: Path) -> subprocess.Popen[bytes]:
    """A process of the server's account, so that PostgreSQL cannot tell it from its own."""
    owner = (directory / "data").stat().st_uid
    return subprocess.Popen(["sleep", "60"], user=owner if os.geteuid() == 0 else None)


def reuse(dead: int, living: int, directory: Path) -> None:
    for left in (directory / "data/postmaster.pid", directory / "socket/.s.PGSQL.5432.lock"):
        left.write_text(left.read_text().replace(f"{dead}\n", f"{living}\n", 1))


async def test_an_initdb_that_was_killed_is_begun_anew(start, directory):
    shutil.rmtree(directory / "data")
    killed = start()
    wait_for((directory / "data.new" / "PG_VERSION").exists)
    killed.kill()

    assert not (directory / "data").exists()
    with EmbeddedPostgres(directory) as dsn:
        assert await ask(dsn) == 1


def test_many_who_come_and_go_at_once_leave_nothing_running(start, directory):
    crowd = [start(COME_AND_GO) for _ in range(6)]

    assert [process.leave() for process in crowd] == [0] * 6
    assert not running(directory)


async def test_nobody_gets_in_without_the_password(start):
    without = re.sub(r":[^:@]*@", ":guess@", start().dsn)

    with pytest.raises(asyncpg.InvalidPasswordError):
        await ask(without)


async def test_no_port_is_opened(start):
    assert await ask(start().dsn, "show listen_addresses") == ""


async def test_letters_beyond_ascii_have_a_lower_case(start):
    assert await ask(start().dsn, "select lower('ÄΩ')") == "äω"


async def test_a_path_too_long_for_a_socket_will_do(directory):
    with EmbeddedPostgres(directory / ("long" * 40)) as dsn:
        assert await ask(dsn) == 1


def test_a_socket_outside_the_data_directory_leaves_no_directory_behind(directory):
    long = directory / ("long" * 40)
    with EmbeddedPostgres(long):
        assert socket_directory(long).exists()

    assert not socket_directory(long).exists()


def test_a_damaged_data_directory_is_told_in_the_server_s_own_words(directory):
    (directory / "data/global/pg_control").unlink()

    with pytest.raises(EmbeddedUnavailable, match=r"does not start: .*pg_control"):
        EmbeddedPostgres(directory).acquire()


def test_a_lost_password_is_named_and_nothing_is_started(directory):
    (directory / "password").rename(directory / "aside")
    with pytest.raises(EmbeddedUnavailable, match="password is missing: put it back"):
        EmbeddedPostgres(directory).acquire()
    (directory / "aside").rename(directory / "password")

    assert not running(directory)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root has to become somebody else")
def test_the_server_does_not_run_as_root(start, directory):
    assert start().dsn
    assert psutil.Process(postmaster(directory)).uids().real != 0
