"""Anything that can happen, for hypothesis: facts with any payload, and histories that the rules allow."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import fields
from datetime import UTC, datetime, timedelta
from itertools import product
from typing import Any, get_args, get_origin, get_type_hints

from hypothesis import settings
from hypothesis import strategies as st
from stories import DRIVEN, QUEUED, RIVAL, STEP, WORKER, Story

from ghostly.domain.events import (
    FACTS,
    Event,
    HealingStarted,
    HorizonStarted,
    RunEvent,
    StepFailed,
    StepPassed,
    StepStarted,
)
from ghostly.domain.moment import cut
from ghostly.domain.run import Run, say
from ghostly.domain.verdict import PASSED, Outcome, environment_failed, step_failed

# No deadline: other work on the machine is no defect. Few examples: they are others each time, and time is short.
settings.register_profile("ghostly", deadline=None, max_examples=30)
settings.load_profile("ghostly")

times = st.datetimes(datetime(2000, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC)).map(cut)  # noqa: DTZ001
texts = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=12)
dirty_texts = st.text(st.sampled_from("aé\0\ud800\udfff😀"), max_size=6)
numbers = st.integers(-(2**53), 2**53)


def jsons(text: st.SearchStrategy[str]) -> st.SearchStrategy[Any]:
    """JSON values with these texts and names, lists and objects inside each other."""
    plain = text | st.sampled_from([None, True, False, 0, -1, 2**53, 0.5, -1e300, "", [], {}])
    flat = plain | st.lists(plain, max_size=2) | st.dictionaries(text, plain, max_size=2)
    return flat | st.lists(flat, max_size=2) | st.dictionaries(text, flat, max_size=2)


def payload(fact: type[RunEvent], text: st.SearchStrategy[str] = texts) -> dict[str, st.SearchStrategy[Any]]:
    """A strategy for each field of the fact that is in its payload."""
    hints = get_type_hints(fact)
    names = [field.name for field in fields(fact)][4:]
    return {name: _values(hints[name], text) for name in names}


def facts(fact: type[RunEvent], text: st.SearchStrategy[str] = texts) -> st.SearchStrategy[Event]:
    """This fact of any run, with any payload."""
    places = {"originator_id": st.uuids(), "originator_version": st.integers(1, 2**31 - 1)}
    return st.builds(fact, **places, timestamp=times, actor=texts, **payload(fact, text))


def _values(hint: Any, text: st.SearchStrategy[str]) -> st.SearchStrategy[Any]:
    plain = {str: text, int: numbers, bool: st.booleans(), type(None): st.none()}
    if hint in plain:
        return plain[hint]
    if hint is float:
        return st.floats(allow_nan=False, allow_infinity=False)
    if get_origin(hint) is dict:
        return st.dictionaries(text, jsons(text), max_size=3)
    inner = [_values(arg, text) for arg in get_args(hint)]
    return st.lists(inner[0], max_size=3) if get_origin(hint) is list else st.one_of(inner)


events = st.one_of(map(facts, FACTS))
"""Any fact that there is."""

# ---- histories

SAYINGS = (
    say(StepStarted, index=0, step=STEP),
    say(StepPassed, index=0, step=STEP, duration_ms=7, healed=True, a11y="- button: Save"),
    say(StepPassed, index=1, step=STEP, duration_ms=7, note="2 elements match"),
    say(StepFailed, index=1, step=STEP, duration_ms=7, error="no such button", final=True),
    say(HealingStarted, index=1, attempt=1, max_attempts=1, node_count=3),
    say(HorizonStarted, horizon=1, pending_steps=2),
)
OUTCOMES = (
    PASSED,
    step_failed("no such button"),
    environment_failed("no browser"),
    Outcome(ok=True, evidence=(1, 2)),
)
DUE = ("2026-04-20T17:00:00.000Z", "2026-04-20T18:00:00.000Z")

Try = tuple[Callable[..., Any], dict[str, Any]]


def _tries(decision: Callable[..., Any], **words: Iterable[Any]) -> list[Try]:
    return [(decision, dict(zip(words, said, strict=True))) for said in product(*words.values())]


WORKERS = (WORKER, RIVAL)
GOING_ON = [
    *_tries(Run.assign, worker=WORKERS * 3),
    *_tries(Run.report, worker=[WORKER], facts=[(), SAYINGS[:3], *((saying,) for saying in SAYINGS)]),
    *_tries(Run.report, worker=[RIVAL], facts=[(), SAYINGS[:2]]),
    *_tries(Run.release, worker=WORKERS, reason=["waiting", "shutting down"], due_at=DUE[:1]),
]
ENDING = [
    *_tries(Run.finish, worker=WORKERS, outcome=OUTCOMES),
    *_tries(Run.request_cancellation, by=["ana", "bo"], reason=[None, "wrong branch"]),
    *_tries(Run.stop, driver_was=WORKERS, reason=["The worker is gone."], stale=[True, False]),
    *_tries(Run.cancel_orphaned, driver_was=WORKERS, by=["ana", "bo"]),
]
TRIES: list[Try] = [*GOING_ON * 3, *ENDING]
"""Every decision, with words that somebody could choose; what goes on more often than what ends."""

OFF = [timedelta(milliseconds=ms) for ms in (0, -5_000, -1_000, 1, 999, 3_000)]
"""How far a clock may be off."""


def _played(story: Story, tries: list[tuple[Try, timedelta]]) -> Story:
    for (decision, words), off in tries:
        story = story.tried(decision, at=story.later + off, **words)
    return story


histories = st.builds(
    _played,
    st.sampled_from([QUEUED, DRIVEN, DRIVEN, DRIVEN]),
    st.lists(st.sampled_from(list(product(TRIES, OFF))), max_size=24),
)
"""The story of a run about which all sorts of things were tried, by clocks that disagree."""
