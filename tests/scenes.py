"""A page, a log and a brain that do what a test says, for pursuits."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from msgspec.structs import replace

from ghostly.assist.brain import Dossier, Lost, Proposal, Repair, Ruling, Situation
from ghostly.assist.means import Checked, Tried
from ghostly.assist.memory import Remembered, Reviewed
from ghostly.assist.pursuit.loop import Loop
from ghostly.domain.events import RunEvent
from ghostly.domain.observation import Concealed, Control, Observation, PageError
from ghostly.domain.pursuit import Pursuit, Victory
from ghostly.domain.steps import AnyStep, Click
from ghostly.domain.verdict import Outcome

SAVE = Click(selector="#save")
OTHER = Click(selector="#other")
DONE = Victory(text_includes=("Done",))
BROKEN = PageError(kind="response", severity="blocking", text="Internal Server Error", status=500)


def page(text: str = "start", *errors: PageError, dialogs: tuple[str, ...] = ()) -> Observation:
    """A page that shows this."""
    return Observation(
        url="http://shop/", title="Shop", tree=text, node_count=3, text=text, errors=errors, dialogs=dialogs
    )


@dataclass
class Scene:
    """A page that shows one thing after the other: each step, and each reload, turns to the next.

    ``at_rest`` is what it shows from that rest on; ``begun`` fails, too, and may have had its effect.
    """

    shown: list[Observation]
    failing: set[str] = field(default_factory=set)
    why: str = "no element matched"
    begun: set[str] = field(default_factory=set)
    moved: set[str] = field(default_factory=set)
    opens: Exception | None = None
    reloads: Exception | None = None
    at_rest: dict[int, Observation] = field(default_factory=dict)
    told: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    done: list[AnyStep] = field(default_factory=list)
    passed_ms: int = 0
    rests: int = 0
    ids: int = 0

    async def open(self) -> None:
        if self.opens:
            raise self.opens

    async def finds(self, meant: Control) -> bool:
        return meant.selector not in self.moved

    async def do(self, step: AnyStep, *, instead_of: str | None = None, meant: Control | None = None) -> Tried:
        self.done.append(step)
        aim = getattr(step, "selector", "")
        failed, begun = aim in self.failing | self.begun, aim in self.begun
        if not failed:
            self._turn()
        why = self.why if failed else None
        return Tried(index=len(self.done) - 1, seq=self._seq(), error=why, was_begun=begun)

    async def do_instead(self, tried: Tried, step: AnyStep, heal_id: str) -> Tried:
        again = await self.do(step)
        return replace(again, index=tried.index)

    def new_id(self) -> str:
        self.ids += 1
        return f"00000000-0000-4000-8000-{self.ids:012}"

    async def look(self) -> Observation:
        return self.shown[0]

    async def grows(self) -> bool:
        return False

    async def concealed(self) -> tuple[Concealed, ...]:
        return ()

    async def rest(self) -> None:
        self.rests += 1
        if self.rests in self.at_rest:
            self.shown = [self.at_rest[self.rests]]

    async def check(self, victory: Victory, seen: Observation) -> list[Checked]:
        texts = [Checked(text, text in seen.text) for text in victory.text_includes]
        return texts + [Checked(f"hidden: {text}", text not in seen.text) for text in victory.selector_hidden]

    async def reload(self) -> None:
        if self.reloads:
            raise self.reloads
        self._turn()

    async def tell(self, fact: type[RunEvent], **fields: Any) -> int:
        self.told.append((fact.__name__, fields))
        return self._seq()

    def note(self, fact: type[RunEvent], **fields: Any) -> None:
        self.told.append((fact.__name__, fields))

    async def pause(self, milliseconds: int) -> None:
        self.passed_ms += milliseconds
        self._turn()

    def facts(self, name: str) -> list[dict[str, Any]]:
        return [fields for told, fields in self.told if told == name]

    def _turn(self) -> None:
        if len(self.shown) > 1:
            self.shown.pop(0)

    def _seq(self) -> int:
        return 2 + len(self.told) + len(self.done)


def unsure(_: Dossier) -> Ruling:
    """A judge who knows nothing."""
    return Ruling(verdict="inconclusive", confidence="low", reasoning="Nothing is proved.")


@dataclass
class Script:
    """A brain that proposes one thing after the other."""

    proposals: list[Proposal] = field(default_factory=list)
    repairs: list[Repair | None] = field(default_factory=list)
    rules: Callable[[Dossier], Ruling] = unsure
    asked: list[Situation] = field(default_factory=list)
    lost: list[Lost] = field(default_factory=list)
    model: str = "script"
    prompt_version: str = "1"

    async def propose(self, situation: Situation) -> Proposal:
        self.asked.append(situation)
        return self.proposals.pop(0) if self.proposals else Proposal()

    async def repair(self, lost: Lost, observation: Observation) -> Repair | None:
        self.lost.append(lost)
        return self.repairs.pop(0) if self.repairs else None

    async def judge(self, dossier: Dossier) -> Ruling:
        return self.rules(dossier)


@dataclass
class Recall:
    """A memory that knows this."""

    remembered: Remembered | None = None
    looked: Control | None = None
    reviews: dict[str, Reviewed] = field(default_factory=dict)

    async def recall(self) -> Remembered | None:
        return self.remembered

    async def fingerprint(self, step: AnyStep) -> Control | None:
        return self.looked

    async def reviewed(self, selector: str) -> Reviewed:
        return self.reviews.get(selector, Reviewed())


async def pursued(
    scene: Scene,
    script: Script | None = None,
    *,
    plan: tuple[AnyStep, ...] = (),
    memory: Recall | None = None,
    milliseconds: Callable[[], float] = lambda: 0.0,
    **options: Any,
) -> Outcome:
    """How a pursuit of the goal ends."""
    pursuit = Pursuit(**{"goal": "look around", "victory": DONE} | options)
    loop = Loop(
        pursuit,
        plan,
        base_url="http://shop/",
        brain=script or Script(),
        means=scene,
        memory=memory or Recall(),
        milliseconds=milliseconds,
    )
    return await loop.pursue()
