"""A world of our own in a page's document: the page's scripts do not reach it, and what is brought there stays."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from typing import Any

from playwright.async_api import CDPSession, Error, Frame, Page

from ghostly.browser.observer.script import OF_DOCUMENT, in_its_world

_NAME = "ghostly"
_LOOK = "function (asked) { return this(asked) }"

# The time that remains to an idle callback ends with the first timer that is due, and is 50 ms at most. Only after
# a frame does a browser tell it soon.
_IDLE = """function (milliseconds) {
  const until = performance.now() + milliseconds;
  return new Promise(tell => {
    const look = idle => performance.now() + idle.timeRemaining() >= until ? tell() : requestIdleCallback(look);
    requestAnimationFrame(() => requestIdleCallback(look));
  });
}"""


class World:
    """Where the document of a page's main frame is looked at.

    The script that looks is sent once for each document; then a look is a few bytes. Where a browser has no such
    world, the one in which the page's own scripts run has to do.
    """

    def __init__(self, page: Page) -> None:
        self._opening = asyncio.ensure_future(_open(page))
        self._script: str | None = None  # what the session calls it in this document
        page.on("domcontentloaded", self._leave)

    async def look(self, frame: Frame, asked: dict[str, Any]) -> str:
        """What the document of this frame, the page's main one, answers; raises ``Error`` if it cannot."""
        with suppress(Error):
            return str(await self._call(_LOOK, asked))
        return await in_its_world(frame, asked)

    async def enter(self) -> None:
        """Bring the script now rather than with the first question; raises ``Error`` where that cannot be."""
        if self._script is None:
            self._script = await _brought(await self._session())

    async def idle(self, milliseconds: float) -> None:
        """Wait until it is known that the page has nothing to do now, nor of itself for so many milliseconds.

        No timer is due until then, and no frame is to be drawn. Raises ``Error`` where nobody can tell.
        """
        await self._call(_IDLE, milliseconds)

    async def _call(self, function: str, *asked: Any) -> Any:
        session = await self._session()
        if self._script is not None:
            with suppress(Error):  # of a document that was replaced
                return await _called(session, self._script, function, asked)
        self._script = script = await _brought(session)
        return await _called(session, script, function, asked)

    async def _session(self) -> CDPSession:
        session = await asyncio.shield(self._opening)
        if session is None:
            raise Error("This browser has no world of ours.")
        return session

    def _leave(self, _page: Page) -> None:
        self._script = None


async def _open(page: Page) -> CDPSession | None:
    with suppress(Error):
        return await page.context.new_cdp_session(page)
    return None


async def _brought(session: CDPSession) -> str:
    tree = await session.send("Page.getFrameTree")
    place = {"frameId": tree["frameTree"]["frame"]["id"], "worldName": _NAME}
    world = await session.send("Page.createIsolatedWorld", place)
    script = {"expression": f"({OF_DOCUMENT})", "contextId": world["executionContextId"]}
    made = (await session.send("Runtime.evaluate", script))["result"]
    if "objectId" not in made:
        raise Error("The script could not be brought there.")
    return str(made["objectId"])


async def _called(session: CDPSession, script: str, function: str, asked: tuple[Any, ...]) -> Any:
    question = {
        "objectId": script,
        "functionDeclaration": function,
        "arguments": [{"value": each} for each in asked],
        "awaitPromise": True,
        "returnByValue": True,
    }
    answer = await session.send("Runtime.callFunctionOn", question)
    if "exceptionDetails" in answer:
        raise Error(answer["exceptionDetails"]["text"])
    return answer["result"].get("value")
