"""How people say what must be so of a thing that was named before, or in the row of one; see ``stating``."""

from __future__ import annotations

import re

from ghostly.assist.goals.phrases import table
from ghostly.assist.goals.wording import MARK

_MAY = r"(?:(?:should|must|will|shall|has to|have to|needs to|now|then|still|also|again|eventually|to|can) )*"
_DEBE = r"(?:(?:debe(?:ria|rian|n)?|tienen? que|tendria que|ha de|ya|ahora|aun|todavia|tambien|se|me) )*"
_SAYS = r"(?:says?|shows?|reads?|displays?|contains?|includes?|lists?|has|have)"
_DICE = (
    r"(?:dice|decir|diga|muestra|mostrar|muestre|pone|poner|ponga|contiene|contener|tiene|tener|incluye|incluir"
    r"|leerse)"
)
_SHOWN = r"(?:visible|shown|displayed|listed|present|there|seen)"
_ESTAR = (
    r"(?:ver(?:se)?|ve|aparecer|aparece|salir|sale|estar|esta|este|mostrarse|muestra|existir|existe|figurar"
    r"|figura)"
)
_ROW = r"(?:row|line|entry|card|tile|fila|linea|tarjeta)"
_KIND = r"(?:(?:the|an?|el|la|un|una|su|its) )?"
_Y = rf"{_KIND}(?P<v>{MARK}|[^\ue000]{{1,60}})"
_X = rf"(?P<x>{MARK}|[^\ue000]{{1,60}}?)"
_Z = rf"(?P<v>{MARK}|[^\ue000]{{1,60}}?)"
_IT = r"(?:it|he|she|this|that)"
_WRITTEN = r"(?:message|comment|reply|mensaje|comentario|respuesta)"
_THING = (
    rf"(?:{_WRITTEN}|post|note|task|todo|item|entry|row|record|article|event|file|folder|project|product|order"
    r"|invoice|user|customer|member|contact|appointment|booking|entrada|nota|tarea|elemento|registro|articulo"
    r"|evento|archivo|carpeta|proyecto|producto|pedido|factura|usuario|cliente|miembro|contacto|cita|reserva)"
)
_THE = rf"(?:the|that|this|el|la|este|esta|ese|esa) (?P<noun>{_THING})"
_PLACE = (
    r"(?: (?:on|in|from|en|de) (?:the |la |el )?"
    r"(?:page|screen|list|table|results?|pagina|pantalla|lista|tabla|listado))"
)
_ON_PAGE = rf"{_PLACE}?"
_CHAT = r"(?: (?:in|on|en) (?:the |el |la )?(?:chat|conversation|thread|conversacion|hilo))"
_ANY_MORE = r"(?: any ?more| any longer)?"
_AWAY = rf" (?:be )?(?:{_SHOWN}|appear|exist|show(?: up)?){_ANY_MORE}{_ON_PAGE}{_ANY_MORE}"
_AWAY = rf"(?:{_AWAY}|(?: be)?{_PLACE}{_ANY_MORE})"
_SWITCH = r"(?:switch|toggle|check ?box|box|interruptor|conmutador|casilla)"
_ON = r"(?:turned |switched )?(?P<on>on|checked|ticked|activad[oa]|encendid[oa]|marcad[oa])"
_OFF = r"(?:turned |switched )?(?P<off>off|unchecked|unticked|desactivad[oa]|apagad[oa]|desmarcad[oa])"
_STAY = rf"(?:{_MAY}(?:be|is|stays?|remains?)|{_DEBE}(?:estar|esta|sigue|seguir|siga|queda(?:r)?|permanece(?:r)?))"
_TROUBLE = r"(?:errors?|error messages?|errores|mensajes? de error)"
_RELOADED = (
    r"(?:a (?:page )?(?:reload|refresh)|(?:reloading|refreshing)(?: (?:it|the page))?"
    r"|recargar(?:la)?(?: la pagina)?)"
)
_RELOADS = rf"(?:after|tras|al|(?:despues )?de) {_RELOADED}"
_GENERIC = (
    r"(?:page|screen|form|event|banner|box|card|panel|section|dialog|message|toast|pagina|pantalla|formulario|evento"
    r"|panel|seccion|dialogo|mensaje|aviso|tarjeta)"
)

_TABLE = rf"""
once=visit      {_RELOADS}
row             (?:its|his|her|their|the|that|this|su|la|esa|esta) {_ROW} (?:{_MAY}{_SAYS}|{_DEBE}{_DICE}) {_Y}
row             (?:the |la )?{_ROW} (?:of|for|with|de|del|con|para) {_X} (?:{_MAY}{_SAYS}|{_DEBE}{_DICE}) {_Y}
row             (?:the )?{_X}(?:'s)? {_ROW} {_MAY}{_SAYS} {_Y}
row             (?:{_MAY}see )?{_Y}(?: {_MAY}(?:be |is |are )?(?:{_SHOWN}|appears?|shows? up)
                | {_DEBE}{_ESTAR})?[ ](?:in|on|en) (?:(?:its|his|her|the|that|su|la|esa) {_ROW}|(?:the
                |la)? ?{_ROW} (?:of|for|de|del) {_X})
row             en (?:(?:su|la|esa) {_ROW}|(?:la )?{_ROW} de {_X}),? {_DEBE}(?:{_ESTAR}|{_DICE}) {_Y}
trouble         no {_TROUBLE} {_MAY}(?:is|are|be|appears?|shows?|gets?|was|were)?(?: up)?(?: {_SHOWN})?
trouble         there {_MAY}(?:is|are|be) (?:no|not any) {_TROUBLE}(?: {_SHOWN})?{_ON_PAGE}
trouble         (?:(?:it|the page) {_MAY})?(?:without|shows? no|with no|sin) (?:any |ningun )?{_TROUBLE}
trouble         (?:{_MAY}not|{_MAY}do not|don't|doesn't|shouldn't) (?:see|get|show) (?:any|an) {_TROUBLE}
trouble         (?:tampoco|no) {_DEBE}(?:{_ESTAR}|aparecen|salen|hay|haya|haber|ven|muestran) (?:ningun
                |un)? ?{_TROUBLE}
gone            {_IT}(?: (?:is|was|should|must|does|can|will|do|has))?(?:'s not|n't| not| no longer){_AWAY}
gone            {_IT}(?:'s| {_MAY}(?:be|is)| has| {_MAY}have) (?:gone|hidden|disappeared|vanished)
gone            {_IT} {_MAY}(?:disappears?|vanish(?:es)?|go(?:es)? away)
gone            {_THE} (?:is|was|should|must|does|can|will)(?:n't| not| no longer){_AWAY}
gone            {_THE} (?:{_MAY}(?:be|is)|has|{_MAY}have) (?:gone|hidden|disappeared|vanished)
gone            {_THE} {_MAY}(?:disappears?|vanish(?:es)?|go(?:es)? away)
gone            (?:{_THE} )?(?:ya )?no {_DEBE}{_ESTAR}(?: visible)?(?: mas)?{_ON_PAGE}
gone            (?:{_THE} )?{_DEBE}(?:desaparece|desaparecer|desaparezca)
shown           {_IT}(?:'s| {_MAY}(?:be|is|gets?)) {_SHOWN}{_ON_PAGE}
shown           {_IT} {_MAY}(?:appears?|shows?(?: up)?){_ON_PAGE}
shown           {_THE} {_MAY}(?:be|is|gets?) {_SHOWN}{_ON_PAGE}
shown           {_THE} {_MAY}(?:appears?|shows?(?: up)?){_ON_PAGE}
shown           {_THE} {_DEBE}{_ESTAR}(?: visible)?{_ON_PAGE}
shown=written   (?:the|el|la) (?P<noun>{_WRITTEN}) (?:{_MAY}(?:be {_SHOWN}|is {_SHOWN}|appears?|shows?(?: up)?)
                |{_DEBE}{_ESTAR}){_CHAT}
state           (?:{_IT}|(?:the|el|la) (?P<noun>{_SWITCH})) (?:{_STAY}|should|must) (?:{_ON}|{_OFF})
                (?P<again> {_RELOADS})
state           {_STAY} (?:{_ON}|{_OFF})(?P<again> {_RELOADS})
both            (?:both|ambos|ambas|los dos|las dos)(?: (?:values|settings|fields|valores|ajustes|campos))?[ ]
                (?:{_STAY}|{_DEBE}(?:estar|seguir|siguen|quedar|quedan)) (?:set|saved|kept|the same|unchanged
                |guardad[oa]s|puest[oa]s|igual(?:es)?)
holds           (?:(?:the|el) (?:field|input|box|campo)) (?:{_MAY}(?:contains?|shows?|has|have|holds?)|{_DEBE}
                (?:contiene|contener|mostrar|muestra|tener|tiene)) (?P<v>{MARK})
neither         (?:neither|ni) {_X},? (?:nor|ni) {_Z}(?: (?:{_MAY}(?:be|is|are|appears?)(?: {_SHOWN})?
                |among them|entre ell[oa]s|{_DEBE}{_ESTAR}|{_DEBE}(?:estan|aparecen|salen|ven)))?
neither         no {_DEBE}(?:{_ESTAR}|estan|aparecen|salen|ven|hay|haber) ni {_X} ni {_Z}
error           (?:(?:the|el|la) {_GENERIC}|it) (?:{_MAY}{_SAYS}|{_MAY}(?:give|gives|report|reports)
                |{_DEBE}{_DICE}) (?:the|an?|el|un) (?:error|warning|message|text|mensaje|aviso|texto)
                (?: de error| message| text)?(?: saying| that says| que dice)? (?P<v>{MARK})
quote           (?:the|el|la)(?: [a-z]+)? {_GENERIC} (?:{_MAY}(?:says?|reads?)|{_DEBE}(?:dice|decir|diga|pone
                |poner)) (?P<v>[^\ue000]{{10,80}})
placed          (?P<v>[^\ue000]{{2,60}}?) (?:{_MAY}(?:be|is|appears?|shows?)(?: up)?(?: {_SHOWN})?
                |{_DEBE}{_ESTAR}) (?:in|on|en) (?:the |el |la )?(?P<place>[\w ]{{1,20}})
"""
HINTS = re.compile(
    rf"\b(?:{_ROW}|{_IT}|its|his|her|su|{_THING}|{_SWITCH}|both|amb[oa]s|l[oa]s dos|neither|ni|not?|sin|without"
    r"|tampoco|with|con|after|al|tras|once|una vez|desaparec\w+|field|input|campo|error|warning|summary|overview"
    rf"|review|resumen|in|on|en|says?|reads?|decir|dice|diga|{_GENERIC}|(?:des)?activad[oa]|(?:des)?marcad[oa]"
    r"|encendid[oa]|apagad[oa]|guardar|recargar)\b|n't\b"
)
"""What none of these is without; looked for first, because most of what is read is none."""
REFERRING = table(_TABLE)
"""What is stated, ``how``, what it sounds like: ``v`` is to be seen, in the row of ``x``; ``noun``: of what."""

AFTERWARDS = re.compile(
    r"(?:\A|(?:[,.;:\n]|\b(?:and|y)\b)\s*(?:and |y )?)\s*(?P<after>"
    rf"{_RELOADS}),?\s+(?=[\w\ue000])"
)
"""What shall have been done before what follows is so."""
