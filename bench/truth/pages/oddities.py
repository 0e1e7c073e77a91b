"""Pages that lead away, never come, break, or hide something."""

from __future__ import annotations

import asyncio

from aiohttp import web

from bench.truth.place import hang_up, page, place

ELSEWHERE = web.AppKey("ELSEWHERE", str)

ROUTES = web.RouteTableDef()

_BOARD = """<button onclick="card.showModal()">New card</button><ul id="cards"></ul>
<dialog id="card" aria-label="New card"><form method="dialog" onsubmit="const entry = document.createElement('li')
 entry.textContent = 'Card: ' + this.title_.value; cards.append(entry)">
<label>Title <input name="title_"></label><button>Create</button></form></dialog>"""
_TOYS = """<button ondblclick="out.textContent = 'Opened twice as fast'">Box</button>
<button onmouseenter="out.textContent = 'It is 12 cm tall'">Size guide</button>
<label>Code <input onkeydown="if (event.key === 'Enter') out.textContent = 'Code taken'"></label>
<button onclick="tell('Copied')">Copy</button><button onclick="tell('All is well')">Save draft</button>
<button>Nothing</button><p id="out" role="status"></p>
<script>function tell(text) { out.textContent = text; setTimeout(() => out.textContent = '', 1000) }</script>"""


@ROUTES.get("/{visit}/{faults}/")
async def home(request: web.Request) -> web.Response:
    here = place(request)
    if here.has("home-500"):
        return page(request, "Internal Server Error", "<p>upstream is gone</p>", status=500)
    if here.has("home-away"):
        raise web.HTTPFound(f"{request.app[ELSEWHERE]}{here.at('/help')}")
    return page(request, "Welcome", f'<p>Pick a page above.</p><a href="{here.at("/away")}">Partner</a>')


@ROUTES.get("/{visit}/{faults}/help")
async def help_page(request: web.Request) -> web.Response:
    return page(request, "Help", "<p>Opening hours: nine to five.</p>")


@ROUTES.get("/{visit}/{faults}/away")
async def away(request: web.Request) -> web.Response:
    raise web.HTTPFound(f"{request.app[ELSEWHERE]}{place(request).at('/help')}")


@ROUTES.get("/{visit}/{faults}/never")
async def never(request: web.Request) -> web.Response:
    await asyncio.sleep(60)
    return page(request, "At last", "")


@ROUTES.get("/{visit}/{faults}/cut")
async def cut(request: web.Request) -> web.Response:
    return hang_up(request)


@ROUTES.get("/{visit}/{faults}/tour")
async def tour(request: web.Request) -> web.Response:
    return page(request, "Tour", f'<a href="{place(request).at("/cut")}">Start</a>')


@ROUTES.get("/{visit}/{faults}/board")
async def board(request: web.Request) -> web.Response:
    return page(request, "Board", _BOARD)


@ROUTES.get("/{visit}/{faults}/toys")
async def toys(request: web.Request) -> web.Response:
    return page(request, "Toys", _TOYS)


@ROUTES.get("/{visit}/{faults}/wizard")
async def wizard(request: web.Request) -> web.Response:
    number = int(request.query.get("step", "1"))
    following = f'<a href="?step={number + 1}">Continue</a>' if number < 6 else "<p>Wizard finished</p>"
    return page(request, f"Stage {number}", following)
