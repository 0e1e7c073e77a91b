"""What people ask an interface to do, and whether two ways of saying it are one: Marca and Marcar."""

from __future__ import annotations

import re
from functools import lru_cache

_ENGLISH = (
    "open verify activate accept agree allow answer apply approve archive ask assign back begin block book browse"
    " buy call cancel checkout"
    " clone close collapse comment complete confirm connect continue copy create deactivate decline delete deny"
    " disable discard disconnect dismiss download drag duplicate edit enable exit expand export favorite favourite"
    " filter finish follow forward hide import install invite join keep like load lock login logout"
    " mark merge minimise minimize move mute next order pause pay pin place play post preview print proceed"
    " promote"
    " publish put react redo refresh refund register reject reload remove rename renew repeat replace reply report"
    " request reschedule reset resend resolve restart restore resume retry revoke rotate save schedule send share"
    " show skip snooze sort star start stop submit subscribe swap switch sync toggle transfer translate trash try"
    " unarchive unblock undo unfollow unlike unlock unmute unpin unpublish unsubscribe update upgrade vote view"
    " withdraw add repeat return rate change"
)
_SPANISH = (
    "abre verifica habilita deshabilita acepta activa adjunta agrega amplia anade anula aplica aprueba archiva"
    " asigna bloquea borra busca cambia cancela"
    " cierra clona comenta compra comparte completa confirma conecta continua copia crea denuncia desactiva"
    " descarga"
    " descarta desbloquea deshaz despliega duplica edita elimina envia exporta filtra finaliza firma guarda"
    " importa"
    " imprime inicia instala invita manda marca mueve muestra oculta ordena paga pausa permite pide pincha publica"
    " quita reanuda rechaza reenvia recarga registra registrate reinicia renombra renueva repite reserva"
    " restablece responde restaura revoca salta sigue siguiente silencia solicita sube suscribe suscribete"
    " termina transfiere vacia valida valora vuelve"
)
_PARTICLES = frozenset({"up", "out", "off", "on", "in", "down", "back"})
_PHRASES = frozenset({
    "check out", "check in", "sign up", "sign in", "sign out", "sign off", "log in", "log out", "opt in",
    "opt out",
    "zoom in", "zoom out", "turn on", "turn off", "go back", "roll back", "back up", "give up", "clock in",
    "clock out",
})  # fmt: skip
_ENDING = re.compile(r"(?:arse|erse|irse|ate|ete|ar|er|ir|as|es|an|en|a|e|o)\Z")
_LO = re.compile(r"(?<=[aei])(?:r)?(?:l[ao]s?|les?)\Z")
_S = re.compile(r"(?<=[^s])s\Z")
_SHORTEST = 3


@lru_cache(maxsize=4096)
def stem(word: str) -> str:
    """The part of a folded word that its forms share: marca, marcar, marque; cookie, cookies."""
    short = _S.sub("", word)
    if len(short) <= _SHORTEST:
        return short
    root = _ENDING.sub("", short)
    root = root if len(root) >= _SHORTEST else short
    root = re.sub(r"qu\Z", "c", re.sub(r"gu\Z", "g", root))
    return root.replace("ie", "e").replace("ue", "o")


_KNOWN = frozenset(stem(word) for word in (_ENGLISH + _SPANISH).split())


def is_act(word: str) -> bool:
    """Whether the folded word is what interfaces are usually asked to do; envíalo is envía."""
    return stem(word) in _KNOWN or stem(_LO.sub("", word)) in _KNOWN


def is_phrase(word: str, particle: str) -> bool:
    """Whether both together are such a verb: check out, sign up."""
    return particle in _PARTICLES and f"{word} {particle}" in _PHRASES


def without_object(word: str) -> str:
    """The verb without the "it" that Spanish hangs on it: envíalo, abrirlo."""
    bare = re.sub(r"(?<=[aeir])(?:l[ao]s?)\Z", "", word)
    return bare if bare != word and is_act(bare) else word


def same_words(one: str, other: str) -> bool:
    """Whether both say the same, but for the forms of their words; both are folded words and spaces."""
    return [stem(word) for word in one.split()] == [stem(word) for word in other.split()]
