"""What assisted runs teach: steps that reached a goal, and how elements looked when they were last used."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Sequence
from hashlib import sha256
from typing import Any, NamedTuple
from uuid import UUID

import asyncpg
import msgspec
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
    """The goal as it is compared: letter case and white space do not matter."""
    return " ".join(goal.casefold().split())


def _lesson(told: Sequence[Event]) -> Lesson | None:
    """Only from a success that a check confirmed twice, without anything in it that was masked."""
    last = told[-1]
    if not isinstance(last, ev.RunPassed) or last.verdict_source != "check":
        return None
    if sum(isinstance(event, ev.VictoryChecked) and event.met for event in told) < CONFIRMATIONS:
        return None
    passed = {event.index: event.step for event in told if isinstance(event, ev.StepPassed)}
    steps = [passed[index] for index in sorted(passed)]
    if any(step.get("value") == MASK for step in steps):
        return None
    plans = (event.victory for event in told if isinstance(event, ev.StepsPlanned) and event.victory)
    return Lesson(steps=steps, victory=next(plans, None), repairs=_repairs(told, {*_selectors(steps)}))


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


READ = f"select {COLUMNS} from events where stream = $1 order by seq"  # noqa: S608

# In the order in which they ended, because the last one counts.
PURSUED = """
select r.id from runs r join events e on e.stream = r.id and e.seq = r.seq
 where r.phase = 'finished' and r.about::jsonb ? 'assisted' order by e.position
"""


# Not truncated: that would wait for whoever reads, and let nobody read before we have committed.
FORGET = """
lock table memories, fingerprints in share row exclusive mode; delete from memories; delete from fingerprints
"""

REMEMBER = """
insert into memories (owner, project, key, base_url, goal, run, lesson) values ($1, $2, $3, $4, $5, $6, $7)
on conflict (owner, project, key) do update set run = excluded.run, lesson = excluded.lesson
"""

RECOGNISE = """
insert into fingerprints (owner, project, key, base_url, selector, run, control)
values ($1, $2, $3, $4, $5, $6, $7)
on conflict (owner, project, key) do update set run = excluded.run, control = excluded.control
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
        await _learn(connection, run)


async def relearn(pool: asyncpg.Pool) -> int:
    """Forget everything, and take in anew what every run taught; how many runs pursued a goal."""
    async with pool.acquire() as connection, connection.transaction():
        await connection.execute(FORGET)  # whoever learns meanwhile waits for us; whoever recalls does not
        runs = await connection.fetch(PURSUED)
        for (run,) in runs:
            await _learn(connection, run)
    return len(runs)


async def _learn(connection: Any, run: UUID) -> None:
    taught = fold([decode(Stored(*row)) for row in await connection.fetch(READ, run)])
    if taught is not None:
        await _keep(connection, taught, run)


async def _keep(connection: Any, taught: Lessons, run: UUID) -> None:
    where = (taught.subject.owner, taught.subject.project, _key(taught.subject, taught.goal))
    if taught.lesson is not None:
        lesson = msgspec.json.encode(taught.lesson).decode()
        await connection.execute(REMEMBER, *where, taught.subject.base_url, taught.goal, run, lesson)
    elif taught.forgets:
        await connection.execute("delete from memories where owner = $1 and project = $2 and key = $3", *where)
    rows = [
        (*where[:2], _key(taught.subject, selector), taught.subject.base_url, selector, run, _json(control))
        for selector, control in taught.fingerprints.items()
    ]
    await connection.executemany(RECOGNISE, rows)


async def find_lesson(pool: asyncpg.Pool, whom: Subject, goal: str) -> Lesson | None:
    """The steps that are remembered for the goal; None if there are none, or a person rejected a heal in them."""
    found = await pool.fetchval(RECALL, whom.owner, whom.project, _key(whom, normal(goal)))
    return msgspec.json.decode(found, type=Lesson) if found else None


async def find_fingerprint(pool: asyncpg.Pool, whom: Subject, selector: str) -> Json | None:
    """How the element of the selector looked; None if no step with it ever worked."""
    found = await pool.fetchval(
        "select control from fingerprints where owner = $1 and project = $2 and key = $3",
        whom.owner,
        whom.project,
        _key(whom, selector),
    )
    return msgspec.json.decode(found) if found else None


def _key(whom: Subject, text: str) -> bytes:
    """As in migration 0011: of digests, so that no two pairs of texts are one."""
    return sha256(b"".join(sha256(part.encode()).digest() for part in (whom.base_url, text))).digest()


def _json(value: Json) -> str:
    return msgspec.json.encode(value).decode()
