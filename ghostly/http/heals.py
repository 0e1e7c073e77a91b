"""Heals: looked at, approved, rejected."""

from __future__ import annotations

from typing import Annotated, Any
from uuid import UUID

from aiohttp import web
from msgspec import UNSET, Meta, Struct, UnsetType

from ghostly.accounts import Caller
from ghostly.accounts.scopes import EVERYTHING, READ, WRITE
from ghostly.domain.annotations import Review, Verdict
from ghostly.domain.heals import Came
from ghostly.domain.moment import rfc3339
from ghostly.heals import Reviewed
from ghostly.http.auth import allowed
from ghostly.http.body import answer, read
from ghostly.http.context import HEALS
from ghostly.http.openapi import Answer, Group, described
from ghostly.http.owners import path_id
from ghostly.http.problems import Problem
from ghostly.http.record_shape import StepReview
from ghostly.http.visible import may_change


class Opinion(Struct, frozen=True, forbid_unknown_fields=True):
    """The optional body of a review."""

    note: Annotated[str, Meta(max_length=256)] | None = None


class Heal(Struct, frozen=True, kw_only=True, rename="camel"):
    """A heal of a run: the step that failed, the one that was tried instead, why, and what came of it."""

    id: UUID
    run_id: UUID
    step_index: int
    lost: Annotated[dict[str, Any], Meta(description="the step as it failed")]
    step: Annotated[dict[str, Any], Meta(description="the step as it was tried instead")]
    rationale: str
    score: Annotated[float, Meta(description="how like the lost control it is, from 0 to 1")] | UnsetType = UNSET
    runner_up: Annotated[dict[str, Any], Meta(description="the second best control")] | UnsetType = UNSET
    outcome: Annotated[Came, Meta(description="`pending` while its run is at it")]
    review: StepReview | UnsetType = UNSET


class ShownHeal(Struct, frozen=True):
    """A heal, and the last word on it, if there was one."""

    ok: bool
    heal: Heal


@described(
    "Get a heal",
    "How a lost step was repaired, and what was said of it. Its id stands in the step that it healed.",
    Group.ASSISTANCE,
    READ,
    Answer("The heal.", ShownHeal),
)
async def get_heal(request: web.Request) -> web.Response:
    """GET /v1/heals/{id}."""
    return answer(_shown(await _visible(request, await allowed(request, READ))))


@described(
    "Approve a heal",
    "It was right: later runs of the same owner, project and base URL use its selector at once. The last word "
    "counts.",
    Group.ASSISTANCE,
    WRITE,
    Answer("It is approved.", ShownHeal),
    body=Opinion,
    errors=("heal_not_reviewable",),
)
async def approve(request: web.Request) -> web.Response:
    """POST /v1/heals/{id}/approve."""
    return await _review(request, "approved")


@described(
    "Reject a heal",
    "It was wrong: no later run of the same owner, project and base URL uses it. The last word counts.",
    Group.ASSISTANCE,
    WRITE,
    Answer("It is rejected.", ShownHeal),
    body=Opinion,
    errors=("heal_not_reviewable",),
)
async def reject(request: web.Request) -> web.Response:
    """POST /v1/heals/{id}/reject."""
    return await _review(request, "rejected")


async def _review(request: web.Request, verdict: Verdict) -> web.Response:
    caller = await allowed(request, WRITE)
    found = await _visible(request, caller)
    if not may_change(caller, found.owner):
        raise Problem("forbidden")
    body = await read(request, Opinion)
    reviewed = await request.app[HEALS].review(found.heal.id, verdict, by=caller.id, note=body.note or None)
    return answer(_shown(reviewed))


async def _visible(request: web.Request, caller: Caller) -> Reviewed:
    """The heal of the path; somebody else's is as unknown as none."""
    found = await request.app[HEALS].find(path_id(request))
    if not (found.owner == caller.id or EVERYTHING in caller.scopes):
        raise Problem("not_found")
    return found


def _shown(reviewed: Reviewed) -> ShownHeal:
    heal, review = reviewed.heal, reviewed.review
    return ShownHeal(
        ok=True,
        heal=Heal(
            id=heal.id,
            run_id=heal.run,
            step_index=heal.index,
            lost=heal.lost,
            step=heal.step,
            rationale=heal.rationale,
            score=UNSET if heal.score is None else heal.score,
            runner_up=heal.runner_up or UNSET,
            outcome=heal.outcome,
            review=_said(review) if review else UNSET,
        ),
    )


def _said(review: Review) -> StepReview:
    return StepReview(verdict=review.verdict, by=UUID(review.by), at=rfc3339(review.at), note=review.note or UNSET)
