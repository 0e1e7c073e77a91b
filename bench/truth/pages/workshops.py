"""More pages as frameworks emit them; the markup lies beside this in ``html``."""

from __future__ import annotations

import json
from html import escape

from aiohttp import web

from bench.truth.place import HERE, hang_up, kept, last, made, place, show

ROUTES = web.RouteTableDef()

_DIGITS_KEPT = 8


@ROUTES.get(HERE + "/onboarding")
async def onboarding(request: web.Request) -> web.Response:
    return made("Welcome", "onboarding", workspace=escape(last(request, "workspace")))


@ROUTES.post(HERE + "/onboarding")
async def make_workspace(request: web.Request) -> web.Response:
    kept(request, "workspace").append(await request.text())
    return web.Response(text=last(request, "workspace"))


@ROUTES.get(HERE + "/mesa")
async def table(request: web.Request) -> web.Response:
    said = escape(last(request, "mesa")) or "Aún no tienes reserva"
    return made("Reservas", "mesa", language="es", resumen=said)


@ROUTES.post(HERE + "/mesa")
async def book_table(request: web.Request) -> web.Response:
    kept(request, "mesa").append(await request.text())
    return web.Response(text=last(request, "mesa"))


show(ROUTES, "/vault", "Data room", "vault")
show(ROUTES, "/vault/files", "Files", "vault_files")


@ROUTES.get(HERE + "/vault/files/{name}")
async def one_file(request: web.Request) -> web.Response:
    name = request.match_info["name"]
    if name == "contract.pdf":
        return web.Response(text="Contract of 3 May, two pages")
    return web.json_response({"detail": f"You have no access to {name}. Ask its owner."}, status=403)


@ROUTES.get(HERE + "/payables")
async def payables(request: web.Request) -> web.Response:
    return made("Payables", "payables", settled=json.dumps(kept(request, "settled")))


@ROUTES.post(HERE + "/payables")
async def settle(request: web.Request) -> web.Response:
    kept(request, "settled").append(await request.text())
    return web.json_response(kept(request, "settled"))


@ROUTES.get(HERE + "/ficha")
async def member(request: web.Request) -> web.Response:
    return made("Ficha", "ficha", language="es", movil=escape(last(request, "movil", "sin móvil")))


@ROUTES.put(HERE + "/ficha")
async def keep_too_little(request: web.Request) -> web.Response:
    typed = (await request.text())[:_DIGITS_KEPT]
    kept(request, "movil").append(" ".join(typed[at : at + 3] for at in range(0, len(typed), 3)))
    return web.json_response({"ok": True})


show(ROUTES, "/parcel-story", "Order 88-120", "parcel_story")


@ROUTES.get(HERE + "/parcel-story/events")
async def events(_: web.Request) -> web.Response:
    return web.json_response({"title": "An error occurred", "traceId": "00-4bf9"}, status=500)


show(ROUTES, "/customer", "Customer", "customer")
show(ROUTES, "/citas", "Mis citas", "citas", language="es")
show(ROUTES, "/episodes", "Episodes", "episodes")
show(ROUTES, "/pago", "Pago", "pago", language="es")
show(ROUTES, "/imports", "Import", "imports")


@ROUTES.post(HERE + "/imports")
async def begin(_: web.Request) -> web.Response:
    return web.json_response({"job": 31}, status=202)


@ROUTES.get(HERE + "/imports/{job}")
async def go_down(request: web.Request) -> web.Response:
    place(request).things.gone = True
    return hang_up(request)


show(ROUTES, "/handbook", "Handbook", "handbook")
