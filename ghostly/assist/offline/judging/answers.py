"""What the application answered to the last step that did something, where it said no."""

from __future__ import annotations

import re

from msgspec import Struct

from ghostly.assist.brain import Evidence
from ghostly.assist.offline.judging.grounds import Grounds
from ghostly.assist.vocabulary.answers import affirms, refuses, surely_refuses, tells_own_trouble
from ghostly.browser.observer.errors import is_same_site
from ghostly.domain.steps import LOOKS

_ALERT = re.compile(r"(?:warning|blocking) alert: (?P<text>.*)", re.DOTALL)
_ANSWER = re.compile(
    r"warning response (?P<status>4\d\d): (?P<method>\w+) (?P<kind>document|fetch|xhr) answered"
    r" .*\((?P<url>\S+)\)\Z",
    re.DOTALL,
)
_NO = {"401", "402", "403", "409", "410", "412", "413", "415", "422", "423"}
_NOT_YOURS = {"401", "403"}
_BUSY = "429"
_FEWEST_WORDS = 3
_LONGEST = 200


class Refusal(Struct, frozen=True):
    """What the application says as it turns something down, and the event that shows it, if there is one."""

    text: str
    seq: int | None = None


def refusal(grounds: Grounds, *, anew: bool = True) -> Refusal | None:
    """A message in which the application turns down what was done, if it shows one now, or showed one since.

    What a server answered with a no to what was sent is turned down in whichever words the page says so, unless it
    says that it was done: then that was asked for again, or was something else. ``anew``: so, and a message that
    stood there before anything was done is none; only who claims a success has to heed these, too.
    """
    if not any(not isinstance(one.step, LOOKS) for one in grounds.passed) or busy(grounds) is not None:
        return None
    alerts, news = _alerts(grounds, anew=anew), [line for line in grounds.dossier.news if len(line) <= _LONGEST]
    said = [text for text in (*alerts, *grounds.seen.dialogs) if refuses(text)] + [*filter(surely_refuses, news)]
    answer = _answered(grounds, _NO)
    was_done = anew and any(map(affirms, (*alerts, *news)))
    if not said and answer is not None and not was_done:
        told = (text for text in (*alerts, *news) if not tells_own_trouble(text))
        said = [text for text in told if text in alerts or len(text.split()) >= _FEWEST_WORDS]
    return Refusal(said[0], answer.seq if answer else None) if said else None


def busy(grounds: Grounds) -> Evidence | None:
    """The answer that too much was asked for, so that nothing more is done for now."""
    return _answered(grounds, {_BUSY})


def _alerts(grounds: Grounds, *, anew: bool) -> list[str]:
    """The messages that the page shows now or showed since; ``anew``: not those of the beginning."""
    now = [error.text for error in grounds.seen.errors if error.kind == "alert"]
    now += [found["text"] for one in grounds.since_passed if (found := _ALERT.match(one.text))]
    if not anew:
        return now
    first = min((one.seq for one in grounds.passed if not isinstance(one.step, LOOKS)), default=0)
    before = (_ALERT.match(one.text) for one in grounds.dossier.evidence if one.seq < first)
    stood = {found["text"] for found in before if found}
    return [text for text in now if text not in stood]


def _answered(grounds: Grounds, statuses: set[str]) -> Evidence | None:
    """The last of these answers of the own site to what was sent, or to who wanted to see a page."""
    for one in reversed(grounds.since_passed):
        found = _ANSWER.match(one.text)
        if found is None or found["status"] not in statuses or not is_same_site(found["url"], grounds.seen.url):
            continue
        if found["method"] not in {"GET", "HEAD"} or (
            found["kind"] == "document" and found["status"] in _NOT_YOURS | {_BUSY}
        ):
            return one
    return None
