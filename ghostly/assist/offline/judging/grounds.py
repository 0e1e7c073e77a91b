"""What a dossier proves, read from its facts: never from what the page says of itself."""

from __future__ import annotations

import re
from functools import cached_property
from urllib.parse import urljoin

from msgspec.structs import replace
from rapidfuzz import fuzz

from ghostly.assist.brain import Done, Dossier, Evidence
from ghostly.assist.goals.expected import expect
from ghostly.assist.goals.instruction import EXPECTATIONS, Instruction
from ghostly.assist.goals.language import understand
from ghostly.assist.goals.saving import implies_saving
from ghostly.assist.offline.planning.standing import Standing, stands
from ghostly.assist.offline.planning.stepping import meant
from ghostly.assist.vocabulary.controls import hides, signs_in
from ghostly.assist.vocabulary.folding import plain
from ghostly.browser.observer.errors import is_same_site
from ghostly.domain.observation import Concealed, Control
from ghostly.domain.steps import LOOKS, AnyStep, Click, ExpectHidden, ExpectText, Fill

_BLOCKING = re.compile(r"blocking (?:response|exception)(?: \d+)?: ")
_OPENED = re.compile(r"The page '.*' was opened: (?P<url>\S+)", re.DOTALL)
_CUT = re.compile(r"warning request: .+ \((?P<url>\S+)\)\Z", re.DOTALL)
_NO_PAGE = re.compile(r"warning response 4\d\d: \w+ document answered")
_SIMILAR = 88


class Grounds:
    """The facts of one dossier."""

    def __init__(self, dossier: Dossier) -> None:
        self.dossier = dossier
        self.seen = dossier.observation
        self.understood = understand(dossier.goal)

    @cached_property
    def standing(self) -> Standing:
        """How far the goal is; the opening of the first page may have been left out."""
        todo = self.understood.instructions
        ways = [stands(todo, self.dossier.done)]
        if todo and todo[0].verb == "visit":
            ways.append(stands(todo[1:], self.dossier.done))
        return min(ways, key=lambda way: len(way.ahead))

    @cached_property
    def cut_off(self) -> Evidence | None:
        """What the page asked its own site for, lately, and got no answer to."""
        acted = any(not isinstance(one.step, LOOKS) for one in self.passed)
        lately = self.since_passed if acted else self.dossier.evidence
        found = ((one, _CUT.match(one.text)) for one in lately)
        return next((one for one, cut in found if cut and is_same_site(cut["url"], self.seen.url)), None)

    @cached_property
    def next(self) -> Instruction | None:
        """What the goal asks for next; None if all was done or nobody understood it."""
        return self.standing.ahead[0] if self.standing.ahead else None

    @cached_property
    def crash(self) -> Evidence | None:
        """The last event that shows the application broken."""
        return next((one for one in reversed(self.dossier.evidence) if _BLOCKING.match(one.text)), None)

    @cached_property
    def failure(self) -> Done | None:
        """The last step, if it failed."""
        last = self.dossier.done[-1] if self.dossier.done else None
        return last if last is not None and last.error is not None else None

    @cached_property
    def passed(self) -> tuple[Done, ...]:
        """The steps that did what they should."""
        return tuple(one for one in self.dossier.done if one.error is None)

    @cached_property
    def since_passed(self) -> list[Evidence]:
        """What was noted from the last step on that changed something."""
        acts = [one.seq for one in self.passed if not isinstance(one.step, LOOKS)]
        return [one for one in self.dossier.evidence if acts and one.seq >= acts[-1]]

    @property
    def wants_sign_in(self) -> bool:
        """Whether the page asks for a password, and no step gave one."""
        asks = any(one.type == "password" and one.visible for one in self.seen.controls)
        return asks and not any(isinstance(one.step, Fill) for one in self.dossier.done)

    @property
    def left_behind(self) -> Control | None:
        """The link that was clicked last, if it leads elsewhere and this page stayed as it was."""
        acts = [one for one in self.passed if not isinstance(one.step, LOOKS)]
        here = _bare(self.seen.url)
        if not acts or not isinstance(step := acts[-1].step, Click) or _bare(self._before(acts[-1])) != here:
            return None
        link = next((one for one in self.seen.controls if one.selector == step.selector), None)
        leads = _bare(_joined(self.seen.url, link.href)) if link and link.href else ""
        return link if leads.startswith("http") and leads != here else None

    def _before(self, done: Done) -> str:
        """Where the page was before this step."""
        steps = self.dossier.done
        before = steps[: steps.index(done)]
        return before[-1].url if before else self._first_url

    @cached_property
    def _first_url(self) -> str:
        found = (_OPENED.match(one.text) for one in self.dossier.evidence)
        return next((each["url"] for each in found if each), "")

    @property
    def hiding_place(self) -> Control | None:
        """A menu that nobody opened, behind which more may be."""
        touched = {getattr(one.step, "selector", None) for one in self.dossier.done}
        closed = (
            one for one in self.seen.controls if one.visible and one.role in {"button", "menuitem", "generic"}
        )
        return next((one for one in closed if one.selector not in touched and hides(plain(one.name))), None)

    @property
    def concealed(self) -> Concealed | None:
        """What the goal asks for next, if it is there under just that name, and not shown."""
        one = self.next
        if one is None or one.target is None:
            return None
        names = {plain(name) for name in (one.target.name, one.target.whole) if name}
        there = [each for each in self.dossier.concealed if plain(each.name) in names]
        controls = tuple(map(_as_if_seen, range(len(there)), there))
        anywhere = replace(one.target, near="", within="", ordinal=0)  # where it would lie cannot be seen
        found = meant(replace(one, target=anywhere), replace(self.seen, controls=controls))
        fitting = (found.control, *found.rivals)
        return next((there[int(each.selector)] for each in fitting if each is not None), None)

    @property
    def misses_something(self) -> bool:
        """Whether what the test wants is not there: a check, a control or a text."""
        return bool(self.dossier.failed_checks or self.failure or self.next)

    @property
    def proof(self) -> Done | None:
        """A step that looked for something and found it, after the last one that did something.

        To find in a field what was typed there proves nothing where it shall be saved; and that something is not
        to be seen, nothing where it never was.
        """
        last = self.passed[-1] if self.passed else None
        if last is None or not isinstance(last.step, LOOKS) or self._was_never_there(last.step):
            return None
        return None if self._is_echo(last.step) and implies_saving(self.dossier.goal) else last

    def _was_never_there(self, step: AnyStep) -> bool:
        there = {getattr(one.step, "selector", None) for one in self.passed if not _looks_for_nothing(one.step)}
        return _looks_for_nothing(step) and getattr(step, "selector", None) not in there

    def _is_echo(self, step: AnyStep) -> bool:
        typed = {one.step.value for one in self.passed if isinstance(one.step, Fill)}
        return isinstance(step, ExpectText) and step.selector is not None and step.text in typed

    @property
    def moved(self) -> bool:
        """Whether the page is another one than at first."""
        return self._first_url.rstrip("/") not in {"", self.seen.url.rstrip("/")}

    @property
    def is_shut_out(self) -> bool:
        """Whether the page to which it came is none that anybody wanted: a log-in, or that there is none."""
        asked = bool(self.passed) and signs_in(plain(self.passed[-1].step.label or ""))
        return (self.wants_sign_in and not asked) or any(_NO_PAGE.match(one.text) for one in self.since_passed)

    def unmet_texts(self) -> list[str]:
        """The texts that were to be seen and are not there."""
        victory = self.dossier.victory
        wanted = [text for text in victory.text_includes if self._failed(text)] if victory else []
        step = self.failure.step if self.failure else None
        return [*wanted, *([step.text] if isinstance(step, ExpectText) and step.text not in wanted else [])]

    def unmet_selectors(self) -> list[str]:
        """The selectors whose elements were to be seen and are not there."""
        victory = self.dossier.victory
        wanted = [one for one in victory.selector_visible if self._failed(one)] if victory else []
        return [one for one in wanted if not re.match(r"(?:role=\w+ >> )?text=", one)]

    def in_words(self, check: str) -> str:
        """What the goal says of it, where the check is an expression that was made of the goal."""
        looks = ((one.sentence, expect(one)) for one in self.understood.instructions)
        made = ((said, getattr(step, "selector", None)) for said, step in looks)
        return next((said for said, selector in made if selector and selector in check), check)

    def _failed(self, check: str) -> bool:
        return any(check in failed for failed in self.dossier.failed_checks)

    def nearly(self, text: str) -> str | None:
        """A line of the page that is almost the text, with the same numbers, but not the text."""
        wanted = plain(text)
        for line in self.seen.text.splitlines():
            shown = plain(line)
            same_numbers = re.findall(r"\d+", wanted) == re.findall(r"\d+", shown)
            if len(wanted) > 3 and same_numbers and fuzz.ratio(wanted, shown) >= _SIMILAR and text not in line:
                return line.strip()
        return None

    @property
    def is_all_done(self) -> bool:
        """Whether every instruction of an understood goal was carried out."""
        asked, left = self.understood.instructions, self.standing.ahead or self.standing.unseen
        return self.understood.unclear is None and not left and bool(asked)

    @property
    def only_expectations_ahead(self) -> bool:
        """Whether everything that should be done was done."""
        return all(one.verb in EXPECTATIONS for one in self.standing.ahead)


def _looks_for_nothing(step: AnyStep) -> bool:
    return isinstance(step, ExpectHidden) or getattr(step, "state", "") in {"hidden", "detached"}


def _as_if_seen(number: int, each: Concealed) -> Control:
    return Control(selector=f"{number}", role=each.role, name=each.name, tag=each.tag, type=each.type)


def _joined(url: str, address: str) -> str:
    """Where the address leads from there; nowhere if it is none."""
    try:
        return urljoin(url, address)
    except ValueError:
        return ""


def _bare(url: str) -> str:
    return url.partition("#")[0]
