"""Looking for things, and putting them into the cart and out of it."""

from __future__ import annotations

from aiohttp import web

from ghostly.demo import show
from ghostly.demo.answers import VISIT, form, go, page
from ghostly.demo.goods import Product, find, search
from ghostly.demo.visit import MOST, Visit, quantity


async def home(request: web.Request) -> web.Response:
    """The shelf, or the part of it that was searched for."""
    words, category = request.query.get("words", "").strip(), request.query.get("category", "")
    return page(request, "Shop", show.home(search(words, category), words, category))


async def product(request: web.Request) -> web.Response:
    """One product."""
    it = existing(request.match_info["slug"])
    return page(request, it.name, show.product(it))


async def cart(request: web.Request) -> web.Response:
    """What is in the cart."""
    return page(request, "Cart", show.cart(request[VISIT].lines()))


async def add(request: web.Request) -> web.Response:
    """Puts so many more of a product into the cart."""
    typed = await form(request)
    it, visit = existing(typed.get("product", "")), request[VISIT]
    if not it.in_stock:
        visit.warn(f"{it.name} is sold out.")
    elif more := quantity(typed.get("quantity", "1")):
        put(visit, it, visit.cart.get(it.slug, 0) + more, f"{it.name} was added to your cart.")
    else:
        refuse(visit)
        return go(f"/products/{it.slug}")
    return go("/cart")


async def change(request: web.Request) -> web.Response:
    """Sets how many of a product are in the cart."""
    typed = await form(request)
    it, visit = existing(request.match_info["slug"]), request[VISIT]
    if it.slug not in visit.cart:
        visit.warn(f"{it.name} is not in your cart.")
    elif wanted := quantity(typed.get("quantity", "")):
        put(visit, it, wanted, f"{it.name}: the quantity is now {wanted}.")
    else:
        refuse(visit)
    return go("/cart")


async def remove(request: web.Request) -> web.Response:
    """Takes a product out of the cart; one that is not in it stays out."""
    it, visit = existing(request.match_info["slug"]), request[VISIT]
    if visit.cart.pop(it.slug, 0):
        visit.tell(f"{it.name} was removed from your cart.")
    return go("/cart")


def existing(slug: str) -> Product:
    """The product, or a page that says there is none."""
    if it := find(slug):
        return it
    raise web.HTTPNotFound


def put(visit: Visit, it: Product, wanted: int, news: str) -> None:
    """Sets the quantity and tells the news, unless it is more than the shop sells at once."""
    if wanted > MOST:
        refuse(visit)
        return
    visit.cart[it.slug] = wanted
    visit.tell(news)


def refuse(visit: Visit) -> None:
    """Says which quantities there are."""
    visit.warn(f"The quantity must be a number from 1 to {MOST}.")
