"""More pages as frameworks emit them; the markup lies beside this in ``html``."""

from __future__ import annotations

import json
from html import escape
from pathlib import Path

from aiohttp import web

from bench.truth.place import hang_up, place, sheet

ROUTES = web.RouteTableDef()

_HTML = Path(__file__).parent / "html"
_DIGITS_KEPT = 8


@ROUTES.get("/{visit}/{faults}/onboarding")
async def onboarding(request: web.Request) -> web.Response:
    return _made("Welcome", "onboarding", workspace=escape("".join(_kept(request, "workspace")[-1:])))


@ROUTES.post("/{visit}/{faults}/onboarding")
async def make_workspace(request: web.Request) -> web.Response:
    _kept(request, "workspace").append(await request.text())
    return web.Response(text=_kept(request, "workspace")[-1])


@ROUTES.get("/{visit}/{faults}/mesa")
async def table(request: web.Request) -> web.Response:
    said = escape("".join(_kept(request, "mesa")[-1:])) or "Aún no tienes reserva"
    return _made("Reservas", "mesa", language="es", resumen=said)


@ROUTES.post("/{visit}/{faults}/mesa")
async def book_table(request: web.Request) -> web.Response:
    _kept(request, "mesa").append(await request.text())
    return web.Response(text=_kept(request, "mesa")[-1])


@ROUTES.get("/{visit}/{faults}/vault")
async def vault(_: web.Request) -> web.Response:
    return _made("Data room", "vault")


@ROUTES.get("/{visit}/{faults}/vault/files")
async def files(_: web.Request) -> web.Response:
    return _made("Files", "vault_files")


@ROUTES.get("/{visit}/{faults}/vault/files/{name}")
async def one_file(request: web.Request) -> web.Response:
    name = request.match_info["name"]
    if name == "contract.pdf":
        return web.Response(text="Contract of 3 May, two pages")
    return web.json_response({"detail": f"You have no access to {name}. Ask its owner."}, status=403)


@ROUTES.get("/{visit}/{faults}/payables")
async def payables(request: web.Request) -> web.Response:
    return _made("Payables", "payables", settled=json.dumps(_kept(request, "settled")))


@ROUTES.post("/{visit}/{faults}/payables")
async def settle(request: web.Request) -> web.Response:
    _kept(request, "settled").append(await request.text())
    return web.json_response(_kept(request, "settled"))


@ROUTES.get("/{visit}/{faults}/ficha")
async def member(request: web.Request) -> web.Response:
    return _made("Ficha", "ficha", language="es", movil=escape((_kept(request, "movil") or ["sin móvil"])[-1]))


@ROUTES.put("/{visit}/{faults}/ficha")
async def keep_too_little(request: web.Request) -> web.Response:
    typed = (await request.text())[:_DIGITS_KEPT]
    _kept(request, "movil").append(" ".join(typed[at : at + 3] for at in range(0, len(typed), 3)))
    return web.json_response({"ok": True})


@ROUTES.get("/{visit}/{faults}/parcel-story")
async def story(_: web.Request) -> web.Response:
    return _made("Order 88-120", "parcel_story")


@ROUTES.get("/{visit}/{faults}/parcel-story/events")
async def events(_: web.Request) -> web.Response:
    return web.json_response({"title": "An error occurred", "traceId": "00-4bf9"}, status=500)


@ROUTES.get("/{visit}/{faults}/customer")
async def customer(_: web.Request) -> web.Response:
    return _made("Customer", "customer")


@ROUTES.get("/{visit}/{faults}/citas")
async def dates(_: web.Request) -> web.Response:
    return _made("Mis citas", "citas", language="es")


@ROUTES.get("/{visit}/{faults}/episodes")
async def episodes(_: web.Request) -> web.Response:
    return _made("Episodes", "episodes")


@ROUTES.get("/{visit}/{faults}/pago")
async def pay(_: web.Request) -> web.Response:
    return _made("Pago", "pago", language="es")


@ROUTES.get("/{visit}/{faults}/imports")
async def imports(_: web.Request) -> web.Response:
    return _made("Import", "imports")


@ROUTES.post("/{visit}/{faults}/imports")
async def begin(_: web.Request) -> web.Response:
    return web.json_response({"job": 31}, status=202)


@ROUTES.get("/{visit}/{faults}/imports/{job}")
async def go_down(request: web.Request) -> web.Response:
    place(request).things.gone = True
    return hang_up(request)


@ROUTES.get("/{visit}/{faults}/handbook")
async def handbook(_: web.Request) -> web.Response:
    return _made("Handbook", "handbook")


def _made(title: str, name: str, /, *, language: str = "en", **shown: str) -> web.Response:
    content = (_HTML / f"{name}.html").read_text("utf-8")
    for what, text in shown.items():
        content = content.replace(f"{{{{{what}}}}}", text)
    return sheet(title, content, language=language)


def _kept(request: web.Request, name: str) -> list[str]:
    return place(request).things.lists.setdefault(name, [])
