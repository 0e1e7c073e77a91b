"""Rules for where a no was said: by Ghostly to the page's question, by the page to what the test enters."""

from __future__ import annotations

from ghostly.assist.brain import Ruling
from ghostly.assist.declining import declined, told_no
from ghostly.assist.offline.judging.fields import refused, unsaid
from ghostly.assist.offline.judging.grounds import Grounds
from ghostly.assist.offline.judging.ruling import ruling, short


def answered_no(grounds: Grounds) -> Ruling | None:
    """The page asked whether to do it, and did not because we said no."""
    no = declined(grounds.dossier.done)
    if no is None or not (grounds.misses_something or grounds.proof is None):
        return None
    return ruling(grounds, "fail-agent-lost", "medium", told_no(no), no.seq)


def kept_back(grounds: Grounds) -> Ruling | None:
    """The form did not go, because of what the test enters or leaves out: nothing was sent."""
    if not grounds.misses_something:
        return None
    if (bubble := unsaid(grounds)) is not None:
        said = f"The browser says '{short(bubble)}' beside the page, where Ghostly cannot check what is said."
        return ruling(grounds, "fail-agent-lost", "medium", said)
    found = refused(grounds)
    if found is None:
        return None
    name, why = short(found.control.name), short(found.control.invalid)
    said = (
        f"The page needs '{name}', which the test does not fill in; it says: '{why}'."
        if found.control.lacking
        else f"The page does not accept what the test enters in '{name}'; it says: '{why}'."
    )
    return ruling(grounds, "fail-test-broken", "medium", said, found.seq)
