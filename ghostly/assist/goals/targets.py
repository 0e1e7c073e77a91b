"""Understands how people name things on a page: "the second 'Delete' button in the dialog", "el botón Guardar"."""

from __future__ import annotations

import re

from ghostly.assist.goals.instruction import Target
from ghostly.assist.goals.wording import MARK, Wording
from ghostly.assist.vocabulary.folding import fold

_KINDS = {
    "button": r"(?:submit )?buttons?|btn|boton(?:es)?",
    "link": r"(?:hyper)?links?|enlaces?|vinculos?",
    "checkbox": r"check ?box(?:es)?|tick ?box|casillas?(?: de verificacion)?",
    "radio": r"radio(?: button| option)?|boton de radio",
    "dropdown": r"drop-?down(?: list| menu)?|select(?:or| box| list)?|combo ?box"
    r"|(?:lista )?desplegable|menu desplegable",
    "field": r"(?:text|input)[ -]?(?:field|box|area)|textbox|fields?|input|box|campos?(?: de texto)?"
    r"|cuadro de texto|caja(?: de texto)?",
    "tab": r"tabs?|pestanas?",
    "menuitem": r"menu item|menu option|menu entry|opcion de menu|elemento del menu",
    "menu": r"menu",
    "switch": r"switch|toggle|interruptor",
    "option": r"option|opcion",
    "image": r"image|picture|photo|imagen|foto",
    "icon": r"icon|icono",
    "row": r"row|fila",
    "heading": r"heading|headline|encabezado",
    "dialog": r"dialog(?:ue)?|modal|pop-?up|cuadro de dialogo|dialogo",
}
_ANY_KIND = "|".join(f"(?P<{kind}>{words})" for kind, words in _KINDS.items())
_BESIDE_QUOTED = {
    "columnheader": r"(?:table )?column (?:header|heading|title)|table header|columna?"
    r"|(?:encabezado|cabecera|titulo) de (?:la )?(?:columna|tabla)",
    "rowheader": r"row (?:header|heading|title)|(?:encabezado|cabecera|titulo) de (?:la )?fila",
    "header": r"(?:section |panel )?header|cabecera",
    "cell": r"(?:table |grid )?cell|celda",
    "button": r"(?:icon|menu|toggle|toolbar) button|boton de (?:icono|menu)",
    "switch": r"toggle switch|switch toggle|conmutador",
    "tab": r"tab header|solapa",
    "treeitem": r"tree (?:item|node)|nodo(?: del arbol)?",
    "card": r"card|tile|tarjeta|ficha",
    "chip": r"chip|tag|badge|pill|etiqueta",
    "item": r"(?:list )?(?:item|entry)|elemento(?: de (?:la )?lista)?|entrada",
    "accordion": r"accordion(?: item| header)?|acordeon",
}
"""Kinds only beside a name in quotation marks: without these, a card in "Credit card" is a part of the name."""
UNSEEABLE = frozenset({"header", "cell", "card", "chip", "item", "accordion"})
"""Kinds that can be used but not looked for: the page has no role for them that is theirs alone."""
_CALLED = r"(?: (?:called|named|labell?ed|llamad[oa]|de|del|of|for))?(?: (?:the|el|la))?"
_QUOTED_KIND = "|".join(f"(?P<{kind}>{words})" for kind, words in _BESIDE_QUOTED.items())
_QUOTED = tuple(
    re.compile(each)
    for each in (rf"(?P<rest>{MARK}) (?:{_QUOTED_KIND})s?", rf"(?:{_QUOTED_KIND})s?{_CALLED} (?P<rest>{MARK})")
)
_BEHIND = re.compile(
    rf"(?P<rest>.*?)\b(?:{_ANY_KIND})(?: (?:called|named|labell?ed|with (?:the )?(?:text|name|label)))?"
)
_BEFORE = re.compile(
    rf"(?:{_ANY_KIND})(?: (?:called|named|labell?ed|with (?:the )?(?:text|name|label)|that says|llamad[oa]"
    r"|con (?:el )?(?:texto|nombre)|que dice|de|del|of|for))?(?: (?:the|el|la))? (?P<rest>.+)"
)
_ASKS_MORE = re.compile(
    r"\b(?:should|must|deberia|debe|deben|tiene que|haz clic|click|pulsa|comprueba que|check that|verify"
    r"|so that|para que)\b"
    r"|[,:;>] |\([a-z ]+\)|\b(?:and|y) .+ (?:as|como|into) |\b(?:and|y) (?:leave|check|verify|comprueba"
    r"|verifica|make sure)\b"
)
"""Stands in no name that is not quoted, but in a second instruction."""
ITS = "\ue002"
"""Stands for what was named last: its card, on its row."""
_ARTICLE = re.compile(
    r"(?:the|an?|el|la|los|las|un|una|your|my|his|her|its|their|tu|su|mi|tus|sus|mis)(?: (?=\S)|$)"
)
_THINGS = (
    r"row|card|tile|line|item|entry|post|message|task|order|invoice|fila|tarjeta|linea|elemento|entrada|mensaje"
)
_ON_ITS = re.compile(rf"(?P<rest>.+?) (?:on|in|of|from|en|de) (?:its|their|su|the same|la misma) (?:{_THINGS})")
_OF = re.compile(
    rf"(?P<rest>[^\ue000]+?|{MARK}(?: \w+)?) (?:for|of|on|in|beside|de|del|para|en|al lado de)(?: (?:the|el|la"
    rf"|los))?"
    rf"(?: [\w-]+){{0,2}} (?P<near>{MARK})(?: \w+)?"
)
_ORDINALS = {
    1: "first|1st|primer[oa]?|1[oa]", 2: "second|2nd|segund[oa]|2[oa]", 3: "third|3rd|tercer[oa]?|3[oa]",
    4: "fourth|4th|cuart[oa]", 5: "fifth|5th|quint[oa]", -1: "last|ultim[oa]",
}  # fmt: skip
_ORDINAL = re.compile(
    "(?:"
    + "|".join(f"(?P<n{abs(n)}{'x' * (n < 0)}>{w})" for n, w in _ORDINALS.items())
    + r") (?=\S)(?!names?\b|nombres?\b|apellidos?\b)"
)
_NEAR = re.compile(
    r"(?P<rest>.+?) (?:next to|beside|near|in (?:the )?row (?:of|with|for|containing)|in (?:the )?same row as"
    r"|junto a|al lado de(?:l)?|en la fila (?:de|con|que contiene))(?: the| el| la)? (?P<near>.+)"
)
_ROW = re.compile(r"(?P<rest>.+?) (?:in|of|on|from) (?:the )?(?P<near>.+?)(?:'s)? row")
_PARTS = {
    "dialog": r"dialog(?:ue)?|modal(?: window)?|pop-?up|cuadro de dialogo|dialogo|ventana(?: modal)?",
    "header": r"header|cabecera", "footer": r"footer|pie(?: de pagina)?",
    "nav": r"nav(?:igation)?(?: bar| menu)?|navegacion",
    "aside": r"side ?bar|barra lateral", "table": r"table|tabla", "form": r"form|formulario",
    "": r"page|screen|pagina|pantalla",
}  # fmt: skip
_PART = "|".join(f"(?P<p{n}>{words})" for n, words in enumerate(_PARTS.values()))
_WITHIN = re.compile(
    rf"(?P<rest>.+?) (?:in|of|inside|within|from|on|en|de|del|dentro de|dentro del)(?: the| el| la)? (?:{_PART})"
)
_PRONOUN = re.compile(
    r"(?:it|this|that|them|they|these|those|him|her|one|ones|there|here|something|anything|everything|all"
    r"|lo|la|los|las|le|eso|esto|ello|ellos|este|esta|ese|esa|aquello|algo|todo|todos|todas)"
)


def target(text: str, wording: Wording) -> Target | None:
    """Who is meant, or None if the words point at something that was said elsewhere, or at nothing."""
    whole = _bare(text.strip())
    named, near, within = _surroundings(text.strip())
    named, ordinal = _ordinal(_bare(named))
    named, kind = _kind(_bare(named))
    named = _bare(named).strip(" ,:")
    if not re.match(MARK, named) and _ASKS_MORE.search(fold(named)):
        return None
    leftover = re.search(MARK, named) is not None and re.fullmatch(MARK, named) is None
    if leftover or is_pronoun(named) or not (named or kind):
        return None
    name = wording.value(named)
    other = "" if named == whole or re.search(MARK, whole) else wording.value(whole)
    return Target(name, kind, ordinal, wording.value(near), within, wording.is_quoted(named), other)


def is_pronoun(text: str) -> bool:
    """Whether it points at something that was said elsewhere, or at nothing."""
    return _PRONOUN.fullmatch(fold(text.strip())) is not None


def _surroundings(text: str) -> tuple[str, str, str]:
    """What is named, what it is near to, and in which part of the page."""
    for pattern in (_NEAR, _ROW):
        if found := pattern.fullmatch(fold(text)):
            row = "row" if re.search(r"\b(?:row|fila)\b", found[0][found.end("rest") :]) else ""
            return text[: found.end("rest")], text[slice(*found.span("near"))], row
    if found := _ON_ITS.fullmatch(fold(text)):
        return text[: found.end("rest")], ITS, ""
    if re.match(r"(?:its|their) ", fold(text)):
        return text, ITS, ""
    if (found := _OF.fullmatch(fold(text))) and _kind(_bare(text[: found.end("rest")]))[0]:
        return text[: found.end("rest")], text[slice(*found.span("near"))], ""
    if found := _WITHIN.fullmatch(fold(text)):
        part = next(part for n, part in enumerate(_PARTS) if found[f"p{n}"] is not None)
        return text[: found.end("rest")], "", part
    return text, "", ""


def _ordinal(text: str) -> tuple[str, int]:
    found = _ORDINAL.match(fold(text))
    if found is None:
        return text, 0
    number = next(n for n in _ORDINALS if found[f"n{abs(n)}{'x' * (n < 0)}"] is not None)
    return text[found.end() :], number


def _kind(text: str) -> tuple[str, str]:
    """The name alone, and the kind that stands before or behind it."""
    for pattern in (*_QUOTED, _BEHIND, _BEFORE):
        if found := pattern.fullmatch(fold(text)):
            kind = next(kind for kind, said in found.groupdict().items() if said is not None and kind != "rest")
            return text[slice(*found.span("rest"))].strip(), kind
    return text, ""


def _bare(text: str) -> str:
    """The text without the article before it."""
    found = _ARTICLE.match(fold(text))
    return text[found.end() :] if found else text
