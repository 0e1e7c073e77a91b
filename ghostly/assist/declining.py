"""Tells where a page asked whether to do what a step wanted, and Ghostly, which has to answer, said no."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ghostly.assist.brain import Done
from ghostly.domain.steps import CHANGES_NOTHING, Goto

_REMEDY = "let the application ask on the page itself, or not ask where it is tested"
_ASKED = re.compile(r"(?:\A|; )answered (?:a dialog|\d+ dialogs): (?:confirm|prompt) (?P<what>'.*?')(?=; | …|\Z)")
_IDLE = (Goto, *CHANGES_NOTHING)


def declined(done: Sequence[Done]) -> Done | None:
    """The last step that should have changed something, if the page asked about it and was told no."""
    acts = [one for one in done if one.error is None and not isinstance(one.step, _IDLE)]
    return acts[-1] if acts and _ASKED.search(acts[-1].note or "") else None


def told_no(done: Done) -> str:
    """What came of it, in a sentence for people."""
    asked = _ASKED.search(done.note or "")
    what = asked["what"] if asked else "something"
    return (
        f"The page asked {what} in a dialog of the browser, and Ghostly answered no, as it always does: {_REMEDY}."
    )
