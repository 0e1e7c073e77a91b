"""Which acts leave something behind that a reload must still show, and which are about a view of it only."""

from __future__ import annotations

import re

_DELETE = "delete|eliminar?|elimine|borrar?|borre"
_SAVES = (
    rf"save|create|{_DELETE}|remove|add|edit|rename|register|sign ?up|publish"
    r"|(?:post|book|place) (?:an?|the|my|this)"
    r"|buy|purchase|pay|checkout|check out|upload|attach|confirm|guardar?|guarde|crear?|cree"
    r"|quitar?|anad(?:e|ir|a)|agreg(?:a|ar|ue)|editar?|renombrar?|registr(?:ar|a|arse|ate)|publicar?"
    r"|comprar?|pagar?|reservar?|sub(?:e|ir)|adjuntar?|confirmar?"
)
_CONFIRM = "apply|update|aplicar?|aplique|actualizar?|actualice"
_CHANGE = rf"{_CONFIRM}|change|cambiar?|cambie"
_MAY_SAVE = rf"{_CHANGE}|submit"  # as well as they may be about a filter
_SAVED = (
    r"(?:sav|creat|updat|delet|remov)(?:es|ed|ing)|add(?:s|ed|ing)|edit(?:s|ed)|renam(?:es|ed|ing)|submit(?:s|ted)"
)
_ACT = re.compile(rf"\b(?:{_SAVES}|{_MAY_SAVE})\b")
_TOLD = re.compile(rf"\b(?:{_SAVES}|{_MAY_SAVE}|{_SAVED})\b")
_DELETES = re.compile(rf"\b(?:{_DELETE}|erase|suprim(?:e|ir|a))\b")
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
    rf"\b(?:{_CHANGE}){_OF}{_VIEW}\b"
    rf"|\b(?:submit|remove|add|confirm|{_DELETE}|anad(?:e|ir|a)|agreg(?:a|ar|ue)|quitar?|quite"
    rf"|confirmar?){_OF}(?:{_FILTER}|search|busqueda)\b{_KEPT}"
)
_BARE = re.compile(rf"\b(?:{_CONFIRM}|submit)\b\W*(?:button\W*)?\Z")
_SHOWS = re.compile(rf"\b(?:{_NARROWS})\b")

# What ends something, by the word that its button begins with: nobody would press it to look at anything.
_FINISHES = re.compile(
    r"(?:approve|accept(?!.*\bcookies)|reject|decline|(?:re)?send|submit|(?:un)?archive|(?:un)?assign|complete|finish"
    r"|invite|transfer|(?:de|re)?activate|enable|disable|(?:un)?(?:block|lock|follow|subscribe|publish)|renew|refund"
    r"|restore|revoke|grant|promote|resolve|reopen|mark as|move to|vote|share"
    r"|aprobar?|aceptar?(?!.*\bcookies)|rechazar?|(?:re)?enviar?|(?:des)?archivar?|(?:des)?asignar?|completar?"
    r"|finalizar?|invitar?|transferir|(?:des|re)?activar?|(?:des|in)?habilitar?|(?:des)?bloquear?|renovar"
    r"|reembolsar?|restaurar?|revocar?|resolver|reabrir|marcar? como|mover a|votar?|compartir)\b"
)

# What saves the settings beside it; not what makes something new of them.
_KEEPS = re.compile(r"(?:save|guardar?)\b(?! (?:as|a copy|como|and new|y nuevo))")
# A setting of how a page looks, which it need not keep.
_LOOK = re.compile(
    r"\b(?:views?|mode|theme|dark|compact|previews?|show|hide|filters?|sort|search|select(?: all)?|vistas?|modo"
    r"|tema|oscuro|mostrar|ocultar|filtr\w+|orden\w*|buscar|seleccionar)\b"
)


def saves(asked: str) -> bool:
    """Whether what is asked for leaves something behind."""
    return _ACT.search(_kept(asked)) is not None


def tells_saving(told: str) -> bool:
    """Whether what is told in any form of its verbs leaves something behind: a record is created."""
    return _TOLD.search(_kept(told)) is not None


def deletes(asked: str) -> bool:
    """Whether what is asked for takes something away for good."""
    return _DELETES.search(_kept(asked)) is not None


def tells_deleting(told: str) -> bool:
    """Whether what is told in any form of its verbs takes something away for good."""
    return _DELETED.search(_kept(told)) is not None


def is_bare(asked: str) -> bool:
    """Whether it is only an Apply or Update, which may be about anything."""
    return _ACT.search(_BARE.sub(" ", asked)) is None


def narrows(asked: str) -> bool:
    """Whether it is about what the page shows of all that it has: filters, order, a search."""
    return _SHOWS.search(asked) is not None


def keeps(name: str) -> bool:
    """Whether a control of this name saves the settings beside it."""
    return _KEEPS.match(name) is not None


def finishes(name: str) -> bool:
    """Whether a button of this name ends something, so that the page should keep that."""
    return _FINISHES.match(name) is not None


def is_look(name: str) -> bool:
    """Whether a setting of this name is about how the page looks."""
    return _LOOK.search(name) is not None


def _kept(text: str) -> str:
    """The text without what is only for what the page shows."""
    return _ON_VIEW.sub(" ", text)
