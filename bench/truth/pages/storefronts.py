"""Pages that draw themselves in the browser, as shops have them; the markup lies beside this in ``html``.

What they ask of the server takes a moment, and some of them are told something untrue.
"""

from __future__ import annotations

import asyncio
import json
from html import escape

from aiohttp import web

from bench.truth.place import kept, made, place

ROUTES = web.RouteTableDef()
HERE = "/{visit}/{faults}"

_MOMENT_S = 0.6
_POTTERY = {
    "Ceramic mug, white": 1700,
    "Ceramic mug, blue": 1850,
    "Espresso cup": 900,
    "Teapot": 3900,
    "Soup bowl": 2100,
    "Dinner plate": 2400,
    "Side plate": 1600,
    "Travel mug": 2200,
    "Jug": 3100,
}
_CARDS = (
    *(("Fix login redirect", 0), ("Rotate API keys", 0), ("Dark mode", 1), ("Upgrade Node", 1)),
    *(("Invoice e-mails", 2), ("Fewer fonts", 3), ("New onboarding", 3)),
)
_PRICE, _IN_STOCK = 7.9, 3


@ROUTES.get(HERE + "/pottery")
async def pottery(_: web.Request) -> web.Response:
    return made("Kiln & Co", "pottery")


@ROUTES.get(HERE + "/pottery/products")
async def pottery_products(request: web.Request) -> web.Response:
    await asyncio.sleep(_MOMENT_S)
    products = [{"name": name, "cents": cents} for name, cents in _POTTERY.items()]
    return web.json_response({"products": products, "cart": kept(request, "pottery")})


@ROUTES.post(HERE + "/pottery/cart")
async def buy_pottery(request: web.Request) -> web.Response:
    kept(request, "pottery").append(await request.text())
    return web.json_response(kept(request, "pottery"))


@ROUTES.get(HERE + "/sprint")
async def sprint(_: web.Request) -> web.Response:
    return made("Sprint 42", "sprint")


@ROUTES.get(HERE + "/sprint/cards")
async def cards(request: web.Request) -> web.Response:
    await asyncio.sleep(_MOMENT_S)
    return _cards(request)


@ROUTES.post(HERE + "/sprint/cards")
async def move_card(request: web.Request) -> web.Response:
    kept(request, "moves").append(await request.text())
    return _cards(request)


def _cards(request: web.Request) -> web.Response:
    where = dict(_CARDS)
    for move in map(json.loads, kept(request, "moves")):
        where[move["title"]] = where.get(move["title"], 0) + move["by"]
    return web.json_response([{"title": title, "at": at} for title, at in where.items()])


@ROUTES.get(HERE + "/filters")
async def filters(request: web.Request) -> web.Response:
    return made("Filter papers", "filters", count=str(_ordered(request, "filters")))


@ROUTES.post(HERE + "/filters")
async def buy_filters(request: web.Request) -> web.Response:
    kept(request, "filters").append(await request.text())
    return web.json_response({"count": _ordered(request, "filters")})


@ROUTES.get(HERE + "/filters/basket")
async def add_up_wrongly(request: web.Request) -> web.Response:
    count = _ordered(request, "filters")
    told = {"subtotal": f"{count * _PRICE:.2f}", "total": f"{(count - 1) * _PRICE:.2f}"}
    return web.json_response({"count": count, **told})


def _ordered(request: web.Request, name: str) -> int:
    return sum(map(int, kept(request, name)))


@ROUTES.get(HERE + "/nordlys")
async def lamps(request: web.Request) -> web.Response:
    return made("Desk lamps", "nordlys", count=str(_ordered(request, "lamps")))


@ROUTES.post(HERE + "/nordlys")
async def buy_lamps(request: web.Request) -> web.Response:
    name, count = await request.json()
    if "Nordlys" in name and _ordered(request, "lamps") + count > _IN_STOCK:
        error = f"You can order at most {_IN_STOCK} of this article"
        return web.json_response({"error": error}, status=409)
    kept(request, "lamps").append(str(count))
    return web.json_response({"count": _ordered(request, "lamps")})


@ROUTES.get(HERE + "/guest")
async def guest(_: web.Request) -> web.Response:
    return made("Checkout", "guest")


@ROUTES.get(HERE + "/guest/ways")
async def ways(_: web.Request) -> web.Response:
    await asyncio.sleep(_MOMENT_S)
    told = [("Standard delivery", 0), ("Express delivery", 6), ("Collect in store", 0)]
    return web.json_response([{"name": name, "cost": cost} for name, cost in told])


@ROUTES.get(HERE + "/guest/card")
async def card(_: web.Request) -> web.Response:
    return made("Card", "guest_card")


@ROUTES.post(HERE + "/guest")
async def paid(request: web.Request) -> web.Response:
    kept(request, "guest").append(await request.text())
    return web.json_response({"ok": True})


@ROUTES.get(HERE + "/guest/done")
async def receipt(request: web.Request) -> web.Response:
    total = escape("".join(kept(request, "guest")[-1:]))
    content = (
        f"<h1>Thank you for your order</h1><p>Payment received: {total}</p>" if total else "<h1>Nothing yet</h1>"
    )
    return made("Order", "guest_done", content=content, at=place(request).at("/guest"))
