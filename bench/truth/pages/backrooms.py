"""Where people work all day: lists, settings, a protected area; the markup lies beside this in ``html``."""

from __future__ import annotations

import asyncio
from html import escape

from aiohttp import web

from bench.truth.place import HERE, hang_up, kept, last, made, place, show

ROUTES = web.RouteTableDef()

_MOMENT_S = 0.5
_GIVEN = ("Aiko", "Ben", "Chloé", "Dmitri", "Eva", "Farid", "Greta", "Hugo")
_FAMILY = ("Abad", "Brandt", "Costa", "Dubois", "Eriksen")
_CREW = (*(f"{given} {family}" for family in _FAMILY for given in _GIVEN), "Irina Petrova", "Olga Petrova")
_NEWS = ("Tu pedido ha salido del almacén", "Nueva oferta de Ana", "Han valorado tu venta")
_OLD = ("Bienvenida a Mercadillo", "Confirma tu correo")
_STAFF = (("Kovács Éva", 4417), ("Kovács Péter", 4102), ("Lopes, Rita", 2210), ("Nagy Ádám", 4120))
_SWITCHES = ("Avisos por correo", "Avisos por SMS", "Consejos de ahorro")


@ROUTES.get(HERE + "/clinica")
async def clinic(request: web.Request) -> web.Response:
    return made("Pedir cita", "clinica", language="es", citas=_visits(request))


@ROUTES.get(HERE + "/clinica/horas")
async def hours(_: web.Request) -> web.Response:
    await asyncio.sleep(_MOMENT_S)
    return web.json_response(["09:00", "10:30", "12:15", "17:45"])


@ROUTES.post(HERE + "/clinica")
async def book(request: web.Request) -> web.Response:
    kept(request, "clinica").append(await request.text())
    await asyncio.sleep(_MOMENT_S)
    return web.Response(text=_visits(request))


def _visits(request: web.Request) -> str:
    return "".join(f"<li>{escape(each)}</li>" for each in kept(request, "clinica")) or "<li>Ninguna</li>"


show(ROUTES, "/crew", "Users", "crew")


@ROUTES.get(HERE + "/crew/users")
async def users(request: web.Request) -> web.Response:
    await asyncio.sleep(_MOMENT_S)
    first, sought = 10 * int(request.query["page"]), request.query["q"].lower()
    found = [_user(request, name) for name in _CREW if sought in name.lower()]
    return web.json_response({"total": len(found), "rows": found[first : first + 10]})


def _user(request: web.Request, name: str) -> dict[str, str | bool]:
    mail, role = name.lower().replace(" ", "."), ("Member", "Manager")[len(name) % 2]
    active = kept(request, "crew").count(name) % 2 == 0
    return {"name": name, "mail": f"{mail}@hubble.example", "role": role, "active": active}


@ROUTES.post(HERE + "/crew/users")
async def turn_user(request: web.Request) -> web.Response:
    kept(request, "crew").append(await request.text())
    return web.json_response({"ok": True})


@ROUTES.get(HERE + "/portal{rest:.*}")
async def portal(request: web.Request) -> web.Response:
    base, rest = place(request).at("/portal"), request.match_info["rest"]
    if not kept(request, "portal"):
        return made("Acceso", "portal_acceso", language="es", base=base)
    shown = {"": "<h1>Hola, Marta</h1><p>Tu última factura: 61,20 €</p>", "/notificaciones": _switches(request)}
    content = shown.get(rest, "<h1>Pronto</h1><p>Estamos trabajando en esta página.</p>")
    return made("Área de cliente", "portal", language="es", base=base, contenido=content)


@ROUTES.post(HERE + "/portal/acceso")
async def log_in(request: web.Request) -> web.Response:
    await asyncio.sleep(_MOMENT_S)
    if await request.json() != ["marta@ejemplo.es", "Girasol-77"]:
        return web.json_response({"ok": False}, status=401)
    kept(request, "portal").append("marta")
    return web.json_response({"ok": True})


@ROUTES.put(HERE + "/portal/notificaciones")
async def turn_switch(request: web.Request) -> web.Response:
    await asyncio.sleep(_MOMENT_S)
    name, on = await request.json()
    kept(request, name).append("true" if on else "false")
    return web.json_response({"ok": True})


def _switches(request: web.Request) -> str:
    rows = [
        f'<div class="fila"><span>{name}</span><button type="button" role="switch" aria-label="{name}" '
        f'aria-checked="{last(request, name, "false")}"></button></div>'
        for name in _SWITCHES
    ]
    return f"<h1>Notificaciones</h1><p>Elige cómo quieres que te avisemos.</p>{''.join(rows)}"


show(ROUTES, "/campana", "Notificaciones", "campana", language="es")


@ROUTES.get(HERE + "/campana/lista")
async def news(request: web.Request) -> web.Response:
    read = kept(request, "campana")
    new = [each for each in _NEWS if each not in read]
    told = {"nuevas": new, "viejas": [*read, *_OLD], "contador": len(new) - len(read)}
    return web.json_response(told)


@ROUTES.post(HERE + "/campana/lista")
async def count_twice(request: web.Request) -> web.StreamResponse:
    kept(request, "campana").append(await request.text())
    return await news(request)


show(ROUTES, "/staff", "Staff directory", "staff")


@ROUTES.get(HERE + "/staff/people")
async def people(request: web.Request) -> web.Response:
    if request.query["q"]:
        place(request).things.gone = True
        return hang_up(request)
    return web.json_response(_STAFF)
