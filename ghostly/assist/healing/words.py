"""Compares words of a page: how alike two texts are, and whether the one says the contrary of the other."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from rapidfuzz.distance import OSA

_BORDER = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|[^\w]+|_+")
_NUMBER = re.compile(r"\d+")
_TINY = 4  # "Go", "No", "On", "Off": a letter more or less is another word
_TYPO = 0.8
_DOUBLED = re.compile(r"(.)\1+")
_LETTER_TWICE = 0.95  # "adress" and "address": what is typed wrong most often
_SWAP = 0.75  # two letters of four that changed places

# What is said of the kind of a thing in ids and test ids, and not of the thing itself.
_KINDS = frozenset(
    [
        "a",
        "btn",
        "button",
        "boton",
        "input",
        "field",
        "campo",
        "link",
        "enlace",
        "lnk",
        "txt",
        "text",
        "tb",
        "el",
        "element",
        "select",
        "checkbox",
        "radio",
        "control",
        "ctl",
        "ctrl",
        "id",
        "js",
        "test",
        "qa",
        "cy",
        "the",
        "de",
        "la",
        "el",
        "of",
        "to",
        "your",
        "tu",
        "su",
    ]
)
_PREFIXES = ("un", "dis", "de", "des", "in", "im", "non", "no")
_CONTRARY = (
    ("in", "out"), ("on", "off"), ("up", "down"), ("add", "remove"), ("add", "delete"), ("open", "close"),
    ("accept", "reject"), ("accept", "decline"), ("yes", "no"), ("next", "previous"), ("next", "back"),
    ("first", "last"), ("min", "max"), ("increase", "decrease"), ("allow", "deny"), ("allow", "block"),
    ("start", "stop"), ("start", "end"), ("show", "hide"), ("from", "to"),
    ("approve", "reject"), ("import", "export"),
    ("expand", "collapse"), ("enable", "disable"), ("public", "private"), ("old", "new"), ("save", "discard"),
    ("desde", "hasta"), ("abrir", "cerrar"), ("aceptar", "rechazar"), ("si", "no"), ("mostrar", "ocultar"),
    ("siguiente", "anterior"), ("entrar", "salir"), ("iniciar", "cerrar"), ("permitir", "denegar"),
    ("activar", "desactivar"), ("anadir", "quitar"), ("agregar", "eliminar"), ("subir", "bajar"),
    ("importar", "exportar"), ("primero", "ultimo"),
)  # fmt: skip
_PAIRS = frozenset(frozenset(pair) for pair in _CONTRARY)


# What interfaces call the same thing; a change from one to the other is a change of words only.
_SAME = (
    ("log in", "login", "sign in", "signin", "iniciar sesion", "entrar", "acceder"),
    ("log out", "logout", "sign out", "cerrar sesion", "salir"),
    ("sign up", "register", "create account", "registrarse", "crear cuenta", "join"),
    ("save", "store", "save changes", "update", "guardar", "guardar cambios", "actualizar"),
    ("delete", "remove", "erase", "eliminar", "borrar", "quitar"),
    ("edit", "modify", "change", "editar", "modificar", "cambiar"),
    ("search", "find", "look up", "buscar", "encontrar"),
    ("cancel", "dismiss", "never mind", "cancelar"),
    ("next", "continue", "proceed", "siguiente", "continuar"),
    ("back", "previous", "go back", "return", "atras", "volver", "anterior"),
    ("send", "submit", "enviar", "mandar"),
    ("add", "create", "anadir", "agregar", "crear"),
    ("buy", "purchase", "order", "comprar", "pedir"),
    ("cart", "basket", "bag", "cesta", "carrito"),
    ("email", "e mail", "email address", "mail", "correo", "correo electronico"),
    ("phone", "telephone", "phone number", "mobile", "telefono", "movil"),
    ("password", "passcode", "contrasena", "clave"),
    ("zip", "zip code", "postcode", "postal code", "codigo postal"),
    ("city", "town", "ciudad", "poblacion"),
    ("settings", "preferences", "options", "ajustes", "configuracion", "preferencias"),
    ("accept", "agree", "ok", "aceptar"),
    ("open", "view", "show", "see", "abrir", "ver", "mostrar"),
    ("download", "export", "descargar", "exportar"),
    ("reply", "answer", "respond", "responder", "contestar"),
    ("choose", "select", "pick", "elegir", "seleccionar"),
    ("help", "support", "ayuda", "soporte"),
)
_GROUPS = {phrase: number for number, phrases in enumerate(_SAME) for phrase in phrases}
_SYNONYM = 0.7


@lru_cache(maxsize=4096)
def words(text: str) -> tuple[str, ...]:
    """The words of a text or an identifier, small and without accents: ``saveAddress-btn`` is three."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return tuple(word.casefold() for word in _BORDER.split(plain) if word)


@lru_cache(maxsize=4096)
def meaning(identifier: str) -> str:
    """The words of an identifier that say which thing it is, not what kind of thing."""
    found = words(identifier)
    return " ".join(word for word in found if word not in _KINDS) or " ".join(found)


@lru_cache(maxsize=65536)
def alike(one: str, other: str) -> float:
    """From 0 to 1: 1 where they differ in case, accents and signs at most; 0 where only some letters agree."""
    if one == other:
        return 1.0 if one else 0.0
    ours, theirs = words(one), words(other)
    if not ours or not theirs or contrary(one, other) or _NUMBER.findall(one) != _NUMBER.findall(other):
        return 0.0
    if ours == theirs:
        return 1.0
    return max(_synonyms(ours, theirs), _contained(ours, theirs), _letters(" ".join(ours), " ".join(theirs)))


def contrary(one: str, other: str) -> bool:
    """Whether they are the same but for a word that turns the meaning round, as Subscribe and Unsubscribe."""
    ours, theirs = set(words(one)), set(words(other))
    mine, yours = ours - theirs, theirs - ours
    if len(mine) == len(yours) == 1:
        (a,), (b,) = mine, yours
        return frozenset((a, b)) in _PAIRS or any(a == prefix + b or b == prefix + a for prefix in _PREFIXES)
    return bool({"no", "not", "never", "nunca"} & (mine ^ yours)) and bool(ours & theirs)


def _synonyms(ours: tuple[str, ...], theirs: tuple[str, ...]) -> float:
    """The whole phrase, or one word of it where the others agree."""
    mine, yours = (_GROUPS.get(" ".join(each)) for each in (ours, theirs))
    if mine is not None and mine == yours:
        return _SYNONYM
    a, b = set(ours) - set(theirs), set(theirs) - set(ours)
    mine, yours = (_GROUPS.get(" ".join(each)) for each in (a, b))
    return _SYNONYM if mine is not None and mine == yours and len(a) == len(b) == 1 else 0.0


def _contained(ours: tuple[str, ...], theirs: tuple[str, ...]) -> float:
    """All words of the shorter in the longer: the more of it they are, the more alike; yet never the same."""
    if set(ours) == set(theirs):
        return 0.95
    shorter, longer = sorted((ours, theirs), key=lambda each: len("".join(each)))
    if not all(any(word == each or _letters(word, each) for each in longer) for word in shorter):
        return 0.0
    return 0.6 + 0.19 * len("".join(shorter)) / len("".join(longer))


def _letters(one: str, other: str) -> float:
    if min(len(one), len(other)) < _TINY:
        return 0.0
    if _DOUBLED.sub(r"\1", one) == _DOUBLED.sub(r"\1", other):
        return _LETTER_TWICE
    ratio = OSA.normalized_similarity(one, other)
    swapped = sorted(one) == sorted(other) and ratio >= _SWAP
    return ratio if ratio >= _TYPO or swapped else 0.0
