"""The server beneath the application: what is not even a request is answered in the same shape as any other."""

from __future__ import annotations

import asyncio
import errno
import logging
import os
import socket
from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any

from aiohttp import web
from aiohttp.web_protocol import RequestHandler
from aiohttp.web_request import BaseRequest
from aiohttp.web_server import Server

from ghostly.domain.errors import Flaw, Obstacle
from ghostly.http.headers import harden
from ghostly.http.problems import ID, REQUEST_ID, Problem, answer_problem, new_id

logger = logging.getLogger("ghostly.http")

UNREAD_MS = 60_000


class Runner(web.AppRunner):
    """Runs an application; answers for what never reaches it."""

    async def _make_server(self) -> Server:
        return _Server(await super()._make_server())


class _Server(Server):
    """The same server, with connections of ours."""

    def __init__(self, made: Server) -> None:
        super().__init__(
            partial(_handle, made.request_handler),
            request_factory=made.request_factory,
            handler_cancellation=made.handler_cancellation,
            **made._kwargs,  # noqa: SLF001 - there is no other way to say which class a connection is of
        )

    def __call__(self) -> RequestHandler:
        return _Connection(self, loop=self._loop, **self._kwargs)


async def _handle(handler: Callable[[BaseRequest], Awaitable[web.StreamResponse]], request: BaseRequest) -> Any:
    try:
        return await handler(request)
    except web.HTTPException as error:  # raised before any middleware: an expectation that we do not know
        logger.debug("request refused: %r", error)
        return _answer(request, Problem("validation_error", [Flaw("Expect", "can only be 100-continue")]))


def _answer(request: BaseRequest, problem: Problem) -> web.Response:
    request[ID] = request.get(ID) or new_id()
    response = answer_problem(request, problem)
    response.headers[REQUEST_ID] = request[ID]
    harden(response.headers)
    return response


class NotListening(Obstacle):
    """Nobody can be served there; the text says why, and the way out."""

    def __init__(self, host: str, port: int, error: OSError) -> None:
        if error.errno == errno.EADDRINUSE:
            why = f"Port {port} of {host} is taken, perhaps by a Ghostly that is up already"
        else:
            why = f"Nobody can be served at {host}, port {port} ({_reason(error)})"
        super().__init__(f"{why}: choose another with --port or --host (GHOSTLY_PORT, GHOSTLY_HOST).")


def _reason(error: OSError) -> str:
    """What asyncio says of an address holds the number of the error, and a sentence of its own."""
    known = error.errno in errno.errorcode
    return os.strerror(error.errno or 0) if known else str(error.strerror or error)


class _Connection(RequestHandler):
    """One connection."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Begin; the kernel cuts who takes nothing of an answer for a minute, or it would wait for ever."""
        super().connection_made(transport)
        connection = transport.get_extra_info("socket")
        if connection is not None and hasattr(socket, "TCP_USER_TIMEOUT"):
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, UNREAD_MS)

    def handle_error(
        self,
        request: BaseRequest,
        status: int = 500,
        exc: BaseException | None = None,
        message: str | None = None,
    ) -> web.StreamResponse:
        """Answer bytes that are no request, or what broke outside of every handler; the connection ends."""
        if request.writer.output_size > 0:
            raise ConnectionError("half of an answer was sent already")
        response = _answer(request, self._problem(request, status, exc))
        response.force_close()
        return response

    def _problem(self, request: BaseRequest, status: int, exc: BaseException | None) -> Problem:
        request[ID] = new_id()
        if status >= 500:
            logger.error("request %s failed", request[ID], exc_info=exc)
            return Problem("internal_error")
        logger.debug("request %s is none: %r", request[ID], exc)
        return Problem("validation_error", [Flaw("request", "is not valid HTTP")])
