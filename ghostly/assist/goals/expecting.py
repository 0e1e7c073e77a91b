"""How people say, in English and Spanish, what must be so. Patterns are matched against folded text as a whole."""

from __future__ import annotations

import re

from ghostly.assist.goals.phrases import table
from ghostly.assist.goals.wording import MARK

_T = "(?P<t>.+?)"
_MAY = "(?:should |must |will |shall |to |now |eventually |still |can |could |be able to )*"
_DEBE = "(?:debe(?:ria)?(?:s|n|mos)? |tienen? que |ha de |puedo |puede |se |ya |ahora )*"
_SHOWN = (
    "(?:visible|shown|displayed|present|there|seen|on (?:the )?(?:page|screen))(?: on (?:the )?(?:page|screen))?"
)
_VER = (
    "(?:ver(?:se)?|veo|vea[sn]?|ve[sn]?|mostrar(?:se)?|muestran?|muestren?|aparecer|aparecen?|aparezcan?|salir"
    "|salen?|salga|encontrar(?:se)?|existen?|existan?|existir|hay|haya)"
)
_ON_PAGE = "(?: (?:on (?:the )?|en la )(?:page|screen|pagina|pantalla))?"
_MESSAGE = (
    "(?:the |an? )?(?:(?:error|success|warning|confirmation|validation|status) )?"
    "(?:message|text|alert|toast|notification|banner|error|label|status)"
)
_MARKS = rf"{MARK}(?:(?:,| and| y)+ {MARK})*"
_MENSAJE = "(?:el |la |un |una )?(?:mensaje|texto|aviso|alerta|notificacion)(?: de \\w+)?"
_URL = "(?:the |current |page's |page |browser |la |el )*(?:url|address|path|direccion|ruta)(?: actual)?"
_IS = (
    "(?:(?:should |must |will )?(?:stays?|remains?)|sigue|is|are|should be|must be|to be|be|becomes?|esta|este"
    "|estan"
    "|debe(?:ria)? estar|es|sea)"
)
_FIELD = "(?:field|input|box|textbox|text field)"

_TABLE = rf"""
address=without {_URL} (?:does not|doesn't|should not|must not|shouldn't) (?:contain|include|have) {_T}
address=without {_URL} no (?:debe(?:ria)? )?(?:contiene|contenga|contener|incluye|incluir) {_T}
unseen          (?:should |must |do |does |can |will )*(?:not|no longer|never) (?:see|find) (?:any )?{_T}
unseen          (?:don't|doesn't|can't|cannot|can not|shouldn't|won't) (?:see|find) (?:any )?{_T}
unseen          there (?:is|are|should be|must be) (?:no|not|no longer)(?: any| an?)? {_T}
unseen          no {_T} (?:is|are|should be|must be) {_SHOWN}
unseen          no {_T} (?:should |must |may )?(?:appears?|shows? up|exists?){_ON_PAGE}
unseen          {_T} (?:(?:is|are) never {_SHOWN}|never (?:appears?|shows? up)|(?:can't|cannot|can not) be seen)
                {_ON_PAGE}
unseen          (?:the )?(?:page|screen) (?:shows|contains|displays|has) no {_T}
unseen          (?:the )?(?:page|screen) (?:no longer|never) (?:shows|contains|displays|has) {_T}
unseen          (?:la |el )?(?:pagina|pantalla) (?:ya )?no {_DEBE}(?:muestra|muestre|mostrar|contiene|contenga
                |contener|tiene|tenga) {_T}
unseen          {_T} (?:(?:is|are|should|must|does|do|to)(?: not|n't)|(?:is|are) no longer|not)(?: be)? {_SHOWN}
unseen          {_T} (?:should not|does not|doesn't|shouldn't|must not) (?:appear|show(?: up)?|exist){_ON_PAGE}
unseen          {_T} (?:(?:is|are|be|should be|has|have|to) )*(?:hidden|gone|disappear(?:s|ed)?|vanish
                (?:es)?)
unseen          (?:the )?(?:page|screen) (?:does not|doesn't|should not|must not) (?:show|contain|display
                |have) {_T}
unseen          (?:ya )?no {_DEBE}{_VER}(?: (?:ningun|ninguna))? {_T}
unseen          {_T} (?:ya )?no {_DEBE}(?:(?:es|esta|este|sea|ser|estar) (?:visible|presente)|{_VER})
unseen          {_T} {_DEBE}(?:desaparecen?|desaparezcan?|desaparecer|(?:esta|este|estar) ocult[oa])
unseen          (?:desaparecen?|desaparezcan?) {_T}
address=part    {_URL} {_MAY}(?:contains?|includes?|has|have|shows?|starts? with|matches) {_T}
address=end     {_URL} {_MAY}(?:ends? (?:with|in)|is|be|equals?(?: to)?|changes? to) {_T}
address=part    {_URL} {_DEBE}(?:contiene|contenga|contener|incluye|incluya|incluir|empieza por) {_T}
address=end     {_URL} {_DEBE}(?:es|sea|ser|termin[ae] en|terminar en|cambi[ae] a) {_T}
address=place   (?:{_MAY}(?:(?:be|am|is|are|get|gets|been) )*(?:redirected|taken|sent|brought)|(?:it|this
                |that) {_MAY}(?:redirects?|leads?|(?:takes?|sends?|brings?) (?:me|us|you)))(?: back)? to {_T}
address=place   {_MAY}(?:be|am|is|are|land|lands|end up|arrive) (?:on|at|in) {_T}
address=place   {_DEBE}(?:estar|estoy|estamos|estas|esta|este|redirig\w+|llev\w+) (?:en|a|al) {_T}
state=checked   {_T} {_IS} (?:checked|ticked|selected|marcad[oa]|seleccionad[oa])
state=unchecked {_T} {_IS} (?:unchecked|unticked|not checked|desmarcad[oa])
state=enabled   {_T} {_IS} (?:enabled|clickable|habilitad[oa]|activad[oa])
state=disabled  {_T} {_IS} (?:disabled|not enabled|greyed out|deshabilitad[oa]|desactivad[oa])
holds           {_T} {_FIELD} {_MAY}(?:contains?|has|have|shows?|holds?|displays?|reads?|is|be|equals?)(?: the)?
                (?: value)?(?: of)? (?P<v>.+)
holds           (?:el )?campo {_T} {_DEBE}(?:contiene|contenga|contener|muestra|muestre|mostrar|tiene|tenga|tener
                |es|sea|(?:sigue|seguir) (?:teniendo|mostrando))(?: el valor)? (?P<v>.+)
see             (?:(?:[a-z]+|\d+) (?:errors?|messages?) {_MAY}(?:appears?|shows? up|be (?:shown|displayed)
                |are (?:shown|displayed))|{_DEBE}(?:aparecen?|aparecer|mostrarse|muestran|verse|ven|salir|salen)
                [ ](?:[a-z]+|\d+) (?:errores|mensajes|avisos)): (?P<t>{_MARKS})
see             {_MESSAGE} {_MAY}(?:says?|is|be|reads?|shows?|contains?|displays?) (?P<t>{MARK})
see             {_MENSAJE} {_DEBE}(?:dice|diga|decir|es|sea|ser|muestra|muestre|mostrar|contiene) (?P<t>{MARK})
see             (?:the )?(?:page|screen|site|app) {_MAY}(?:shows?|contains?|displays?|says?|has|have
                |includes?) {_T}
see             (?:la |el )?(?:pagina|pantalla|aplicacion|sitio) {_DEBE}(?:muestra|muestre|mostrar|contiene
                |contenga|contener|dice|diga|decir|tiene|tenga|incluye|incluya) {_T}
see             {_MAY}(?:sees?|find|observe|notice)(?: that)? {_T}{_ON_PAGE}
see             there {_MAY}(?:is|are|be|exists?|appears?) {_T}{_ON_PAGE}
see             {_T} (?:is|are|should be|must be|to be|be|gets?|becomes?|has been)(?: now| still)? {_SHOWN}
see             {_T} {_MAY}(?:appears?|shows? up|shows|exists?){_ON_PAGE}
see             {_DEBE}{_VER}(?: que)? {_T}{_ON_PAGE}
see             {_T} {_DEBE}(?:(?:es|esta|este|sea|ser|son|estan|estar) (?:visibles?|presentes?)|{_VER}){_ON_PAGE}
"""

STATEMENTS = table(_TABLE)
"""Verb, ``how``, and what it sounds like; ``t`` is what the statement is about, ``v`` what it must hold."""

INTRO = re.compile(
    r"(?:(?P<sure>verify|verifies|ensure|make sure|be sure|confirm|expect|assert|validate|verifi(?:ca|car|que)"
    r"|comprueb(?:a|e)|comprobar|asegura(?:te|rse)?|confirmar?|validar?|se espera|wait|waits|esper[ae]r?)|check)"
    r"(?P<that> (?:for|until|till|that|if|whether|to|que|si|de que|a que|hasta que|hasta|a))? "
)
"""What stands before a statement: "verify that", "check if", "espera a que". ``sure``: it can be nothing else."""

LOADED = re.compile(
    r"(?:wait|espera|esperar)\b[^\ue000]*\b(?:page|site|app|pagina|sitio|aplicacion)\b[^\ue000]*\b(?:load(?:s|ed"
    r"|ing)?|ready|carga|cargue|cargada|lista)"
    r"|(?:the )?page (?:has |is )*(?:load(?:s|ed)?|ready|finished loading)|la pagina (?:carga"
    r"|cargue|ha cargado|esta lista)"
)
"""Asks for nothing: every step waits for the page anyway."""

VAGUE = re.compile(
    r"(?:(?:error|success|confirmation|validation|warning|status|correct|right|new|next|result"
    r"|welcome|exito|siguiente)s? ?)*"
    r"(?:message|notification|toast|alert|page|screen|text|result|change|dialog|modal|popup|error"
    r"|success|confirmation"
    r"|mensaje|notificacion|aviso|pagina|pantalla|texto|resultado|cambio)?s?(?: de (?:error|exito|confirmacion))?"
)
"""Names nothing that can be looked for: "an error message", "the next page"."""

STATE = re.compile(  # unless it stands in quotation marks: of a field, rather how it is than what it holds
    r"(?:(?:now|still|already) )?(?:visible|shown|displayed|there|present|hidden|gone|empty|blank|filled"
    r"|required|mandatory|optional|invalid|valid|focused|read-?only|editable|vaci[oa]|oblig\w+|requerid[oa]"
    r"|opcional"
    r"|invalid[oa]|valid[oa]|ocult[oa]|presente|editable)"
)
FIELD_STATE = re.compile(rf"\b(?:field|input|box|textbox|campo)\b.* (?:is|be|esta|este|es) (?:{STATE.pattern})\Z")
