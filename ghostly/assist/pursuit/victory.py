"""Whether the goal was reached, as far as the page proves it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from urllib.parse import unquote, urlsplit

from msgspec import Struct

from ghostly.assist.means import Checked, Means
from ghostly.assist.vocabulary.denials import denies_next, finds_nothing
from ghostly.domain.events import VictoryChecked
from ghostly.domain.observation import Observation
from ghostly.domain.pursuit import Victory
from ghostly.domain.steps import AnyStep, Fill

_SHORTEST = 3
_NUMBER_GOES_ON = re.compile(r"[.,]?\d")
_NUMBER_BEGAN = re.compile(r"\d[.,]?\Z")
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_LONGEST_DENIAL = 12
_ADDRESS = re.compile(r"/|https?:", re.IGNORECASE)
MOST_LOST = 3  # lines: the entry, a message, a count


def is_met(victory: Victory, checks: Iterable[Checked]) -> bool:
    """Whether so many of the checks held as the condition asks for; never without any check."""
    passed = [check.passed for check in checks]
    return bool(passed) and (all(passed) if victory.must_all else any(passed))


def shown(seen: Observation, text: str) -> bool:
    """Whether the page shows the text, white space aside: not as a part of a number, and not denied.

    "1 item" is not in "11 items", "Total: 3" not in "Total: 30", and "shoes" not in "No results for shoes".
    """
    wanted = re.compile(r"\s+".join(map(re.escape, text.split())))
    return any(_stands(page, found) for page in (seen.text, seen.written) for found in wanted.finditer(page))


def differently(text: str, seen: Observation) -> str | None:
    """What the page says in the same words, with another number: 'Cart (0)' for 'Cart (1)'."""
    parts = [re.escape(part) for part in _NUMBER.split(" ".join(text.split()))]
    if len(parts) == 1 or not re.search(r"[^\W\d]", text):
        return None
    alike = re.compile(rf"(?<!\w){_NUMBER.pattern.join(parts)}(?!\w)")
    for line in seen.text.splitlines():
        found = alike.search(" ".join(line.split()))
        if found and _NUMBER.findall(found[0]) != _NUMBER.findall(text):
            return found[0]
    return None


def _stands(page: str, found: re.Match[str]) -> bool:
    before, text = page[max(0, found.start() - _LONGEST_DENIAL) : found.start()], found[0]
    if not text:
        return False
    line = page[page.rfind("\n", 0, found.start()) + 1 : found.end()] + page[found.end() :].partition("\n")[0]
    denied = (text[0].isalpha() and denies_next(before)) or (finds_nothing(line) and not finds_nothing(text))
    cut = text[0].isdigit() and _NUMBER_BEGAN.search(before)
    return not (denied or cut or (text[-1].isdigit() and _NUMBER_GOES_ON.match(page, found.end())))


def leads_to(url: str, part: str) -> bool:
    """Whether the address holds the part, and not only as what is to come: /login?next=/cart is not /cart."""
    parts = urlsplit(url)
    asked = [each for each in parts.query.split("&") if not _ADDRESS.match(unquote(each.partition("=")[2]))]
    bare = parts._replace(query="&".join(asked)).geturl()
    return part in (url if "=" in part else bare)


class Looked(Struct, frozen=True):
    """Whether the condition was met, and the event that says so; None if there is none to tell.

    ``failed`` are the checks that did not hold.
    """

    met: bool
    seq: int | None = None
    failed: tuple[str, ...] = ()


async def look_for(
    victory: Victory | None, means: Means, seen: Observation, horizon: int, *, quiet: bool
) -> Looked:
    """Check the condition and tell what came of it; ``quiet``: tell only a victory."""
    checks = await means.check(victory, seen) if victory and victory.configured else []
    met = victory is not None and is_met(victory, checks)
    failed = tuple(each.check for each in checks if not each.passed)
    if quiet and not met:
        return Looked(met, None, failed)
    seq = await means.tell(
        VictoryChecked,
        horizon=horizon,
        configured=bool(checks),
        met=met,
        immediate=True if quiet else None,
        checks=[{"check": one.check, "passed": one.passed} for one in checks],
    )
    return Looked(met, seq if checks else None, failed)


def what_was_typed(steps: Iterable[AnyStep]) -> tuple[str, ...]:
    """The texts that a reload should still show somewhere, if they were saved; secrets are not among them."""
    fills = (step for step in steps if isinstance(step, Fill) and not step.secret)
    return tuple(step.value for step in fills if len(step.value) >= _SHORTEST and not step.value.startswith("$"))


def shows(seen: Observation, texts: Iterable[str]) -> list[str]:
    """Those of the texts that the page shows, also as a value of a field."""
    places = [seen.text, seen.written, *(control.value for control in seen.controls)]
    return [text for text in texts if any(says(place, text) for place in places)]


def says(place: str, text: str) -> bool:
    """Whether it says the text in whole words and numbers, white space aside: no 12 in 12.5, no Ada in Adams."""
    told = r"\s+".join(map(re.escape, text.split()))
    whole = rf"(?<!\w)(?<!\d[.,]){told}(?!\w)(?![.,]\d)" if told else r"(?!)"
    return re.search(whole, place) is not None


def stood_alone(text: str, before: Observation, after: Observation) -> bool:
    """Whether it was an entry of its own, on a page that lost nothing else but messages when it was loaded anew.

    A text within a sentence is no entry: "Thank you, Ada" need not be there the next time.
    """
    lost = set(_lines(before)) - set(_lines(after))
    kept = {control.selector for control in before.controls} <= {control.selector for control in after.controls}
    return text in lost and kept and len(lost) <= MOST_LOST and text not in after.text


def _lines(seen: Observation) -> list[str]:
    return [" ".join(line.split()) for line in seen.text.splitlines()]
