"""The steps there are, with their fields and how long each may be. They are the wire form as well."""

from __future__ import annotations

import re
from typing import Annotated, Literal, TypeAlias

from msgspec import Meta, Struct

Selector = Annotated[str, Meta(min_length=1, max_length=4096, description="any Playwright selector")]
Milliseconds = Annotated[int, Meta(ge=1)]
Pixels = Annotated[int, Meta(ge=-1_000_000, le=1_000_000)]
Choice = Annotated[str, Meta(max_length=4096)]
FileName = Annotated[str, Meta(min_length=1, max_length=1024)]

_TELLTALE = re.compile(r"pass|secret|token|api[_-]?key", re.IGNORECASE)
_COMMANDS = {"Control", "ControlOrMeta", "Meta", "Alt"}


class Step(
    Struct,
    frozen=True,
    kw_only=True,
    tag_field="action",
    rename="camel",
    omit_defaults=True,
    forbid_unknown_fields=True,
):
    """One thing to do on the page; ``timeout_ms`` overrides the flow's for this step alone."""

    timeout_ms: Milliseconds | None = None
    label: Annotated[str, Meta(max_length=256)] | None = None


class Goto(Step, frozen=True, tag="goto"):
    """Open ``url``, absolute or relative to the flow's base URL, and wait until its document is loaded."""

    url: Annotated[str, Meta(min_length=1, max_length=4096)]


class Click(Step, frozen=True, tag="click"):
    """Click the first element that ``selector`` matches, once it is visible, enabled and still."""

    selector: Selector


class DoubleClick(Step, frozen=True, tag="dblclick"):
    """Click it twice, as fast as a double click is."""

    selector: Selector


class Hover(Step, frozen=True, tag="hover"):
    """Move the mouse over the element, once it is visible and still."""

    selector: Selector


class Check(Step, frozen=True, tag="check"):
    """Tick the checkbox or radio button unless it is ticked; it is afterwards, or the step fails."""

    selector: Selector


class Uncheck(Step, frozen=True, tag="uncheck"):
    """Clear the checkbox unless it is clear; it is afterwards, or the step fails."""

    selector: Selector


class Fill(Step, frozen=True, tag="fill"):
    """Replace what the field holds by ``value``; ``secret`` keeps the value out of every record."""

    selector: Selector
    value: Annotated[str, Meta(max_length=65_536)]
    secret: bool = False


class Press(Step, frozen=True, tag="press"):
    """Press ``key`` (as in ``Enter`` or ``Control+A``) on the element, or where the focus is."""

    key: Annotated[str, Meta(min_length=1, max_length=64)]
    selector: Selector | None = None


class SelectOption(Step, frozen=True, tag="selectOption"):
    """Choose exactly the options that have ``value``, or one of its texts, as their value or label."""

    selector: Selector
    value: Choice | Annotated[list[Choice], Meta(min_length=1, max_length=100)]

    @property
    def choices(self) -> list[str]:
        """What shall be chosen, each once."""
        return list(dict.fromkeys([self.value] if isinstance(self.value, str) else self.value))


class SetInputFiles(Step, frozen=True, tag="setInputFiles"):
    """Choose files of the uploads directory in a file field, in place of those that it holds."""

    selector: Selector
    files: Annotated[list[FileName], Meta(min_length=1, max_length=100)]


class WaitForSelector(Step, frozen=True, tag="waitForSelector"):
    """Wait until the element reaches ``state``."""

    selector: Selector
    state: Literal["attached", "detached", "visible", "hidden"] = "visible"


class Scroll(Step, frozen=True, tag="scroll"):
    """Bring the element into view; with ``x`` or ``y``, scroll by so many pixels what it lies in, or the page."""

    selector: Selector | None = None
    x: Pixels | None = None
    y: Pixels | None = None


class ExpectText(Step, frozen=True, tag="expectText"):
    """Wait until ``text`` is to be seen in the element, or anywhere on the page."""

    text: Annotated[str, Meta(min_length=1, max_length=4096)]
    selector: Selector | None = None


class ExpectVisible(Step, frozen=True, tag="expectVisible"):
    """Wait until the element is to be seen."""

    selector: Selector


class ExpectHidden(Step, frozen=True, tag="expectHidden"):
    """Wait until the element is not to be seen, or is not there at all."""

    selector: Selector


class ExpectUrl(Step, frozen=True, tag="expectUrl"):
    """Wait until the page's address contains ``url``, or the regular expression ``matches`` is found in it."""

    url: Annotated[str, Meta(min_length=1, max_length=4096)] | None = None
    matches: Annotated[str, Meta(min_length=1, max_length=1024)] | None = None


class Snapshot(Step, frozen=True, tag="snapshot"):
    """Record the accessibility snapshot of the page."""


AnyStep: TypeAlias = (
    Goto
    | Click
    | DoubleClick
    | Hover
    | Check
    | Uncheck
    | Fill
    | Press
    | SelectOption
    | SetInputFiles
    | WaitForSelector
    | Scroll
    | ExpectText
    | ExpectVisible
    | ExpectHidden
    | ExpectUrl
    | Snapshot
)


LOOKS = (ExpectText, ExpectVisible, ExpectHidden, ExpectUrl, WaitForSelector)
"""Steps that only look for something: what they find, or do not find, is evidence."""

CHANGES_NOTHING = (Hover, Scroll, Snapshot, *LOOKS)
"""Steps after which the page may well be as it was, although they did what they should."""


def is_telltale(selector: str) -> bool:
    """Whether the selector itself says that what is typed there is a secret."""
    return bool(_TELLTALE.search(selector))


def prints(key: str) -> bool:
    """Whether the key types a character, as ``a`` and ``Shift+A`` do, and ``Enter`` and ``Control+A`` do not."""
    *held, last = key.split("+") if key != "+" else [key]
    return len(last) == 1 and not _COMMANDS & set(held)
