"""How people say, in English and Spanish, what a page must tell; patterns fit folded text."""

from __future__ import annotations

import re

from ghostly.assist.goals.phrases import table
from ghostly.assist.goals.wording import MARK

_MAY = r"(?:(?:should|must|will|shall|has to|have to|needs to|now|then|still|also|eventually|can|to) )*"
_DEBE = r"(?:(?:debe(?:ria|rian|n)?|tienen? que|ha de|han de|ya|ahora|tambien|todavia|se|me) )*"
_SAYS = (
    r"(?:says?|shows?|reads?|displays?|mentions?|tells? me|includes?|contains?|lists?|has|have|states?"
    r"|asks?|complains?(?: with)?)(?: that)?"
)
_DICE = (
    r"(?:dice|decir|diga|muestra|mostrar|muestre|poner?|ponga|pone|menciona(?:r)?|inclu(?:ye|ir|ya)|contiene"
    r"|contener"
    r"|tener|tiene|leerse|indica(?:r)?|pregunta(?:r)?)(?: que)?"
)
_IS = r"(?:is|are|be|equals?|costs?(?! (?:must|should|will|is)\b)|stays?|remains?|becomes?|reads?|shows?|says?|="
_IS += r"|(?:change|drop|go|rise|fall)s? to)"
_ES = (
    r"(?:es|son|sea|ser|cuesta|costar|queda(?:r)? en|estar|esta|valer|vale|(?:sigue|seguir|siga)(?: siendo)?"
    r"|decir|dice|mostrar|muestra|poner|pone|marca|(?:baj|sub|cambi|pas)(?:a|ar) a(?: ser)?|=)"
)
_ONLY = r"(?:(?:only|exactly|just|solo|solamente|exactamente|unicamente|un total de|a total of) )?"
_N = r"(?P<n>\d+)"
_NOUN = r"(?P<noun>[a-z][\w-]*(?: [a-z][\w-]*)?)"
_ON = r"(?: (?:in|on|within|under|en) (?:the |el |la |los |las )?(?P<place>[\w ]{1,40}))?"
_V = rf"(?P<v>{MARK}|[^\ue000]{{1,60}})"
_T = r"(?P<t>.{1,80}?)"
_CODE = r"[^\s\ue000,]*\d[^\s\ue000,]*|[a-z]+-[\w-]+"
_NAME = rf"{MARK}|{_CODE}"

_TABLE = rf"""
nonesays        (?:none|ningun[oa]?)(?: (?:of|de) (?:them|these|those|the [a-z]+|ell[oa]s|l[oa]s [a-z]+)| [a-z]+)?
                (?: (?:should|must|will|debe(?:ria)?n?|tiene que))? (?:{_SAYS}|{_DICE}) (?P<v>{MARK})
count           (?:(?:there|it|that|this) {_MAY}(?:is|are|be)|(?:i |you |we )?{_MAY}(?:see|find
                |get)) {_ONLY}{_N} {_NOUN}{_ON}
count           {_ONLY}{_N} {_NOUN} {_MAY}(?:is|are|be|remain|remains|appears?)(?: (?:left|shown|visible|listed
                |displayed|there|remaining|found))?{_ON}
count           {_ONLY}{_N} {_NOUN} (?:left|remain|shown|listed|found){_ON}
count           (?:the |my )?(?P<place>[\w ]{{1,40}}?) {_MAY}(?:shows?|has|have|contains?|lists?
                |displays?|mentions?) {_ONLY}{_N} {_NOUN}
count           {_ONLY}{_DEBE}(?:hay|haber|haya|quedan?|quedar|ver(?:se)?|ven|aparecen?|aparecer|mostrar(?:se)?
                |muestran?|salir|salen?|salgan?) {_ONLY}{_N} {_NOUN}{_ON}
count           (?:el |la |los |las )?(?P<place>[\w ]{{1,40}}?) {_DEBE}(?:muestra|mostrar|tiene|tener|contiene
                |contener|menciona|mencionar) {_ONLY}{_N} {_NOUN}
listed          (?:the |my )?(?P<place>[\w ]{{1,40}}?) {_MAY}(?:contains?|lists?|includes?|shows?|has
                |have) (?P<v>{_CODE})
listed          (?:el |la |mi )?(?P<place>[\w ]{{1,40}}?) {_DEBE}(?:contiene|contener|incluye|incluir|muestra
                |mostrar|tiene|tener|listar) (?P<v>{_CODE})
says            (?:it|this|that|he|she|which|the result|eso|esto) {_MAY}{_SAYS} (?P<v>{MARK})
says            {_DEBE}{_DICE} (?P<v>{MARK})
says            (?:(?:i|you|we|user|it|me|to) )*{_MAY}(?:gets?|receives?|sale|salir|llega) (?:(?:an?|the|un|una
                |el|la) )?(?:\w+ )?(?P<v>{MARK})
says            {_T} {_MAY}(?:{_SAYS}) (?P<v>{MARK})
says            {_T} (?:{_MAY}(?:be shown|be displayed|appears?|pops? up|is shown|is displayed
                |comes up) )?(?:saying|that says|reading|with the text) (?P<v>{MARK})(?: {_MAY}(?:appears?
                |be shown|be displayed|is shown|is displayed|shows? up|pops? up))?
says            {_T} {_DEBE}{_DICE} (?P<v>{MARK})
says            {_DEBE}(?:aparece|aparecer|ver(?:se)?|salir|sale|mostrar(?:se)?) {_T} (?:que dice|diciendo
                |con el texto) (?P<v>{MARK})
says            {_MAY}(?:be|am|is|are|land|lands|end up|arrive|get|taken|redirected|sent| )* ?(?:on|at|to
                |in) (?:the )?(?P<v>{MARK})(?: page| screen)?
reads           {_T} {_MAY}(?:be|is|are|esta|stays?|queda|quedar|estar) (?P<v>empty|blank|vaci[oa])
reads           {_T} {_DEBE}(?:esta|queda|quedar|estar) (?P<v>vaci[oa])
reads           {_T} {_MAY}{_IS} (?:now |equal to |set to )?{_V}
reads           {_T} {_DEBE}{_ES} (?:ahora |igual a |de (?=\S?\d))?{_V}
reads           (?P<t>[^:]{{1,60}}?)(?: is shown| appears| aparece)?: {_V}
listed          (?:in|within|among|inside|en|entre|dentro de) (?:(?:the|el|la|los
                |las)[ ])?(?P<place>[\w ]{{1,40}}?),? (?:{_MAY}(?:be|see|there is|appears?|is shown)
                |{_DEBE}(?:ver(?:se)?|aparece|aparecer|estar|esta|hay|haber|salir|sale)) (?P<v>{MARK})
listed          (?P<v>{_NAME}) {_MAY}(?:be|is|appears?|shows?)(?: up)?(?: listed| shown)? (?:in|on|among
                |under) (?:the |my )?(?P<place>[\w ]{{1,40}})
listed          (?P<v>{_NAME}) {_DEBE}(?:estar|esta|aparece|aparecer|ver(?:se)?|figura(?:r)?) (?:en
                |entre) (?:el |la |los |las )?(?P<place>[\w ]{{1,40}})
listed          {_DEBE}(?:estar|esta|aparece|aparecer|ver(?:se)?|existir|haber|hay) (?:(?:una?|el
                |la)[ ])?(?P<v>{MARK}) (?:en|entre) (?:el |la |los |las )?(?P<place>[\w ]{{1,40}})
unlisted        (?P<v>{_NAME}) (?:is|are|should|must|does|will)(?:n't| not| no longer)(?: be| appear| shown
                | listed)* (?:in|on|among) (?:the |my )?(?P<place>[\w ]{{1,40}}?)(?: any ?more| any longer)?
unlisted        (?P<v>{_NAME}) (?:ya )?no {_DEBE}(?:estar|esta|aparece|aparecer|ver(?:se)?|figura(?:r)?) (?:en
                |entre) (?:el |la |los |las )?(?P<place>[\w ]{{1,40}})
"""
TELLING = table(_TABLE)
TELLS = re.compile(
    r"[:=\d]|\b(?:is|are|be|being|was|\w+(?:\ue001)|costs?|stays?|remains?|becomes?|drops?|falls?|goes|rises?"
    r"|changes?|says?"
    r"|shows?|reads?|displays?|mentions?|tells?|includes?|contains?|lists?|has|have|states?|equals?|land|lands"
    r"|taken"
    r"|es|son|sea|ser|esta|estar|est\w+|queda\w*|vale|valer|cuesta|costar|sigue|seguir|siga|dice|decir|diga|muestr\w+"
    r"|mostrar|pon\w+"
    r"|menciona\w*|inclu\w+|contien\w+|contener|ten\w+|tiene|leerse|indica\w*|ver\w*|aparec\w+|hay|hab\w+|disappears?|vanish\w*"
    r"|desapare\w+|appears?|neither|sin|without|no longer|after|once|guardar\w*|recargar\w*|permanece\w*"
    r"|figura\w*|salir|sale|gone|see)\b"
    r"|n't\b"
    r"|\ue000"
)
"""What no statement is without; looked for first, because most of what is read is none."""
VALUE = re.compile(r"\S{0,3}\d\S*(?: \S{1,8})?|(?:[A-Z\u00c0-\u00de]\S*)(?: \S+){0,6}|\S+@\S+")
STRESSED = re.compile(
    r"(?<!\bde )\b(?:not?|never|nunca|if|when|until|unless|si|cuando|hasta|instead|neither|nor|without"
    r"|except)\b|n't\b"
    r"|\b(?:and|y|but|pero)\b.* (?:is|are|should|must|debe\w*|es|esta)\b"
)
GENERIC = re.compile(
    r"(?:(?:the|an?|el|la|un|una|my|mi|error|success|confirmation|status|new|nuevo|same|result) )*"
    r"(?:page|screen|site|app|message|text|toast|alert|notification|notice|banner|popup|pop-up|label|badge"
    r"|counter|cart"
    r"|basket|column|list|button|dialog|modal|panel|result|answer|error|snackbar|box|widget|chat|summary"
    r"|pagina|pantalla|mensaje|texto|aviso|alerta|notificacion|etiqueta|contador|carrito|cesta|columna|lista|boton"
    r"|dialogo|ventana|panel|resultado|respuesta|resumen|it|this|he|she|which|eso|esto|one)"
)
MORE = re.compile(
    rf"(?:and |y |but |pero )?(?:(?:not|no) (?P<v>{MARK})|(?P<t>(?:the|el|la) [a-z][a-z ]{{2,40}}?"
    rf"|(?:[a-z]+ ){{0,3}}(?:number|code|id|status|date|total|numero|codigo|estado|fecha)) (?P<w>{MARK}|{_CODE}))"
)
INSTEAD = re.compile(
    rf"(?P<is>.+) (?:instead of|rather than|en (?:vez|lugar) de) (?P<was>{MARK}|\S{{0,3}}\d\S*(?: [€$£])?)"
)
EMPTY = re.compile(r"empty|blank|vaci[oa]")
WHERE = re.compile(
    r"(?:(?:the|el|la|los|las|my|mi|\w+) )?(?:list|table|page|screen|results?|sidebar|header|footer|menu"
    r"|navigation|lista"
    r"|tabla|pagina|pantalla|resultados?|cabecera|barra lateral|menu lateral|listado)(?: any ?more| any longer)?"
)
TITLE = re.compile(
    r"(?:(?:the|el|la|page|main|document) )*(?:heading|headline|title|encabezado|titulo)(?: (?:of|de) .+)?"
)
