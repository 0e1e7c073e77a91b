"""Answers the loop's three questions with a model's help. What it does not know, it says; it raises nothing."""

from __future__ import annotations

from functools import partial

from msgspec.structs import replace

from ghostly.assist.brain import Dossier, Lost, NoRepair, Proposal, Repair, Ruling, Situation
from ghostly.assist.goals.expected import victory
from ghostly.assist.goals.language import understand
from ghostly.assist.healing.kinds import target
from ghostly.assist.openai import guarding, telling
from ghostly.assist.openai.answers import Judgement, Mend, Plan, Unusable
from ghostly.assist.openai.asking import Answer, Question
from ghostly.assist.openai.line import Line
from ghostly.assist.openai.prompts import prompt
from ghostly.domain.flow import Guardrails
from ghostly.domain.observation import Observation
from ghostly.domain.steps import AnyStep, Fill, SetInputFiles

NOTHING = "the model took no control for surely the same"


class OpenAIBrain:
    """A model behind an endpoint that speaks OpenAI's protocol.

    A model is not asked how victory is known, because who chooses the checks decides what passes: only the goal
    itself says that, and the rules that read it are those of the brain without a model.
    """

    def __init__(self, line: Line, guardrails: Guardrails) -> None:
        self.model = line.endpoint.model
        self.prompt_version = prompt("strategist").version
        self._line = line
        self._guardrails = guardrails

    async def propose(self, situation: Situation) -> Proposal:
        """The next steps; none if the model gives none that may be done."""
        answer = await self.plan(situation)
        if answer.value is None:
            return Proposal(usage=answer.usage)
        expected = victory(understand(situation.goal).instructions)
        # What is only not to be seen is not to be seen on any wrong page, either: a judge has to decide.
        wanted = expected if expected and expected.shows_something else None
        return replace(answer.value, victory=wanted, usage=answer.usage)

    async def plan(self, situation: Situation) -> Answer[Proposal]:
        """The same, with why there is none."""
        check = partial(self._proposal, situation)
        question = Question(self._line, prompt("strategist"), Plan, check, most=situation.most_steps)
        return await question.ask(telling.situation(situation))

    async def repair(self, lost: Lost, observation: Observation) -> Repair | NoRepair | None:
        """The lost step, aimed at a control that is really there and of the same kind."""
        if target(lost.step) is None:
            return None
        check = partial(_mended, lost, observation)
        question = Question(self._line, prompt("healer"), Mend, check)
        answer = await question.ask(telling.lost_step(lost, observation))
        return replace(answer.value or NoRepair(reason=answer.why_not), usage=answer.usage)

    async def judge(self, dossier: Dossier) -> Ruling:
        """What the model says, as far as the dossier bears it out."""
        check = partial(_ruled, dossier)
        answer = await Question(self._line, prompt("judge"), Judgement, check).ask(telling.dossier(dossier))
        if answer.value is None:
            said = f"Nobody could judge this: {answer.why_not}."
            return Ruling(verdict="inconclusive", confidence="low", reasoning=said, usage=answer.usage)
        return replace(answer.value, usage=answer.usage)

    def _proposal(self, situation: Situation, plan: Plan) -> Proposal:
        asked = plan.steps[: situation.most_steps]
        words = [situation.goal, *_named(tuple(done.step for done in situation.done))]
        kept = guarding.admitted(asked, situation.base_url, self._guardrails, words)
        if asked and not kept:
            raise Unusable(guarding.flaw(asked[0], situation.base_url, self._guardrails, words) or "")
        left_out = len(kept) < len(plan.steps)
        has_more = plan.has_more or left_out
        return Proposal(steps=tuple(kept), has_more=has_more, completes=None if has_more else True)


def _named(steps: tuple[AnyStep, ...]) -> list[str]:
    """The secrets and files that were used already: the plan that a user gave may name them, too."""
    values = [step.value for step in steps if isinstance(step, Fill)]
    return values + [name for step in steps if isinstance(step, SetInputFiles) for name in step.files]


def _mended(lost: Lost, seen: Observation, mend: Mend) -> Repair | NoRepair:
    return guarding.repair(mend, lost, seen) or NoRepair(reason=mend.rationale[:300] or NOTHING)


def _ruled(case: Dossier, said: Judgement) -> Ruling:
    return guarding.ruling(said, case)
