"""Reads the figures of a page with what each is called, and tells where they contradict each other."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from decimal import Decimal

from msgspec import Struct

from ghostly.assist.vocabulary.folding import plain
from ghostly.domain.observation import Observation

_SHARE = re.compile(r"\d+(?:[.,]\d+)?\s*%")
"""No amount: Tax (10%)."""
_NUMBER = re.compile(r"\d+(?:[.,]\d{3})*(?:[.,]\d{1,2})?(?![\d])")
_TIMES = re.compile(r"(?<![\d.,])(\d{1,4})\s*[x\u00d7*]\s*\D{0,3}(\d+(?:[.,]\d{1,2})?)")
_CENTS = re.compile(r"[.,]\d{2}\Z")
_WORD = re.compile(r"[^\W\d]+")
_FREE = re.compile(r"\b(?:free|gratis|gratuit[oa])\b")
_SUBTOTAL = re.compile(r"\bsub ?total\b")
_OFF = re.compile(r"\b(?:discount|coupon|voucher|descuento|cupon)\b|^[-\u2212]")
_CURRENCY = re.compile(r"[\u20ac$\u00a3\u00a5]|\b(?:eur|usd|gbp)\b")
_MOST_BETWEEN = 5


class Figure(Struct, frozen=True):
    """A number of the page, what it is called, and the line or two that say so; ``at``: which line of the page."""

    label: str
    value: Decimal
    line: str
    at: int

    @property
    def signed(self) -> Decimal:
        """What it adds to a sum."""
        return -self.value if _OFF.search(plain(self.line)) else self.value


def labelled(text: str) -> tuple[str, Decimal] | None:
    """What is told of which number: ('total', 23.70); None where it is not one number with a name."""
    found = _NUMBER.findall(text)
    label = _label(text)
    return (label, _value(found[0])) if len(found) == 1 and label else None


def figures(seen: Observation) -> list[Figure]:
    """The numbers of the page in their order, each with its label on its own line, or on the line before it."""
    found: list[Figure] = []
    before = ""
    for at, line in enumerate(_lines(seen)):
        numbers, own = _NUMBER.findall(_SHARE.sub(" ", line)), _label(line)
        about = own or _label(before)
        if about and (len(numbers) == 1 or (not numbers and _FREE.search(plain(line)))):
            told = line if own and not _FREE.fullmatch(plain(line)) else f"{before} {line}"
            found.append(Figure(_label(told), _value(numbers[0]) if numbers else Decimal(0), told, at))
        before = line
    return found


def makes(wanted: Decimal, at: int, found: Sequence[Figure], seen: Observation) -> str | None:
    """How the page's own figures above this one make the wanted sum, in a few words; None where they do not."""
    start = next((n for n in reversed(range(max(0, at - _MOST_BETWEEN), at)) if _is_subtotal(found[n])), None)
    parts = found[start:at] if start is not None else []
    if parts:
        total = sum((one.signed for one in parts), Decimal(0))
        if total == found[at].value:  # the page is at one with itself
            return None
        if total == wanted:
            return " and ".join(f"'{one.line}'" for one in parts)
    bought, extra = _bought(found, at, seen), sum((one.signed for one in parts[1:]), Decimal(0))
    if bought and sum((many * each for many, each in bought), extra) == wanted:
        return " and ".join(f"{many} \u00d7 {each}" for many, each in bought)
    return None


def _bought(found: Sequence[Figure], at: int, seen: Observation) -> list[tuple[int, Decimal]]:
    """How many of what price stand above the figure, and below another of its name, which was for others."""
    top = max((one.at + 1 for one in found[:at] if one.label == found[at].label), default=0)
    above = _lines(seen)[top : found[at].at]
    told = [(line, *found) for line in above for found in _TIMES.findall(line)]
    return [(int(many), _value(each)) for line, many, each in told if is_money(line) or _CENTS.search(each)]


def _lines(seen: Observation) -> list[str]:
    return [" ".join(each.split()) for each in seen.text.splitlines() if each.strip()]


def is_money(text: str) -> bool:
    """Whether it is an amount of money."""
    return _CURRENCY.search(plain(text)) is not None


def counted(first: Observation, now: Observation, was: Decimal, wanted: Decimal) -> str | None:
    """What the page has as often as it counted at first, and now has as often as it should count.

    Controls of one name that lie in rows, such as the button of each entry: as many as the counter said before,
    and now as many as are wanted. That none is left is no number: the list may be elsewhere.
    """
    if was == wanted or not wanted or _bare(first.url) != _bare(now.url):
        return None
    entries = {one.name for one in first.controls if one.row}
    before, after = (Counter(name for name in _names(seen) if name in entries) for seen in (first, now))
    return next((name for name, many in before.items() if many == was > 1 and after[name] == wanted), None)


def _names(seen: Observation) -> Iterable[str]:
    return (one.name for one in seen.controls if one.visible and one.name and one.role in {"button", "link"})


def _bare(url: str) -> str:
    return url.partition("#")[0]


def _is_subtotal(figure: Figure) -> bool:
    return _SUBTOTAL.search(plain(figure.label)) is not None


def _label(text: str) -> str:
    bare = _CURRENCY.sub(" ", plain(text))
    return " ".join(_WORD.findall(bare))


def _value(text: str) -> Decimal:
    cents = re.search(r"[.,](\d{1,2})\Z", text)
    whole = re.sub(r"\D", "", text[: cents.start()] if cents else text)
    return Decimal(f"{whole}.{cents[1]}" if cents else whole)
