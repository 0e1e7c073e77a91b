"""The worker: so many slots, and a run in each for as long as there are runs."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path

import msgspec

from ghostly.accounts.vault import Vault
from ghostly.browser.pool import Browsers
from ghostly.database import errors
from ghostly.domain.errors import Refused
from ghostly.domain.events import RunStarted
from ghostly.domain.flow import Flow
from ghostly.domain.redaction import put_inputs_back
from ghostly.domain.run import Run
from ghostly.domain.verdict import environment_failed
from ghostly.event_log import LogUnavailable, decode
from ghostly.runs import Runs
from ghostly.tail import Tail
from ghostly.worker.assistance import Assistance
from ghostly.worker.discretion import SecretOf
from ghostly.worker.drive import Drive, Job
from ghostly.worker.outage import OUTAGE_S
from ghostly.workers import Due, Membership, Workers

logger = logging.getLogger("ghostly.worker")

UNREADABLE = environment_failed("The run cannot be driven here: its flow or its inputs cannot be read.")
BEAT_S = 2.0
GRACE_S = 10.0
ABANDON_S = 2.0
LEAVE_S = 5.0
LOOK_S = 1.0
UNREACHABLE = (*errors.UNREACHABLE, LogUnavailable)


class Worker:
    """Drives up to ``slots`` runs at once, as long as it can show that it lives.

    It takes those runs of which it has every label.
    While it cannot beat it takes nothing, and its drives wait where they have something to tell: perhaps it alone
    cannot reach the database, and others settle its runs. After ``OUTAGE_S`` of that it stops its own browsers.
    """

    def __init__(
        self,
        membership: Membership,
        *,
        workers: Workers,
        runs: Runs,
        tail: Tail,
        browsers: Browsers,
        vault: Vault,
        slots: int,
        artifacts: Path,
        secret_of: SecretOf,
        assistance: Assistance,
        monotonic: Callable[[], float],
        labels: Sequence[str] = (),
    ) -> None:
        self._membership = membership
        self._workers = workers
        self._labels = labels
        self._runs = runs
        self._browsers = browsers
        self._vault = vault
        self._artifacts = artifacts
        self._monotonic = monotonic
        self._tail = tail
        self._drive = partial(
            Drive,
            worker=membership.worker,
            runs=runs,
            tail=tail,
            browsers=browsers,
            secret_of=secret_of,
            assistance=assistance,
        )
        self._free = asyncio.Semaphore(slots)
        self._beating = asyncio.Event()
        self._drives: dict[Drive, asyncio.Task[None]] = {}
        self._tasks: list[asyncio.Task[None]] = []

    async def start(self) -> None:
        """Enter the workers, warm up the browsers, begin to take runs."""
        await self._membership.enter()
        await self._browsers.start()
        self._tasks = [
            asyncio.create_task(self._beat_for_ever(), name="worker: beat"),
            asyncio.create_task(self._take_for_ever(), name="worker: taking runs"),
        ]

    @property
    def tasks(self) -> Sequence[asyncio.Task[None]]:
        """What has to go on until ``stop``."""
        return self._tasks

    async def stop(self, grace: float = GRACE_S) -> None:
        """Take no more runs, let those under way go on for ``grace`` seconds, settle the rest as abandoned.

        Cancelled meanwhile, or where the database does not hear any more how they end, it settles them at once.
        """
        for taking in self._tasks[1:]:
            taking.cancel()
        try:
            await self._let_finish(grace)
        finally:
            await self._put_away()

    async def _let_finish(self, grace: float) -> None:
        deadline = self._monotonic() + grace
        while self._drives and self._beating.is_set() and (left := deadline - self._monotonic()) > 0:
            await asyncio.wait(self._drives.values(), timeout=min(left, LOOK_S))

    async def _put_away(self) -> None:
        late = dict(self._drives)
        for task in late.values():
            task.cancel()
        if late:  # until they are done they use browsers, and make them ready for the next run
            leaving = asyncio.wait(late.values(), timeout=LEAVE_S)
            await asyncio.gather(leaving, *map(self._abandon, late))
        for beating in self._tasks[:1]:
            beating.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self._browsers.close()
        with suppress(*errors.REFUSING):
            await self._membership.leave()

    async def _abandon(self, drive: Drive) -> None:
        with suppress(Refused, LogUnavailable, *errors.REFUSING):
            await drive.halt()
            stop = partial(
                Run.stop, driver_was=self._membership.worker, reason="The worker was shut down.", stale=False
            )
            # A database that is gone shall not keep us, and one that has been gone even less.
            async with asyncio.timeout(ABANDON_S if self._beating.is_set() else ABANDON_S / 4):
                await self._runs.decide(drive.job.id, stop)

    # ---- showing that we live

    async def _beat_for_ever(self) -> None:
        last = self._monotonic()
        while True:
            try:
                async with asyncio.timeout(BEAT_S):
                    await self._membership.beat()
                self._beating.set()
                last = self._monotonic()
            except UNREACHABLE as error:
                logger.warning("cannot beat: %r", error)
                self._beating.clear()
                if self._monotonic() - last > OUTAGE_S:
                    await asyncio.gather(*(drive.halt() for drive in self._drives), return_exceptions=True)
                with suppress(*UNREACHABLE):
                    async with asyncio.timeout(BEAT_S):
                        await self._membership.enter()
                    continue
            await asyncio.sleep(BEAT_S)

    # ---- taking runs

    async def _take_for_ever(self) -> None:
        while True:
            await self._free.acquire()
            await self._beating.wait()  # who cannot show that it lives takes nothing
            try:
                due = await self._next()
            except UNREACHABLE as error:
                logger.warning("cannot look for runs: %r", error)
                due = None
                await asyncio.sleep(LOOK_S)
            if due is None:
                self._free.release()
            else:
                self._begin(due)

    async def _next(self) -> Due | None:
        """The run to be taken next; after a second without any, None."""
        self._tail.queued.clear()  # before looking: what is queued meanwhile is kept
        ours = {drive.job.id for drive in self._drives}
        for due in await self._workers.due(len(ours) + 1, self._labels):
            if due.started.stream not in ours:
                return due
        with suppress(TimeoutError):
            async with asyncio.timeout(LOOK_S):
                await self._tail.queued.wait()
        return None

    def _begin(self, due: Due) -> None:
        run_id = due.started.stream
        flow = self._flow(due)
        files = self._artifacts / str(run_id)
        drive = self._drive(Job(run_id, due.owner, due.project, flow or Flow(base_url="", steps=[]), files))
        task = asyncio.create_task(drive.drive() if flow else drive.end(UNREADABLE), name=f"drive {run_id}")
        self._drives[drive] = task
        task.add_done_callback(lambda _: self._ended(drive))

    def _flow(self, due: Due) -> Flow | None:
        """The flow with its literals; None if it cannot be read here: of a newer node, or with another key."""
        try:
            started = decode(due.started)
            assert isinstance(started, RunStarted)
            return put_inputs_back(msgspec.convert(started.flow, Flow), self._vault.unlock(due.inputs))
        except Exception as error:  # noqa: BLE001 - one run that cannot be read must not end the taking of others
            logger.warning("run %s cannot be driven here: %s", due.started.stream, type(error).__name__)
            return None

    def _ended(self, drive: Drive) -> None:
        del self._drives[drive]
        self._free.release()
