"""What a pursuit has seen so far, kept so that a judge can be shown it."""

from __future__ import annotations

from msgspec.structs import replace

from ghostly.assist.brain import Done, Dossier, Evidence
from ghostly.assist.declining import declined
from ghostly.assist.means import Tried
from ghostly.assist.pursuit.forgetting import put_back
from ghostly.assist.pursuit.news import News
from ghostly.assist.pursuit.reverting import Touched, touched, turned_back
from ghostly.assist.pursuit.shortening import Shortened, shortened
from ghostly.assist.pursuit.staying import stayed, typed_stays
from ghostly.assist.pursuit.victory import Looked, what_was_typed
from ghostly.domain.observation import Control, Observation, PageError
from ghostly.domain.pursuit import Victory
from ghostly.domain.steps import CHANGES_NOTHING, AnyStep, Check, Fill, Goto, Press, SelectOption, Uncheck

ENTERS = (Fill, SelectOption, Check, Uncheck)
MOST_EVIDENCE = 100
UNCHANGED = 3


class Case:
    """One pursuit's past: the steps that were tried, the errors that were seen, and how often nothing changed."""

    def __init__(self, goal: str, seen: Observation, seq: int) -> None:
        self.goal = goal
        self.first = seen
        self.seen = seen
        self.done: tuple[Done, ...] = ()
        self.failures = 0  # of steps, one after the other
        self.failed: Tried | None = None  # the last step, if it failed
        self._evidence: list[Evidence] = [Evidence(seq, f"The page '{seen.title}' was opened: {seen.url}")]
        self._unchanged = 0
        self._before: object = None  # how the page looked before the last step that should have changed it
        self._touched: tuple[Touched, ...] = ()
        self._missing: str | None = None
        self._looks: tuple[int, ...] = ()
        self._refused: tuple[str, ...] = ()
        self._news = News(seen)
        self._enabled: set[str] = set()  # controls that could be used at some look
        self._is_seen(seen)
        self.errors(seen, seq)

    @property
    def stalled(self) -> bool:
        """Whether three steps in a row, which should have changed something, changed nothing."""
        return self._unchanged >= UNCHANGED

    @property
    def had_effect(self) -> bool:
        """Whether the last step that should have changed something did; true as well if there was none."""
        return self._before is None or _signature(self.seen) != self._before

    @property
    def typed(self) -> tuple[str, ...]:
        """What was typed, and should be found again if it was saved."""
        return what_was_typed(done.step for done in self.done if done.error is None)

    @property
    def is_nowhere(self) -> bool:
        """Whether the page that is shown is an answer of 4xx: it is not there, or not for us."""
        return self._missing == self.seen.url

    @property
    def declined(self) -> Done | None:
        """The last step that should have changed something, if the page asked about it and was told no."""
        return declined(self.done)

    def is_open_already(self, step: AnyStep, seen: Observation) -> bool:
        """Whether the step would open once more the dialog that it opened just before, and which covers it now."""
        last = self.done[-1] if self.done else None
        return bool(seen.dialogs) and last is not None and last.error is None and last.step == step

    @property
    def looks(self) -> tuple[int, ...]:
        """The events of the last two looks for what was to be reached: when it was found, and once more."""
        return self._looks

    @property
    def last_seq(self) -> int:
        """The event that the newest evidence rests on."""
        return self._evidence[-1].seq

    def tried(self, step: AnyStep, tried: Tried, seen: Observation, *, healed: bool = False) -> None:
        """This was tried, and the page looked so afterwards."""
        self.done += (_done(step, tried, seen.url, healed=healed),)
        told = f"'{_told(step)}' failed: {tried.error}" if tried.error else f"'{_told(step)}' was done"
        told = f"{told} ({tried.note})" if tried.note else told
        self.failed = tried if tried.error else None
        self._add(tried.seq, told)
        self.errors(seen, tried.seq)
        acts = tried.error is None and not isinstance(step, CHANGES_NOTHING)
        if acts:
            self._news.acted(self.seen)
            self._touched += (touched(step, self.seen, seen),)
            before = _signature(self.seen)
            self._before = None if isinstance(step, Goto) else before  # who goes somewhere need not change it
            if not (isinstance(step, Fill) and step.secret):  # of a secret that was typed nothing is to be seen
                self._unchanged = self._unchanged + 1 if _signature(seen) == before else 0
        self.failures = self.failures + 1 if tried.error else 0
        self._is_seen(seen)

    def turned_back(self, seen: Observation) -> Control | None:
        """A setting that was changed, and is as before on this page, which was loaded anew."""
        return turned_back(self._touched, self.seen, seen)

    @property
    def was_refused(self) -> bool:
        """Whether the server answered 4xx to what was sent to it since the last step that did something."""
        return self._news.was_refused

    @property
    def saves_itself(self) -> bool:
        """Whether the last step that did something entered something, and nothing was clicked to save it."""
        acts = (one.step for one in reversed(self.done) if one.error is None)
        last = next((step for step in acts if not isinstance(step, CHANGES_NOTHING)), None)
        return isinstance(last, ENTERS) or (isinstance(last, Press) and last.key == "Tab")

    @property
    def has_entered(self) -> bool:
        """Whether the last step entered something, of which others' places on the page may depend."""
        last = self.done[-1] if self.done else None
        return last is not None and last.error is None and isinstance(last.step, (*ENTERS, Press))

    def put_back(self, seen: Observation) -> str | None:
        """What the page showed of an entry, and shows no more: what stood there before it is back."""
        return put_back(self._touched, self._news.stood, self.seen, seen)

    def shortened(self, seen: Observation) -> Shortened | None:
        """What the page showed of an entry, and what is left of it on this page, which was loaded anew."""
        return shortened(self._touched, self.seen, seen)

    def typed_stays(self, seen: Observation) -> bool:
        """Whether all that was done was to type, and all of it is there on this page, which was loaded anew."""
        return not self.was_refused and typed_stays(self._touched, self.seen, seen)

    def stayed(self, seen: Observation) -> str | None:
        """What proves, on this page, which was loaded anew, that all that was done is there."""
        return None if self.was_refused else stayed(self.goal, self._touched, self.seen, seen)

    def looked(self, looked: Looked) -> None:
        """Remember whether the page showed what was to be reached."""
        if looked.seq is not None:
            self._looks = (*self._looks[-1:], looked.seq)
            self._add(looked.seq, f"What was to be reached is {'' if looked.met else 'not '}to be seen")

    def saw(self, seen: Observation) -> None:
        """This is what the page looks like by now: a step may have had its effect only since."""
        self._unchanged = 0 if differs(seen, self.seen) else self._unchanged
        self._is_seen(seen)
        self.errors(seen, self.last_seq)

    def errors(self, seen: Observation, seq: int) -> None:
        """Remember what went wrong on the page, and what it does not take."""
        refused = tuple(f"The page refuses '{one.name}': {one.invalid}" for one in seen.controls if one.invalid)
        for text in refused:
            if text not in self._refused:
                self._add(seq, text)
        self._refused = refused
        for error in seen.errors:
            self._add(seq, told_error(error))
            if error.url == seen.url and " document answered 4" in error.text:
                self._missing = seen.url

    @property
    def crash(self) -> str | None:
        """What the page threw, caught and is sorry for, since the last step; none if it did not."""
        return self._news.crash

    def note(self, seq: int, text: str) -> None:
        """Remember this too."""
        self._add(seq, text)

    def dossier(
        self, reason: str, victory: Victory | None, failed: tuple[str, ...], *, may_continue: bool
    ) -> Dossier:
        """All of it, for the judge."""
        return Dossier(
            reason=reason,
            goal=self.goal,
            observation=self.seen,
            done=self.done,
            evidence=tuple(self._evidence),
            victory=victory,
            failed_checks=failed,
            may_continue=may_continue,
            news=self._news.lines,
            first=self.first,
            once_enabled=tuple(one.selector for one in self.seen.controls if self._is_closed(one)),
        )

    def _is_seen(self, seen: Observation) -> None:
        self.seen = seen
        self._news.saw(seen)
        self._enabled.update(one.selector for one in seen.controls if one.enabled)

    def _is_closed(self, control: Control) -> bool:
        return not control.enabled and control.selector in self._enabled

    def _add(self, seq: int, text: str) -> None:
        self._evidence = [*self._evidence, Evidence(seq, text)][-MOST_EVIDENCE:]


def _done(step: AnyStep, tried: Tried, url: str, *, healed: bool) -> Done:
    return Done(
        step=step,
        seq=tried.seq,
        error=tried.error,
        healed=healed,
        url=url,
        note=tried.note,
        was_begun=tried.was_begun,
    )


def told_error(error: PageError) -> str:
    """The error in one line."""
    status = f" {error.status}" if error.status else ""
    place = f" ({error.url})" if error.url else ""
    return f"{error.severity} {error.kind}{status}: {error.text}{place}"


def _told(step: AnyStep) -> str:
    aim = getattr(step, "selector", None) or getattr(step, "url", None) or getattr(step, "key", "") or ""
    return f"{step.__struct_config__.tag} {aim}".strip()


def differs(seen: Observation, other: Observation) -> bool:
    """Whether a person would see, or could do, something else there."""
    return _signature(seen) != _signature(other)


def _signature(seen: Observation) -> object:
    controls = tuple((one.selector, one.value, one.checked, one.enabled, one.visible) for one in seen.controls)
    return replace(seen, errors=(), controls=(), taken=0), controls
