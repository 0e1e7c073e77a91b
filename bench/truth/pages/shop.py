"""Shop-like pages: search, page by page, a product with choices, a cart."""

from __future__ import annotations

from html import escape

from aiohttp import web

from bench.truth.place import Place, go, page, place

GOODS = [f"{kind} {thing}" for thing in ("lamp", "lantern", "candle") for kind in ("Red", "Tall", "Old", "Tiny")]
A_PAGE = 5

ROUTES = web.RouteTableDef()

_CHOICE = """<span id="colour-label">Colour</span>
<button type="button" role="combobox" aria-labelledby="colour-label" aria-expanded="false" aria-controls="colours"
 onclick="colours.hidden = !colours.hidden">Choose…</button>
<ul role="listbox" id="colours" aria-label="Colours" hidden></ul><input type="hidden" name="colour" value="none">
<script>for (const name of ['Green', 'Blue', 'Black']) {
  const option = document.createElement('li'); option.setAttribute('role', 'option'); option.textContent = name
  option.onclick = () => { document.querySelector('[name=colour]').value = name; colours.hidden = true
    document.querySelector('[role=combobox]').textContent = name }
  colours.append(option) }</script>"""


@ROUTES.get("/{visit}/{faults}/shop")
async def shop(request: web.Request) -> web.Response:
    here, sought = place(request), request.query.get("q", "")
    number = int(request.query.get("page", "1"))
    found = [name for name in GOODS if sought.lower() in name.lower()]
    return page(request, "Shop", f"{_search(here)}{_shelf(here, found, number) or _nothing(here, sought)}")


@ROUTES.get("/{visit}/{faults}/shop/{number:\\d+}")
async def product(request: web.Request) -> web.Response:
    sizes = "".join(f'<label><input type="radio" name="size" value="{s}"> {s}</label>' for s in ("Small", "Large"))
    form = f'{sizes}{_CHOICE}<button data-testid="to-cart">Add to cart</button>'
    return page(request, GOODS[int(request.match_info["number"])], f'<form method="post">{form}</form>')


@ROUTES.post("/{visit}/{faults}/shop/{number:\\d+}")
async def buy(request: web.Request) -> web.Response:
    sent = await request.post()
    name = GOODS[int(request.match_info["number"])]
    place(request).things.cart.append(f"{name}, {sent.get('size', 'any size')!s}, {sent.get('colour')!s}")
    return go(request, "/cart")


@ROUTES.get("/{visit}/{faults}/cart")
async def cart(request: web.Request) -> web.Response:
    kept = place(request).things.cart
    items = "".join(f"<li>{escape(text)}</li>" for text in kept)
    return page(request, "Cart", f"<p>{len(kept)} in your cart</p><ul>{items}</ul>")


def _search(here: Place) -> str:
    name = here.say("Search")
    return f"""<form role="search" action="{here.at("/shop")}"><input type="search" name="q" aria-label="{name}">
<button>{name}</button></form>"""


def _shelf(here: Place, found: list[str], number: int) -> str:
    shown = found[(number - 1) * A_PAGE : number * A_PAGE]
    last = -(-len(found) // A_PAGE)
    items = "".join(f'<li><a href="{here.at(f"/shop/{GOODS.index(name)}")}">{name}</a></li>' for name in shown)
    following = f'<a href="?page={number + 1}" rel="next">Next</a>' if number < last else ""
    return f"<ul>{items}</ul><p>Page {number} of {last}</p>{following}" if shown else ""


def _nothing(here: Place, sought: str) -> str:
    return f"<p role=status>{here.say('Nothing found')}: {escape(sought)}</p>"
