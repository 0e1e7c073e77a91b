"""Tells from a goal whether reaching it leaves something behind that a reload must still show."""

from __future__ import annotations

import re

from ghostly.assist.offline.instruction import EXPECTATIONS, Verb
from ghostly.assist.offline.language import Understood, understand
from ghostly.assist.offline.wording import fold

_SAVES = (
    r"save|create|delete|remove|add|edit|rename|register|sign ?up|publish|(?:post|book|place) (?:an?|the|my|this)"
    r"|buy|purchase|pay|checkout|check out|upload|attach|confirm|guardar?|guarde|crear?|cree|eliminar?|elimine"
    r"|borrar?|borre|quitar?|anad(?:e|ir|a)|agreg(?:a|ar|ue)|editar?|renombrar?|registr(?:ar|a|arse|ate)|publicar?"
    r"|comprar?|pagar?|reservar?|sub(?:e|ir)|adjuntar?|confirmar?"
)
_MAY_SAVE = r"apply|update|change|submit|aplicar?|aplique|actualizar?|actualice|cambiar?|cambie"
_SAVED = (
    r"(?:sav|creat|updat|delet|remov)(?:es|ed|ing)|add(?:s|ed|ing)|edit(?:s|ed)|renam(?:es|ed|ing)|submit(?:s|ted)"
)
_ACT = re.compile(rf"\b(?:{_SAVES}|{_MAY_SAVE})\b")
_TOLD = re.compile(rf"\b(?:{_SAVES}|{_MAY_SAVE}|{_SAVED})\b")
_DELETES = re.compile(r"\b(?:delete|erase|eliminar?|elimine|borrar?|borre|suprim(?:e|ir|a))\b")
_DELETED = re.compile(rf"{_DELETES.pattern}|\b(?:delet(?:es|ed|ing)|erase[sd])\b")
_FILTER = r"(?:filters?|facets?|filtros?)"
_VIEW = (
    rf"(?:{_FILTER}|filter(?:ed|ing)|sort(?:ed|ing)?|order(?:ed)? by|search|results?|views?|zoom|range"
    r"|filtr(?:ar?|ado)|orden(?:ar?|ado)|orden (?:de|por)|busca(?:r|dor)?|busqueda|resultados?|vistas?|rango"
    r"|intervalo)"
)
_OF = r"(?:\W+(?!and\b|then\b|y\b|luego\b)\w+){0,3}?\W+"
# What a page shows, and not what it keeps: "Apply filters", "Update results", "Remove filter".
_ON_VIEW = re.compile(
    rf"\b(?:apply|update|change|aplicar?|aplique|actualizar?|actualice|cambiar?|cambie){_OF}{_VIEW}\b"
    rf"|\b(?:submit|add|remove|delete|confirm|anad(?:e|ir|a)|agreg(?:a|ar|ue)|quitar?|quite|eliminar?|elimine"
    rf"|borrar?|borre|confirmar?){_OF}(?:{_FILTER}|search|busqueda)\b"
)
_BARE = re.compile(r"\b(?:apply|update|submit|aplicar?|aplique|actualizar?|actualice)\b\W*(?:button\W*)?\Z")
_SHOWS = re.compile(rf"\b(?:{_VIEW})\b")
_IDLE: frozenset[Verb] = EXPECTATIONS | {"visit", "hover", "scroll", "snapshot"}


def implies_saving(goal: str) -> bool:
    """Whether something must be there after a reload.

    What is only expected, as in see 'Saved', saves nothing; what is sent away leaves nothing to be seen. How a
    page shows what it has, filtered or sorted, it need not keep.
    """
    understood = understand(goal)
    acts = _acts(understood)
    if not acts:
        return understood.unclear is not None and _may_last(_TOLD, fold(goal))
    saving = [text for text in acts if _may_last(_ACT, text)]
    return any(not _is_bare(text) for text in saving) or (bool(saving) and not _is_about_a_view(understood))


def implies_deleting(goal: str) -> bool:
    """Whether something must be gone after a reload; what is only removed, as a filter is, may come back."""
    understood = understand(goal)
    acts = _acts(understood)
    if not acts:
        return understood.unclear is not None and _may_last(_DELETED, fold(goal))
    return any(_may_last(_DELETES, text) for text in acts)


def _may_last(verbs: re.Pattern[str], text: str) -> bool:
    """Whether one of them stands there, and not only for what the page shows."""
    return verbs.search(_ON_VIEW.sub(" ", text)) is not None


def _is_bare(text: str) -> bool:
    """Whether it is only an Apply or Update, which may be about anything."""
    return not _ACT.search(_BARE.sub(" ", text))


def _is_about_a_view(understood: Understood) -> bool:
    """Whether anything that is done beside it is about what the page shows: its filters, its order, a search."""
    return any(_SHOWS.search(fold(one.sentence)) for one in understood.instructions if one.verb not in _IDLE)


def _acts(understood: Understood) -> list[str]:
    """What shall be done, folded, as far as it can save anything."""
    typed = [(one.sentence, one.value) for one in understood.instructions if one.verb == "fill" and one.value]
    return [fold(_without(one.sentence, typed)) for one in understood.instructions if one.verb not in _IDLE]


def _without(sentence: str, typed: list[tuple[str, str]]) -> str:
    """What it says besides what is typed: who looks for "delete" deletes nothing."""
    rest = sentence
    for said, value in typed:
        rest = rest.replace(value, " ") if said == sentence else rest
    return rest
