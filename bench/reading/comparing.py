"""Compares what was read of a goal with what its author meant, one thing to do or to see after the other."""

from __future__ import annotations

import re
from typing import Any

from ghostly.assist.goals.instruction import Instruction, Target
from ghostly.assist.goals.language import understand
from ghostly.assist.vocabulary.folding import words
from ghostly.assist.vocabulary.thesaurus import KINDS
from ghostly.assist.vocabulary.verbs import stem

_VERBS = {
    "open": "visit go click do", "click": "click do go uncheck check", "fill": "fill make select",
    "choose": "select fill click do check", "check": "check do click", "uncheck": "uncheck do click",
    "upload": "attach", "hover": "hover", "press": "press", "see": "see reads holds", "wait": "see",
    "not_see": "unseen", "count": "see unseen reads", "state": "state reads", "field": "holds reads",
    "url": "address",
}  # fmt: skip
_KNOWN_AS = {
    "login": "log in login sign inicia sesion inicio ingresar entrar acceder",
    "signup": "sign up registrate register create account",
    "user": "email correo user usuario e-mail username", "password": "password contrasena clave",
    "search": "search buscar busca look up", "logout": "log out cerrar sesion", "heading": "heading titulo page"
    " title pagina",
    "submit": "send submit envia", "aside": "sidebar menu lateral", "header": "header cabecera",
    "dialog": "popup dialog",
    "list": "list lista", "table": "table tabla", "make": "", "file": "attachment file",
}  # fmt: skip
_STOP = frozenset({
    "the", "a", "an", "el", "la", "los", "las", "un", "una", "de", "del", "of", "to", "in", "on", "my", "mi",
    "tu", "for", "con", "with", "as", "como", "y", "and", "al", "en",
})  # fmt: skip
RIGHT, LOOSE, MISREAD, UNCLEAR = "right", "looser than said", "misread", "not understood"


def outcome(goal: str, meant: list[dict[str, Any]], *, vague: bool) -> str:
    """How the goal was read: as it was meant, with a place left out, otherwise, or not at all."""
    understood = understand(goal)
    if understood.unclear is not None:
        return RIGHT if vague else UNCLEAR
    if vague:
        return MISREAD
    read = [one for one in understood.instructions if not _is_sending(one)]
    wanted = _named(_made([one for one in meant if one["do"] != "wait"], read))
    read = _ordered(read, wanted)
    if len(read) != len(wanted):
        return MISREAD
    results = [_agree(one, each) for one, each in zip(wanted, read, strict=True)]
    return MISREAD if MISREAD in results else LOOSE if LOOSE in results else RIGHT


def _is_sending(one: Instruction) -> bool:
    """Whether it only sends what was typed before it, which a goal says with it."""
    return one.verb == "press" and one.target is not None and one.target.kind == "search"


def _made(wanted: list[dict[str, Any]], read: list[Instruction]) -> list[dict[str, Any]]:
    """What is opened to make something new, and what is called so there, is one thing to us."""
    found: list[dict[str, Any]] = []
    for one in wanted:
        opened = found[-1] if found else {}
        is_made = len(found) <= len(read) and bool(found) and read[len(found) - 1].verb == "make"
        if is_made and opened["do"] == "click" and one["do"] == "fill":
            found[-1] = {**one, "what": opened["what"]}
        else:
            found.append(one)
    return found


def _named(wanted: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """What is chosen from what was just opened, or suggested for what was typed, need not be named again."""
    found: list[dict[str, Any]] = []
    for one in wanted:
        before = found[-1] if found else {"what": "", "do": ""}
        again = one["do"] == "choose" and one.get("value") and one["what"] == before["what"]
        keyed = one["do"] == "press" and one["what"] in {"Intro", "Esc"}
        if again:
            suggested = {"near": ""} if one.get("near") in {"suggestions", "sugerencias"} else {}
            found.append({**one, **({"what": ""} if before["do"] == "open" else {}), **suggested})
        else:
            found.append({**one, "what": {"Intro": "Enter", "Esc": "Escape"}[one["what"]]} if keyed else one)
    return found


def _ordered(read: list[Instruction], wanted: list[dict[str, Any]]) -> list[Instruction]:
    """Two fields that are filled in one after the other may be filled in either order."""
    found = list(read)
    for at in range(min(len(found), len(wanted)) - 1):
        pair, asked = found[at : at + 2], wanted[at : at + 2]
        both = all(one.verb == "fill" for one in pair) and all(one["do"] == "fill" for one in asked)
        if both and all(_agree(one, each) != MISREAD for one, each in zip(asked, pair[::-1], strict=True)):
            found[at : at + 2] = pair[::-1]
    return found


def _agree(wanted: dict[str, Any], read: Instruction) -> str:
    if read.verb not in _VERBS[wanted["do"]].split():
        return MISREAD
    value = wanted.get("value", "")
    checks = {"see", "not_see", "count", "url", "state", "field"}
    parts = [wanted["what"]] + ([value] if wanted["do"] not in {"state", "url"} else [])
    said = _words(" ".join(_said(read)))
    if not all(_words(part) <= said for part in parts if part):
        return MISREAD
    if wanted["do"] in {"see", "not_see"} and not _is_whole(wanted["what"], read):
        return MISREAD
    if (
        value
        and wanted["do"] in {"fill", "upload", "choose"}
        and read.verb != "do"
        and not _holds(value, wanted["what"], read)
    ):
        return MISREAD
    near = wanted.get("near", "")
    return RIGHT if not near or _words(near) <= said else LOOSE if wanted["do"] in checks else MISREAD


def _holds(value: str, what: str, read: Instruction) -> bool:
    """Whether just the value is entered or chosen, but for an article before it."""
    plain = {
        re.sub(r"^(?:the|el|la|los|las) ", "", words(one))
        for one in (*read.values, read.target.name if read.target and read.verb == "do" else "")
    }
    return re.sub(r"^(?:the|el|la|los|las) ", "", words(value)) in plain or _words(f"{value} {what}") in map(
        _words, plain
    )


def _is_whole(text: str, read: Instruction) -> bool:
    """Whether what is looked for is all of the text, and no more."""
    about = read.target or Target()
    return words(text) in {words(about.name), *(words(one) for one in read.values)}


def _said(read: Instruction) -> list[str]:
    about = read.target or Target()
    kinds = " ".join(_KNOWN_AS.get(kind, kind) for kind in (about.kind, about.within))
    how = "again reload" if read.how == "again" else read.how
    return [about.name, about.near, about.whole, kinds, *read.values, how]


def _words(text: str) -> set[str]:
    split = re.split(r"\s+", words(text))
    return {stem(word) for word in split if word and word not in _STOP and word not in KINDS - {"text", "id"}}
