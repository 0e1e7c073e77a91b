"""One stream while its events pass by: what the next one must be like, and what its rows must say. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import msgspec

from ghostly.domain.events import StepFailed, StepPassed
from ghostly.domain.moment import rfc3339
from ghostly.event_log import chain, decode
from ghostly.projections import run_record
from ghostly.projections.audit.differences import Verification
from ghostly.projections.audit.lines import Logged
from ghostly.projections.run_record import PROJECTION_VERSION, RunRecord

RUN = "run"
JSON = frozenset({"about", "summary", "state"})
SHOWN = 80

Row = Mapping[str, Any]


class History:
    """A stream whose first event is ``first``; what is wrong with it goes to ``found``.

    It keeps what the next event needs and no event, however many there are.
    """

    def __init__(self, first: Logged, found: Verification) -> None:
        self.stream = first.stream
        self.kind = first.kind
        self._seq = 0
        self._position = 0
        self._hash = chain.genesis(first.kind, first.stream)
        self._found = found
        self._folds = first.kind == RUN
        self._record: RunRecord | None = None
        self._seq_of: dict[int, int] = {}

    def take(self, event: Logged, newest: int) -> None:
        """Check the next event; ``newest`` is the last position of the log."""
        for flaw in self._flaws(event, newest):
            self._found.note(self.stream, event.seq, flaw, self.kind)
        # Each event is held against the one before as that is stored: a flaw shows where it is, not ever after.
        self._seq, self._position, self._hash = event.seq, event.position, event.hash
        self._folds = self._folds and event.data is not None
        if self._folds:
            self._fold(event)

    def compare(self, row: Row | None, steps: Mapping[int, str]) -> None:
        """Check the rows of the run, all of whose events have passed by."""
        if row is None:
            self._found.note(self.stream, self._seq, "has events, but no row in runs")
        elif self._record and self._folds and row["projection_version"] <= PROJECTION_VERSION:
            self._compare_row(row, run_record.row(self._record, self._hash))
            self._compare_steps(self._record, steps)
        else:
            self._found.unfolded += 1
            self._compare_row(row, {"seq": self._seq, "hash": self._hash})

    def _flaws(self, event: Logged, newest: int) -> Iterator[str]:
        if event.kind != self.kind:
            yield f"kind is {event.kind}, but the stream's is {self.kind}"
        if event.position <= self._position:
            yield f"position is {event.position}, but that of the event before is {self._position}"
        if event.at.microsecond % 1000:
            yield "time is finer than a millisecond, which no hash covers"
        if flaw := _flaw_of_payload(event, newest):
            yield flaw
        if event.seq != self._seq + 1:
            yield f"follows event {self._seq}: those between are missing"
        elif event.hash != self._next_hash(event):
            yield "hash does not follow from the event and the hash before it"

    def _next_hash(self, e: Logged) -> bytes:
        return chain.link(self._hash, e.seq, e.topic, e.version, rfc3339(e.at), e.actor, e.digest)

    def _fold(self, event: Logged) -> None:
        try:
            told = decode(event)
            self._record = run_record.fold([told], self._record)
        except Exception as error:  # noqa: BLE001 - a payload that someone changed breaks a fold in any way
            self._found.note(self.stream, event.seq, f"cannot be folded: {error!r}")
            self._folds = False
        else:
            if isinstance(told, (StepPassed, StepFailed)):
                self._seq_of[told.index] = event.seq

    def _compare_row(self, row: Row, told: Row) -> None:
        wrong = [name for name, value in told.items() if not _same(name, row[name], value)]
        if wrong:
            says = ", ".join(f"{name} {_shown(row[name])} instead of {_shown(told[name])}" for name in wrong)
            seq = self._seq if row["seq"] == self._seq else min(row["seq"], self._seq) + 1
            self._found.note(self.stream, seq, f"row in runs has {says}")

    def _compare_steps(self, record: RunRecord, steps: Mapping[int, str]) -> None:
        for index, step in record.steps.items():
            stored, told = steps.get(index), run_record.encode(step)
            if stored is None or not _same_json(stored, told):
                what = f"row of step {index} is {_shown(stored)} instead of {_shown(told)}"
                self._found.note(self.stream, self._seq_of[index], what)
        for index in steps.keys() - record.steps.keys():
            self._found.note(self.stream, None, f"row of step {index} is there, but no event ended that step")


def _flaw_of_payload(event: Logged, newest: int) -> str | None:
    if event.data is not None and event.salt is not None and event.erased_by is None:
        is_whole = chain.digest(event.salt, event.data.encode()) == event.digest
        return None if is_whole else "payload is not the one whose digest was stored"
    if event.data is not None or event.salt is not None or event.erased_by is None:
        return "payload, salt and erasure do not go together"
    if not event.position < event.erased_by <= newest:
        return f"payload was erased by an event that is not there: {event.erased_by}"
    return None


def _same(name: str, stored: Any, told: Any) -> bool:
    return bool(stored == told) or (name in JSON and _same_json(stored, told))


def _same_json(stored: str, told: str) -> bool:
    return stored == told or _canonical(stored) == _canonical(told)


def _canonical(text: str) -> bytes:
    # Encoded again rather than compared as objects: to Python 1 and true are the same.
    try:
        return msgspec.json.encode(msgspec.json.decode(text), order="sorted")
    except (msgspec.DecodeError, RecursionError):
        return text.encode()


def _shown(value: Any) -> str:
    text = value.hex() if isinstance(value, bytes) else str(value)
    return text if len(text) <= SHOWN else text[: SHOWN - 1] + "…"
