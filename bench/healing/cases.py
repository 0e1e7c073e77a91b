"""Which cases there are: a page, one of its controls, what is done to it; the same ones each time."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Literal, NamedTuple

from ghostly.domain.observation import Control
from ghostly.domain.steps import AnyStep, Check, Click, Fill, SelectOption

PAGES = Path(__file__).parent / "pages"
OF_IT = ("id", "class", "test_id", "name", "placeholder", "text", "wrap", "move")
TEXTS = ("synonym", "longer", "typo", "case")
OF_PAGE = (
    *("reorder", "duplicate", "decoy", "delete_other", "rename_others", "retell", "headings", "banner"),
)  # fmt: skip
GONE = ("deleted", "group_deleted", "replaced", "other_kind", "hidden", "disabled")
Fate = Literal["there", "gone", "twin"]


class Edits(NamedTuple):
    """What is done, in turn, until so many of them were possible."""

    names: list[str]
    most: int


class Case(NamedTuple):
    """One change of one page."""

    page: Path
    number: int

    @property
    def folder(self) -> str:
        """``tuned``; ``apart``: measured before it was looked at; ``apart_…``: newer."""
        return self.page.parent.name

    @property
    def dice(self) -> random.Random:
        """The same throws each time."""
        return random.Random(f"{self.page.stem}/{self.number}")


def cases(each: int) -> list[Case]:
    """So many of each page."""
    return [
        Case(page, number)
        for folder in sorted(PAGES.iterdir())
        for page in sorted(folder.glob("*.html"))
        for number in range(each)
    ]


def edits(dice: random.Random) -> list[Edits]:
    """Three of four times the control stays, changed in one to three ways; around it up to two things change."""
    fate = dice.choices(("there", "gone", "twin"), (72, 25, 3))[0]
    around = Edits(dice.sample(OF_PAGE, len(OF_PAGE)), dice.choice((0, 1, 1, 2)))
    text = dice.choice(TEXTS)
    names = [text if name == "text" else name for name in dice.sample(OF_IT, len(OF_IT))]
    of_it = Edits(names, dice.choice((1, 1, 2, 2, 3)))
    if fate == "gone":
        return [around, Edits([dice.choice(GONE)], 1)]
    return [of_it, around, *([Edits(["twin"], 1)] if fate == "twin" else [])]


def step(control: Control, selector: str) -> AnyStep:
    """What a person would do with it."""
    if control.tag == "select":
        return SelectOption(selector=selector, value="a")
    if control.type in {"checkbox", "radio"}:
        return Check(selector=selector)
    if control.tag == "textarea" or (control.tag == "input" and control.role != "button"):
        return Fill(selector=selector, value="a")
    return Click(selector=selector)


def selectors(control: Control, dice: random.Random) -> list[str]:
    """The ways in which a test's author could name it, in any order; the last one names its place."""
    said = f'role={control.role}[name="{control.name}"s]' if control.role and control.name else ""
    classes = "".join(f".{name}" for name in control.classes.split())
    ways = [
        f"#{control.id}" if control.id else "",
        f'[data-testid="{control.test_id}"]' if control.test_id else "",
        f'{control.tag}[name="{control.name_attribute}"]' if control.name_attribute else "",
        f'[placeholder="{control.placeholder}"]' if control.placeholder else "",
        said if '"' not in control.name else "",
        f'text="{control.text}"' if control.text and '"' not in control.text else "",
        f"{control.tag}{classes}" if classes else "",
    ]
    found = [way for way in ways if way]
    dice.shuffle(found)
    return [*found, control.selector]


class Seen(NamedTuple):
    """One look: all controls, the one that is sought if it can be used, and the texts around that one."""

    controls: list[Control]
    sought: Control | None
    around: set[str]


def label(before: Seen, after: Seen) -> str:
    """What can be asked of anybody: ``there``, ``gone``, ``twin`` or ``beyond`` recognition.

    Twin: the change has made another control that has the same texts and attributes. Beyond recognition: each of
    its texts and attributes was changed or is another control's too, and so were all texts around it; of one that
    was called as others are (a row's button), half of its row's, which no other of these has: which row's it is
    they alone can tell. Both may be found and may be refused; another control is wrong there as anywhere.
    """
    was, now = before.sought, after.sought
    if now is None or was is None:
        return "gone"
    if _count(after.controls, now) > 1 + _count([each for each in before.controls if each is not was], now):
        return "twin"
    kept = [name for name in _NAMING if getattr(was, name) and getattr(was, name) == getattr(now, name)]
    if any(sum(getattr(each, name) == getattr(now, name) for each in after.controls) == 1 for name in kept):
        return "there"
    left = len(before.around & after.around) / max(1, len(before.around))
    return "there" if left > (0.5 if was.alike else 0) else "beyond"


_NAMING = ("id", "test_id", "name_attribute", "name", "text", "label", "placeholder", "title", "alt", "href")


def _count(controls: list[Control], control: Control) -> int:
    fields = ("role", "tag", "type", "classes", *_NAMING)
    return sum(all(getattr(each, name) == getattr(control, name) for name in fields) for each in controls)
