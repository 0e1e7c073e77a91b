"""What may stand before an instruction and changes nothing, and what makes one nobody can follow: if, until."""

from __future__ import annotations

import re

from ghostly.assist.vocabulary.folding import fold

PREFIX = re.compile(
    r"(?:please|por favor|now|ahora|also|tambien|next|afterwards|finally|lastly|at the end|then|and|y|but|pero"
    r"|so that|para que|when|dado(?: que)?|cuando|entonces|luego|despues|finalmente|por ultimo|al final"
    r"|a continuacion|(?:first|second|third"
    r"|step \d+|firstly|secondly|primero|segundo|paso \d+)(?=[,:])|primero)[,:]?\s+"
    r"|(?:i|we|you|the user|el usuario|la usuaria|yo)(?:'ll| will| want to| need to| have to| quiere| quiero)?\s+"
    r"|(?:quiero|necesito|hay que|want to|try to)\s+"
)
GIVEN = re.compile(r"(?:given|dado(?: que)?)\b(?: that)?\s*", re.IGNORECASE)
_CONDITION = re.compile(
    r"\b(?:if|unless|otherwise|except|whenever|while|until|or|repeat|twice|times|salvo|mientras|hasta que|veces"
    r"|cada)\b"
)
_SI = re.compile(r"\bsi\b", re.IGNORECASE)  # with its accent it is "yes"
_DENIAL = re.compile(
    r"n't\b|\b(?:no|not|never|none|nobody|nothing|neither|nor|without|cannot|isnt|nunca|jamas|tampoco"
    r"|ningun[oa]?s?"
    r"|nada|nadie|sin|ni)\b"
)


def is_conditional(text: str) -> bool:
    """Whether something is to be done only if, until, or again."""
    return _CONDITION.search(fold(text)) is not None or _SI.search(text) is not None


def denies(name: str) -> bool:
    """Whether what seems to be a name says "not": no error, X never. Large, a name may begin so: No results."""
    first = re.match(r"(?:(?:the|an?|el|la|un|una) )?(?P<word>[A-Z]\w*)", name)
    return _DENIAL.search(fold(name[first.end() :] if first else name)) is not None
