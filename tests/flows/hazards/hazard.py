"""A page that does what no page should, and the truth about it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

PASS = "pass"
FAIL = "fail"
SHORT = 600
LONG = 5_000

Steps = tuple[dict[str, Any], ...]


def click(selector: str = "button", **more: Any) -> dict[str, Any]:
    return {"action": "click", "selector": selector, **more}


def goto(url: str, **more: Any) -> dict[str, Any]:
    return {"action": "goto", "url": url, **more}


def see(text: str, **more: Any) -> dict[str, Any]:
    return {"action": "expectText", "text": text, **more}


@dataclass(frozen=True)
class Hazard:
    """A page, the steps after it was opened, and the truth about them.

    ``says`` is found in what the run says of its steps: their notes, and the error of the last if it failed.
    ``hangs`` is for those that a run could stay on for ever, if it had the time.
    """

    name: str
    html: str = ""
    steps: Steps = (click(),)
    ends: str = PASS
    says: str = ""
    path: str = ""
    hangs: bool = False
    timeout: int | None = None
    options: dict[str, Any] = field(default_factory=dict)

    @property
    def place(self) -> str:
        """Where its page is."""
        return self.path or "/" + re.sub(r"\W+", "-", self.name)

    @property
    def limit(self) -> int:
        """How long each step may take (milliseconds): short where it takes all of that."""
        return self.timeout or (SHORT if self.hangs else LONG)

    def body(self, site: str, timeout: int | None = None) -> dict[str, Any]:
        """What to ask for, to run it on the site; a longer ``timeout`` holds for every step."""
        patience = timeout or (max(LONG, self.limit) if self.steps else self.limit)
        return {
            "project": "default",
            "baseUrl": site,
            "defaultTimeoutMs": timeout or self.limit,
            "steps": [goto(self.place, timeoutMs=patience), *self.steps],
            **self.options,
        }


def on_click(script: str, after: str = "") -> str:
    """A page with a button that does this."""
    return f'<button onclick="{script}">B</button><p id=out>here</p>{after}'


def on_load(script: str) -> str:
    """A page that does this before it is loaded."""
    return f"<p id=out>here</p><button>B</button><script>{script}</script>"


BUSY = r"did not answer|does not answer|did not finish loading|was not ready in time|did not become ready"
AWAY = r"left the origin http://127\.0\.0\.1:\d+: the page went to 'http://localhost:\d+"
PICTURES = {"captureScreenshotAfterEachStep": True}
BOTH = {"captureScreenshotAfterEachStep": True, "captureA11yAfterEachStep": True}
