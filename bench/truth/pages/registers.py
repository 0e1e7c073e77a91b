"""Pages built in other ways that keep something: appointments, people followed, parcels, groceries, bookings."""

from __future__ import annotations

from html import escape

from aiohttp import web

from bench.truth.place import go, place, sheet

ROUTES = web.RouteTableDef()

_APPOINTMENTS = """<div class="card"><h2>Reserva de citas</h2><form id="f">
<p><label for="d">Fecha</label> <input type="date" id="d" required></p>
<fieldset><legend>Turno</legend>
<label><input type="radio" name="t" value="Mañana" required> Mañana</label>
<label><input type="radio" name="t" value="Tarde"> Tarde</label></fieldset><button>Reservar cita</button></form>
<table><caption>Próximas citas</caption><thead><tr><th>Día</th><th>Turno</th></tr></thead><tbody id="b"></tbody>
</table></div><script>const show = async () => { const rows = await (await fetch('appointments/api')).json()
b.replaceChildren(...rows.map(row => { const tr = document.createElement('tr')
  for (const text of row.split('|')) tr.insertCell().textContent = text
  return tr })) }
f.onsubmit = async event => { event.preventDefault()
  const day = d.value.split('-').reverse().join('/')
  const answer = await fetch('appointments/api', {method: 'POST', body: day + '|' + f.t.value})
  if ((await answer.json()).ok) { f.reset(); show() } }
show()</script>"""
_FOLLOWED = """<section aria-label="People you follow">{}</section><div aria-live="polite" id="told"></div>
<script>for (const button of document.querySelectorAll('button')) button.onclick = async () => {{
  const answer = await fetch('following/' + button.dataset.who, {{method: 'DELETE'}})
  if (answer.ok) {{ button.closest('article').remove(); told.textContent = 'Done' }} }}</script>"""
_PARCEL = """<h2>New parcel</h2><form method="post"><p><select id="shipping" name="way" aria-label="Shipping">
<option value="std">Standard (3 days)</option><option value="exp">Express (24 h)</option></select></p>
<div class="bar"><button type="button" data-testid="save-draft-btn">Save draft</button>
<button data-testid="order-submit-btn">Submit order</button>
<button type="button" data-testid="print-label-btn">Print label</button></div></form><ol>{}</ol>"""
_GROCERIES = """<h1>La compra</h1><ul>{}</ul><script>document.body.onclick = async event => {{
  const row = event.target.closest('button') && event.target.closest('li')
  if (row && (await fetch('groceries/' + row.dataset.n, {{method: 'DELETE'}})).ok) row.remove() }}</script>"""
_BOOKING = """<dl><dt>Booking 7</dt><dd id="s">Booking 7: {}</dd></dl><button id="x">Cancel booking 7</button>
<script>x.onclick = async () => {{ if (confirm('Do you really want to cancel it?')) {{
  await fetch('booking', {{method: 'POST'}}); location.reload() }} }}</script>"""


@ROUTES.get("/{visit}/{faults}/appointments")
async def appointments(_: web.Request) -> web.Response:
    return sheet("Citas", _APPOINTMENTS, language="es")


@ROUTES.get("/{visit}/{faults}/appointments/api")
async def listed(request: web.Request) -> web.Response:
    return web.json_response(_kept(request, "appointments"))


@ROUTES.post("/{visit}/{faults}/appointments/api")
async def reserve(request: web.Request) -> web.Response:
    _kept(request, "appointments").append(await request.text())
    return web.json_response({"ok": True}, status=201)


@ROUTES.get("/{visit}/{faults}/following")
async def following(request: web.Request) -> web.Response:
    cards = (
        f'<article><h3>{who}</h3><button data-who="{who}" aria-label="Unfollow {who}">Unfollow</button></article>'
        for who in _kept(request, "followed", "Marta Ruiz", "Tom Okafor", "Li Wei")
    )
    return sheet("Following", _FOLLOWED.format("".join(cards)))


@ROUTES.delete("/{visit}/{faults}/following/{who}")
async def unfollow(request: web.Request) -> web.Response:
    _kept(request, "followed").remove(request.match_info["who"])
    return web.Response(status=204)


@ROUTES.get("/{visit}/{faults}/parcel")
async def parcel(request: web.Request) -> web.Response:
    ordered = "".join(f"<li>{escape(text)}</li>" for text in _kept(request, "parcels"))
    return sheet("Parcels", _PARCEL.format(ordered))


@ROUTES.post("/{visit}/{faults}/parcel")
async def order(request: web.Request) -> web.Response:
    ways = {"std": "Standard (3 days)", "exp": "Express (24 h)"}
    _kept(request, "parcels").append(f"Parcel on its way, {ways[str((await request.post())['way'])]}")
    return go(request, "/parcel")


@ROUTES.get("/{visit}/{faults}/groceries")
async def groceries(request: web.Request) -> web.Response:
    rows = (
        f'<li data-n="{number}"><span>{text}</span> <button aria-label="Eliminar {text}">✕</button></li>'
        for number, text in enumerate(_kept(request, "groceries", "Manzana", "Pera", "Uva"))
    )
    return sheet("La compra", _GROCERIES.format("".join(rows)), language="es")


@ROUTES.delete("/{visit}/{faults}/groceries/{number}")
async def forget_to_remove(_: web.Request) -> web.Response:
    return web.Response(status=204)


@ROUTES.get("/{visit}/{faults}/booking")
async def booking(request: web.Request) -> web.Response:
    return sheet("Your booking", _BOOKING.format("cancelled" if _kept(request, "cancelled") else "confirmed"))


@ROUTES.post("/{visit}/{faults}/booking")
async def cancel(request: web.Request) -> web.Response:
    _kept(request, "cancelled").append("7")
    return web.Response(status=204)


def _kept(request: web.Request, name: str, *first: str) -> list[str]:
    return place(request).things.lists.setdefault(name, list(first))
