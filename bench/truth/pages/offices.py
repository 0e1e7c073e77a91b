"""Pages as frameworks emit them; the markup lies beside this in ``html``, what the server keeps is told here."""

from __future__ import annotations

import json
from html import escape

from aiohttp import web

from bench.truth.pages.forms import EMAIL, PASSWORD
from bench.truth.place import go, hang_up, kept, made, place, sheet

ROUTES = web.RouteTableDef()

_HOMES = {
    "ch": [
        ("Estudio en Fuencarral 88", 890, "asc"),
        ("Piso en Santa Engracia", 1450, "asc"),
        ("Bajo en Viriato", 990, ""),
        ("Ático en Ponzano", 1800, "asc,ter"),
    ],
    "la": [("Corrala en Mesón de Paredes", 780, ""), ("Dúplex en Argumosa", 1250, "asc")],
    "te": [("Piso en Bravo Murillo", 1010, "asc,gar")],
}
_PER_PAGE = 2
_HUB = """<div id="__next"><header class="topbar"><h1>Postroom</h1></header><main><p>3 parcels wait for you.</p>
<nav aria-label="Sections"><a href="hub#parcels">Parcels</a> · <a href="billing">Billing</a></nav></main></div>"""


@ROUTES.get("/{visit}/{faults}/members")
async def members(request: web.Request) -> web.Response:
    return made("Members", "members", inactive=json.dumps(kept(request, "inactive")))


@ROUTES.post("/{visit}/{faults}/members/deactivate")
async def deactivate(request: web.Request) -> web.Response:
    kept(request, "inactive").append((await request.json())["name"])
    return web.json_response(kept(request, "inactive"))


@ROUTES.get("/{visit}/{faults}/viviendas")
async def homes(_: web.Request) -> web.Response:
    return made("Viviendas", "viviendas", language="es")


@ROUTES.get("/{visit}/{faults}/viviendas/buscar")
async def find_homes(request: web.Request) -> web.Response:
    asked = request.query
    wanted = {extra for extra in asked["extras"].split(",") if extra}
    here = [_HOMES.get(asked["zona"], [])] if asked["zona"] else list(_HOMES.values())
    found = [(name, price) for some in here for name, price, extras in some if wanted <= set(extras.split(","))]
    start = (int(asked["pagina"]) - 1) * _PER_PAGE
    pages = max(1, -(-len(found) // _PER_PAGE))
    return web.json_response({"total": len(found), "de": pages, "casas": found[start : start + _PER_PAGE]})


@ROUTES.get("/{visit}/{faults}/profile")
async def profile(request: web.Request) -> web.Response:
    return made("Profile", "profile", name=escape((kept(request, "name") or ["nadia82"])[-1]))


@ROUTES.put("/{visit}/{faults}/profile")
async def rename(request: web.Request) -> web.Response:
    kept(request, "name").append(await request.text())
    return web.json_response({"ok": True})


@ROUTES.get("/{visit}/{faults}/hub")
async def hub(_: web.Request) -> web.Response:
    return sheet("Postroom", _HUB)


@ROUTES.get("/{visit}/{faults}/signon")
async def signon(_: web.Request) -> web.Response:
    return made("Log in", "signon")


@ROUTES.post("/{visit}/{faults}/signon")
async def sign_on(request: web.Request) -> web.Response:
    sent = await request.post()
    if (sent["identifier"], sent["password"]) != (EMAIL, PASSWORD):
        return web.json_response({"error": "invalid_grant"}, status=401)
    place(request).things.customer = "Ada"
    return web.json_response({"ok": True})


@ROUTES.get("/{visit}/{faults}/billing")
async def billing(request: web.Request) -> web.Response:
    if not place(request).things.customer:
        return go(request, "/signon?next=billing")
    return made("Billing", "billing", interval="".join(kept(request, "interval")[-1:]) or "Billed monthly")


@ROUTES.post("/{visit}/{faults}/billing/interval")
async def change_interval(request: web.Request) -> web.Response:
    kept(request, "interval").append("Billed yearly")
    return web.Response(text="Billed yearly")


@ROUTES.get("/{visit}/{faults}/inventory")
async def inventory(_: web.Request) -> web.Response:
    return made("Inventory", "inventory")


@ROUTES.patch("/{visit}/{faults}/inventory/{name}")
async def forget(_: web.Request) -> web.Response:
    return web.json_response({"status": "ok"})


@ROUTES.get("/{visit}/{faults}/gastos")
async def expenses(_: web.Request) -> web.Response:
    return made("Gastos", "gastos", language="es")


@ROUTES.post("/{visit}/{faults}/gastos")
async def fall_over(request: web.Request) -> web.Response:
    await request.post()
    return web.json_response({"timestamp": "2026-11-22T10:00:00Z", "error": "Internal Server Error"}, status=500)


@ROUTES.get("/{visit}/{faults}/ticket")
async def ticket(_: web.Request) -> web.Response:
    return made("Ticket", "ticket")


@ROUTES.get("/{visit}/{faults}/apollo")
async def apollo(_: web.Request) -> web.Response:
    return made("Settings of apollo", "apollo")


@ROUTES.delete("/{visit}/{faults}/apollo")
async def refuse(_: web.Request) -> web.Response:
    said = "You are signed in as a viewer. Only an owner of apollo may delete it."
    return web.json_response({"code": "forbidden", "message": said}, status=403)


@ROUTES.get("/{visit}/{faults}/envio")
async def shipping(_: web.Request) -> web.Response:
    return made("Envío", "envio", language="es")


@ROUTES.post("/{visit}/{faults}/envio")
async def check_address(request: web.Request) -> web.Response:
    code = str((await request.json())["cp"])
    if code.isdigit() and len(code) == 5:
        return web.json_response({"ok": True})
    return web.json_response({"errors": {"cp": "El código postal debe tener 5 cifras."}}, status=422)


@ROUTES.get("/{visit}/{faults}/company")
async def company(request: web.Request) -> web.Response:
    return made("Company", "company", vat=escape("".join(kept(request, "vat")[-1:])))


@ROUTES.put("/{visit}/{faults}/company")
async def keep_vat(request: web.Request) -> web.Response:
    said = f"Tax details saved: {await request.text()}"
    kept(request, "vat").append(said)
    return web.Response(text=said)


@ROUTES.get("/{visit}/{faults}/notas")
async def notes(_: web.Request) -> web.Response:
    return made("Cuaderno", "notas", language="es")


@ROUTES.post("/{visit}/{faults}/notas")
async def go_away(request: web.Request) -> web.Response:
    place(request).things.gone = True
    return hang_up(request)


@ROUTES.get("/{visit}/{faults}/recipes")
async def recipes(_: web.Request) -> web.Response:
    return made("Winter soups", "recipes")
