"""What every handler of the shop needs: the visit, what was typed, a page, a way onward."""

from __future__ import annotations

from aiohttp import web

from ghostly.demo import show
from ghostly.demo.templates import Html
from ghostly.demo.visit import Visit

VISIT = web.RequestKey("VISIT", Visit)


async def form(request: web.Request) -> dict[str, str]:
    """What was typed, without white space around it."""
    posted = await request.post()
    return {name: value.strip() for name, value in posted.items() if isinstance(value, str)}


def page(request: web.Request, title: str, content: Html, status: int = 200) -> web.Response:
    """The content as a complete page of the shop."""
    text = show.whole(title, content, request[VISIT])
    return web.Response(text=text, content_type="text/html", status=status)


def go(place: str) -> web.Response:
    """After a POST: sends the browser to a page that can be reloaded without posting again."""
    return web.Response(status=303, headers={"Location": place})
