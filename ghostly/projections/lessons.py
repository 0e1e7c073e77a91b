"""What assisted runs teach: steps that reached a goal, and how elements looked when they were last used."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Sequence
from hashlib import sha256
from operator import itemgetter
from typing import Any, NamedTuple
from uuid import UUID

import asyncpg
import msgspec
from asyncpg.pool import PoolConnectionProxy
from msgspec import Struct

from ghostly.domain import events as ev
from ghostly.domain.events import Event, Json
from ghostly.domain.heals import Repair
from ghostly.domain.redaction import MASK
from ghostly.event_log import Stored, decode
from ghostly.event_log.stored import COLUMNS

CONFIRMATIONS = 2


class Subject(NamedTuple):
    """Whom a lesson concerns: what one user tests in one project, from one base URL on."""

    owner: UUID
    project: UUID
    base_url: str


class Lesson(Struct, frozen=True, kw_only=True, rename="camel", omit_defaults=True):
    """The steps that reached a goal, and the victory condition that the goal itself implied, if it did.

    ``repairs`` are the heals in them, whichever run made them: what was lost, and what took its place.
    """

    steps: list[Json]
    victory: Json | None = None
    repairs: list[Repair] = []


class Lessons(Struct, frozen=True, kw_only=True):
    """What one run teaches. ``forgets``: what was remembered for the goal does not hold any more."""

    subject: Subject
    goal: str
    lesson: Lesson | None = None
    forgets: bool = False
    fingerprints: dict[str, Json] = {}


def fold(events: Iterable[Event]) -> Lessons | None:
    """What the run teaches that these events tell of; None if it pursued no goal or learns nothing."""
    told = list(events)
    started = told[0] if told else None
    assist = started.flow.get("assist") if isinstance(started, ev.RunStarted) else None
    if not isinstance(started, ev.RunStarted) or assist is None or assist.get("memoryMode") == "off":
        return None
    recalled = any(isinstance(event, ev.MemoryRecalled) for event in told)
    lesson = _lesson(told)
    return Lessons(
        subject=subject(UUID(started.owner), UUID(started.project), started.flow["baseUrl"]),
        goal=normal(assist["goal"]),
        lesson=lesson,
        forgets=recalled and lesson is None and _is_settled(told[-1]),
        fingerprints={
            event.step["selector"]: event.fingerprint
            for event in told
            if isinstance(event, ev.StepPassed) and event.fingerprint and "selector" in event.step
        },
    )


def subject(owner: UUID, project: UUID, base_url: str) -> Subject:
    """The subject of runs that begin there."""
    return Subject(owner, project, base_url.rstrip("/"))


def normal(goal: str) -> str:
    """The goal as it is compared: white space does not matter. Letter case does: it is of what is typed."""
    return " ".join(goal.split())


def _lesson(told: Sequence[Event]) -> Lesson | None:
    """Only from a success that a check confirmed twice, without anything in it that was masked."""
    last = told[-1]
    if not isinstance(last, ev.RunPassed) or last.verdict_source != "check":
        return None
    if sum(isinstance(event, ev.VictoryChecked) and event.met for event in told) < CONFIRMATIONS:
        return None
    passed = {event.index: event.step for event in told if isinstance(event, ev.StepPassed)}
    steps = [passed[index] for index in sorted(passed)]
    plans = (event.victory for event in told if isinstance(event, ev.StepsPlanned) and event.victory)
    lesson = Lesson(steps=steps, victory=next(plans, None), repairs=_repairs(told, {*_selectors(steps)}))
    return None if MASK.encode() in msgspec.json.encode(lesson) else lesson


def _repairs(told: Sequence[Event], used: Container[str]) -> list[Repair]:
    """The heals in what passed: made here, approved by a person, or remembered with the steps."""
    lost: dict[int, str] = {}
    repairs: dict[Repair, None] = {}
    for event in told:
        match event:
            case ev.MemoryRecalled():
                repairs |= dict.fromkeys(Repair(*pair) for pair in event.repairs or ())
            case ev.StepFailed(step={"selector": selector}):
                lost[event.index] = selector
            case ev.StepPassed(step={"selector": selector}) if event.instead_of:
                repairs[Repair(event.instead_of, selector)] = None
            case ev.StepPassed(step={"selector": selector}, healed=True) if event.index in lost:
                repairs[Repair(lost[event.index], selector)] = None
    return [repair for repair in repairs if repair.selector in used]


def _selectors(steps: Iterable[Json]) -> Iterator[str]:
    return (step["selector"] for step in steps if step.get("selector"))


def _is_settled(event: Event) -> bool:
    """Whether the run ended of itself: what was cancelled or abandoned says nothing about the steps."""
    return isinstance(event, ev.RunPassed | ev.RunFailed) and event.verdict != "inconclusive-environment"


# ---- the tables


# Only these are read: whatever else is wrong with a run, it teaches what it did.
_TELLING = (ev.RunStarted, ev.MemoryRecalled, ev.StepsPlanned, ev.StepPassed, ev.StepFailed, ev.VictoryChecked)
TELLING = [fact.TOPIC for fact in _TELLING] + list(ev.ENDINGS)

READ = f"select {COLUMNS} from events where stream = $1 and topic = any ($2) order by seq"  # noqa: S608


class Tables(NamedTuple):
    """Where lessons are kept."""

    memories: str
    fingerprints: str


LIVE = Tables("memories", "fingerprints")

# Of two runs either may be learned from first: the one that ended last counts, as when all is learned anew.
# So what does not hold any more stays too, as a lesson of null.
REMEMBER = """
insert into {} as known (owner, project, key, base_url, goal, run, position, lesson)
values ($1, $2, $3, $4, $5, $6, $7, $8)
on conflict (owner, project, key) do update
   set run = excluded.run, position = excluded.position, lesson = excluded.lesson
 where known.position <= excluded.position
"""

RECOGNISE = """
insert into {} as known (owner, project, key, base_url, selector, run, position, control)
values ($1, $2, $3, $4, $5, $6, $7, $8)
on conflict (owner, project, key) do update
   set run = excluded.run, position = excluded.position, control = excluded.control
 where known.position <= excluded.position
"""

RECALL = """
select lesson from memories m
 where owner = $1 and project = $2 and key = $3
   and not exists (
     select from heal_reviews v, json_array_elements(m.lesson -> 'repairs') as repair
      where (v.owner, v.project, v.base_url) = (m.owner, m.project, m.base_url)
        and v.lost = repair ->> 0 and repair ->> 1 = any (v.rejected))
"""


async def learn(pool: asyncpg.Pool, run: UUID) -> None:
    """Take in what a run taught that has ended."""
    async with pool.acquire() as connection, connection.transaction():
        events = await read(connection, run)
        taught = fold(map(decode, events))
        if taught is not None:
            await keep(connection, taught, events[-1])


async def read(connection: PoolConnectionProxy, run: UUID) -> list[Stored]:
    """Those events of the run that can teach anything, the last of which is its ending."""
    return [Stored(*row) for row in await connection.fetch(READ, run, TELLING)]


async def keep(connection: PoolConnectionProxy, taught: Lessons, ending: Stored, tables: Tables = LIVE) -> None:
    """Let what the run taught that ended so take the place of what runs taught that ended before."""
    if taught.lesson is not None or taught.forgets:
        row = _row(taught.subject, taught.goal, ending, taught.lesson)
        await connection.execute(REMEMBER.format(tables.memories), *row)
    rows = [_row(taught.subject, selector, ending, control) for selector, control in taught.fingerprints.items()]
    # In the order of their keys, or two that learn at once could wait for each other.
    await connection.executemany(RECOGNISE.format(tables.fingerprints), sorted(rows, key=itemgetter(2)))


async def find_lesson(pool: asyncpg.Pool, whom: Subject, goal: str) -> Lesson | None:
    """The steps that are remembered for the goal; None if there are none, or a person rejected a heal in them."""
    found = await pool.fetchval(RECALL, whom.owner, whom.project, _key(whom, normal(goal)))
    return msgspec.json.decode(found, type=Lesson | None) if found else None


async def find_fingerprint(pool: asyncpg.Pool, whom: Subject, selector: str) -> Json | None:
    """How the element of the selector looked; None if no step with it ever worked."""
    found = await pool.fetchval(
        "select control from fingerprints where owner = $1 and project = $2 and key = $3",
        whom.owner,
        whom.project,
        _key(whom, selector),
    )
    return msgspec.json.decode(found) if found else None


def _row(whom: Subject, about: str, ending: Stored, taught: Json | Lesson | None) -> tuple[Any, ...]:
    owner, project, url = whom
    return owner, project, _key(whom, about), url, about, ending.stream, ending.position, _json(taught)


def _key(whom: Subject, text: str) -> bytes:
    """As in migration 0011: of digests, so that no two pairs of texts are one."""
    return sha256(b"".join(sha256(part.encode()).digest() for part in (whom.base_url, text))).digest()


def _json(value: Json | Lesson | None) -> str:
    return msgspec.json.encode(value).decode()
