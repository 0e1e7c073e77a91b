"""Tells where a goal says which ones, and not one: all but Ana, the row above it, no more than three."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from ghostly.assist.goals.instruction import EXPECTATIONS, Instruction, Target
from ghostly.assist.vocabulary.folding import fold

_QUOTED = re.compile("\"[^\"]*\"|[“„][^”“]*[”“]|«[^»]*»|'[^']*'|\u2018[^\u2019]*\u2019|`[^`]*`")
_SPARES = re.compile(
    r"\b(?:but|besides|other than|apart from|not containing|only in case|excepto|menos|a parte de|aparte de)\b"
)
"""What is named behind it is what must not be touched."""
_WHICH = re.compile(
    r"\b(?:all|each|every\w*|half|above|below|before|after|older|newer|tod[oa]s|cada|mitad|anterior(?:es)?"
    r"|siguientes?|debajo|encima|antes|despues)\b"
)
"""Beside a name: others than what bears it."""
_PLACE = re.compile(
    r"(?:(?:the )?(?:last|next|previous|first|second|third)|each|every|all|above|below|before|after|anterior"
    r"|siguiente|ultim[oa]|primer[oa]?|segund[oa]|cada)\b"
)
_COMPARES = re.compile(
    r"\b(?:more than|less than|fewer than|greater than|at most|at least|no more|no fewer|anything but|mas de"
    r"|menos de|al menos|como (?:mucho|maximo|minimo)|mayor(?:es)? que|menor(?:es)? que|exactly|approximately)\b"
    r"|^(?:about|around|over|under|[<>≤≥~])"
)
_NEVER_WRITTEN = re.compile(
    r"\b(?:more|fewer|less|mas|menos|sino|over|above|older|newer|greater|mayor|menor|all|each|every\w*|tod[oa]s?"
    r"|cada|others?|otr[oa]s?|duplicat\w*|duplicad\w*|empty|broken|overlapping|unpaid|almost|casi|two|dos"
    r"|and|y|is|are|es|esta|estan|shows?|says?)\b"
    r"|^(?:the )?(?:lists?|rows?|items|spinner|loader|results?|lista|filas?|resultados?)\Z"
)
"""A page that has such things does not write these words, so that not to see them proves nothing."""
_MANY = re.compile(r"(?:all|every\w*|each|most|few|both|nothing|nobody|tod[oa]s?|cada|nada|nadie)\b")


def spares(one: Instruction) -> bool:
    """Whether it is about others than what it names, or about how many; what is quoted is a name."""
    about = one.target or Target()
    said, near = fold(_QUOTED.sub(" ", one.sentence)), fold(about.near)
    if one.verb not in EXPECTATIONS:
        place = bool(about.near) and bool(_WHICH.search(said) or (_PLACE.match(near) and near in said))
        return bool(_SPARES.search(said)) or place
    bare = "" if about.exact else fold(about.name)
    if one.verb == "unseen" and _NEVER_WRITTEN.search(bare):
        return True
    values = (fold(value) for value in one.values if value in said or fold(value) in said)
    many = one.verb in {"reads", "holds", "state"} and _MANY.match(bare)
    return bool(many) or any(_COMPARES.search(text) for text in (bare, *values))


def halved(found: Sequence[Instruction], goal: str) -> Iterator[str]:
    """What shall be seen, though it may be meant to be gone with its neighbour: 'Ana' and 'Bo' are gone."""
    for one, other in pairwise(found):
        if one.verb == "see" and other.verb == "unseen" and one.target and other.target:
            names = (re.escape(each.name) for each in (one.target, other.target))
            if re.search(r"\W+(?:(?:and|y|e)\W+)?".join(names), goal):
                yield one.sentence
