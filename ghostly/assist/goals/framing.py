"""Takes away what stands around instructions and asks for nothing: who wants what, and why, and titles."""

from __future__ import annotations

import re
from collections.abc import Callable

from ghostly.assist.vocabulary.folding import fold

_WANTS = (
    r"(?:i|we|you|users?|the user|one|they)(?:'d| would| should| must| can| will)?"
    r"(?: (?:want|wants|like|need|needs|wish|have|be able|am able|are able|is able)){0,2} to(?: be able to)?"
)
_QUIERE = (
    r"(?:quiero|queremos|quisiera|necesito|necesitamos|deseo|me gustaria|hay que|tengo que|debo|puedo|se debe"
    r"|el usuario"
    r" (?:quiere|debe|puede))(?: poder)?"
)
_FRAMES = re.compile(
    rf"(?:as (?:an? |the )?[^\ue000:]{{1,40}}?,? {_WANTS} |como [^\ue000:]{{1,40}}?,? {_QUIERE} "
    rf"|{_WANTS} |{_QUIERE} "
    r"|(?:try to|make sure (?:to|you)|be sure to|remember to|don't forget to|go ahead and|let's|just|simply"
    r"|test that"
    r"|check that you can|verify that (?:you|i|the user|users) can|intenta(?:r)?|trata de|recuerda|no olvides"
    r"|simplemente"
    r"|asegurate de(?! que)|comprueba que (?:puedo|se puede)) "
    r")"
)
_GOOD = re.compile(
    r",?\s+(?:so that|so|in order that|para que|para|in order) (?:i|we|they|my|our|to|people|users?|pueda|yo"
    r"|poder)\b"
    r"(?![^.!?\n]*\b(?:see|get|land|redirect\w*|total|shows?|ver|vea|vemos)\b)"
    r"[^\ue000.!?\n]*?(?=[,.!?\n]| and | y | then | luego |\Z)"
)
_THERE = re.compile(
    r"(?:given|dado|dada)(?: that| que)? (?:(?:i|we|the user|el usuario) )?(?:am|are|is|estoy|esta|estamos)"
    r" (?:already |ya )?(?:logged in|signed in|registered|identificad[oa]|registrad[oa]|conectad[oa])(?: as .+"
    r"| como .+)?"
)
_FORM = re.compile(
    r"\b(?:forms?|formulario|details|data|datos|sign ?up|register|log ?in|sign ?in|account|registrate"
    r"|inicia sesion|cuenta"
    r"|fill|complete|rellena|completa)\b"
)
_FEW = 2  # words: more are no label
_TITLE = re.compile(r"(?P<title>[^:\n]{1,90}?):\s+(?=\S)")


def unframed(text: str) -> str:
    """What is asked for, without who wants it, and that it is wanted."""
    while (found := _FRAMES.match(fold(text))) and found.end() < len(text):
        text = text[found.end() :]
    return text


def without_reasons(text: str) -> str:
    """The text without what a story says it is good for; what must be seen is kept."""
    for found in reversed(list(_GOOD.finditer(fold(text)))):
        text = text[: found.start()] + text[found.end() :]
    return text


def is_given(text: str) -> bool:
    """Whether it says how things are before anything is done, which nobody can bring about."""
    return _THERE.fullmatch(fold(text.strip(" ,."))) is not None


def untitled(text: str, reads: Callable[[str], str]) -> tuple[str, ...]:
    """The parts of a sentence with a colon: a title says in other words what follows, an instruction does not.

    ``reads`` tells what a text is: "does", "lists", "sees", "passing" (it may only be said), or nothing.
    """
    found = _TITLE.match(text)
    if found is None:
        return (text,)
    title, rest = found["title"].strip(), text[found.end() :]
    before, after = reads(title), reads(rest)
    if after == "lists":
        return (rest,) if _FORM.search(fold(title)) else (title, rest) if before else (text,)
    if after == "passing" and not before and unframed(title) == title and len(title.split()) <= _FEW:
        return (text,)  # a label and its value: Note: Delete all
    if after in {"does", "passing"} and (before in {"", "passing"} or unframed(title) != title):
        return untitled(rest, reads)
    if after and before in {"does", "passing"}:
        return (title, *untitled(rest, reads))
    return (text,)
