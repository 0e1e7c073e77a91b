"""What a control is for, by what it is called."""

from __future__ import annotations

import re

CALLED: dict[str, frozenset[str]] = {
    "login": frozenset(
        {"log in", "login", "sign in", "signin", "log on", "iniciar sesion", "entrar", "acceder", "ingresar"}
    ),
    "signup": frozenset(
        {
            "sign up",
            "signup",
            "register",
            "create account",
            "create my account",
            "join",
            "join now",
            "get started",
            "registrarse",
            "registrarme",
            "registrate",
            "crear cuenta",
            "crear mi cuenta",
            "unirse",
        }
    ),
    "logout": frozenset({"log out", "logout", "sign out", "signout", "log off", "cerrar sesion", "salir"}),
    "close": frozenset({"close", "cerrar", "dismiss", "x", "\u00d7", "✕", "✖", "close dialog", "close modal"}),
    "search": frozenset({"search", "buscar", "busqueda", "q", "query"}),
    "user": frozenset({"email", "mail", "user", "username", "login", "account", "correo", "usuario", "cuenta"}),
}
"""What is meant where a goal says what it wants, and no name: log in, close the dialog, search."""

CALLED_BY_TYPE: dict[str, frozenset[str]] = {
    "email": frozenset(
        {"email", "e mail", "mail", "email address", "e mail address", "correo", "correo electronico"}
    ),
    "password": frozenset({"password", "passwort", "contrasena", "clave"}),
    "search": frozenset({"search", "search field", "buscar", "busqueda", "buscador"}),
    "tel": frozenset({"phone", "telephone", "phone number", "telefono"}),
}
"""How a field may be called by the type of what is typed there."""

# Whoever clicks there asks to be let in, and is not shut out by a page that asks for a password.
_SIGNS_IN = re.compile(r"\b(?:log|sign) ?in\b|\blogin\b|account|iniciar sesion|acceder|entrar|cuenta")
# What is missed may lie behind it.
_HIDES = re.compile(r"\b(?:menu|more|actions?|options|mas|acciones|opciones)\b|[☰⋮⋯…]")
_ARROW = "[\u203a\u00bb>\u2192]"
# What is missed may lie further on. "Next" alone says so only beside the numbers of pages: it may be a form's.
_MORE = re.compile(
    r"(?:(?:load|show|view|see|fetch) (?:\d+ )?(?:more|all)\b.*|(?:go to )?(?:the )?next page|(?:older|more) \w+"
    r"|(?:cargar|mostrar|ver) (?:\d+ )?(?:mas|tod[oa]s)\b.*|(?:ir a la )?(?:pagina siguiente|siguiente pagina))"
)
_NEXT = re.compile(rf"(?:next|siguiente)(?: {_ARROW})?|{_ARROW}")
_PAGE = re.compile(r"(?:page |pagina )?\d{1,4}")
# What is locked may be opened by it.
_UNLOCKS = re.compile(
    r"\b(?:edit|change|modify|customi[sz]e|unlock|enable|activate|override|add|new|make|write"
    r"|editar|cambiar|modificar|personalizar|desbloquear|habilitar|activar|anadir|nuev[oa])\b"
)
# What cannot be typed there may be picked: of any part of what is known of the field, also of its id and classes.
_PICKED = re.compile(r"date|time|calendar|pick|select|choos|combo|drop|colou?r|fecha|hora|dia|elegir|seleccion")
# Said beside a field: nobody may change it.
_KEPT = re.compile(
    r"\b(?:(?:cannot|can't|can not|may not|must not) be (?:changed|edited|modified)|not editable|read[- ]only"
    r"|no se puede (?:cambiar|modificar|editar)|no (?:es )?(?:editable|modificable)|solo lectura)\b"
)


def signs_in(name: str) -> bool:
    """Whether it leads to who asks for a password."""
    return _SIGNS_IN.search(name) is not None


def hides(name: str) -> bool:
    """Whether it is a menu, behind which more may be."""
    return _HIDES.search(name) is not None


def shows_more(name: str, *, has_pages: bool) -> bool:
    """Whether it shows more of what the page has; ``has_pages``: it stands beside the numbers of pages."""
    return _MORE.fullmatch(name) is not None or (has_pages and _NEXT.fullmatch(name) is not None)


def is_page_number(name: str) -> bool:
    """Whether it leads to a page of many."""
    return _PAGE.fullmatch(name) is not None


def unlocks(name: str) -> bool:
    """Whether it may open what cannot be changed, or nobody can tell what it does: it has only a picture."""
    return _UNLOCKS.search(name) is not None or re.search(r"\w", name) is None


def is_picked(told: str) -> bool:
    """Whether what is known of a field says that it is filled by choosing."""
    return _PICKED.search(told) is not None


def is_kept(text: str) -> bool:
    """Whether the text says that a field stays as it is."""
    return _KEPT.search(text) is not None
