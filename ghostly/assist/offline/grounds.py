"""What a dossier proves, read from its facts: never from what the page says of itself."""

from __future__ import annotations

import re
from functools import cached_property
from urllib.parse import urljoin, urlsplit

from rapidfuzz import fuzz

from ghostly.assist.brain import Done, Dossier, Evidence
from ghostly.assist.offline.instruction import EXPECTATIONS, Instruction
from ghostly.assist.offline.language import understand
from ghostly.assist.offline.names import plain
from ghostly.assist.offline.standing import Standing, stands
from ghostly.domain.observation import Control
from ghostly.domain.steps import (
    Click,
    ExpectHidden,
    ExpectText,
    ExpectUrl,
    ExpectVisible,
    Fill,
    WaitForSelector,
)

LOOKS = (ExpectText, ExpectVisible, ExpectHidden, ExpectUrl, WaitForSelector)
_BLOCKING = re.compile(r"blocking (?:response|exception)(?: \d+)?: ")
_ALERT = re.compile(r"(?:warning|blocking) alert: (?P<text>.*)", re.DOTALL)
_OPENED = re.compile(r"The page '.*' was opened: (?P<url>\S+)", re.DOTALL)
_REFUSED = re.compile(
    r"\b(?:wrong|invalid|incorrect|not valid|do(?:es)? not match|don't match|required|must (?:be"
    r"|have|contain)|denied|already"
    r"|not allowed|please (?:enter|choose|select|fill)|failed|could not|cannot|error"
    r"|incorrect[oa]s?|invalid[oa]s?|obligatori[oa]"
    r"|requerid[oa]|no coinciden?|ya existe|deneg\w+|no se pudo|introduzca|por favor)\b"
)
_CUT = re.compile(r"net::ERR_(?:CONNECTION|EMPTY_RESPONSE|NAME_NOT|INTERNET|NETWORK|TIMED_OUT|ADDRESS)")
_HIDING = re.compile(r"\b(?:menu|more|actions?|options|mas|acciones|opciones)\b|[☰⋮⋯…]")
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
    def cut_off(self) -> str | None:
        """What the page asked its own site for, and never got an answer to; None if it got all."""
        home = urlsplit(self.seen.url).netloc
        lost = (error for error in self.seen.errors if _CUT.search(error.text))
        return next((error.text for error in lost if urlsplit(error.url).netloc == home), None)

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
    def refusal(self) -> str | None:
        """A message in which the application turns down what was entered, if it shows one now."""
        alerts = [error.text for error in self.seen.errors if error.kind == "alert"]
        alerts += [found["text"] for one in self._since_passed if (found := _ALERT.match(one.text))]
        alerts += self.seen.dialogs
        entered = any(isinstance(one.step, Fill | Click) for one in self.passed)
        return next((text for text in alerts if entered and _REFUSED.search(plain(text))), None)

    @cached_property
    def _since_passed(self) -> list[Evidence]:
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
        step = acts[-1].step if acts else None
        if not isinstance(step, Click):
            return None
        link = next((one for one in self.seen.controls if one.selector == step.selector), None)
        here = self.seen.url.partition("#")[0]
        leads = urljoin(self.seen.url, link.href).partition("#")[0] if link and link.href else ""
        return link if leads.startswith("http") and leads != here else None

    @property
    def hiding_place(self) -> Control | None:
        """A menu that nobody opened, behind which more may be."""
        touched = {getattr(one.step, "selector", None) for one in self.dossier.done}
        closed = (
            one for one in self.seen.controls if one.visible and one.role in {"button", "menuitem", "generic"}
        )
        return next(
            (one for one in closed if one.selector not in touched and _HIDING.search(plain(one.name))), None
        )

    @property
    def proof(self) -> Done | None:
        """A step that looked for something and found it, after the last one that did something."""
        last = self.passed[-1] if self.passed else None
        return last if last is not None and isinstance(last.step, LOOKS) else None

    @property
    def moved(self) -> bool:
        """Whether the page is another one than at first."""
        first = next((found for one in self.dossier.evidence if (found := _OPENED.match(one.text))), None)
        return first is not None and first["url"].rstrip("/") != self.seen.url.rstrip("/")

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
        asked = self.understood.instructions
        return self.understood.unclear is None and not self.standing.ahead and bool(asked)

    @property
    def only_expectations_ahead(self) -> bool:
        """Whether everything that should be done was done."""
        return all(one.verb in EXPECTATIONS for one in self.standing.ahead)
