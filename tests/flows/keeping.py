"""A site that keeps what a page posts to it, and how runs end that pursue a goal there."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest
import pytest_asyncio
from aiohttp import web

from tests.flows.conftest import Site, Tester, serving

ERRANDS = "<label>New to-do <input id=text></label><button onclick='add()'>Add</button><ul id=list></ul>"
SAVE = 'Type "Buy milk" into "New to-do". Click "Add". Expect "Buy milk".'


class Shop(Site):
    """Keeps what is posted to /save, and answers after ``wait`` seconds, with that ``status``."""

    def __init__(self) -> None:
        super().__init__()
        self.kept: list[str] = []

    async def answer(self, request: web.Request) -> web.StreamResponse:
        await asyncio.sleep(float(request.query.get("wait", 0)))
        match request.path:
            case "/kept":
                return web.json_response(self.kept)
            case "/cut":
                assert request.transport
                request.transport.abort()
            case "/save":
                return await self._save(request, int(request.query.get("status", 200)))
        return await super().answer(request)

    async def _save(self, request: web.Request, status: int) -> web.Response:
        if status == 200:
            self.kept.append(await request.text())
        return web.Response(status=status)


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def site() -> AsyncIterator[Site]:
    site = Shop()
    async with serving(site, "*"):
        yield site


@pytest.fixture(autouse=True)
def nothing_kept(site: Site) -> None:
    site.kept.clear()


def todos(add: str, load: str = "") -> str:
    """A to-do list; ``add`` is what its button does, ``load`` what the page does at first."""
    show = "function show(text) { const entry = document.createElement('li'); entry.textContent = text; "
    return f"{ERRANDS}<script>{show}list.append(entry) }} function add() {{ {add} }} {load}</script>"


async def ends(tester: Tester, goal: str, html: str, *steps: Any, **options: Any) -> tuple[str, str]:
    """The verdict on a run that pursues the goal on a page of this HTML, and why it stopped."""
    told = await tester.runs(
        *steps, html=html, assist={"v2": True, "goal": goal, **options}, defaultTimeoutMs=2_000
    )
    return told.record["verdict"], told.record["stopReason"]
