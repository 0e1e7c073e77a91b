"""The page on which the five steps are done."""

from __future__ import annotations

import asyncio

from aiohttp import web

from bench.children.ending import heard, say

PAGE = """<!doctype html><title>Five steps</title>
<form onsubmit="return false">
<label>Name <input id="name"></label> <button id="go" type="button">Go</button>
</form>
<p id="done" hidden>Done</p>
<script>document.getElementById("go").onclick = () => { document.getElementById("done").hidden = false }</script>
"""


async def page(_: web.Request) -> web.Response:
    return web.Response(text=PAGE, content_type="text/html")


async def main() -> None:
    app = web.Application()
    app.add_routes([web.get("/", page), web.get("/favicon.ico", page)])
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    say(port=runner.addresses[0][1])
    await heard()
    await runner.cleanup()


asyncio.run(main())
