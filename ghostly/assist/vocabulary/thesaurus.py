"""What interfaces say, in English and Spanish: the contrary, the same in other words, what names only a kind."""

from __future__ import annotations

# What is said of the kind of a thing in ids and test ids, and not of the thing itself.
KINDS = frozenset({
    "a", "btn", "button", "boton", "input", "field", "campo", "link", "enlace", "lnk", "txt", "text", "tb",
    "el", "element", "select", "checkbox", "radio", "control", "ctl", "ctrl", "id", "js", "test", "qa", "cy",
    "the", "de", "la", "of", "to", "your", "tu", "su",
})  # fmt: skip
PREFIXES = ("un", "dis", "de", "des", "in", "im", "non", "no")
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
DENIALS = frozenset({"no", "not", "never", "without", "dont", "cannot", "nunca", "sin"})
# Put before what a control does, they name the one that takes it back.
UNDOING = frozenset({
    "cancel", "delete", "remove", "undo", "reset", "clear", "discard", "cancelar", "eliminar", "borrar", "quitar",
    "deshacer", "anular", "descartar",
})  # fmt: skip
PAIRS = frozenset(frozenset(pair) for pair in _CONTRARY)


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
GROUPS = {phrase: number for number, phrases in enumerate(_SAME) for phrase in phrases}
