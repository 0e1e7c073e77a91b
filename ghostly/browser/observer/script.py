"""The scripts that look at a document, and what they answer."""

from __future__ import annotations

from importlib.resources import files
from typing import Any

from msgspec import Struct
from playwright.async_api import Frame

from ghostly.browser.fields import LOOKS_CONFIDENTIAL
from ghostly.browser.reading import READ
from ghostly.domain.observation import Control

_PARTS, _CONCEALING = (
    [files(__package__).joinpath(f"{name}.js").read_text("utf-8") for name in names]
    for names in (
        ("naming", "finding", "headings", "rows", "walking", "seeing"),
        ("naming", "finding", "concealing"),
    )
)

# To be told less is no harm here: what its own name calls a secret is none to be looked at, either.
_IS_SECRET = f"""const TELLTALE = /pass|secret|token|api[_-]?key|otp|cvv|cvc/i;
const isSecret = field => ({LOOKS_CONFIDENTIAL})(field)
  || ['name', 'id'].some(key => TELLTALE.test(attribute(field, key)));
"""

OF_ELEMENT = "\n".join(["(one, asked) => {", f"const read = {READ};", _IS_SECRET, *_PARTS, "}"])
OF_DOCUMENT = f"asked => ({OF_ELEMENT})(null, asked)"
OF_FIRST = f"([one], asked) => one ? ({OF_ELEMENT})(one, asked) : 'null'"
CONCEALED_IN_DOCUMENT = "\n".join(
    ["most => {", *_CONCEALING[:2], "gather(document); const end = performance.now() + 300;", _CONCEALING[2], "}"]
)


class Holder(Struct, frozen=True):
    """An element that shows a frame: where it stands, on the page and in the tree (-1: it is not in there)."""

    selector: str
    line: int
    in_dialog: bool
    x: float
    y: float


class Shown(Struct, frozen=True):
    """What one document shows, without what its frames show."""

    title: str
    lines: list[str]
    controls: list[Control]
    dialogs: list[str]
    alerts: list[str]
    frames: list[Holder]
    text: str
    written: str


async def in_its_world(frame: Frame, asked: dict[str, Any]) -> str:
    """What the frame's document answers where its own scripts run; raises Playwright's ``Error`` if it cannot."""
    return str(await frame.evaluate(OF_DOCUMENT, asked))
