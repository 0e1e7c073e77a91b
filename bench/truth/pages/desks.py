"""What one person does at a desk, with profiles, settings, invoices, figures; the markup is in ``html``."""

from __future__ import annotations

import json
from html import escape

from aiohttp import web

from bench.truth.place import kept, made

ROUTES = web.RouteTableDef()
HERE = "/{visit}/{faults}"

_FIRM = {
    "trade": "Talleres Ruiz",
    "phone": "923 111 222",
    "site": "ruiz.example",
    "mail": "admin@ruiz.example",
    "vat": "",
    "terms": "30 days",
    "contact": "Lola Ruiz",
    "role": "Owner",
}


@ROUTES.get(HERE + "/me")
async def me(_: web.Request) -> web.Response:
    return made("My profile", "me")


@ROUTES.post(HERE + "/me")
async def lose_the_picture(request: web.Request) -> web.Response:
    await request.read()
    return web.json_response({"error": "ENOSPC: no space left on device"}, status=500)


@ROUTES.get(HERE + "/join")
async def join(_: web.Request) -> web.Response:
    return made("Create your account", "join")


@ROUTES.post(HERE + "/join")
async def joined(_: web.Request) -> web.Response:
    return web.json_response({"ok": True})


@ROUTES.get(HERE + "/preferencias")
async def preferences(request: web.Request) -> web.Response:
    language = escape((kept(request, "idioma") or ["Español"])[-1])
    return made("Idioma y región", "preferencias", language="es", idioma=language)


@ROUTES.put(HERE + "/preferencias")
async def keep_language(request: web.Request) -> web.Response:
    kept(request, "idioma").append(await request.text())
    return web.json_response({"ok": True})


@ROUTES.get(HERE + "/receivables")
async def receivables(_: web.Request) -> web.Response:
    return made("Invoices", "receivables")


@ROUTES.get(HERE + "/receivables/list")
async def invoices(request: web.Request) -> web.Response:
    numbers = [f"INV-{number}" for number in range(2036, 2056)]
    return web.json_response([each for each in numbers if each not in kept(request, "archived")])


@ROUTES.post(HERE + "/receivables/list")
async def archive(request: web.Request) -> web.StreamResponse:
    kept(request, "archived").append(await request.text())
    return await invoices(request)


@ROUTES.get(HERE + "/insights")
async def insights(_: web.Request) -> web.Response:
    return made("Insights", "insights")


@ROUTES.get(HERE + "/insights/revenue")
async def revenue(request: web.Request) -> web.Response:
    bars = [40 + 37 * each % 150 for each in range(int(request.query["n"]))]
    return web.Response(text=json.dumps(bars), content_type="application/json")


@ROUTES.get(HERE + "/firm")
async def firm(request: web.Request) -> web.Response:
    told = json.loads("".join(kept(request, "firm")[-1:]) or json.dumps(_FIRM))
    return made("Talleres Ruiz", "firm", firm=json.dumps(told).replace("<", "\\u003c"))


@ROUTES.patch(HERE + "/firm")
async def keep_all_but_one(request: web.Request) -> web.Response:
    sent = await request.json()
    kept(request, "firm").append(json.dumps({name: sent[name] for name in _FIRM} | {"vat": _FIRM["vat"]}))
    return web.json_response({"ok": True})
