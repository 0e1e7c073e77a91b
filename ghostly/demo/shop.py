"""The demo shop: its routes, and what happens around every request."""

from __future__ import annotations

from itertools import count
from pathlib import Path
from secrets import token_urlsafe

from aiohttp import web
from aiohttp.typedefs import Handler

from ghostly.demo import account, browsing, buying
from ghostly.demo.answers import VISIT, page
from ghostly.demo.templates import fill
from ghostly.demo.visit import Visit

COOKIE = "visit"
REMEMBERED = 1000
VISITS = web.AppKey("VISITS", dict[str, Visit])


def shop() -> web.Application:
    """A shop that has just opened: nobody has been there, and its first order will be LC-1001."""
    app = web.Application(middlewares=[with_visit, with_a_page_for_what_is_missing])
    app[VISITS] = {}
    app[buying.NUMBERS] = count(1001)
    app.add_routes(
        [
            web.get("/", browsing.home),
            web.get("/products/{slug}", browsing.product),
            web.get("/cart", browsing.cart),
            web.post("/cart", browsing.add),
            web.post("/cart/{slug}", browsing.change),
            web.post("/cart/{slug}/remove", browsing.remove),
            web.get("/checkout", buying.checkout),
            web.post("/checkout", buying.buy),
            web.get("/orders", buying.orders),
            web.get("/orders/{number}", buying.order),
            web.get("/login", account.login),
            web.post("/login", account.log_in),
            web.post("/logout", account.log_out),
            web.static("/static", Path(__file__).parent / "static"),
        ]
    )
    return app


@web.middleware
async def with_visit(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Remembers the browser by a cookie; when there are too many, the longest absent is forgotten."""
    visits = request.app[VISITS]
    key, visit = request.cookies.get(COOKIE, ""), Visit()
    if key in visits:
        visit = visits.pop(key)
    else:
        key = token_urlsafe(16)
    visits[key] = request[VISIT] = visit
    if len(visits) > REMEMBERED:
        visits.pop(next(iter(visits)))
    response = await handler(request)
    response.set_cookie(COOKIE, key, httponly=True, samesite="Lax")
    return response


@web.middleware
async def with_a_page_for_what_is_missing(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Answers 404 with a page that looks like the shop."""
    try:
        return await handler(request)
    except web.HTTPNotFound:
        return page(request, "Page not found", fill("not-found"), status=404)
