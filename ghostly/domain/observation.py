"""What was seen of a page at one moment: all that a brain may know of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

Severity = Literal["blocking", "warning"]
"""``blocking``: the application cannot do what was asked (a 5xx, an uncaught exception); ``warning``: the rest."""


class Box(Struct, frozen=True):
    """Where a control is, in CSS pixels of the whole page."""

    x: float
    y: float
    width: float
    height: float


class Control(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Something on the page that a person could use.

    ``selector`` matched just this one when the page was looked at, frames included. ``value`` is empty for
    fields that hold secrets. ``path`` is the chain of tags from the root, ``neighbours`` the texts around it,
    closest first, ``headings`` those above it, but for the page's own. ``row``: what the row says that it lies
    in, where others like it lie in rows of the same make, and where that row is found. ``alike``: how many
    others have its role, name, test id, name attribute and address; ``twins``: how many of these its
    neighbours too, ``copies``: how many of those its headings too. ``invalid``: why the page does not take
    what it holds, in its own words or the browser's. ``lacking``: because that is nothing.
    """

    selector: str
    role: str
    name: str
    tag: str
    type: str = ""
    id: str = ""
    name_attribute: str = ""
    test_id: str = ""
    classes: str = ""
    label: str = ""
    placeholder: str = ""
    title: str = ""
    alt: str = ""
    href: str = ""
    text: str = ""
    value: str = ""
    options: tuple[str, ...] = ()
    checked: bool | None = None
    enabled: bool = True
    visible: bool = True
    in_dialog: bool = False
    path: str = ""
    neighbours: tuple[str, ...] = ()
    headings: tuple[str, ...] = ()
    row: tuple[str, ...] = ()
    row_selector: str = ""
    box: Box | None = None
    alike: int = 0
    twins: int = 0
    copies: int = 0
    invalid: str = ""
    lacking: bool = False


class Concealed(Struct, frozen=True, kw_only=True):
    """A control that is in the document and not shown; ``opener`` is the name of what seems to open its place."""

    role: str
    name: str
    tag: str
    type: str = ""
    opener: str = ""


def counted(controls: Sequence[Control]) -> tuple[Control, ...]:
    """The same controls, each knowing how many others are like it, and how many of these are in such a row."""
    like = [_like(each) for each in controls]
    counts, rows, places = Counter(like), Counter(map(_in_row, controls)), Counter(map(_in_place, controls))
    return tuple(
        replace(each, alike=counts[key] - 1, twins=rows[_in_row(each)] - 1, copies=places[_in_place(each)] - 1)
        for each, key in zip(controls, like, strict=True)
    )


def among(control: Control, controls: Sequence[Control]) -> Control:
    """The control, knowing as much of these others; it may be one of them."""
    like = [each for each in controls if _like(each) == _like(control)]
    twins = [each for each in like if each.neighbours == control.neighbours]
    copies = sum(each.headings == control.headings for each in twins)
    return replace(control, alike=max(0, len(like) - 1), twins=max(0, len(twins) - 1), copies=max(0, copies - 1))


def _in_row(control: Control) -> tuple[object, ...]:
    return _like(control), control.neighbours


def _in_place(control: Control) -> tuple[object, ...]:
    return *_in_row(control), control.headings


def _like(control: Control) -> tuple[str, ...]:
    said = "".join(filter(str.isalnum, control.name.casefold()))
    return control.role, said, control.test_id, control.name_attribute, control.href


class PageError(Struct, frozen=True, kw_only=True):
    """Something that went wrong on the page since the last look.

    ``kind``: ``console`` (an error on it), ``exception`` (uncaught), ``response`` (a status of 400 or more,
    told in ``status``), ``request`` (nothing answered it), ``alert`` (a visible message of role alert).
    """

    kind: Literal["console", "exception", "response", "request", "alert"]
    severity: Severity
    text: str
    status: int | None = None
    url: str = ""


class Observation(Struct, frozen=True, kw_only=True):
    """One look at the page. ``tree`` is its accessibility tree as Markdown, of at most as many nodes as asked.

    ``text`` is what it shows, without what stands in places to type in. ``written`` is the same as its author
    wrote it, where CSS displays it otherwise, as in capitals. ``taken`` counts what the page's own site was sent
    so far, and did not refuse.
    """

    url: str
    title: str
    tree: str
    node_count: int
    text: str
    written: str = ""
    controls: tuple[Control, ...] = ()
    dialogs: tuple[str, ...] = ()
    errors: tuple[PageError, ...] = ()
    taken: int = 0

    @property
    def broken(self) -> PageError | None:
        """The first answer by which the application says that it is broken (a 5xx), if there is one."""
        return next((error for error in self.errors if error.severity == "blocking" and error.status), None)

    @property
    def blocking(self) -> PageError | None:
        """The first error that keeps the application from working, if there is one."""
        return next((error for error in self.errors if error.severity == "blocking"), None)
