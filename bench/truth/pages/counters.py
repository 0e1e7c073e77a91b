"""Pages where somebody wants something done: preferences, incidents, a collection, an invoice, a code."""

from __future__ import annotations

from aiohttp import web

from bench.truth.place import sheet

ROUTES = web.RouteTableDef()

_PREFERENCES = """<h1>Preferences</h1><p><button type="button" role="switch" aria-checked="false"
 aria-labelledby="l" id="s" style="width: 3em">&nbsp;</button> <span id="l">Paperless receipts</span></p>
<button id="save">Save preferences</button><p id="now">Receipts come on paper</p><script>
s.onclick = () => s.ariaChecked = s.ariaChecked !== 'true'
save.onclick = async () => {
  const answer = await fetch('preferences', {method: 'PUT', body: s.ariaChecked})
  const way = s.ariaChecked === 'true' ? 'by e-mail' : 'on paper'
  if (answer.ok) now.textContent = 'Receipts come ' + way }
</script>"""
_INCIDENT = """<form method="post"><p><label for="a">Asunto</label><br><input id="a" name="subject" required></p>
<p><label for="d">Descripción</label><br><textarea id="d" name="text"></textarea></p>
<input type="submit" value="Abrir incidencia"></form>"""
_COLLECTION = """<h1>Recogida a domicilio</h1><form id="f" novalidate><label for="d">Fecha de recogida</label>
<input type="date" id="d" aria-errormessage="e"><span id="e" aria-live="assertive" style="color: #b00"></span>
<p><button>Solicitar recogida</button></p></form><div id="done"></div><script>
f.onsubmit = event => { event.preventDefault()
  const past = !(d.value >= new Date().toISOString().slice(0, 10))
  d.setAttribute('aria-invalid', past)
  e.textContent = past ? 'La fecha no puede ser anterior a hoy.' : ''
  if (!past) done.textContent = 'Recogida solicitada para el ' + d.value }</script>"""
_SUPPLY = """<h1>Mi suministro</h1><details><summary>Consumo</summary><p>Octubre: 212 kWh</p></details>
<details><summary>Pagos</summary><p>Octubre: 48,20 €</p><button id="b">Enviar factura</button></details>
<p id="o" role="status"></p><script>b.onclick = () => o.textContent = 'Factura de octubre enviada'</script>"""
_CODE = """<h1>Confirma tu móvil</h1><p>Te hemos llamado al 600 *** 123.</p><form>
<label>Código <input inputmode="numeric" maxlength="6"></label>
<button type="button">Reenviar código</button></form>
<div style="position: fixed; bottom: 1em; opacity: 0; transition: opacity .3s">Código enviado</div>"""


@ROUTES.get("/{visit}/{faults}/preferences")
async def preferences(_: web.Request) -> web.Response:
    return sheet("Preferences", _PREFERENCES)


@ROUTES.put("/{visit}/{faults}/preferences")
async def keep_nothing(_: web.Request) -> web.Response:
    return web.json_response({"error": "quota exceeded"})


@ROUTES.get("/{visit}/{faults}/incidents")
async def incidents(_: web.Request) -> web.Response:
    frame = '<iframe title="Nueva incidencia" src="incidents/new" width="500" height="320"></iframe>'
    return sheet("Incidencias", f"<h1>Tu comunidad</h1>{frame}", language="es")


@ROUTES.get("/{visit}/{faults}/incidents/new")
async def incident(_: web.Request) -> web.Response:
    return sheet("Nueva incidencia", _INCIDENT, language="es")


@ROUTES.post("/{visit}/{faults}/incidents/new")
async def fall_over(_: web.Request) -> web.Response:
    return web.Response(text="ORA-01034", status=500)


@ROUTES.get("/{visit}/{faults}/collection")
async def collection(_: web.Request) -> web.Response:
    return sheet("Recogida", _COLLECTION, language="es")


@ROUTES.get("/{visit}/{faults}/supply")
async def supply(_: web.Request) -> web.Response:
    return sheet("Mi suministro", _SUPPLY, language="es")


@ROUTES.get("/{visit}/{faults}/code")
async def code(_: web.Request) -> web.Response:
    return sheet("Confirmación", _CODE, language="es")
