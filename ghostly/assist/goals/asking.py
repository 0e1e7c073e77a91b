"""Understands what is asked in words of the interface itself: Archive invoice 7, Add "Mug" to the cart, save."""

from __future__ import annotations

import re
from typing import Literal

from ghostly.assist.goals.instruction import Instruction, Target
from ghostly.assist.goals.wording import MARK, Wording
from ghostly.assist.vocabulary.folding import fold
from ghostly.assist.vocabulary.verbs import is_act, is_phrase, without_object

_MOST_WORDS = 12
_TOKEN = re.compile(rf"{MARK}|\S+")
_NO_VERB = re.compile(
    r"(?:the|an?|el|la|los|las|un|una|it|its|this|that|these|those|there|here|he|she|they|i|we|you|all|any|some"
    r"|every"
    r"\w*|nobody|nothing|something|anything|be|is|are|am|was|were|do|does|did|has|have|had|should|must|can"
    r"|could|may"
    r"|might|will|would|shall|need\w*|want\w*|not?|never|none|when|while|if|as|so|because|with|without|for|from"
    r"|to|in"
    r"|into|on|at|by|of|or|and|but|than|then|until|what|which|who|how|why|where|test|tests|see|look|looks|feel"
    r"|work"
    r"|works|happen|ensure|expect|wait\w*|type|enter|write|fill|click|go|escrib\w+|rellen\w+|introduc\w+"
    r"|haz|ve"
    r"|pulsa\w*|que|si|cuando|donde|como|con|sin|por|para|de|del|al|en|es|esta|este|son|hay|debe\w*|todo\w*"
    r"|algo|nada"
    r"|nadie|ser|estar|ver|veo|tiene\w*|se|lo|le|yo|usted|comprueb\w+|prueb\w+|asegur\w+|esper\w+"
    r"|otr[oa]s?"
    r"|leave|give|make|name|password|email|total|only|just|solo|hasta|desde|tras|entre|sobre|su|sus|mi|mis|tu|tus)"
)
_OBJECT = re.compile(
    rf"(?:the|an?|my|your|this|his|her|all|every|el|la|los|las|un|una|mi|tu|su|al|del|to|changes|cambios|{MARK})"
)
_SAYS = re.compile(
    r"\b(?:is|are|was|be|should|must|shall|appears?|shows?|says?|contains?|equals?|costs?|debe\w*|esta|estan|es"
    r"|son"
    r"|aparecen?|muestra|dice|cuesta|contiene|queda|quedan|tiene|sale|until|hasta|by|except)\b"
)
_VAGUE = re.compile(
    r"\b(?:everything|anything|usual|stuff|things|edge cases|whole (?:app|site|page)|as expected|properly"
    r"|correctly"
    r"|broken|bugs?|todo|bien|siempre|pruebas|errores)\b"
)
_SEVERAL = re.compile(
    r" > |\b(?:from|de|desde) .+ (?:to|a|al|into|hasta) |\bwith (?:the )?[^ ]*[\ue000\d]|\bcon [^ ]*[\ue000]"
    r"|, |\b(?:with|con) .*\d"
    r"|\brename\b.* to |\brenombra\w*\b.* a "
    r"|\b\d[\d.,]* ?[€$£]|^\w+ \d+ |\b(?:twice|first|last|next|primer\w*|ultim\w+|partially|saying|signed"
    r"|empty|vaci[oa])\b"
)
"""Says more than a control and what it is beside: how much, from where, to where, which of many."""
_IT = re.compile(r"\b(?:it|them|this|that|him|her|lo|la|los|las)\Z")
Opens = Literal["sentence", "part", "within"]
"""Where a clause begins: a sentence, behind a comma or what was quoted, or behind other words."""


def asked(text: str, wording: Wording, opens: Opens) -> tuple[Instruction, ...] | None:
    """An act that the page has to have a control for.

    Any verb may open a sentence; behind a comma or a name in quotation marks, one that interfaces know; elsewhere,
    as it may be a part of a name or value, only if it stands alone or before an article: salt and pepper.
    """
    bare = _named(text)
    tokens = _TOKEN.findall(fold(bare))
    if not tokens or len(tokens) > _MOST_WORDS or not _begins(tokens, bare, opens):
        return None
    if (
        _SAYS.search(fold(bare))
        or is_vague(bare)
        or _SEVERAL.search(fold(bare))
        or len(re.findall(MARK, bare)) > 1
    ):
        return None
    quoted = re.search(MARK, bare)
    named = " ".join(re.sub(MARK, " ", bare).split()) if quoted else bare
    meant = Target(
        name=named,
        near=wording.value(quoted[0]) if quoted and wording.is_quoted(quoted[0]) else _code(wording, quoted),
        exact=quoted is not None,
        whole=_whole(bare, wording),
    )
    return (Instruction(verb="do", sentence=wording.raw(text), target=meant),)


def is_vague(text: str) -> bool:
    """Whether it asks for more than anybody could look for."""
    return _VAGUE.search(fold(text)) is not None


def _begins(tokens: list[str], text: str, opens: Opens) -> bool:
    """Whether the first word asks for something."""
    first, following = tokens[0].strip(",.:"), tokens[1:]
    if following and is_phrase(first, following[0]):
        return opens != "within" or len(following) == 1
    if not first.isalpha() or (_NO_VERB.fullmatch(first)):
        return False
    if is_act(first):
        return opens != "within" or not following or _OBJECT.fullmatch(following[0]) is not None
    shaped = bool(following) and (_OBJECT.fullmatch(following[0]) is not None or text.split()[1][:1].isupper())
    return opens == "sentence" and shaped


def _named(text: str) -> str:
    """What is asked, without the "it" at its end: save it, envíalo."""
    bare = text.strip(" ,.:!?")
    first, _, rest = bare.partition(" ")
    if (short := without_object(fold(first))) != fold(first):
        bare = f"{first[: len(short)]} {rest}".strip()
    return bare[: found.start()].strip() if (found := _IT.search(fold(bare))) and found.start() else bare


def _code(wording: Wording, mark: re.Match[str] | None) -> str:
    return wording.value(mark[0]) if mark else ""


def _whole(text: str, wording: Wording) -> str:
    """All of it as a name would have it: Accept all cookies, Add Mug to cart."""
    filled = re.sub(MARK, lambda mark: wording.value(mark[0]), text)
    return " ".join(filled.split())
