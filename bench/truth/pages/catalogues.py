"""Pages to look around in: a wizard of reviews, a price list, orders in two languages, tabs, a library."""

from __future__ import annotations

from html import escape

from aiohttp import web

from bench.truth.place import go, hang_up, place, sheet

ROUTES = web.RouteTableDef()

_STARS = """<style>[type=radio].s { appearance: none; width: 2em; height: 2em; margin: 0; color: #bbb }
.s::before { content: '★'; font-size: 2em; line-height: 1 } .s:checked { color: #c60 }</style>"""
_PRICES = """<h1>Price list</h1><table><thead><tr><th scope="col" aria-sort="none" tabindex="0">Article</th>
<th scope="col" aria-sort="none" tabindex="0">Price</th></tr></thead><tbody><tr><td>Anvil</td><td>112.00</td></tr>
<tr><td>Bellows</td><td>48.50</td></tr><tr><td>Crucible</td><td>9.90</td></tr></tbody></table><script>
const heads = [...document.querySelectorAll('th')], body = document.querySelector('tbody')
heads.forEach((head, at) => head.onclick = () => {
  const key = row => row.cells[at].textContent
  const sorted = [...body.rows].sort((a, b) => key(a).localeCompare(key(b), 'en', {numeric: true}))
  heads.forEach(other => other.setAttribute('aria-sort', other === head ? 'ascending' : 'none'))
  body.replaceChildren(...sorted) })</script>"""
_ORDERS = {
    "en": ("My orders", "Find an order", "Nothing ordered yet matches", ("Kettle", "Lamp")),
    "es": ("Mis pedidos", "Buscar pedidos", "Ningún pedido coincide con", ("Hervidor", "Lámpara")),
}
_TABS = """<h1>Espresso machine</h1><div role="tablist" aria-label="About this machine">
<button role="tab" id="t0" aria-controls="p0">Description</button>
<button role="tab" id="t1" aria-controls="p1">Delivery</button>
<button role="tab" id="t2" aria-controls="p2">Warranty</button></div>
<div role="tabpanel" id="p0" aria-labelledby="t0">Fifteen bar, and quiet.</div>
<div role="tabpanel" id="p1" aria-labelledby="t1">Comes within 3 days.</div>
<div role="tabpanel" id="p2" aria-labelledby="t2">What is faulty we replace within 30 days.</div><script>
const tabs = [...document.querySelectorAll('[role=tab]')]
const panels = [...document.querySelectorAll('[role=tabpanel]')]
const pick = at => tabs.forEach((tab, n) => { tab.ariaSelected = n === at; panels[n].hidden = n !== at })
tabs.forEach((tab, at) => tab.onclick = () => pick(at)); pick(0)</script>"""
_FIND = """<h1>Catalogue</h1><form action="found"><label>Author <input name="author"></label>
<button>Find</button></form>"""


@ROUTES.get("/{visit}/{faults}/review")
async def review(request: web.Request) -> web.Response:
    kept, number = place(request).things.lists, request.query.get("page", "1")
    what, stars = kept.get("what", ["Boots"])[0], kept.get("stars", ["1"])[0]
    if number == "done":
        return sheet("Thanks", f"<p>Published: {what}, {stars} of 5 stars</p>")
    if number == "3":
        return _stage(3, f"<p>Please look again: {what}; stars: {stars}.</p>", "Publish review")
    if number == "2":
        return _stage(2, f"{_STARS}{_stars(stars)}", "Next")
    return _stage(1, _things(what), "Next")


@ROUTES.post("/{visit}/{faults}/review")
async def turn(request: web.Request) -> web.Response:
    sent = await request.post()
    for name in ("what", "stars"):
        if name in sent:
            place(request).things.lists[name] = [escape(str(sent[name]))]
    number = int(str(sent["page"]))
    if sent["turn"] == "back":
        return go(request, f"/review?page={number - 1}")
    return go(request, f"/review?page={number + 1 if number < 3 else 'done'}")


@ROUTES.get("/{visit}/{faults}/prices")
async def prices(_: web.Request) -> web.Response:
    return sheet("Price list", _PRICES)


@ROUTES.get("/{visit}/{faults}/orders")
async def orders(request: web.Request) -> web.Response:
    language, sought = request.query.get("lang", "en"), request.query.get("q", "")
    title, field, nothing, things = _ORDERS[language]
    found = "".join(f"<li>{thing}</li>" for thing in things if sought.lower() in thing.lower())
    form = f"""<form><input type="hidden" name="lang" value="{language}">
<input type="search" name="q" placeholder="{field}" value="{escape(sought)}"></form>"""
    links = '<a href="?lang=en" lang="en">English</a> · <a href="?lang=es" lang="es">Español</a>'
    shown = f"<ul>{found}</ul>" if found else f"<p>{nothing} «{escape(sought)}».</p>"
    return sheet(title, f"<header>{links}</header><h1>{title}</h1>{form}{shown}", language=language)


@ROUTES.get("/{visit}/{faults}/machine")
async def machine(_: web.Request) -> web.Response:
    return sheet("Espresso machine", _TABS)


@ROUTES.get("/{visit}/{faults}/library")
async def library(_: web.Request) -> web.Response:
    return sheet("Library", '<h1>City library</h1><a href="catalogue">Browse the catalogue</a>')


@ROUTES.get("/{visit}/{faults}/catalogue")
async def catalogue(_: web.Request) -> web.Response:
    return sheet("Catalogue", _FIND)


@ROUTES.get("/{visit}/{faults}/found")
async def found_none(request: web.Request) -> web.Response:
    place(request).things.gone = True
    return hang_up(request)


def _stage(number: int, content: str, onward: str) -> web.Response:
    back = '<button name="turn" value="back">Back</button>' if number > 1 else ""
    buttons = f'<button name="turn" value="on">{onward}</button> {back}'
    hidden = f'<input type="hidden" name="page" value="{number}">'
    form = f'<form method="post" action="review">{hidden}{content}<p>{buttons}</p></form>'
    return sheet("Write a review", f"<h1>Write a review, page {number} of 3</h1>{form}")


def _things(chosen: str) -> str:
    radios = (f"<label>{_radio('what', name, chosen)}> {name}</label>" for name in ("Boots", "Tent", "Stove"))
    return f"<fieldset><legend>What did you buy?</legend>{''.join(radios)}</fieldset>"


def _stars(chosen: str) -> str:
    names = {"1": "1 star", "2": "2 stars", "3": "3 stars", "4": "4 stars", "5": "5 stars"}
    radios = (f'{_radio("stars", n, chosen)} class="s" aria-label="{name}">' for n, name in names.items())
    return f"<fieldset><legend>How was it?</legend>{''.join(radios)}</fieldset>"


def _radio(name: str, value: str, chosen: str) -> str:
    return f'<input type="radio" name="{name}" value="{value}"{" checked" if value == chosen else ""}'
