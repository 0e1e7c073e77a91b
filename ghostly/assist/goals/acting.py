"""How people say, in English and Spanish, what shall be done. Each pattern must fit a whole folded clause."""

from __future__ import annotations

import re

from ghostly.assist.goals.phrases import table
from ghostly.assist.goals.wording import MARK

_T = "(?P<t>.+)"
_FILE = rf"(?P<v>{MARK}(?:(?:,| and| y)+ {MARK})*|\S+\.\w{{1,5}})"
_WORD = rf"(?:{MARK}|[^\s,]+)"
_WRITE = (
    "(?:enter|type|write|input|put|insert|paste)s?(?: in)?(?: the(?: text| value)?| (?:text|value)(?= \ue000))?"
)
_ESCRIBE = (
    "(?:escrib(?:e|ir|a|o|i)|introduc(?:e|ir|i)|introduzc[ao]|relleno|ingres(?:a|ar|e)|tecle(?:a|ar|e)|pon(?:er|ga|e)?|met(?:e|er|a)"
    "|insert(?:a|ar|e)|pega|digita)(?: el texto| el valor)?"
)
_CHOOSE = (
    "(?:selects?|chooses?|picks?|selecciona(?:r)?|seleccion[eo]|elige|elegir?|elij[ao]|escoj[ao]|escoge|escoger)"
)
_PRESS = "(?:press|presses|hit|push|type|pulsar?|pulse|presionar?|presione|oprime|tecle[ae]r?)"
_KEYS = {
    "Enter": "enter|return|intro", "Tab": "tab|tabulador", "Escape": "escape|esc",
    "Backspace": "backspace|retroceso", "PageDown": "page ?down", "PageUp": "page ?up",
    "ArrowDown": "arrow ?down|down arrow|flecha abajo", "ArrowUp": "arrow ?up|up arrow|flecha arriba",
    "ArrowLeft": "arrow ?left|left arrow|flecha izquierda",
    "ArrowRight": "arrow ?right|right arrow|flecha derecha",
}  # fmt: skip
_KEY = "|".join(_KEYS.values()) + r"|f\d{1,2}|(?:(?:ctrl|control|shift|alt|meta|cmd)\s?\+\s?)+\w+"
_HELD = r"(?:(?:ctrl|control|shift|alt|meta|cmd)\s?\+\s?)+\w+"
_ODD_KEYS = {
    "Delete": "del(?:ete)?|suprimir|supr",
    "Space": "space(?: ?bar)?|espacio",
    "Home": "home|inicio",
    "End": "end|fin",
}
_ODD_KEY = "|".join(_ODD_KEYS.values())
_LOGIN = r"(?:log ?in|sign ?in|log ?on)s?"
_ENTRA = r"(?:inici[aeo]r? sesion|entrar?|acceder?|ingresar?|identificate|logueate)"

_TABLE = rf"""
login           {_LOGIN}(?: to .+?)? as(?: user)? (?P<u>{_WORD})(?:,| and| with| using)*(?: the)?
                (?: password)?:? (?P<p>{_WORD})
login           {_LOGIN}(?: to .+?)? (?:with|using)(?: the)?(?: (?:email|e-mail|user ?name|user|account
                |address))*:? (?P<u>{_WORD})(?:,| and| with|/| /)+(?: the)?(?: password)?:? (?P<p>{_WORD})
login           {_ENTRA} (?:como|con)(?: el)?(?: (?:usuario|correo|email))? (?P<u>{_WORD})(?:,| y| con)*
                (?: la)? (?:contrasena|clave|password):? (?P<p>{_WORD})
click=login     {_LOGIN}|inici[ae]r? sesion
click=logout    (?:log|sign) ?(?:out|off)s?|cierr[ae] (?:la )?sesion|cerrar (?:la )?sesion
click=submit    (?:submits?|send)(?: the)?(?: form)?|envi[ae]r?(?: el)? formulario|envi[ae]r?
click=close     (?:close|dismiss|cierr[ae]|cerrar)(?: the| el| la)? (?:dialog|modal|pop-?up|dialogo|ventana
                |cuadro de dialogo)
search          (?:(?:search(?: for)?|look up|bus(?:car?|que|co)) (?:the |el |la |los |las )(?:\w+ )?
                |find (?:the )?(?:order|invoice|customer|ticket|booking) )(?P<v>{MARK}
                |\S*\d\S*)
search          search(?:es)? (?:for )?(?P<v>{MARK})|search(?:es)? for (?P<w>.+)|bus(?:car?|que) (?P<x>
                (?!el |la |los |las ).+)
reload          (?:reload|refresh|recarg(?:a|ar|ue)|actualiza|(?:vuelve|volver) a cargar)(?: the| la)?
                (?: page| pagina)?
snapshot        take (?:an? )?(?:accessibility )?snapshot|toma una instantanea
press           (?:{_PRESS}(?: the| la)?(?: tecla)?|(?:opens?|abr[ei]|abrir) .{{1,40}}? (?:with|using|by pressing
                |con|pulsando)(?= {_HELD})) (?P<v>{_KEY})(?: key)?(?: (?:in|on|into|en|sobre) {_T})?
press           {_PRESS}(?: the| la)? (?:tecla (?P<v>{_ODD_KEY})|(?P<w>{_ODD_KEY}) key)(?: (?:in|on|into|en
                |sobre) {_T})?
dblclick        (?:double[- ]?clicks?|dblclick)(?: on)? {_T}
dblclick        (?:haz|hacer|haga|da|dar) doble cli(?:ck?|que)(?: (?:en|sobre|al|a))? {_T}
attach          (?:upload|attach|choose the file|add the file)s?(?: the)?(?: file| files)? {_FILE}(?: (?:to|in
                |into|as|on|for|using|via) {_T})?
attach          (?:sub(?:e|ir|a|o)|adjunt(?:a|ar|e)|carg(?:a|ar|ue))(?: (?:el|los))?(?: (?:archivos?|ficheros?
                |documentos?))? {_FILE}(?: (?:en|a|al|como|para) {_T})?
click           confirm (?:with|by(?: clicking)?) {_T}|confirm(?:a|ar) con (?P<w>.+)
click           (?:click|tap|press|push|hit)(?:e?s)?(?: on| at)? {_T}
click           (?:haz|hacer|haga|hago|hacemos|hace|da|dar|dale|doy|de) cli(?:ck?|que)(?: (?:en|sobre|al|a))? {_T}
click           (?:dale|dar|dar?le) (?:a|al boton|en) {_T}
click           (?:pulsar?|pulse|pulso|presiono|presionar?|presione|pinchar?|pinche|clicar?|clique(?:ar?)?
                |tocar?|toque|oprim(?:e
                |ir|a)|clic)(?: (?:en|sobre|al))? {_T}
fill            (?:fill|complete)s?(?: in| out)? (?P<t>.+?) (?:with|using) (?P<v>.+)
fill            (?:rellen(?:a|ar|e)|complet(?:a|ar|e)|llen(?:a|ar|e)) (?P<t>.+?) con (?P<v>.+)
fill            (?:set|change|update|switch|adjust)(?:e?s)? (?P<t>.+?) to (?P<v>.+)
fill            (?:pon(?:er)?|ponle|fija|establece(?:r)?|ajusta(?:r)?) (?P<t>(?:el|la|los|las) .+?) (?:en
                |a) (?P<v>{MARK}|\d\S*)
fill            (?:cambi(?:a|ar|e|o)|ajusta|actualiza) (?P<t>.+?) (?:a|por) (?P<v>.+)
fill            (?:{_WRITE}|fill(?: in)?) (?P<v>{MARK}) (?:in|into|on|to|inside|for|as|at) {_T}
fill            {_WRITE} (?P<v>.+?) into {_T}
fill            (?:in|into|on) (?P<t>.+?),? {_WRITE} (?P<v>.+)
fill            {_WRITE} (?P<v>.+?) (?:in|on|to|inside|for|as) {_T}
fill            {_ESCRIBE} (?P<v>{MARK}|.+?) (?:en|como|para|dentro de|dentro del) {_T}
fill            en (?P<t>.+?),? {_ESCRIBE} (?P<v>.+)
fill            (?:{_WRITE}|{_ESCRIBE}|fill(?: in)?|set|rellena|completa) (?P<t>[^:=]+?) ?[:=] ?(?P<v>.+)
fill            (?:{_WRITE}|{_ESCRIBE}) (?P<v>.+)
fill=clear      (?:leave|keep|dej(?:a|ar|e)) (?:(?:the|el|la) )?(?P<t>[^,]+?) (?:empty|blank|vaci[oa]|en blanco)
fill=clear      (?:leave|dej(?:a|ar|e)) (?:empty|blank|vaci[oa]|en blanco) {_T}
fill=clear      (?!\w+ (?:(?:all|the|every|los|las|tod[oa]s (?:los|las)) )*(?:filters?|selection|history|everything
                |filtros|seleccion|historial)\Z)(?!clear all )(?:clear|empty|vaci(?:a|ar|e)|limpi(?:a|ar
                |e)) {_T}|borra(?:r)? (?P<w>(?:el )?campo .+)
select          (?:in|from|on|en|de|del) (?P<t>.+?),? {_CHOOSE} (?P<v>.+)
select          {_CHOOSE} (?:(?:the|el|la|los|las)[ ])?(?P<v>{MARK}|[^\ue000]+?) (?:as|como) {_T}
select          {_CHOOSE} (?P<v>{MARK}|.+?) (?:from|in|for|as|under|en|de|del|para|como) {_T}
select          (?:filter|narrow|filtr(?:a|ar|e|o))(?: .{{1,30}}?)?,? (?:by|por)(?: the| la
                | el)? (?P<t>[a-z][\w-]*) (?P<v>{MARK}|[^\s\ue000]+)
select          (?P<t>sort|order|orden(?:a|ar|e))(?: .{{1,30}}?)? (?:by|por) (?P<v>{MARK}|[^\ue000]+)
select          show (?P<v>\d+) (?P<t>per page)|muestra (?P<w>\d+) por pagina
select          {_CHOOSE} (?P<v>.+)
uncheck         (?:uncheck|untick|deselect|unselect|disable|deactivate|turn off|switch off)s? {_T}
uncheck         (?:desmar(?:ca|car|que)|destilda(?:r)?|desactiv(?:a|ar|e)|deshabilita(?:r)?) {_T}
check           (?:check(?!s? (?:out|in|that|if|whether)\b)|tick|enable|activate|turn on|switch on)s? {_T}
check           (?:mar(?:ca|car|que|co)(?!.* como )|tilda(?:r)?|activ(?:a|ar|e)|habilita(?:r)?) {_T}
hover           (?:hover|mouse)s?(?: over| on)? {_T}|(?:move|point) the (?:mouse|cursor|pointer) (?:over|to|at
                |onto) (?P<w>.+)
hover           (?:pas(?:a|ar|e)|mueve|mover|situa|coloca) el (?:raton|cursor|puntero|mouse) (?:(?:por|sobre
                |encima|a|de|en) ?)+ {_T}
scroll=end      scrolls?(?: down)? to the (?:bottom|end)(?: of the page)?|(?:desplaza(?:te)?|baja|ve)
                (?: hasta)? (?:al|el) final(?: de la pagina)?
scroll=start    scrolls?(?: up| back)* to the top(?: of the page)?|(?:desplazate|sube|desplaza)(?: hasta)? (?:al
                |el) (?:principio|inicio)(?: de la pagina)?
scroll=down     scrolls?(?: down)?(?: the page)?|desplaza(?:te)?(?: la pagina)? (?:hacia )?abajo|baja
scroll=up       scrolls? up(?: the page)?|desplaza(?:te)?(?: la pagina)? (?:hacia )?arriba
scroll          scrolls?(?: down| up)? (?:to|until) {_T}|(?:desplaza(?:te)?|baja|sube) (?:hasta|a) (?P<w>.+)
given           (?:am|are|is|estoy|estamos|esta) (?:on|at|in|en) {_T}
go              (?:go|navigate|head|browse|return|switch|proceed)(?:e?s)?(?: back)? (?:to|into) {_T}
go              (?:open|visit|access|load)s?(?: up)? {_T}
go              (?:ve(?:te)?|ir|anda|vaya|voy|vamos|naveg(?:a|ar|ue|o)|acced(?:e|er|a|o)|dirigete|vuelv(?:e|a|o)
                |volver|entr(?:a|ar
                |e|o)) (?:al|a|en|hasta) {_T}
go              (?:abr(?:e|ir|a|o|i)|visit(?:a|ar|e)|carg(?:a|ar|ue)) {_T}
"""

PATTERNS = table(_TABLE)
"""Verb, ``how``, and what it sounds like: ``t`` is the target, ``v`` the value; ``w`` and ``x``, either."""


def key(text: str) -> str:
    """The key's name as the browser knows it."""
    for name, words in (_KEYS | _ODD_KEYS).items():
        if re.fullmatch(words, text):
            return name
    *held, last = (part.strip() for part in text.split("+"))
    names = {"ctrl": "Control", "cmd": "Meta"}
    # A capital letter would be typed as one, which no page hears that waits for Control+k.
    last = key(last) if held else last if len(last) == 1 else last.upper()
    return "+".join([*(names.get(one, one.capitalize()) for one in held), last])
