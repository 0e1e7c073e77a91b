"""POST /v1/plan: steps towards a goal, before there is a run."""

from __future__ import annotations

from typing import Annotated, Literal

from aiohttp import web
from msgspec import UNSET, Meta, Struct, UnsetType

from ghostly.accounts import Caller
from ghostly.accounts.scopes import WRITE
from ghostly.assist.brain import Brain, Proposal, Situation
from ghostly.assist.goals import understand
from ghostly.assist.openai import LlmTimeout, OpenAIBrain
from ghostly.browser.failures import BrowserGone, BrowserUnavailable, StepError
from ghostly.domain.errors import Flaw
from ghostly.domain.flow import NO_LOGIN, Flow, check, holds_a_password
from ghostly.domain.moment import cut, rfc3339
from ghostly.domain.observation import Observation
from ghostly.domain.steps import AnyStep, Goto
from ghostly.http.auth import allowed
from ghostly.http.body import answer, read
from ghostly.http.context import BRAINS, CLOCK, GUARDRAILS, LOOKOUT, PROJECTS
from ghostly.http.openapi import Answer, Group, Time, described
from ghostly.http.problems import Problem

TREE = 8 * 1024


class PlanRequest(Struct, frozen=True, kw_only=True, rename="camel", forbid_unknown_fields=True):
    """A goal in words, for which steps are wanted. `v2` looks at the page first."""

    project: Annotated[str, Meta(max_length=256)]
    base_url: Annotated[str, Meta(max_length=2048)]
    goal: Annotated[str, Meta(min_length=1, max_length=2000)]
    mode: Literal["v1", "v2"] = "v1"


class Draft(Struct, frozen=True, rename="camel"):
    """Steps that a run could be started with; at most one fewer than a run may have."""

    base_url: str
    steps: list[AnyStep]


class PlanMeta(Struct, frozen=True, rename="camel"):
    """Who planned, and when: what a start takes as `assisted`."""

    goal: str
    model: str
    generated_at: Time
    prompt_version: str


class Seen(Struct, frozen=True, rename="camel"):
    """What the page looked like."""

    url: str
    title: str
    node_count: int
    tree_markdown: str


class Planned(Struct, frozen=True, rename="camel"):
    """The plan."""

    ok: bool
    mode: Literal["v1", "v2"]
    draft: Draft
    meta: PlanMeta
    observer: Seen | UnsetType = UNSET


@described(
    "Plan steps",
    "The next steps towards a goal in words, from whoever assists the caller. `v2` looks at the page at "
    "`baseUrl` first. So does `v1` where no model assists: rules plan only what they see. Looking takes a "
    "browser, which a node without a worker does not have.",
    Group.ASSISTANCE,
    WRITE,
    Answer("The plan.", Planned),
    body=PlanRequest,
    errors=("llm_failed", "target_unreachable", "browser_unavailable", "llm_timeout"),
)
async def plan(request: web.Request) -> web.Response:
    """POST /v1/plan."""
    caller = await allowed(request, WRITE)
    wanted = await read(request, PlanRequest)
    await _in_order(request, caller, wanted)
    brain = await _brain(request, caller)
    looks = wanted.mode == "v2" or not isinstance(brain, OpenAIBrain)
    seen = await _look(request, wanted.base_url) if looks else None
    steps = await _steps(request, wanted, brain, seen)
    made = PlanMeta(wanted.goal, brain.model, rfc3339(cut(request.app[CLOCK]())), brain.prompt_version)
    shown = (
        Seen(seen.url, seen.title, seen.node_count, seen.tree[:TREE]) if seen and wanted.mode == "v2" else UNSET
    )
    return answer(Planned(True, wanted.mode, Draft(wanted.base_url, steps), made, shown))


async def _in_order(request: web.Request, caller: Caller, wanted: PlanRequest) -> None:
    """Raises ``Problem`` or ``Invalid`` unless a run could be started there."""
    check(Flow(base_url=wanted.base_url, steps=[Goto(url="/")]), request.app[GUARDRAILS])
    if holds_a_password(wanted.goal):  # whoever starts it sends it along
        raise Problem("validation_error", [Flaw("goal", NO_LOGIN)])
    if await request.app[PROJECTS].find(caller.id, wanted.project) is None:
        raise Problem("validation_error", [Flaw("project", "no project of yours has this id or slug")])


async def _brain(request: web.Request, caller: Caller) -> Brain:
    try:
        return await request.app[BRAINS].of(caller.id)
    except BrowserUnavailable as error:
        raise Problem("llm_failed", [Flaw("model", str(error))]) from error


async def _look(request: web.Request, url: str) -> Observation:
    lookout = request.app[LOOKOUT]
    if lookout is None:
        raise Problem("browser_unavailable", [Flaw("mode", "this node drives no browsers: ask one that does")])
    try:
        return await lookout.look(url)
    except StepError as error:
        raise Problem("target_unreachable", [Flaw("baseUrl", str(error))]) from error
    except (BrowserUnavailable, BrowserGone) as error:
        raise Problem("browser_unavailable", [Flaw("mode", str(error))]) from error


async def _steps(
    request: web.Request, wanted: PlanRequest, brain: Brain, seen: Observation | None
) -> list[AnyStep]:
    most = request.app[GUARDRAILS].max_steps - 1  # whoever starts it opens the page first
    situation = Situation(
        goal=wanted.goal, base_url=wanted.base_url, observation=seen or _unseen(wanted.base_url), most_steps=most
    )
    proposal = await _proposal(brain, situation)
    is_model = isinstance(brain, OpenAIBrain)
    unclear = proposal.unclear or (None if is_model else _nobodys(wanted.goal, proposal))
    if unclear is not None:
        raise Problem("validation_error", [Flaw("goal", f"this part was not understood: '{unclear}'")])
    return list(proposal.steps[:most])


def _nobodys(goal: str, proposal: Proposal) -> str | None:
    """What is asked for first in the page's own words, where nothing on the page does it."""
    first = next(iter(understand(goal).instructions), None)
    return first.sentence if first is not None and first.verb == "do" and not proposal.steps else None


async def _proposal(brain: Brain, situation: Situation) -> Proposal:
    if not isinstance(brain, OpenAIBrain):
        return await brain.propose(situation)
    planned = await brain.plan(situation)
    if planned.value is None:
        code = "llm_timeout" if isinstance(planned.failure, LlmTimeout) else "llm_failed"
        raise Problem(code, [Flaw("model", planned.why_not)])
    return planned.value


def _unseen(url: str) -> Observation:
    return Observation(url=url, title="", tree="", node_count=0, text="")
