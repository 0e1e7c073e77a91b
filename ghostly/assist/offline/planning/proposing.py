"""Plans the next steps of a goal on the page as it is now."""

from __future__ import annotations

from collections.abc import Sequence

from ghostly.assist.brain import Done, Proposal, Situation
from ghostly.assist.goals.addresses import elsewhere
from ghostly.assist.goals.expected import victory
from ghostly.assist.goals.language import understand
from ghostly.assist.offline.planning.standing import Standing, needed, opening, stands
from ghostly.assist.offline.planning.stepping import NEEDS_NO_CONTROL, step_for
from ghostly.domain.steps import AnyStep, Click, DoubleClick, Goto, Press

_MAY_CHANGE_PAGE = (Click, DoubleClick, Press, Goto)


def propose(situation: Situation) -> Proposal:
    """The next steps; none where the next control is not there, or where two are equally good."""
    understood = understand(situation.goal)
    if understood.unclear is not None:
        return Proposal(unclear=understood.unclear)
    if (stranger := elsewhere(understood.instructions, situation.base_url)) is not None:
        return Proposal(unclear=stranger)
    todo = needed(understood.instructions, situation.base_url)
    standing = stands(todo, situation.done)
    steps = _steps(standing, situation)
    left = bool(stands(standing.ahead, _as_done(steps)).ahead)
    return Proposal(
        steps=tuple(steps),
        has_more=left and bool(steps),
        completes=not left,
        victory=victory(understood.instructions),
    )


def _steps(standing: Standing, situation: Situation) -> list[AnyStep]:
    steps: list[AnyStep] = []
    changed = False
    for one in standing.ahead:
        if len(steps) >= situation.most_steps or (changed and one.verb not in NEEDS_NO_CONTROL):
            break
        step = step_for(one, situation, standing if not steps else Standing((), ()))
        if step is None or step in standing.failed:
            break
        steps.append(step)
        changed = changed or isinstance(step, _MAY_CHANGE_PAGE)
        if step.label == opening(one):
            break
    return steps


def _as_done(steps: Sequence[AnyStep]) -> tuple[Done, ...]:
    return tuple(Done(step=step, seq=0) for step in steps)
