"""More pages as frameworks emit them; the markup lies beside this in ``html``."""

from __future__ import annotations

import json
from html import escape

from aiohttp import web

from bench.truth.place import hang_up, kept, made, place

ROUTES = web.RouteTableDef()

_DIGITS_KEPT = 8


@ROUTES.get("/{visit}/{faults}/onboarding")
async def onboarding(request: web.Request) -> web.Response:
    return made("Welcome", "onboarding", workspace=escape("".join(kept(request, "workspace")[-1:])))


@ROUTES.post("/{visit}/{faults}/onboarding")
async def make_workspace(request: web.Request) -> web.Response:
    kept(request, "workspace").append(await request.text())
    return web.Response(text=kept(request, "workspace")[-1])


@ROUTES.get("/{visit}/{faults}/mesa")
async def table(request: web.Request) -> web.Response:
    said = escape("".join(kept(request, "mesa")[-1:])) or "Aún no tienes reserva"
    return made("Reservas", "mesa", language="es", resumen=said)


@ROUTES.post("/{visit}/{faults}/mesa")
async def book_table(request: web.Request) -> web.Response:
    kept(request, "mesa").append(await request.text())
    return web.Response(text=kept(request, "mesa")[-1])


@ROUTES.get("/{visit}/{faults}/vault")
async def vault(_: web.Request) -> web.Response:
    return made("Data room", "vault")


@ROUTES.get("/{visit}/{faults}/vault/files")
async def files(_: web.Request) -> web.Response:
    return made("Files", "vault_files")


@ROUTES.get("/{visit}/{faults}/vault/files/{name}")
async def one_file(request: web.Request) -> web.Response:
    name = request.match_info["name"]
    if name == "contract.pdf":
        return web.Response(text="Contract of 3 May, two pages")
    return web.json_response({"detail": f"You have no access to {name}. Ask its owner."}, status=403)


@ROUTES.get("/{visit}/{faults}/payables")
async def payables(request: web.Request) -> web.Response:
    return made("Payables", "payables", settled=json.dumps(kept(request, "settled")))


@ROUTES.post("/{visit}/{faults}/payables")
async def settle(request: web.Request) -> web.Response:
    kept(request, "settled").append(await request.text())
    return web.json_response(kept(request, "settled"))


@ROUTES.get("/{visit}/{faults}/ficha")
async def member(request: web.Request) -> web.Response:
    return made("Ficha", "ficha", language="es", movil=escape((kept(request, "movil") or ["sin móvil"])[-1]))


@ROUTES.put("/{visit}/{faults}/ficha")
async def keep_too_little(request: web.Request) -> web.Response:
    typed = (await request.text())[:_DIGITS_KEPT]
    kept(request, "movil").append(" ".join(typed[at : at + 3] for at in range(0, len(typed), 3)))
    return web.json_response({"ok": True})


@ROUTES.get("/{visit}/{faults}/parcel-story")
async def story(_: web.Request) -> web.Response:
    return made("Order 88-120", "parcel_story")


@ROUTES.get("/{visit}/{faults}/parcel-story/events")
async def events(_: web.Request) -> web.Response:
    return web.json_response({"title": "An error occurred", "traceId": "00-4bf9"}, status=500)


@ROUTES.get("/{visit}/{faults}/customer")
async def customer(_: web.Request) -> web.Response:
    return made("Customer", "customer")


@ROUTES.get("/{visit}/{faults}/citas")
async def dates(_: web.Request) -> web.Response:
    return made("Mis citas", "citas", language="es")


@ROUTES.get("/{visit}/{faults}/episodes")
async def episodes(_: web.Request) -> web.Response:
    return made("Episodes", "episodes")


@ROUTES.get("/{visit}/{faults}/pago")
async def pay(_: web.Request) -> web.Response:
    return made("Pago", "pago", language="es")


@ROUTES.get("/{visit}/{faults}/imports")
async def imports(_: web.Request) -> web.Response:
    return made("Import", "imports")


@ROUTES.post("/{visit}/{faults}/imports")
async def begin(_: web.Request) -> web.Response:
    return web.json_response({"job": 31}, status=202)


@ROUTES.get("/{visit}/{faults}/imports/{job}")
async def go_down(request: web.Request) -> web.Response:
    place(request).things.gone = True
    return hang_up(request)


@ROUTES.get("/{visit}/{faults}/handbook")
async def handbook(_: web.Request) -> web.Response:
    return made("Handbook", "handbook")
