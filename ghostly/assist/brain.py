"""The seam between the loop and whoever thinks for it. Nothing else knows whether a model is behind it."""

from __future__ import annotations

from typing import Any, Literal, Protocol

from msgspec import Struct

from ghostly.domain.observation import Concealed, Control, Observation
from ghostly.domain.pursuit import Victory
from ghostly.domain.steps import AnyStep
from ghostly.domain.verdict import Verdict

Json = dict[str, Any]
Confidence = Literal["high", "medium", "low"]


class Done(Struct, frozen=True, kw_only=True):
    """A step that was tried: ``seq`` is the event that says how it ended, ``error`` why it failed.

    ``url`` is where the page was afterwards, ``note`` what was worth knowing about a step that passed.
    ``was_begun``: it failed, and may have had its effect nevertheless.
    """

    step: AnyStep
    seq: int
    error: str | None = None
    healed: bool = False
    url: str = ""
    note: str | None = None
    was_begun: bool = False


class Situation(Struct, frozen=True, kw_only=True):
    """What the strategist knows: the goal, what was done so far, the page as it is now."""

    goal: str
    base_url: str
    observation: Observation
    done: tuple[Done, ...] = ()
    horizon: int = 1
    most_steps: int = 3
    replanned_from: str | None = None


class Proposal(Struct, frozen=True, kw_only=True):
    """The next steps. ``has_more``: others will follow. ``unclear``: a sentence of the goal nobody understood.

    ``victory`` is what the goal itself says of how to know that it was reached; None where it says nothing.
    ``usage`` is what asking cost, here and in the other answers; None where nothing was paid for.
    ``completes``: once these steps have passed, everything was done that the goal asks for. False: something is
    left, which may be because it is not on the page, so that nothing is a victory yet. None: nobody can tell.
    """

    steps: tuple[AnyStep, ...] = ()
    has_more: bool = False
    unclear: str | None = None
    victory: Victory | None = None
    usage: Json | None = None
    completes: bool | None = None


class Lost(Struct, frozen=True, kw_only=True):
    """A step that failed: what it was, why, and how its element looked when it last worked, if that is known."""

    step: AnyStep
    error: str
    goal: str
    fingerprint: Control | None = None
    rejected: tuple[str, ...] = ()  # selectors that a person did not want


class Repair(Struct, frozen=True, kw_only=True):
    """A step to do in place of the lost one. ``score`` is between 0 and 1; ``runner_up`` is the second best."""

    step: AnyStep
    rationale: str
    score: float | None = None
    runner_up: Json | None = None
    control: Control | None = None
    usage: Json | None = None


class NoRepair(Struct, frozen=True, kw_only=True):
    """Nothing on the page is surely the same, and this is why."""

    reason: str
    usage: Json | None = None


class Evidence(Struct, frozen=True):
    """One line of a dossier: what was seen, and which event says so."""

    seq: int
    text: str


class Dossier(Struct, frozen=True, kw_only=True):
    """A grey case; ``reason`` is healing-exhausted, stalled, budget-exhausted or victory-candidate.

    ``concealed`` is what is on the page and not shown, ``news`` the lines that it shows only since the last step
    that should have changed something, ``once_enabled`` the selectors of controls that cannot be used
    any more, ``grows`` whether more came when it was scrolled, as far as that was tried. ``first`` is the page as
    it was before anything was done.
    """

    reason: str
    goal: str
    observation: Observation
    done: tuple[Done, ...]
    evidence: tuple[Evidence, ...]
    victory: Victory | None = None
    failed_checks: tuple[str, ...] = ()
    may_continue: bool = True
    concealed: tuple[Concealed, ...] = ()
    news: tuple[str, ...] = ()
    once_enabled: tuple[str, ...] = ()
    grows: bool = False
    first: Observation | None = None


class Ruling(Struct, frozen=True, kw_only=True):
    """What the judge says. ``verdict`` None means: go on. ``evidence_seqs`` are seqs of the dossier's evidence."""

    verdict: Verdict | None
    confidence: Confidence
    reasoning: str
    evidence: tuple[str, ...] = ()
    evidence_seqs: tuple[int, ...] = ()
    summary: str | None = None
    hint: str | None = None
    usage: Json | None = None


class Brain(Protocol):
    """Three questions. None raises: who does not know proposes nothing, repairs nothing, rules inconclusive."""

    model: str
    prompt_version: str

    async def propose(self, situation: Situation) -> Proposal:
        """The next steps towards the goal; never says how the run ended."""
        ...

    async def repair(self, lost: Lost, observation: Observation) -> Repair | NoRepair | None:
        """A step that does what the lost one meant, from what is really on the page; none when in doubt."""
        ...

    async def judge(self, dossier: Dossier) -> Ruling:
        """Whose turn it is, citing the dossier; never against a check that failed."""
        ...
