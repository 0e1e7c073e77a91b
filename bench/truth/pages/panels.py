"""Pages drawn by their scripts: components, frames, panels that load; most of them do not do what they should."""

from __future__ import annotations

import asyncio
from html import escape

from aiohttp import web

from bench.truth.place import hang_up, place, sheet

PUBLISHING_S = 1.5
LEAFING_S = 2.0

ROUTES = web.RouteTableDef()

_TRANSFER = """<bank-form></bank-form><script>customElements.define('bank-form', class extends HTMLElement {
connectedCallback() { const root = this.attachShadow({mode: 'open'})
root.innerHTML = `<label>IBAN <input autocomplete="off"></label> <button>Check account</button>
  <p role="alert"></p>`
root.querySelector('button').onclick = async () => {
  const answer = await fetch('transfer/check', {method: 'POST', body: root.querySelector('input').value})
  root.querySelector('p').textContent = (await answer.json()).message } } })</script>"""
_ARTICLE = """<article contenteditable="false"><h1>Autumn in Soria</h1><p>It rains.</p></article>
<button id="go">Publish article</button> <span id="state"></span>
<div id="toast" style="position: fixed; top: 0"></div>
<script>go.onclick = async () => { state.textContent = 'Publishing…'
const answer = await fetch('article', {method: 'PUT'})
state.textContent = answer.ok ? 'Live since today' : ''
if (answer.ok) return
toast.textContent = 'Could not publish'; setTimeout(() => toast.textContent = '', 900) }</script>"""
_REPORTS = """<div id="root"></div><script>const home = () => { const link = document.createElement('a')
link.href = '#year'; link.textContent = 'Yearly report'; root.replaceChildren('Pick one: ', link) }
onhashchange = async () => { root.replaceChildren()
  const report = await (await fetch('reports/year')).json()
  root.textContent = 'Total revenue: ' + report.rows.map(row => row.sum).join() }
home()</script>"""
_PAYSLIPS = """<h1>Nóminas</h1><menu><li><a href="payslips/march">Marzo</a></li></menu>"""
_PAYSLIP = """<h1>Nómina</h1><p id="sum">Cargando…</p><script>fetch('march/sum').then(async answer => {
if (answer.status === 401) location = '../access'; else sum.textContent = await answer.text() })</script>"""
_ACCESS = """<h1>Inicia sesión</h1><p>Tienes que identificarte para continuar.</p><form method="post">
<p><label>Usuario <input name="user"></label></p>
<p><label>Contraseña <input type="password" name="word"></label></p>
<button>Entrar</button></form>"""
_INVITE = """<h1>Your team</h1><form><label>Work e-mail <input type="email" name="who" required></label>
<button>Send invitation</button></form><p>{}</p>"""
_ARCHIVE = """<h1>Actas</h1><h2 id="week">Semana 30</h2>
<button id="older" aria-label="Semana anterior">&lt;</button>
<div role="progressbar" aria-label="Cargando" id="bar" hidden>…</div><script>let number = 30
older.onclick = async () => { older.disabled = true; bar.hidden = false
  number = Number(await (await fetch('archive/before?week=' + number)).text())
  week.textContent = 'Semana ' + number; older.disabled = false; bar.hidden = true }</script>"""
_CHAT = """<div role="log" id="log"></div><label for="m">Mensaje</label><textarea id="m" rows="2"></textarea>
<button id="b">Enviar mensaje</button><script>b.onclick = () => { const line = document.createElement('p')
line.textContent = m.value; log.append(line)
fetch('chat', {method: 'POST', body: m.value})
  .then(() => line.append(' · Entregado'), () => line.append(' · Sin conexión')) }</script>"""
_COUPON = """<form id="f"><label>Coupon <input id="c"></label> <label>Pay with <select><option>Cash</option>
<option>Card</option></select></label> <button>Apply</button></form><output id="o"></output><script>
f.onsubmit = event => { event.preventDefault(); o.textContent = 'Coupon ' + c.value + ': 10% off' }</script>"""
_NOTICE = """<div role="region" aria-label="Avisos"><p>Mantenimiento el domingo</p>
<button>Ocultar aviso</button></div><p>Bienvenida, Eva.</p>"""


@ROUTES.get("/{visit}/{faults}/transfer")
async def transfer(_: web.Request) -> web.Response:
    return sheet("Transfer", _TRANSFER)


@ROUTES.post("/{visit}/{faults}/transfer/check")
async def check(_: web.Request) -> web.Response:
    return web.json_response({"message": "This account has a wrong check digit"}, status=422)


@ROUTES.get("/{visit}/{faults}/article")
async def article(_: web.Request) -> web.Response:
    return sheet("Editor", _ARTICLE)


@ROUTES.put("/{visit}/{faults}/article")
async def publish(_: web.Request) -> web.Response:
    await asyncio.sleep(PUBLISHING_S)
    return web.json_response({"error": "deadlock"}, status=500)


@ROUTES.get("/{visit}/{faults}/reports")
async def reports(_: web.Request) -> web.Response:
    return sheet("Reports", _REPORTS)


@ROUTES.get("/{visit}/{faults}/reports/year")
async def year(_: web.Request) -> web.Response:
    return web.json_response({"lines": []})


@ROUTES.get("/{visit}/{faults}/payslips")
async def payslips(_: web.Request) -> web.Response:
    return sheet("Nóminas", _PAYSLIPS, language="es")


@ROUTES.get("/{visit}/{faults}/payslips/march")
async def payslip(_: web.Request) -> web.Response:
    return sheet("Nómina de marzo", _PAYSLIP, language="es")


@ROUTES.get("/{visit}/{faults}/payslips/march/sum")
async def salary(_: web.Request) -> web.Response:
    return web.Response(status=401)


@ROUTES.get("/{visit}/{faults}/access")
async def access(_: web.Request) -> web.Response:
    return sheet("Acceso", _ACCESS, language="es")


@ROUTES.get("/{visit}/{faults}/invite")
async def invite(request: web.Request) -> web.Response:
    who = request.query.get("who", "")
    return sheet("Team", _INVITE.format(f"Invitation sent to {escape(who)}" if who else "Nobody is invited yet."))


@ROUTES.get("/{visit}/{faults}/archive")
async def archive(_: web.Request) -> web.Response:
    return sheet("Actas", _ARCHIVE, language="es")


@ROUTES.get("/{visit}/{faults}/archive/before")
async def before(request: web.Request) -> web.Response:
    await asyncio.sleep(LEAFING_S)
    return web.Response(text=str(int(request.query["week"]) - 1))


@ROUTES.get("/{visit}/{faults}/chat")
async def chat(_: web.Request) -> web.Response:
    return sheet("Chat", _CHAT, language="es")


@ROUTES.post("/{visit}/{faults}/chat")
async def go_away(request: web.Request) -> web.Response:
    place(request).things.gone = True
    return hang_up(request)


@ROUTES.get("/{visit}/{faults}/checkout")
async def checkout(_: web.Request) -> web.Response:
    frame = f'<iframe title="Discount" srcdoc="{escape(_COUPON)}" width="700" height="200"></iframe>'
    return sheet("Checkout", f"<h1>Checkout</h1><p>Total: 50.00</p>{frame}")


@ROUTES.get("/{visit}/{faults}/notice")
async def notice(_: web.Request) -> web.Response:
    return sheet("Portal", _NOTICE, language="es")
