"""What a pursuit can do, done by the hands and the voice of its drive."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from functools import partial
from time import monotonic
from typing import Any
from uuid import UUID

import msgspec
from msgspec.structs import replace

from ghostly.assist.means import Checked, Tried
from ghostly.assist.pursuit.victory import leads_to, shown
from ghostly.browser.anchoring import anchored
from ghostly.browser.failures import StepError, Unanswered
from ghostly.browser.page import Page
from ghostly.domain.events import Json, Report
from ghostly.domain.flow import Flow, opening
from ghostly.domain.observation import Concealed, Control, Observation
from ghostly.domain.pursuit import Victory
from ghostly.domain.run import say
from ghostly.domain.steps import AnyStep, Check, Fill, Hover, SelectOption, SetInputFiles, Uncheck
from ghostly.worker.discretion import Discretion
from ghostly.worker.hands import Hands
from ghostly.worker.voice import Voice

GLANCE_MS = 200.0
_LET_BE = (Fill, Check, Uncheck, SelectOption, SetInputFiles, Hover)  # what they are done to stays where it is
FRESH_S = 0.25  # so long after a look, a control on which nothing was done is as it was seen


class RunMeans:
    """The means of one run; nothing that they show or tell holds a secret of it."""

    def __init__(
        self,
        page: Page,
        flow: Flow,
        *,
        most_nodes: int,
        hands: Hands,
        voice: Voice,
        discretion: Discretion,
        new_id: Callable[[], UUID],
        learns: bool,
    ) -> None:
        self._page = page
        self._flow = flow
        self._most_nodes = most_nodes
        self._hands = hands
        self._voice = voice
        self._discretion = discretion
        self._new_id = new_id
        self._learns = learns
        self._observer = page.observer(discretion.text)
        self._steps = 0
        self._seen: dict[str, Control] = {}
        self._seen_at = 0.0
        self._last: Observation | None = None
        self._ahead: asyncio.Task[Observation] | None = None

    async def open(self) -> None:
        """Open the base URL, for a first step that asks for it as well; raises ``StepError`` if that fails."""
        await self._hands.open(self._flow.base_url, serves=opening(self._flow))

    async def do(self, step: AnyStep, *, instead_of: str | None = None, meant: Control | None = None) -> Tried:
        """Carry the step out as the next of the run; ``instead_of`` is the selector that it was given.

        Not on what stands in another row than the control that is ``meant``.
        """
        index = self._steps
        self._steps += 1
        if self._hands.has_done(step):
            error = await self._hands.do(index, step)
            looking = self._as_at_first()
        else:
            control = await self._control(step)
            looked = partial(self._looked, step, control)
            error = await self._hands.do(
                index, step, instead_of=instead_of, fingerprint=looked, anchor=_anchor(meant)
            )
            self._observer.act()
            looking = self._see()
        seq = await self._tell_looking(looking)
        return self._tried(index, seq, error)

    async def finds(self, meant: Control) -> bool:
        """Whether the control is there now, in a row that says what its row said; true if nobody can tell."""
        anchor = _anchor(meant)
        return anchor is None or await self._page.count(anchor) != 0

    async def do_instead(self, tried: Tried, step: AnyStep, heal_id: str) -> Tried:
        """Try this in place of the step that failed; the run hears of it only if it works, as a healed step."""
        control = await self._control(step)
        looked = partial(self._looked, step, control)
        error = await self._hands.do_instead(tried.index, step, heal_id=heal_id, fingerprint=looked)
        self._observer.act()
        seq = tried.seq if error else await self._voice.tell()
        return self._tried(tried.index, seq, error)

    def _tried(self, index: int, seq: int, error: StepError | None) -> Tried:
        begun = isinstance(error, Unanswered)
        return Tried(index=index, seq=seq, error=self._clean(error), note=self._hands.noted, was_begun=begun)

    def new_id(self) -> str:
        """An id that nothing else has."""
        return str(self._new_id())

    async def look(self) -> Observation:
        """What the page looks like, without any secret of the run."""
        ahead, self._ahead = self._ahead, None
        return await (ahead or self._see())

    async def concealed(self) -> tuple[Concealed, ...]:
        """What is there and not shown, without any secret of the run."""
        found = self._discretion.value(msgspec.to_builtins(await self._observer.concealed()))
        return msgspec.convert(found, tuple[Concealed, ...])

    async def grows(self) -> bool:
        """Whether more comes when the page is scrolled to its end."""
        self._forget()
        return await self._observer.grows()

    async def rest(self) -> None:
        """Let what the page asked for be answered, for a few seconds at most."""
        self._forget()
        await self._observer.rest()

    async def check(self, victory: Victory, seen: Observation) -> list[Checked]:
        """Each part of the victory condition, as it is now."""
        texts = [Checked(f"text: {text}", shown(seen, text)) for text in victory.text_includes]
        urls = [Checked(f"url: {part}", leads_to(seen.url, part)) for part in victory.url_includes]
        visible = await _each("selector", self._page.shows, victory.selector_visible)
        return texts + urls + visible + await _each("hidden", self._observer.hides, victory.selector_hidden)

    async def reload(self) -> None:
        """Ask for the page anew, with GET; raises ``StepError`` if it does not come."""
        self._forget()
        await self._hands.open(self._page.url, serves=None)

    async def tell(self, fact: type[Report], **fields: Any) -> int:
        """Tell the run; the seq of that event."""
        return await self._voice.tell(say(fact, **fields))

    def note(self, fact: type[Report], **fields: Any) -> None:
        """To be told with whatever is told next, which is soon."""
        self._voice.note(say(fact, **fields))

    async def pause(self, milliseconds: int) -> None:
        """Let time pass."""
        self._forget()
        await asyncio.sleep(milliseconds / 1000)

    async def _see(self) -> Observation:
        looked = await self._observer.look(self._most_nodes)
        seen = self._last = msgspec.convert(self._clean_value(looked), Observation)
        self._seen, self._seen_at = {control.selector: control for control in seen.controls}, monotonic()
        return seen

    async def _as_at_first(self) -> Observation:
        """The page on which nothing was done since the last look, if there was one."""
        return replace(self._last, errors=()) if self._last else await self._see()

    async def _tell_looking(self, looking: Coroutine[Any, Any, Observation]) -> int:
        """Tell what was noted, and begin the next look meanwhile: neither needs the other."""
        self._ahead = asyncio.create_task(looking)
        self._ahead.add_done_callback(_hear)
        try:
            return await self._voice.tell()
        except BaseException:
            self._forget()
            raise

    def _forget(self) -> None:
        """Look anew the next time."""
        if self._ahead is not None:
            self._ahead.cancel()
        self._ahead = None

    async def _control(self, step: AnyStep) -> Control | None:
        seen, self._seen = self._seen, {}  # what is done now may change them
        selector = getattr(step, "selector", None)
        if selector is None:
            return None
        if selector in seen and monotonic() - self._seen_at < FRESH_S:
            return seen[selector]  # to look at one costs more than the look at all of them did
        if not self._learns:
            return None
        return await self._glance(selector, GLANCE_MS)

    async def _looked(self, step: AnyStep, control: Control | None) -> Json | None:
        """How its element looked just before; of one that came later, how it looks now, if the step lets it be."""
        if control is None and self._learns and isinstance(step, _LET_BE):
            control = await self._glance(step.selector, 0)
            control = control and replace(control, value="", checked=None)
        return _described(control)

    async def _glance(self, selector: str, limit: float) -> Control | None:
        looked = await self._observer.fingerprint(selector, limit)
        return None if looked is None else msgspec.convert(self._clean_value(looked), Control)

    def _clean_value(self, value: Observation | Control) -> Any:
        return self._discretion.value(msgspec.to_builtins(value))

    def _clean(self, error: Exception | None) -> str | None:
        return None if error is None else self._discretion.text(str(error))


async def _each(kind: str, holds: Callable[[str], Awaitable[bool]], selectors: Sequence[str]) -> list[Checked]:
    found = await asyncio.gather(*map(holds, selectors))
    return [Checked(f"{kind}: {selector}", each) for selector, each in zip(selectors, found, strict=True)]


def _hear(looking: asyncio.Task[Observation]) -> None:
    """Whoever looks next hears of a failure; where nobody does, asyncio must not complain of that."""
    if not looking.cancelled():
        looking.exception()


def _anchor(meant: Control | None) -> str | None:
    """A selector that finds it in its row alone; None if its row says nothing."""
    return anchored(meant) if meant and meant.row else None


def _described(control: Control | None) -> Json | None:
    """What it is known again by, which is not how it was filled in."""
    return None if control is None else msgspec.to_builtins(replace(control, invalid="", lacking=False))
