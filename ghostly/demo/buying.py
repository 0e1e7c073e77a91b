"""Checking out, and what was bought."""

from __future__ import annotations

from collections.abc import Iterator

from aiohttp import web

from ghostly.demo import forms, show
from ghostly.demo.account import KNOWN, ask_to_log_in
from ghostly.demo.answers import VISIT, form, go, page
from ghostly.demo.checkout import complaints, place

NUMBERS: web.AppKey[Iterator[int]] = web.AppKey("NUMBERS")


async def checkout(request: web.Request) -> web.Response:
    """The form, filled with what the shop knows about a customer; an empty cart leads back."""
    visit = request[VISIT]
    if not visit.cart:
        visit.warn("Your cart is empty, so there is nothing to check out.")
        return go("/cart")
    known = KNOWN if visit.customer else {}
    return page(request, "Check out", forms.checkout(visit.lines(), known, {}))


async def buy(request: web.Request) -> web.Response:
    """Places the order and empties the cart, or shows the form again with what is wrong."""
    visit, answers = request[VISIT], await form(request)
    lines = visit.lines()
    if not lines:
        return go("/checkout")
    if wrong := complaints(answers):
        return page(request, "Check out", forms.checkout(lines, answers, wrong), status=422)
    numbers = request.app[NUMBERS]
    placed = place(f"LC-{next(numbers)}", lines, answers)
    visit.orders.append(placed)
    visit.cart.clear()
    return go(f"/orders/{placed.number}")


async def order(request: web.Request) -> web.Response:
    """An order of this visit; anybody else's is not found."""
    for placed in request[VISIT].orders:
        if placed.number == request.match_info["number"]:
            return page(request, f"Order {placed.number}", show.order(placed))
    raise web.HTTPNotFound


async def orders(request: web.Request) -> web.Response:
    """All orders of this visit, for someone who is logged in."""
    visit = request[VISIT]
    if not visit.customer:
        return ask_to_log_in(visit, "/orders")
    return page(request, "My orders", show.orders(visit.orders))
