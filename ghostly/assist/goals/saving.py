"""Tells from a goal whether reaching it leaves something behind that a reload must still show."""

from __future__ import annotations

import re
from itertools import dropwhile

from ghostly.assist.goals.instruction import EXPECTATIONS, Verb
from ghostly.assist.goals.language import Understood, understand
from ghostly.assist.vocabulary.folding import fold

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
_NARROWS = (
    rf"{_FILTER}|filter(?:ed|ing)|sort(?:ed|ing)?|order(?:ed)? by|search|zoom|range"
    r"|filtr(?:ar?|ado)|orden(?:ar?|ado)|orden (?:del|de l[ao]s?|por)|busca(?:r|dor)?|busqueda|rango|intervalo"
)
_VIEW = rf"(?:{_NARROWS}|results?|views?|resultados?|vistas?)"
_OF = r"(?:\W+(?!and\b|then\b|y\b|luego\b|saved\b)\w+){0,3}?\W+"
_KEPT = (  # a water filter goes into a cart, and a search that was saved is gone for good
    r"(?!\W+(?:guardad|(?:\w+\W+){0,4}?(?:to|into|al?)\W+(?:\w+\W+)?"
    r"(?:cart|basket|bag|order|list|wish ?list|carrito|cesta|pedido|lista)\b))"
)
# What a page shows, and not what it keeps: "Apply filters", "Update results", "Remove filter".
_ON_VIEW = re.compile(
    rf"\b(?:apply|update|change|aplicar?|aplique|actualizar?|actualice|cambiar?|cambie){_OF}{_VIEW}\b"
    rf"|\b(?:submit|add|remove|delete|confirm|anad(?:e|ir|a)|agreg(?:a|ar|ue)|quitar?|quite|eliminar?|elimine"
    rf"|borrar?|borre|confirmar?){_OF}(?:{_FILTER}|search|busqueda)\b{_KEPT}"
)
_BARE = re.compile(r"\b(?:apply|update|submit|aplicar?|aplique|actualizar?|actualice)\b\W*(?:button\W*)?\Z")
_SHOWS = re.compile(rf"\b(?:{_NARROWS})\b")
_IDLE: frozenset[Verb] = EXPECTATIONS | {"visit", "hover", "scroll", "snapshot"}
_ENTERS: frozenset[Verb] = frozenset({"fill", "select", "check", "uncheck", "attach"})


def implies_saving(goal: str) -> bool:
    """Whether something must be there after a reload.

    What is only expected, as in see 'Saved', saves nothing; what is sent away leaves nothing to be seen. How a
    page shows what it has, filtered or sorted, it need not keep.
    """
    understood = understand(goal)
    acts = _acts(understood)
    if not acts:
        return understood.unclear is not None and _may_last(_TOLD, fold(goal))
    saving = [(at, text) for at, text in acts if _may_last(_ACT, text)]
    return any(not (_is_bare(text) and _is_about_a_view(understood, at)) for at, text in saving)


def implies_deleting(goal: str) -> bool:
    """Whether something must be gone after a reload; what is only removed, as a filter is, may come back."""
    understood = understand(goal)
    acts = _acts(understood)
    if not acts:
        return understood.unclear is not None and _may_last(_DELETED, fold(goal))
    return any(_may_last(_DELETES, text) for _, text in acts)


def _may_last(verbs: re.Pattern[str], text: str) -> bool:
    """Whether one of them stands there, and not only for what the page shows."""
    return verbs.search(_ON_VIEW.sub(" ", text)) is not None


def _is_bare(text: str) -> bool:
    """Whether it is only an Apply or Update, which may be about anything."""
    return not _ACT.search(_BARE.sub(" ", text))


def _is_about_a_view(understood: Understood, at: int) -> bool:
    """Whether what is confirmed there is what the page shows: its filters, its order, a search.

    Not where something else was opened since, and something entered there.
    """
    since: list[Verb] = []
    for n in reversed(range(at)):
        verb = understood.instructions[n].verb
        if verb not in EXPECTATIONS and _SHOWS.search(_said(understood, n)):
            return not _enters_elsewhere(since)
        since.insert(0, verb)
    return False


def _enters_elsewhere(done: list[Verb]) -> bool:
    opened = dropwhile(lambda verb: verb in _ENTERS | EXPECTATIONS, done)
    return any(verb in _ENTERS for verb in opened)


def _acts(understood: Understood) -> list[tuple[int, str]]:
    """What shall be done, and where it stands in the goal, as far as it can save anything."""
    asked = enumerate(understood.instructions)
    return [(at, _said(understood, at)) for at, one in asked if one.verb not in _IDLE]


def _said(understood: Understood, at: int) -> str:
    """What it says besides what is typed, folded: who looks for "delete" deletes nothing."""
    rest = sentence = understood.instructions[at].sentence
    for one in understood.instructions:
        if one.verb == "fill" and one.sentence == sentence and one.value:
            rest = rest.replace(one.value, " ")
    return fold(rest)
