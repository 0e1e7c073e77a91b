"""Takes a goal apart without breaking what stands in quotation marks."""

from __future__ import annotations

import re
import unicodedata

from msgspec import Struct

MARK = "\ue000\\d+\ue001"
"""Matches what stands in the place of a quoted piece, an address or a secret while a goal is taken apart."""

_MARK = re.compile("\ue000(\\d+)\ue001")
_PRIVATE = re.compile("[\ue000\ue001]")
_KEPT = re.compile(
    r"""
      "(?P<a>[^"\n]*)" | “(?P<b>[^”\n]*)” | „(?P<c>[^“”\n]*)[“”] | «(?P<d>[^»\n]*)» | `(?P<e>[^`\n]*)`
    | (?<!\w)\u2018(?P<f>(?:[^\u2019\n]|(?<=\w)\u2019(?=\w))*)\u2019(?!\w)
    | (?<!\w)'(?P<g>(?:[^'\n]|(?<=\w)'(?=\w))*)'(?!\w)
    | https?://\S*[^\s.,;:!?)\]] | \$secret:\w+(?:[.-]\w+)* | [\w.+-]+@[\w-]+(?:\.[\w-]+)+
    """,
    re.VERBOSE | re.IGNORECASE,
)


class Piece(Struct, frozen=True):
    """Something that is taken as it was written: ``raw`` with its quotation marks, ``text`` without."""

    raw: str
    text: str
    quoted: bool


class Wording:
    """A goal in which every quoted piece, address and secret is one mark, so that none is taken apart."""

    def __init__(self, goal: str) -> None:
        self._pieces: list[Piece] = []
        plain = _PRIVATE.sub(" ", unicodedata.normalize("NFC", goal))
        self.text = _KEPT.sub(self._keep, plain)

    def raw(self, text: str) -> str:
        """The text as it was written."""
        return " ".join(_MARK.sub(lambda mark: self._piece(mark).raw, text).split())

    def value(self, text: str) -> str:
        """What the text says: a quoted piece without its marks, anything else as it was written."""
        whole = _MARK.fullmatch(text.strip())
        return self._piece(whole).text if whole else self.raw(text)

    def values(self, text: str) -> tuple[str, ...]:
        """Each piece that the text holds, or the text itself if it holds none."""
        return tuple(self._piece(mark).text for mark in _MARK.finditer(text)) or (self.raw(text),)

    def is_quoted(self, text: str) -> bool:
        """Whether the text is one piece in quotation marks."""
        whole = _MARK.fullmatch(text.strip())
        return whole is not None and self._piece(whole).quoted

    def goes_on(self, text: str) -> bool:
        """Whether something stands beside a piece in quotation marks, which ends at the second of them."""
        return _MARK.fullmatch(text.strip()) is None and any(
            self._piece(one).quoted for one in _MARK.finditer(text)
        )

    def _keep(self, found: re.Match[str]) -> str:
        quoted = next((text for text in found.groups() if text is not None), None)
        self._pieces.append(Piece(found[0], found[0] if quoted is None else quoted, quoted is not None))
        return f"\ue000{len(self._pieces) - 1}\ue001"

    def _piece(self, mark: re.Match[str]) -> Piece:
        return self._pieces[int(mark[1])]
